"""Objects that stay in the sandbox, as checks see them."""

from __future__ import annotations

import weakref
from typing import Any

from grader.errors import GraderError, SubmissionFault
from grader.running import faults
from grader.running.link import Link
from grader.running.run import Run
from grader.vocabulary import Outcome


class Channel:
    """One process of a submission that answers: the kernel, or a fresh one.

    Parameters
    ----------
    link : Link or None
        None when there is nobody to ask.
    run : Run
        Says why.
    timeout : float or None
        Seconds for each request; None for the link's default.
    to : int
        Number of a fresh process, 0 for the kernel.
    """

    def __init__(self, link: Link | None, run: Run, timeout: float | None = None, to: int = 0) -> None:
        self.link, self.run, self.timeout, self.to = link, run, timeout, to

    def ask(self, op: str, *, label: str = "", **fields: Any) -> Any:
        """Send a request and decode its answer; what stays inside becomes a `Remote`.

        Raises
        ------
        SubmissionFault
        GraderError
            An argument cannot be sent.
        """
        if self.link is None:
            if self.run.outcome is not Outcome.PASSED:
                raise SubmissionFault(self.run.outcome, self.run.message)
            raise SubmissionFault(Outcome.ERROR, faults.KERNEL_GONE)
        return self.link.request(
            op, label=label, timeout=self.timeout, to=self.to, refer=self._wrap, unwrap=self._unwrap, **fields
        )

    def _wrap(self, reference: Any) -> Remote:
        return Remote(self, *reference)

    def _unwrap(self, value: Any) -> Any:
        if not isinstance(value, Remote):
            raise GraderError(
                f"a {type(value).__name__} cannot be sent to a submission: only data and its own objects can"
            )
        if value.channel.link is not self.link or value.channel.to != self.to:
            raise GraderError(f"a {value.type_name} that one process holds cannot be an argument in another")
        return {"$held": value.identity}


class Remote:
    """An object of the submission that is not data: a fitted model, a function, an instance.

    Attributes
    ----------
    type_name : str
        Name of its class; hostile text, like all that follows.
    mro : tuple of str
        Names of its class and its bases.
    asked_as : str
        What the check asked for to get it, such as ``network`` or ``build(...)``: by this the student knows it. Empty where
        that has no name.
    """

    asked_as = ""

    def __init__(self, channel: Channel, identity: int, type_name: str, qualified: tuple[str, ...]) -> None:
        self.channel, self.identity, self.type_name = channel, identity, type_name
        self._qualified = qualified
        self.mro = tuple(name.rpartition(".")[2] for name in qualified)
        # copies of this remote share the held object: it is let go of when the last one is
        self._hold = _Hold()
        if channel.link is not None:
            weakref.finalize(self._hold, channel.link.release, identity, channel.to).atexit = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of a {self.type_name[:60]}>"

    def is_a(self, name: str) -> bool:
        """Whether it is an instance of the class `name`.

        A bare name compares class names. A dotted one compares the top package as well, so that the public name
        ``sklearn.ensemble.RandomForestClassifier`` finds the class wherever the library really keeps it.
        """
        package, _, last = name.rpartition(".")
        top = package.partition(".")[0]
        return any(q.rpartition(".")[2] == last and (not top or q.partition(".")[0] == top) for q in self._qualified)

    def call(self, method: str, /, *args: Any, hold: bool = False, **kwargs: Any) -> Any:
        """Call a method. With ``hold=True`` the result stays inside, also if it is data."""
        return self._ask("method", method, name=method, args=args, kwargs=kwargs, hold=hold)

    def invoke(self, *args: Any, hold: bool = False, **kwargs: Any) -> Any:
        """Call the object itself."""
        return self._ask("invoke", "__call__", args=args, kwargs=kwargs, hold=hold)

    def get(self, attribute: str, *, hold: bool = False) -> Any:
        """An attribute; dots go on: ``get("tree_.max_depth")``."""
        return self._ask("attribute", attribute, name=attribute, hold=hold)

    def set(self, attribute: str, value: Any) -> None:
        """Set an attribute."""
        self._ask("set_attribute", attribute, name=attribute, value=value)

    def take(self, count: int) -> list[Any]:
        """The next `count` values of an iterator or generator; fewer where it ends."""
        found: list[Any] = self._ask("take", "__next__", count=count)
        return found

    def _ask(self, op: str, label: str, **fields: Any) -> Any:
        # Students read the label, also in hidden checks: never the name of a class, which may be made out of an input.
        return self.channel.ask(op, label=label, target=self, **fields)

    def _share(self, other: Remote) -> None:
        """Become another face of the object that `other` stands for."""
        self.channel, self.identity, self.type_name = other.channel, other.identity, other.type_name
        self._qualified, self.mro, self._hold = other._qualified, other.mro, other._hold
        self.asked_as = other.asked_as


class _Hold:
    """What the last remote of an object lets go of."""


class RemoteEstimator(Remote):
    """An estimator that follows scikit-learn's conventions."""

    def __init__(self, remote: Remote) -> None:
        self._share(remote)

    def fit(self, X: Any, y: Any = None, **kwargs: Any) -> RemoteEstimator:
        """Fit inside; returns this estimator. What ``fit`` itself returned: ``call("fit", ...)``."""
        args = (X,) if y is None else (X, y)
        self.call("fit", *args, hold=True, **kwargs)
        return self

    def predict(self, X: Any) -> Any:
        """Predictions, usually an array of shape (n_samples,)."""
        return self.call("predict", X)

    def predict_proba(self, X: Any) -> Any:
        """Class probabilities, an array of shape (n_samples, n_classes)."""
        return self.call("predict_proba", X)

    def transform(self, X: Any) -> Any:
        """The transformed samples."""
        return self.call("transform", X)

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """Fit and transform in one call."""
        return self.call("fit_transform", X, *(() if y is None else (y,)))

    def score(self, X: Any, y: Any) -> Any:
        """The estimator's own score. It is a claim: measure with the predictions where points depend on it."""
        return self.call("score", X, y)

    def params(self) -> dict[str, Any]:
        """``get_params(deep=True)``; estimators inside come as `Remote`."""
        found: dict[str, Any] = self._facts("params")
        return found

    def clone(self) -> RemoteEstimator:
        """An unfitted copy, by ``sklearn.base.clone``."""
        return RemoteEstimator(self._facts("clone"))

    def steps(self) -> list[tuple[str, str]]:
        """(name, type name) of a pipeline's steps or a column transformer's parts, in order."""
        return [(str(name), str(kind)) for name, kind in self._facts("steps")]

    def feature_names_out(self) -> list[str]:
        """``get_feature_names_out()`` as a list."""
        return [str(name) for name in self._facts("feature_names_out")]

    def check_estimator(self) -> list[dict[str, str]]:
        """Every check of ``sklearn.utils.estimator_checks.check_estimator``.

        Returns
        -------
        list of dict
            ``check`` (name), ``status`` (``passed``, ``failed``, ``skipped``, ``xfail``), ``message``.
        """
        found: list[dict[str, str]] = self._facts("check_estimator")
        return found

    def attr(self, name: str) -> Any:
        """An attribute, ``attr("coef_")``."""
        return self.get(name)

    def _facts(self, action: str) -> Any:
        label = "get_feature_names_out" if action == "feature_names_out" else "get_params"  # whose code it runs
        return self._ask("estimator_facts", label, action=action)
