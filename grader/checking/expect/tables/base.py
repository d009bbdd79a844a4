"""What all expectations about tables share: DataFrames, Series, and what their columns hold."""

from __future__ import annotations

from typing import Any

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.tables.values import KINDS, kind_of
from grader.checking.values import describe, is_frame, is_series
from grader.running.text import plain_text
from grader.vocabulary import Text

NOT_A_FRAME = Text("A pandas DataFrame is wanted, but this is {found}.", "pandas DataFrame이어야 하는데 {found}이에요.")
NOT_A_SERIES = Text("A pandas Series is wanted, but this is {found}.", "pandas Series여야 하는데 {found}이에요.")
MISSING_COLUMNS = Text("The table lacks columns: {names}.", "표에 다음 열이 없어요: {names}")
COLUMN_KIND = Text(
    'Column "{name}" should hold {wanted}, but it holds {found}.',
    '"{name}" 열의 값은 {wanted}이어야 하는데 지금은 {found}이에요.',
)
VALUES_KIND = Text(
    "The Series should hold {wanted}, but it holds {found}.",
    "Series의 값은 {wanted}이어야 하는데 지금은 {found}이에요.",
)


class TableBase(ExpectBase):
    """Reads tables and columns."""

    def _frame(self, df: Any, message: Text | None) -> Any:
        """A DataFrame, or the failure that says what it is instead."""
        if not is_frame(df):
            self._fail(df, NOT_A_FRAME.format(found=describe(df)), message=message)
        return df

    def _series(self, series: Any, message: Text | None, wanted: Any = None) -> Any:
        """A Series, or the failure that says what it is instead."""
        if not is_series(series):
            self._fail(series, NOT_A_SERIES.format(found=describe(series)), message=message, wanted=wanted)
        return series

    def _kind(self, column: Any, kind: str, sentence: Text, message: Text | None, name: str = "") -> None:
        """A column that holds one of `KINDS`, or the failure that says what it holds instead."""
        if kind not in KINDS:
            raise ValueError(f"expect: there is no kind of column {kind!r}; expected one of {', '.join(KINDS)}")
        found = kind_of(column)
        if found != kind and not (kind == "number" and found in ("int", "float")):
            wanted_kind, found_kind, shown_name = KINDS[kind], KINDS[found], short(name)
            text = sentence.format(name=shown_name, wanted=wanted_kind, found=found_kind)
            self._fail(column, text, message=message)


def short(name: str) -> str:
    """A name of a column for a sentence."""
    return plain_text(name, 60)
