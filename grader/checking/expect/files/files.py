"""Expectations about files that a submission leaves in its working directory; nothing in them is ever executed here."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

import pandas as pd

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.files.schema import mismatch
from grader.checking.expect.same import alike
from grader.checking.failure import refuse
from grader.checking.values import tell
from grader.running.proxy import SubmissionProxy
from grader.running.text import plain_text
from grader.vocabulary import Text

NOT_READABLE = Text("The file `{path}` cannot be read as {form}.", "`{path}` 파일을 {form} 형식으로 읽을 수 없어요.")
EMPTY = Text("The file `{path}` is empty.", "`{path}` 파일이 비어 있어요.")
TOO_LARGE = Text("The file `{path}` is larger than it should be.", "`{path}` 파일이 너무 커요.")
IN_FILE = Text("In the file `{path}`: {said}", "`{path}` 파일: {said}")
WITH_INDEX = Text(
    "The file `{path}` begins with the row numbers as a column of its own: save it with index=False.",
    "`{path}` 파일의 첫 열에 행 번호가 들어 있어요. index=False로 저장하세요.",
)
OTHER_COLUMNS = Text(
    "The columns of `{path}` should be {wanted}, in this order.", "`{path}` 파일의 열은 차례대로 {wanted}이어야 해요."
)
OTHER_TYPE = Text(
    'The column "{name}" of `{path}` should hold {wanted}.', '`{path}` 파일의 "{name}" 열에는 {wanted}만 있어야 해요.'
)
OTHER_ROWS = Text(
    "The file `{path}` does not have the right number of rows[[: it has {found}]].",
    "`{path}` 파일의 행 개수가 맞지 않아요[[. 지금은 {found}개예요]].",
)
CHANGED = Text(
    "A new process answers otherwise: keep all that it needs in files, and nothing in variables only.",
    "새 프로세스에서는 답이 달라요. 필요한 것은 변수가 아니라 모두 파일에 저장하세요.",
)
_KINDS: dict[Any, tuple[str, Text]] = {
    int: ("iu", Text("whole numbers", "정수")),
    float: ("iuf", Text("numbers", "수")),
    bool: ("b", Text("True and False", "True와 False")),
    str: ("OUST", Text("texts", "글자")),
}
_MOST_COLUMNS = 10_000


class FileExpectations(ExpectBase):
    """``expect.file``, ``expect.json_file``, ``expect.csv_file`` and ``expect.reloads``."""

    def file(
        self, submission: SubmissionProxy, path: str, largest_mb: float = 16, message: Text | None = None
    ) -> bytes:
        """A file that is there and not empty.

        Parameters
        ----------
        submission : SubmissionProxy
        path : str
            Relative to the working directory.
        largest_mb : float
            MiB.

        Returns
        -------
        bytes

        Raises
        ------
        SubmissionFault
            There is no such file.
        CheckFailed
            It is empty or larger.
        """
        content = submission.read(path)
        if not content:
            refuse(EMPTY.format(path=path), message)
        if len(content) > largest_mb * (1 << 20):
            refuse(TOO_LARGE.format(path=path), message, f"{len(content)} bytes")
        return content

    def json_file(
        self,
        submission: SubmissionProxy,
        path: str,
        schema: Any = ...,
        largest_mb: float = 16,
        message: Text | None = None,
    ) -> Any:
        """A JSON file that fits a schema; returns what it holds.

        Parameters
        ----------
        submission : SubmissionProxy
        path : str
        schema : object
            Types, ``[schema]`` for lists, ``{"key": schema, "maybe?": schema, ...: ...}`` for dictionaries, a tuple
            for any of several, a function of the value, ``...`` for anything.

        Examples
        --------
        In a check::

            expect.json_file(submission, "report.json", {"accuracy": float, "classes": [str], "notes?": str})
        """
        content = self.file(submission, path, largest_mb, message)
        try:
            value = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            refuse(NOT_READABLE.format(path=path, form="JSON"), message, str(error))
        problem = mismatch(value, schema)
        if problem is not None:
            refuse(_in_file(path, problem), message, plain_text(repr(value), 1000))
        return value

    def csv_file(
        self,
        submission: SubmissionProxy,
        path: str,
        columns: Sequence[str] | Mapping[str, type] | None = None,
        rows: int | None = None,
        largest_mb: float = 16,
        message: Text | None = None,
    ) -> pd.DataFrame:
        """A CSV file with a header line; returns it as a DataFrame.

        Parameters
        ----------
        submission : SubmissionProxy
        path : str
        columns : sequence of str, or mapping of str to type, optional
            Names in order; with types ``int``, ``float``, ``bool``, ``str`` what every value must be, without gaps.
        rows : int, optional

        Examples
        --------
        In a check::

            table = expect.csv_file(submission, "submission.csv", {"PassengerId": int, "Survived": int}, rows=418)
        """
        content = self.file(submission, path, largest_mb, message)
        form = NOT_READABLE.format(path=path, form="CSV")
        if content.split(b"\n", 1)[0].count(b",") > _MOST_COLUMNS:
            refuse(form, message, "too many columns")
        try:
            table = pd.read_csv(io.BytesIO(content), low_memory=False)
        except Exception as error:  # a parser of hostile text may fail in any way
            refuse(form, message, f"{type(error).__name__}: {plain_text(str(error), 300)}")
        if columns is not None:
            self._csv_columns(table, path, columns, message)
        if rows is not None and len(table) != rows:
            refuse(tell(OTHER_ROWS, path=path, found=len(table)), message, f"expected {rows}")
        return table

    def reloads(
        self,
        submission: SubmissionProxy,
        ask: Callable[[SubmissionProxy], Any],
        rtol: float = 1e-6,
        atol: float = 1e-6,
        message: Text | None = None,
    ) -> Any:
        """A new process, in which nothing but the files is left, answers as the first one does.

        Parameters
        ----------
        submission : SubmissionProxy
            Of a module: notebooks have no second process.
        ask : callable
            Asks a proxy and returns data; it is called with the submission and with the new process.

        Returns
        -------
        object
            The answer of the new process.

        Examples
        --------
        In a check::

            expect.reloads(submission, lambda process: process.reload("model.joblib").predict(hidden.X))
        """
        before = ask(submission)
        process = submission.fresh()
        try:
            after = ask(process)
        finally:
            process.close()
        if not alike(after, before, rtol, atol):
            self._fail(after, CHANGED, message=message, wanted=before)
        return after

    def _csv_columns(
        self, table: pd.DataFrame, path: str, columns: Sequence[str] | Mapping[str, type], message: Text | None
    ) -> None:
        found = [str(name) for name in table.columns]
        if found != list(columns):
            indexed = found[1:] == list(columns) and found[0].startswith("Unnamed")
            sentence = WITH_INDEX if indexed else OTHER_COLUMNS
            refuse(sentence.format(path=path, wanted=", ".join(columns)), message, f"found: {found[:50]}")
        if not isinstance(columns, Mapping):
            return
        for name, kind in columns.items():
            kinds, wanted = _KINDS[kind]
            column = table[name]
            if column.isna().any() or getattr(column.dtype, "kind", "O") not in kinds:
                sentence = OTHER_TYPE.format(path=path, name=name, wanted=wanted)
                refuse(sentence, message, f"{column.dtype}, {int(column.isna().sum())} gaps")


def _in_file(path: str, problem: Text) -> Text:
    return IN_FILE.format(path=path, said=problem)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
