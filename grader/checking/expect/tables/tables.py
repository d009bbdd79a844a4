"""Expectations about pandas tables: columns, dtypes, index, rows in order or in any order, missing values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from grader.checking.expect.numbers.base import NumberBase
from grader.checking.expect.numbers.pairing import paired
from grader.checking.expect.same import same_data
from grader.checking.expect.tables.base import COLUMN_KIND, MISSING_COLUMNS, VALUES_KIND, TableBase, short
from grader.checking.expect.tables.values import aligned, as_rows, has_missing, kind_of, same_labels
from grader.checking.failure import refuse
from grader.checking.values import Answer, for_instructor, is_frame, is_series, listed, numeric, tell
from grader.vocabulary import Text

EXTRA_COLUMNS = Text(
    "The table has columns that do not belong[[: {names}]].",
    "표에 없어야 할 열이 있어요[[: {names}]].",
)
COLUMN_ORDER = Text("The columns are right, but in another order.", "열은 맞지만 순서가 달라요.")
ROWS = Text(
    "The table does not have the right number of rows[[: it has {found}]].",
    "표의 행 개수가 맞지 않아요[[. 지금은 {found}개예요]].",
)
LENGTH = Text(
    "The Series does not have the right number of values[[: it has {found}]].",
    "Series의 값 개수가 맞지 않아요[[. 지금은 {found}개예요]].",
)
COLUMN_DIFFERS = Text('The values of column "{name}" are not right.', '"{name}" 열의 값이 맞지 않아요.')
COLUMN_MISSING = Text('Column "{name}" has missing values.', '"{name}" 열에 결측값이 있어요.')
VALUES_MISSING = Text("The Series has missing values.", "Series에 결측값이 있어요.")
OTHER_NAME = Text('The Series should have the name "{name}".', 'Series의 이름(name)은 "{name}"이어야 해요.')
OTHER_INDEX = Text("The labels of the index are not the right ones.", "인덱스의 레이블이 맞지 않아요.")
INDEX_ORDER = Text(
    "The labels of the index are right, but in another order.", "인덱스의 레이블은 맞지만 순서가 달라요."
)
ROWS_DIFFER = Text(
    "Some rows are not the right ones; their order does not matter here.",
    "맞지 않는 행이 있어요. 행의 순서는 상관없어요.",
)

Index = Literal["ignored", "same", "sorted"]
Rows = Literal["ordered", "multiset"]
Missing = Literal["equal", "forbid"]


class TableExpectations(TableBase, NumberBase):
    """``expect.columns``, ``expect.frame`` and ``expect.series``."""

    def columns(
        self,
        df: Any,
        names: Iterable[str],
        ordered: bool = False,
        message: Text | None = None,
        *,
        dtypes: Mapping[str, str] | None = None,
        extra: Literal["forbid", "allow"] = "forbid",
    ) -> None:
        """A DataFrame with exactly these columns; with ``ordered=True`` in this order, with ``extra="allow"`` among others.

        `names` are shown to the student, and so are the `dtypes`: for some or all of the columns one of ``"int"``,
        ``"float"``, ``"number"``, ``"bool"``, ``"str"``, ``"category"``, ``"datetime"``, ``"timedelta"``, ``"object"``.

        Examples
        --------
        >>> table = pd.DataFrame({"city": ["Seoul", "Busan"], "rooms": [3, 2]})
        >>> expect.columns(table, ["rooms", "city"], dtypes={"rooms": "int", "city": "str"})
        """
        wanted = [str(name) for name in names]
        found = [str(name) for name in self._frame(df, message).columns]
        missing = [name for name in wanted if name not in found]
        others = [name for name in found if name not in wanted]
        if extra == "allow":
            found = [name for name in found if name in wanted]
            others = []
        if missing:
            self._fail(found, MISSING_COLUMNS.format(names=listed(missing)), message=message)
        if others or len(found) != len(wanted):
            self._fail(found, tell(EXTRA_COLUMNS, names=listed(others or found)), message=message)
        if ordered and found != wanted:
            self._fail(found, COLUMN_ORDER, message=message)
        for name, kind in (dtypes or {}).items():
            self._kind(df.iloc[:, found.index(str(name))], kind, COLUMN_KIND, message, str(name))

    def frame(
        self,
        actual: Any,
        expected: Any,
        rtol: float = 1e-7,
        atol: float = 0.0,
        ordered: bool = False,
        message: Text | None = None,
        *,
        dtypes: Mapping[str, str] | Literal["same"] | None = None,
        index: Index = "ignored",
        rows: Rows = "ordered",
        missing: Missing = "equal",
    ) -> None:
        """A DataFrame with the columns and values of `expected`.

        Parameters
        ----------
        actual, expected : DataFrame
            Names of columns are shown to the student, values never. Numeric columns are compared as `Expect.close`
            does, others as `Expect.same`.
        rtol, atol : float
        ordered : bool
            Whether the columns must be in the same order.
        message : Text, optional
        dtypes : mapping of name to kind, or "same"
            What columns must hold, in the words of `Expect.columns`; "same": what those of `expected` hold.
        index : "ignored", "same" or "sorted"
            "same" wants the labels of `expected` in their order; "sorted" wants the same labels and compares the rows by
            label, in whatever order they are.
        rows : "ordered" or "multiset"
            "multiset" takes the rows in any order; the index is ignored then.
        missing : "equal" or "forbid"
            Whether a missing value is right where one is expected, or never.

        Raises
        ------
        TypeError, ValueError
            `expected` is no DataFrame, options contradict each other, labels repeat themselves with ``index="sorted"``,
            or there are too many rows to be paired (4,000 with tolerances; any number with ``rtol=0, atol=0``).

        Examples
        --------
        >>> table = pd.DataFrame({"a": [1, 2], "b": [0.5, np.nan]})
        >>> expect.frame(table[["b", "a"]], table, dtypes="same")
        >>> expect.frame(table[::-1], table, index="sorted")
        >>> expect.frame(table[::-1].reset_index(drop=True), table, rows="multiset")
        """
        if not is_frame(expected):
            raise TypeError(f"expect.frame: the expected value is no DataFrame: {type(expected).__name__}")
        _check_options(index, rows, missing)
        names = [str(name) for name in expected.columns]
        if dtypes == "same":
            dtypes = {name: kind_of(expected.iloc[:, i]) for i, name in enumerate(names)}
        self.columns(actual, names, ordered=ordered, message=message, dtypes=dtypes)
        table = self._frame(actual, message)
        if len(table) != len(expected):
            self._fail(table, tell(ROWS, found=len(table)), message=message, wanted=expected)
        table = self._by_index(table, expected, index, message)
        places = {str(name): i for i, name in enumerate(table.columns)}
        found, wanted = (
            [table.iloc[:, places[name]] for name in names],
            [expected.iloc[:, i] for i in range(len(names))],
        )
        if missing == "forbid":
            for name, column in zip(names, found, strict=True):
                if has_missing(column):
                    self._fail(table, COLUMN_MISSING.format(name=short(name)), message=message, wanted=expected)
        if rows == "multiset":
            self._any_order(actual, found, wanted, names, rtol, atol, message)
            return
        for name, column, right in zip(names, found, wanted, strict=True):
            if not _agree(column, right, rtol, atol):
                details = f"column {name!r}\nfound: {for_instructor(column)}\nexpected: {for_instructor(right)}"
                refuse(COLUMN_DIFFERS.format(name=short(name)), message, details)

    def series(
        self,
        actual: Any,
        expected: Any,
        rtol: float = 1e-7,
        atol: float = 0.0,
        message: Text | None = None,
        *,
        name: str | None = None,
        dtype: str | None = None,
        index: Index = "ignored",
        rows: Rows = "ordered",
        missing: Missing = "equal",
    ) -> None:
        """A Series with the values of `expected`.

        The options are those of `Expect.frame`; `name` and `dtype` (a kind of value, as in `Expect.columns`) are
        compared where they are given, and are shown to the student.

        Examples
        --------
        >>> counts = pd.Series([3, 1], index=["a", "b"])
        >>> expect.series(counts[::-1], counts, index="sorted", dtype="int")
        """
        if not is_series(expected):
            raise TypeError(f"expect.series: the expected value is no Series: {type(expected).__name__}")
        _check_options(index, rows, missing)
        self._series(actual, message, expected)
        if name is not None and (not isinstance(actual.name, str) or actual.name != name):
            self._fail(actual, OTHER_NAME.format(name=short(name)), message=message)
        if dtype is not None:
            self._kind(actual, dtype, VALUES_KIND, message)
        if len(actual) != len(expected):
            self._fail(actual, tell(LENGTH, found=len(actual)), message=message, wanted=expected)
        found = self._by_index(actual, expected, index, message)
        if missing == "forbid" and has_missing(found):
            self._fail(actual, VALUES_MISSING, message=message, wanted=expected)
        if rows == "multiset":
            self._any_order(actual, [found], [expected], [""], rtol, atol, message)
        else:
            numbers = numeric(expected)
            if numbers is not None and numbers.dtype.kind != "b":
                self._close(found, expected, rtol, atol, message)
            else:
                self._same(found, expected, message)

    def _by_index(self, found: Any, expected: Any, rule: str, message: Text | None) -> Any:
        """The found table or series in the order in which it is compared."""
        if rule == "ignored":
            return found
        if rule == "same":
            if not same_labels(found.index, expected.index):
                moved = sorted(map(repr, found.index.tolist())) == sorted(map(repr, expected.index.tolist()))
                self._fail(found, INDEX_ORDER if moved else OTHER_INDEX, message=message, wanted=expected)
            return found
        order = aligned(found.index, expected.index)
        if order is None:
            self._fail(found, OTHER_INDEX, message=message, wanted=expected)
        return found.iloc[order]

    def _any_order(
        self,
        actual: Any,
        found: list[Any],
        wanted: list[Any],
        names: list[str],
        rtol: float,
        atol: float,
        message: Text | None,
    ) -> None:
        if not wanted or not len(wanted[0]):
            return
        matrices = as_rows(found, wanted, rtol, atol)
        if isinstance(matrices, int):
            self._fail(actual, COLUMN_DIFFERS.format(name=short(names[matrices])), message=message, wanted=wanted)
        if paired(*matrices) is None:
            self._fail(actual, ROWS_DIFFER, message=message, wanted=wanted)


def _agree(found: Any, wanted: Any, rtol: float, atol: float) -> bool:
    """Whether the values of a column are those wanted: numbers closely, anything else exactly."""
    numbers = numeric(wanted)
    if numbers is not None and numbers.dtype.kind != "b":
        return Answer(found).is_close(numbers, rtol, atol)
    return same_data(found, wanted)


def _check_options(index: str, rows: str, missing: str) -> None:
    if index not in ("ignored", "same", "sorted") or rows not in ("ordered", "multiset"):
        raise ValueError(f"index={index!r}, rows={rows!r}: there are no such rules")
    if missing not in ("equal", "forbid"):
        raise ValueError(f'missing={missing!r}; expected "equal" or "forbid"')
    if rows == "multiset" and index != "ignored":
        raise ValueError('rows="multiset" takes the rows in any order; leave index="ignored"')
