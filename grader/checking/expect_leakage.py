"""Expectations about leakage, by behaviour: what was learnt from which rows, and how rows were split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from grader.checking.expect_base import ExpectBase
from grader.checking.failure import refuse
from grader.checking.poison import poisoned
from grader.checking.same import alike
from grader.checking.splits import counts, row_keys
from grader.checking.values import describe, for_instructor, is_frame, plain_array
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
NO_ROWS = Text("Rows are wanted here, but this is {found}.", "여기에는 행이 있는 데이터가 필요한데 {found}이에요.")
NO_DATA = Text(
    "Numbers, arrays or tables are wanted here, but this is {found}.",
    "여기에는 수나 배열, 표가 필요한데 {found}이에요.",
)
NO_COLUMN = Text("A table with the column {names} is wanted here.", "{names} 열이 있는 표가 필요해요.")
SHARED = Text(
    "{count} rows of one part stand in the other as well: no row may be in both.",
    "한쪽에 있는 행 {count}개가 다른 쪽에도 있어요. 같은 행이 양쪽에 있으면 안 돼요.",
)
SHARED_GROUPS = Text(
    "{count} groups have rows in both parts: all rows of a group belong on the same side.",
    "양쪽에 걸쳐 있는 그룹이 {count}개예요. 같은 그룹의 행은 모두 한쪽에 있어야 해요.",
)
MISSING_ROWS = Text(
    "{count} rows of the whole are in none of the parts.", "전체에 있던 행 {count}개가 어느 쪽에도 없어요."
)
STRANGE_ROWS = Text(
    "{count} rows of the parts are not in the whole, or are there more often than in it.",
    "나뉜 쪽의 행 {count}개는 전체에 없거나 전체보다 많이 들어 있어요.",
)
SHARES = Text(
    "The shares of the classes differ from those of the whole: stratify the split.",
    "클래스의 비율이 전체와 달라요. 계층적으로(stratify) 나누세요.",
)


class LeakageExpectations(ExpectBase):
    """``expect.no_leak``, ``expect.unfitted``, ``expect.refit`` and expectations about splits."""

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

        Raises
        ------
        CheckFailed
            It moves; or it differs between two runs on the same rows already.

        Examples
        --------
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
            self._fail(clean, Text(NO_DATA.en.format(found=kind.en), NO_DATA.ko.format(found=kind.ko)), message=message)
        other = learn(train, wrong)
        if not alike(other, clean, rtol, atol):
            again = learn(train, test)
            sentence = LEAK if alike(again, clean, rtol, atol) else NOT_REPEATABLE
            self._fail(other, sentence, message=message, wanted=clean)
        if not depends:
            return
        try:
            moved = learn(poisoned(train), test)
        except SubmissionRaised as fault:
            if fault.outcome is not Outcome.ERROR:
                raise
            return  # it looked at the rows, and did not like them
        if alike(moved, clean, rtol, atol):
            self._fail(clean, LEARNS_NOTHING, message=message)

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

    def disjoint(
        self,
        first: Any,
        second: Any,
        by: str | Sequence[str] | None = None,
        whole: Any = None,
        allow: float = 0.0,
        message: Text | None = None,
    ) -> None:
        """No row of one part stands in the other.

        Parameters
        ----------
        first, second : DataFrame, Series or array
        by : str or sequence of str, optional
            Columns that identify a row; all of them by default.
        whole : DataFrame or array, optional
            The data before the split. Rows that are twice in it anyway may be on both sides.
        allow : float
            Share of the smaller part that may be shared all the same.

        Examples
        --------
        >>> expect.disjoint(np.array([[1, 2], [3, 4]]), np.array([[5, 6]]))
        """
        columns = [by] if isinstance(by, str) else by
        a, b = self._split_keys(first, columns, message), self._split_keys(second, columns, message)
        natural: set[str] = set()
        if whole is not None:
            natural = {key for key, n in Counter(_authored_keys(whole, columns)).items() if n > 1}
        both = (set(a) & set(b)) - natural
        count = min(sum(key in both for key in a), sum(key in both for key in b))
        if count > allow * min(len(a), len(b)):
            refuse(SHARED.format(count=count), message, f"{count} shared rows")

    def partition(self, parts: Sequence[Any], whole: Any, message: Text | None = None) -> None:
        """Parts that hold together every row of `whole` exactly as often as it does.

        Parameters
        ----------
        parts : sequence of DataFrame or array
        whole : DataFrame or array

        Examples
        --------
        >>> expect.partition([np.array([3, 1]), np.array([2])], np.array([1, 2, 3]))
        """
        wanted = Counter(_authored_keys(whole, None))
        columns = [str(name) for name in whole.columns] if is_frame(whole) else None
        found = Counter(key for part in parts for key in self._split_keys(part, columns, message))
        missing, strange = (wanted - found).total(), (found - wanted).total()
        if missing:
            refuse(MISSING_ROWS.format(count=missing), message, f"{missing} missing, {strange} strange rows")
        if strange:
            refuse(STRANGE_ROWS.format(count=strange), message, f"{strange} strange rows")

    def stratified(self, part: Any, whole: Any, tolerance: float | None = None, message: Text | None = None) -> None:
        """A part whose classes have the shares that they have in the whole.

        Parameters
        ----------
        part, whole : array of shape (n,) or Series
            Labels of the rows.
        tolerance : float, optional
            How far a share may be off, relative to itself (0.005 is half a percent). By default a class may be off by
            less than two rows, which is what rounding can do.

        Examples
        --------
        >>> expect.stratified([0, 0, 1], [0, 0, 0, 0, 1, 1])
        """
        wanted, found = counts(whole), counts(part)
        if wanted is None or not wanted:
            raise ValueError("expect.stratified: whole should hold one label for each row")
        if found is None:
            self._fail_split_rows(part, message)
        n, total = found.total(), wanted.total()
        for label in wanted.keys() | found.keys():
            share = wanted[label] / total
            off = abs(found[label] - share * n)
            if off >= 2 if tolerance is None else off > tolerance * share * n:
                refuse(SHARES, message, f"class {label}: {found[label]} of {n}, whole {wanted[label]} of {total}")
        if n == 0:
            refuse(SHARES, message, "the part is empty")

    def grouped(self, first: Any, second: Any, message: Text | None = None) -> None:
        """Rows of a group (a patient, a household, a piece of music) are all on the same side of a split.

        Parameters
        ----------
        first, second : array of shape (n,) or Series
            Group of each row of either part.

        Examples
        --------
        >>> expect.grouped(["anna", "anna", "ben"], ["chris"])
        """
        a, b = set(self._split_keys(first, None, message)), set(self._split_keys(second, None, message))
        if a & b:
            refuse(SHARED_GROUPS.format(count=len(a & b)), message, f"groups {sorted(a & b)[:20]}")

    def _split_keys(self, rows: Any, columns: Sequence[str] | None, message: Text | None) -> list[str]:
        keys = row_keys(rows, columns)
        if keys is None:
            self._fail_split_rows(rows, message, columns)
        return keys

    def _fail_split_rows(self, rows: Any, message: Text | None, columns: Sequence[str] | None = None) -> NoReturn:
        kind = describe(rows)
        sentence = (
            NO_COLUMN.format(names=", ".join(columns))
            if columns
            else Text(NO_ROWS.en.format(found=kind.en), NO_ROWS.ko.format(found=kind.ko))
        )
        self._fail(rows, sentence, message=message)

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


def _authored_keys(rows: Any, columns: Sequence[str] | None) -> list[str]:
    keys = row_keys(rows, columns)
    if keys is None:
        raise ValueError(f"the whole has no rows, or lacks a column: {for_instructor(rows, 200)}")
    return keys
