"""Expectations about how rows were split: nothing shared, nothing lost, shares of classes kept, groups kept together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NoReturn

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.learning.row_keys import label_counts, row_keys
from grader.checking.failure import refuse
from grader.checking.values import describe, for_instructor, is_frame, tell
from grader.vocabulary import Text

NO_ROWS = Text("Rows are wanted here, but this is {found}.", "여기에는 행이 있는 데이터가 필요한데 {found}이에요.")
NO_COLUMN = Text("A table with the column {names} is wanted here.", "{names} 열이 있는 표가 필요해요.")
SHARED = Text(
    "Rows of one part stand in the other as well[[ ({count} of them)]]: no row may be in both.",
    "한쪽에 있는 행이 다른 쪽에도 있어요[[({count}개)]]. 같은 행이 양쪽에 있으면 안 돼요.",
)
SHARED_GROUPS = Text(
    "Some groups have rows in both parts[[ ({count} of them)]]: all rows of a group belong on the same side.",
    "양쪽에 걸쳐 있는 그룹이 있어요[[({count}개)]]. 같은 그룹의 행은 모두 한쪽에 있어야 해요.",
)
MISSING_ROWS = Text(
    "Some rows of the whole are in none of the parts[[ ({count} of them)]].",
    "전체에 있던 행 가운데 어느 쪽에도 없는 것이 있어요[[({count}개)]].",
)
STRANGE_ROWS = Text(
    "Some rows of the parts are not in the whole, or are there more often than in it[[ ({count} of them)]].",
    "나뉜 쪽의 행 가운데 전체에 없거나 전체보다 많이 들어 있는 것이 있어요[[({count}개)]].",
)
SHARES = Text(
    "The shares of the classes differ from those of the whole: stratify the split.",
    "클래스의 비율이 전체와 달라요. 계층적으로(stratify) 나누세요.",
)


class SplitExpectations(ExpectBase):
    """``expect.disjoint``, ``expect.partition``, ``expect.stratified`` and ``expect.grouped``."""

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
        >>> import numpy as np
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
            refuse(tell(SHARED, count=count), message, f"{count} shared rows")

    def partition(self, parts: Sequence[Any], whole: Any, message: Text | None = None) -> None:
        """Parts that hold together every row of `whole` exactly as often as it does.

        Parameters
        ----------
        parts : sequence of DataFrame or array
        whole : DataFrame or array

        Examples
        --------
        >>> import numpy as np
        >>> expect.partition([np.array([3, 1]), np.array([2])], np.array([1, 2, 3]))
        """
        wanted = Counter(_authored_keys(whole, None))
        columns = [str(name) for name in whole.columns] if is_frame(whole) else None
        found = Counter(key for part in parts for key in self._split_keys(part, columns, message))
        missing, strange = (wanted - found).total(), (found - wanted).total()
        if missing:
            refuse(tell(MISSING_ROWS, count=missing), message, f"{missing} missing, {strange} strange rows")
        if strange:
            refuse(tell(STRANGE_ROWS, count=strange), message, f"{strange} strange rows")

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
        wanted, found = label_counts(whole), label_counts(part)
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
            refuse(tell(SHARED_GROUPS, count=len(a & b)), message, f"groups {sorted(a & b)[:20]}")

    def _split_keys(self, rows: Any, columns: Sequence[str] | None, message: Text | None) -> list[str]:
        keys = row_keys(rows, columns)
        if keys is None:
            self._fail_split_rows(rows, message, columns)
        return keys

    def _fail_split_rows(self, rows: Any, message: Text | None, columns: Sequence[str] | None = None) -> NoReturn:
        kind = describe(rows)
        sentence = NO_COLUMN.format(names=", ".join(columns)) if columns else NO_ROWS.format(found=kind)
        self._fail(rows, sentence, message=message)


def _authored_keys(rows: Any, columns: Sequence[str] | None) -> list[str]:
    keys = row_keys(rows, columns)
    if keys is None:
        raise ValueError(f"the whole has no rows, or lacks a column: {for_instructor(rows, 200)}")
    return keys
