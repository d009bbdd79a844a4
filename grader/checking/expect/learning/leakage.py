"""Expectations about leakage, by behaviour: what was learnt from which rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.learning.leakage_probe import poisoned
from grader.checking.expect.same import alike
from grader.checking.values import describe, plain_array
from grader.running.faults import SubmissionRaised
from grader.running.remote import Remote, RemoteEstimator
from grader.vocabulary import Outcome, Text

LEAK = Text(
    "What is learnt changes when only the test rows change: fit on the training rows alone, and apply it to the test rows.",
    "테스트 행만 바꿨는데 학습한 결과가 달라졌어요. 훈련 행에서만 학습하고(fit) 테스트 행에는 적용만(transform) 하세요.",
)
NOT_REPEATABLE = Text(
    "Two runs on the same rows give different results: fix the seed (`random_state`).",
    "같은 행으로 두 번 실행했는데 결과가 달라요. 시드(`random_state`)를 고정하세요.",
)
LEARNS_NOTHING = Text(
    "What is learnt stays the same whatever the training rows are: compute it from them.",
    "훈련 행이 달라져도 학습한 결과가 그대로예요. 훈련 행에서 계산하세요.",
)
ALREADY_FITTED = Text(
    "This comes fitted already: return it unfitted, so that it can learn from the training rows only.",
    "이미 훈련된 상태예요. 훈련 행에서만 배울 수 있도록 `fit`하지 않은 채로 반환하세요.",
)
NOT_AN_ESTIMATOR = Text(
    "An unfitted estimator or pipeline is wanted here.", "여기에는 `fit`하지 않은 추정기나 파이프라인이 필요해요."
)
OTHER_LENGTH = Text("One answer for each row is wanted.", "행마다 답이 하나씩 있어야 해요.")
NO_DATA = Text(
    "Numbers, arrays or tables are wanted here, but this is {found}.",
    "여기에는 수나 배열, 표가 필요한데 {found}이에요.",
)


class LeakageExpectations(ExpectBase):
    """``expect.no_leak``, ``expect.unfitted`` and ``expect.refit``."""

    def no_leak(
        self,
        learn: Callable[[Any, Any], Any],
        train: Any,
        test: Any,
        poison: Any = None,
        depends: bool = True,
        rtol: float = 1e-7,
        atol: float = 1e-9,
        message: Text | None = None,
    ) -> None:
        """What a submission learns does not move when only the test rows do.

        Parameters
        ----------
        learn : callable
            Runs the submission on (training rows, test rows) and returns what it learnt as data: statistics,
            coefficients, the transformed training rows, predictions for fixed rows.
        train, test : DataFrame, Series, array, or a tuple, list or dict of them
            They are passed on as they are.
        poison : DataFrame or array, optional
            Rows in place of `test`; by default a copy of it with numbers far away and one category only.
        depends : bool
            Demand as well that poisoned *training* rows do change it, so that a constant does not pass.
        rtol, atol : float
            For comparing numbers.
        message : Text, optional
            Said before the library's own sentence where there is a leak, and only there.

        Raises
        ------
        CheckFailed
            It moves; or it differs between two runs on the same rows already.

        Examples
        --------
        >>> import numpy as np
        >>> train, test = np.arange(8.0).reshape(4, 2), np.ones((3, 2))
        >>> expect.no_leak(lambda train, test: train.mean(axis=0), train, test)

        In a check::

            def learn(train, test):
                prepared, _ = submission.call("prepare", train, test)
                return prepared

            expect.no_leak(learn, hidden.train, hidden.test)
        """
        wrong = poisoned(test) if poison is None else poison
        clean = learn(train, test)
        if not alike(clean, clean):
            kind = describe(clean)
            self._fail(clean, NO_DATA.format(found=kind))
        other = learn(train, wrong)
        if not alike(other, clean, rtol, atol):
            again = learn(train, test)
            if not alike(again, clean, rtol, atol):
                self._fail(again, NOT_REPEATABLE, wanted=clean)
            self._fail(other, LEAK, message=message, wanted=clean)
        if not depends:
            return
        try:
            moved = learn(poisoned(train), test)
        except SubmissionRaised as fault:
            if fault.outcome is not Outcome.ERROR:
                raise
            return  # it looked at the rows, and did not like them
        if alike(moved, clean, rtol, atol):
            self._fail(clean, LEARNS_NOTHING)

    def unfitted(self, target: Remote, X: Any, message: Text | None = None) -> None:
        """An estimator or pipeline that was not fitted before it was handed over: its answers to `X` are refused.

        Parameters
        ----------
        target : Remote
        X : DataFrame or array
            A few rows of the right form.
        """
        held = self._unfitted_estimator(target, message)
        methods = ("predict", "transform")
        refused = [self._refuses_unfitted(held, method, X) for method in methods]
        if not any(refused) or False in refused:
            self._fail(None, ALREADY_FITTED, message=message)

    def refit(
        self,
        target: Remote,
        X: Any,
        y: Any,
        X_new: Any,
        method: str = "predict",
        message: Text | None = None,
    ) -> Any:
        """Clone a submission's estimator, fit the clone on the grader's own rows and return its answers to new ones.

        Whatever the submission did before, on whatever rows, plays no part in what comes back: measure that.

        Parameters
        ----------
        target : Remote
            ``submission.estimator("make_pipeline")``.
        X, y : array or DataFrame of n_samples rows
            ``y=None`` for transformers.
        X_new : array or DataFrame of n_new rows
        method : str
            ``"predict"``, ``"predict_proba"``, ``"transform"``, ``"decision_function"``.

        Returns
        -------
        object
            Data with n_new entries along its first axis.

        Examples
        --------
        In a check::

            predicted = expect.refit(submission.estimator("make_pipeline"), X[train], y[train], X[test])
            expect.metric(band["accuracy"], accuracy_score(y[test], predicted))
        """
        copy = self._unfitted_estimator(target, message).clone()
        answer = copy.fit(X, y).call(method, X_new)
        array = plain_array(answer)
        if array is None or array.ndim == 0 or len(array) != len(X_new):
            self._fail(answer, OTHER_LENGTH, message=message)
        return answer

    def _unfitted_estimator(self, target: Any, message: Text | None) -> RemoteEstimator:
        if not isinstance(target, Remote):
            self._fail(target, NOT_AN_ESTIMATOR, message=message)
        return RemoteEstimator(target)

    def _refuses_unfitted(self, held: Remote, method: str, X: Any) -> bool | None:
        """Whether a method is refused for want of a fit; None where there is no such method."""
        try:
            held.call(method, X, hold=True)
        except SubmissionRaised as fault:
            if "NotFittedError" in fault.exceptions:
                return True
            if "AttributeError" in fault.exceptions:
                return None
            raise
        return False
