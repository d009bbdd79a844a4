"""Facts about scikit-learn estimators."""

from __future__ import annotations

from .records import clip, safe_text, type_name


def params(target):
    """All parameters, those of inner estimators included."""
    return dict(target.get_params(deep=True))


def clone(target):
    """An unfitted copy."""
    from sklearn.base import clone as sklearn_clone

    return sklearn_clone(target)


def steps(target):
    """(name, type name) of each part of a pipeline, a column transformer, a union or an ensemble."""
    parts = next(
        (
            getattr(target, name)
            for name in ("steps", "transformers", "transformer_list", "estimators")
            if hasattr(target, name)
        ),
        [],
    )
    return [(part[0], part[1] if isinstance(part[1], str) else type_name(type(part[1]))) for part in parts]


def feature_names_out(target):
    """Names of the output features."""
    return [str(name) for name in target.get_feature_names_out()]


def check_estimator(target):
    """scikit-learn's own checks, each with its status."""
    import warnings

    from sklearn.utils.estimator_checks import check_estimator as sklearn_check

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = sklearn_check(target, on_skip=None, on_fail=None)
    return [
        {
            "check": str(result["check_name"]),
            "status": str(result["status"]),
            "message": _message(result["exception"]),
        }
        for result in results
    ]


def _message(error):
    if error is None:
        return ""
    return clip(safe_text(error), 500) or type_name(type(error))


ACTIONS = {
    "params": params,
    "clone": clone,
    "steps": steps,
    "feature_names_out": feature_names_out,
    "check_estimator": check_estimator,
}
