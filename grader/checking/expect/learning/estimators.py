"""Expectations about scikit-learn estimators: habits, fitted state, parameters, the structure of pipelines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.learning.estimator_items import Observations, ProbeInputs, items_for, same_answer
from grader.checking.expect.learning.pipelines import Problem, compare, read_node
from grader.checking.failure import CheckFailed
from grader.checking.values import for_instructor, numeric, shape_of
from grader.running.faults import SubmissionRaised
from grader.running.remote import Remote
from grader.running.text import plain_text
from grader.vocabulary import Outcome, Text

NOT_AN_OBJECT = Text(
    "An estimator (an object with `fit`) is wanted here.", "여기에는 추정기(`fit`이 있는 객체)가 필요해요."
)
NO_ATTRIBUTE = Text("After `fit` there is no attribute `{name}`.", "`fit`한 뒤에 `{name}` 속성이 없어요.")
WRONG_ATTRIBUTE = Text(
    "`{name}` does not hold what `fit` should have learnt from this data.",
    "`{name}`의 값이 이 데이터에서 학습해야 할 값과 달라요.",
)
NO_PARAMETER = Text("There is no parameter `{name}`.", "`{name}` 매개변수가 없어요.")
WRONG_PARAMETER = Text(
    "The parameter `{name}` does not have the value that is asked for.",
    "`{name}` 매개변수의 값이 문제에서 요구한 값과 달라요.",
)
CONVENTIONS = Text(
    "{kept} of {asked} of scikit-learn's conventions are kept.", "사이킷런의 규칙 {asked}개 가운데 {kept}개를 지켰어요."
)


class EstimatorExpectations(ExpectBase):
    """``expect.estimator``, ``expect.fitted``, ``expect.params`` and ``expect.pipeline``."""

    def estimator(
        self,
        target: Remote,
        kind: str,
        X: Any,
        y: Any = None,
        checks: Sequence[str] | None = None,
        skip: Sequence[str] = (),
        message: Text | None = None,
    ) -> None:
        """An estimator that keeps scikit-learn's conventions; each item that holds earns an equal share.

        Everything is asked in one round trip, and what comes back (answers before and after, names, exceptions) is
        judged here. The estimator is fitted several times, so give few rows. Where it has a ``random_state`` of None,
        it gets 0.

        Parameters
        ----------
        target : Remote
            An unfitted estimator (``submission.estimator("Scaler")``), or a class or function that makes one when it
            is called without arguments (``submission.remote("make_model")``).
        kind : {"classifier", "regressor", "transformer", "clusterer"}
        X : array of shape (n_samples, n_features), or (n_samples,) for texts
            At least 6 rows; the estimator also meets two thirds of them, times 1.5, with a column fewer.
        y : array of shape (n_samples,), optional
            Left out where ``fit`` takes X alone. Every class needs at least 6 rows.
        checks : sequence of str, optional
            Names of the items to ask about; by default all that fit the kind, ``names_out`` excepted:
            ``fit_returns_self``, ``unfitted_at_first``, ``learns_attributes``, ``parameters``, ``parameters_unchanged``,
            ``set_params``, ``clone``, ``answer``, ``n_features_in``, ``input_unchanged``, ``repeatable``,
            ``refit_forgets``, ``not_fitted``, ``wrong_features``, ``feature_names``, ``names_out`` (transformers),
            ``other_sizes``, ``row_by_row`` (not clusterers), ``word_labels`` (classifiers), ``pickles``.
        skip : sequence of str
            Items that this estimator need not keep: ``not_fitted`` for a transformer that learns nothing, and
            ``not_fitted`` and ``wrong_features`` for a clusterer that only has ``labels_``.
        message : Text, optional

        Raises
        ------
        CheckFailed
            With the share of the items that hold.
        SubmissionFault
            Already the first ``fit`` or its first answer raises.
        ValueError
            An unknown kind or item.

        Examples
        --------
        In a check::

            expect.estimator(submission.estimator("ScalerClone"), "transformer", rng.normal(size=(30, 3)))
        """
        asked, other_y = _asked(kind, X, y)
        items = items_for(kind, asked.X.ndim == 2, checks, skip)
        held = self._held_estimator(target, message)
        fields = {"kind": kind, "X": asked.X, "y": asked.y, "other_X": asked.other, "other_y": other_y}
        found = held.channel.ask("estimator_battery", label=held.type_name, target=held, **fields)
        seen = Observations(found)
        verdicts = [(item, _holds(item.holds, seen, asked)) for item in items]
        if not all(ok for _, ok in verdicts):
            wrong = [item for item, ok in verdicts if not ok]
            told = [f"{item.name}: {_noted(seen, item.uses)}" for item in wrong]
            count = CONVENTIONS.format(kept=len(items) - len(wrong), asked=len(items))
            sentences = [*([message] if message else []), *(item.text for item in wrong[:5]), count]
            raise CheckFailed(*sentences, details="\n".join(told), share=1 - len(wrong) / len(items))

    def fitted(
        self,
        target: Remote,
        attributes: Sequence[str] | Mapping[str, Any],
        rtol: float = 1e-6,
        atol: float = 1e-9,
        message: Text | None = None,
    ) -> None:
        """Attributes that an estimator has after ``fit``.

        Parameters
        ----------
        target : Remote
            A fitted estimator.
        attributes : sequence of str, or mapping
            Names (dots go on), or names with what they should hold: numbers or arrays (compared with `rtol` and
            `atol`), a tuple ``("shape", ...)`` for a shape only, or a function of the value that says whether it is
            right.
        """
        held = self._held_estimator(target, message)
        wanted = attributes if isinstance(attributes, Mapping) else dict.fromkeys(attributes, ...)
        for name, value in wanted.items():
            try:
                found = held.get(name)
            except SubmissionRaised as fault:
                if fault.outcome is not Outcome.ERROR or "AttributeError" not in fault.exceptions:
                    raise
                self._fail(None, NO_ATTRIBUTE.format(name=name), message=message)
            if value is not ... and not agrees(found, value, rtol, atol):
                self._fail(found, WRONG_ATTRIBUTE.format(name=name), message=message, wanted=value)

    def params(
        self, target: Remote, wanted: Mapping[str, Any], rtol: float = 1e-9, message: Text | None = None
    ) -> None:
        """Parameters of an estimator or a pipeline, those of inner ones by ``step__name``.

        Parameters
        ----------
        target : Remote
        wanted : mapping
            Name to value: numbers (closely), text, None, lists; a class name for an inner estimator
            (``{"regressor": "Ridge"}``); a set of values any of which is right; or a function of the value that says
            whether it is right.
        rtol : float
            For numbers.

        Examples
        --------
        In a check::

            expect.params(submission.estimator("model"), {"svc__C": 10, "svc__kernel": {"rbf", "poly"}})
        """
        held = self._held_estimator(target, message)
        found = held.channel.ask("estimator_facts", label=held.type_name, target=held, action="params")
        known = found if isinstance(found, dict) else {}
        for name, value in wanted.items():
            if name not in known:
                self._fail(sorted(map(str, known))[:100], NO_PARAMETER.format(name=name), message=message)
            choices = value if isinstance(value, set | frozenset) else (value,)
            if not any(agrees(known[name], choice, rtol, 0.0) for choice in choices):
                self._fail(known[name], WRONG_PARAMETER.format(name=name), message=message, wanted=value)

    def pipeline(self, target: Remote, wanted: Any, frame: Any = None, message: Text | None = None) -> None:
        """A pipeline or column transformer with this structure; names of steps do not matter unless asked for.

        Parameters
        ----------
        target : Remote
        wanted : object
            * ``"StandardScaler"``: an object of this class or of one derived from it; also ``"passthrough"``;
            * ``"FunctionTransformer(log)"``: a FunctionTransformer of a function of this name;
            * ``{"Ridge", "Lasso"}``: any of several;
            * ``["SimpleImputer", "StandardScaler"]``: a pipeline (or union) of these steps, in order, where ``...``
              stands for any number of steps;
            * ``{("age", "fare"): [...], ("sex",): "OneHotEncoder"}``: a column transformer by the columns of its
              branches, in any order; ``...`` as a key allows more branches;
            * ``("clf", spec)``: a step of this name.
        frame : DataFrame, optional
            Resolves columns that a selector chooses, before ``fit``.

        Examples
        --------
        In a check::

            expect.pipeline(
                submission.estimator("model"),
                [{("age", "fare"): ["SimpleImputer", "StandardScaler"], ("sex",): "OneHotEncoder"}, "LogisticRegression"],
            )
        """
        held = self._held_estimator(target, message)
        node = read_node(held.channel.ask("structure", label=held.type_name, target=held, frame=frame))
        problem: Problem | None = compare(node, wanted)
        if problem is not None:
            sentences = [text for text in (message, problem.text) if text is not None]
            raise CheckFailed(*sentences, details=f"{problem.place}\nfound: {node}\nexpected: {wanted!r}")

    def _held_estimator(self, target: Any, message: Text | None) -> Remote:
        if not isinstance(target, Remote):
            self._fail(target, NOT_AN_OBJECT, message=message)
        return target


def agrees(found: Any, wanted: Any, rtol: float, atol: float) -> bool:
    """Whether a value from a submission is what an author wrote down for it; never raises because of the value."""
    if callable(wanted) and not isinstance(wanted, type):
        return _holds(wanted, found)
    if isinstance(found, Remote):
        return isinstance(wanted, str) and found.is_a(wanted)
    if isinstance(wanted, tuple) and wanted[:1] == ("shape",):
        return shape_of(found) == wanted[1:]
    if wanted is None:
        return found is None
    if isinstance(wanted, str):
        return isinstance(found, str) and found == wanted
    a, b = numeric(found), numeric(wanted)
    if a is not None and b is not None:
        if (a.dtype.kind == "b") != (b.dtype.kind == "b"):
            return False
        return a.shape == b.shape and bool(np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True))
    if isinstance(wanted, list | tuple) and isinstance(found, list | tuple):
        return len(found) == len(wanted) and all(agrees(f, w, rtol, atol) for f, w in zip(found, wanted, strict=True))
    if isinstance(wanted, np.ndarray):
        return same_answer(found, wanted)
    return False


def _holds(condition: Callable[..., Any], *values: Any) -> bool:
    """A condition about hostile values: what raises does not hold."""
    try:
        return bool(condition(*values))
    except Exception:  # an author's function such as ``lambda C: 1 <= C <= 10`` meets a value of another type
        return False


def _asked(kind: str, X: Any, y: Any) -> tuple[ProbeInputs, NDArray[Any] | None]:
    rows = np.asarray(X)
    if rows.ndim == 0 or rows.ndim > 2 or len(rows) < 6:
        raise ValueError("expect.estimator: X should have the shape (n_samples, n_features) and at least 6 rows")
    labels = None if y is None else np.asarray(y)
    if labels is not None and len(labels) != len(rows):
        raise ValueError("expect.estimator: X and y have different lengths")
    kept = np.array([i for i in range(len(rows))[::-1] if i % 3 != 1])
    other = rows[kept] * (1.5 if rows.dtype.kind == "f" else 1) if rows.dtype.kind in "fiu" else rows[kept]
    return ProbeInputs(kind, rows, labels, other), None if labels is None else labels[kept]


def _noted(seen: Observations, names: Sequence[str]) -> str:
    """What an instructor may read about an item."""
    parts = []
    for name in names:
        raised = seen.raised(name)
        told = f"raised {raised[0]}: {plain_text(seen.said(name), 300)}" if raised else for_instructor(seen[name], 300)
        parts.append(f"{name} {told}")
    return "; ".join(parts)
