"""Expectations that take an answer apart: several results of one call, the value at a key, numbers of a table or Series."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.expect.tables.base import COLUMN_KIND, MISSING_COLUMNS, VALUES_KIND, TableBase
from grader.checking.expect.tables.values import key
from grader.checking.values import describe
from grader.running.text import plain_text
from grader.vocabulary import Text

NOT_RESULTS = Text(
    "{what} should give {count} results ({names}), but it is {found}.",
    "{what}: 결과 {count}개({names})가 필요한데 {found}이에요.",
)
OTHER_COUNT = Text(
    "{what} should give {count} results ({names}), neither more nor fewer.",
    "{what}: 결과는 {count}개({names})여야 해요. 더 많거나 적으면 안 돼요.",
)
NOT_A_DICTIONARY = Text(
    "{what} should be a dictionary, but it is {found}.", "{what}: 딕셔너리여야 하는데 {found}이에요."
)
NO_KEY = Text("{what} has no key {key}.", "{what}: {key} 키가 없어요.")
NOT_ONCE = Text("{what} needs exactly one entry for `{label}`.", "{what}: `{label}` 항목이 하나 있어야 해요.")
TWICE = Text("There is more than one column `{name}`.", "`{name}` 열이 하나가 아니에요.")


class PartExpectations(TableBase):
    """``expect.results``, ``expect.entry``, ``expect.column`` and ``expect.values_at``."""

    def results(
        self, value: Any, names: Sequence[str], what: str | Text = "", message: Text | None = None
    ) -> tuple[Any, ...]:
        """A tuple, list or array with one result for each of `names`, which the student reads; returns the results.

        Examples
        --------
        >>> loss, gradient = expect.results((0.7, [0.1, -0.1]), ["loss", "gradient"], what="loss_and_gradient(...)")
        """
        if not isinstance(value, tuple | list) and not (isinstance(value, np.ndarray) and value.ndim):
            kind = describe(value)
            self._fail(value, _told(NOT_RESULTS, what, names, kind), message=message)
        if len(value) != len(names):
            self._fail(value, _told(OTHER_COUNT, what, names), message=message)
        return tuple(value)

    def entry(self, value: Any, key: Hashable, what: str | Text = "", message: Text | None = None) -> Any:
        """What a dictionary holds at `key`, which is shown to the student.

        Examples
        --------
        >>> expect.entry({"A": 0.6, "B": 0.75}, "A", what="metrics")
        0.6
        """
        named = _named(what)
        if not isinstance(value, Mapping):
            kind = describe(value)
            sentence = NOT_A_DICTIONARY.format(what=named, found=kind)
            self._fail(value, sentence, message=message)
        if key not in value:
            told = f'"{key}"' if isinstance(key, str) else str(key)
            sentence = NO_KEY.format(what=named, key=told)
            self._fail(value, sentence, message=message)
        return value[key]

    def column(self, df: Any, name: str, message: Text | None = None) -> NDArray[np.float64]:
        """One column of numbers of a DataFrame, as floats of shape (n_rows,); other columns do not matter.

        Missing values become NaN. Truth values and text are no numbers.

        Examples
        --------
        >>> expect.column(pd.DataFrame({"rooms": [3, 2], "city": ["Seoul", "Busan"]}), "rooms").tolist()
        [3.0, 2.0]
        """
        names = [str(found) for found in self._frame(df, message).columns]
        if names.count(name) != 1:
            sentence = TWICE.format(name=name) if name in names else MISSING_COLUMNS.format(names=name)
            self._fail(names[:100], sentence, message=message)
        column = df.iloc[:, names.index(name)]
        self._kind(column, "number", COLUMN_KIND, message, name)
        return np.asarray(column.to_numpy(dtype=float, na_value=np.nan))

    def values_at(
        self, series: Any, labels: Sequence[str], what: str | Text = "", message: Text | None = None
    ) -> NDArray[np.float64]:
        """Numbers of a Series at some labels of its index, as floats of shape (n_labels,); other labels do not matter.

        The labels are shown to the student; each has to be there exactly once.

        Examples
        --------
        >>> expect.values_at(pd.Series([0.7, -0.2], index=["income", "age"]), ["age"], what="corr").tolist()
        [-0.2]
        """
        self._series(series, message)
        found, named = [key(label) for label in series.index.tolist()], _named(what)
        for label in labels:
            if found.count(key(label)) != 1:
                self._fail(
                    series,
                    NOT_ONCE.format(what=named, label=label),
                    message=message,
                )
        self._kind(series, "number", VALUES_KIND, message)
        values = series.to_numpy(dtype=float, na_value=np.nan)
        return np.asarray([values[found.index(key(label))] for label in labels], dtype=float)


def _named(what: str | Text) -> Text:
    if isinstance(what, Text):
        return Text(what.en, what["ko"])
    return Text(f"`{what}`", f"`{what}`") if what else Text("This", "이 값")


def _told(sentence: Text, what: str | Text, names: Sequence[str], found: Text | None = None) -> Text:
    named = _named(what)
    found = found or Text("", "")
    count, listed = len(names), ", ".join(plain_text(name, 60) for name in names)
    return sentence.format(what=named, count=count, names=listed, found=found)
