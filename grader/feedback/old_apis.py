"""Explains what the libraries have moved on from: a table of old forms, and how one is recognised.

A sentence is only said where the student's own error, output or code fits a row of ``old_apis.toml``. Everything that is
compared comes from a submission and is hostile: patterns are searched in bounded text, code is parsed and never run.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from grader.feedback.api_usage import ApiUsage
from grader.vocabulary import Text

TABLE = Path(__file__).with_name("old_apis.toml")
_LONGEST = 20_000  # characters of a message, a traceback or an output that are searched


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ErrorPattern(_Model):
    """An exception: names of its class, separated by ``|``, and what its message and its traceback contain."""

    type: str
    says: str
    through: str = ""


class WarningPattern(_Model):
    """What a library prints while a cell runs."""

    says: str


class UsePattern(_Model):
    """A place in the student's own code; exactly one of the first four names it.

    ``call`` is the dotted name of what is called, as it is imported; ``method`` any method of that name; ``attribute`` a
    dotted name, or ``.name`` for any attribute of that name. ``has`` and ``lacks`` speak of a call's keywords.
    """

    import_: str = Field("", alias="import")
    call: str = ""
    method: str = ""
    attribute: str = ""
    has: list[str] = []
    lacks: list[str] = []

    @model_validator(mode="after")
    def _one_name(self) -> UsePattern:
        if sum(map(bool, (self.import_, self.call, self.method, self.attribute))) != 1:
            raise ValueError("name exactly one of import, call, method and attribute")
        return self


class OldApi(_Model):
    """One row: what is recognised, since which version of the library, and the sentence that explains it.

    ``old`` is code that shows it with the installed versions, ``new`` the modern form of it.
    """

    id: str
    library: str
    since: str = ""  # empty for a slip that never worked
    en: str
    ko: str
    old: str
    new: str
    error: ErrorPattern | None = None
    warning: WarningPattern | None = None
    use: list[UsePattern] = []
    shows: str = ""

    @model_validator(mode="after")
    def _recognised_somehow(self) -> OldApi:
        if self.error and self.warning:
            raise ValueError("an error or a warning, not both")
        if not (self.error or self.warning or self.use):
            raise ValueError("nothing says how this is recognised")
        return self

    @property
    def text(self) -> Text:
        """The sentence for the student."""
        return Text(self.en, self.ko)

    @property
    def silent(self) -> bool:
        """Whether only the student's code shows it: nothing is raised or printed."""
        return self.error is None and self.warning is None


@lru_cache(maxsize=1)
def old_apis() -> tuple[OldApi, ...]:
    """All rows of the table."""
    return tuple(OldApi.model_validate(row) for row in tomllib.loads(TABLE.read_text("utf-8"))["row"])


def advice_on_error(
    name: str, message: str, traceback: str = "", source: Sequence[str] = (), bases: Sequence[str] = ()
) -> tuple[Text, ...]:
    """Explain an exception of a submission.

    Parameters
    ----------
    name, message : str
        The exception's class and what it says.
    traceback : str
        As the student's side tells it.
    source : sequence of str
        The student's cells: rows that also want something of the code are only said where it is there.
    bases : sequence of str
        Further class names of the exception.

    Returns
    -------
    tuple of Text
        Empty, as a rule.
    """
    found = []
    names = {part.rpartition(".")[2] for part in (name, *bases)}
    for row in old_apis():
        pattern = row.error
        if pattern is None or not names & set(pattern.type.split("|")):
            continue
        if not _contains(pattern.says, message) or (pattern.through and not _contains(pattern.through, traceback)):
            continue
        if row.use and not _uses(row, source):
            continue
        found.append(row.text)
    return tuple(found)


def advice_on_output(text: str) -> tuple[Text, ...]:
    """Explain the warnings in what a cell printed on its error stream."""
    return tuple(row.text for row in old_apis() if row.warning is not None and _contains(row.warning.says, text))


def advice_on_code(cell: str, source: Sequence[str] = ()) -> tuple[Text, ...]:
    """Explain what a cell misuses in silence.

    Parameters
    ----------
    cell : str
    source : sequence of str
        All cells, for their imports; the cell alone by default.
    """
    return tuple(row.text for row in old_apis() if row.silent and _uses(row, [cell], source or [cell]))


def _contains(pattern: str, text: str) -> bool:
    return re.search(pattern, text if len(text) <= _LONGEST else text[-_LONGEST:], re.MULTILINE) is not None


def _uses(row: OldApi, cells: Sequence[str], imports_of: Sequence[str] = ()) -> bool:
    uses = _parsed(tuple(cells), tuple(imports_of or cells))
    return any(_used(uses, pattern) for pattern in row.use)


def _used(uses: ApiUsage, pattern: UsePattern) -> bool:
    if pattern.import_:
        return any(name == pattern.import_ or name.startswith(pattern.import_ + ".") for name in uses.imports)
    if pattern.attribute:
        wanted = pattern.attribute
        return any(a.endswith(wanted) if wanted.startswith(".") else a == wanted for a in uses.attributes)
    for call in uses.calls:
        named = call.name == pattern.call if pattern.call else call.method == pattern.method
        if named and not call.open_ended and call.fits(pattern.has, pattern.lacks):
            return True
    return False


@lru_cache(maxsize=4)
def _parsed(cells: tuple[str, ...], imports_of: tuple[str, ...]) -> ApiUsage:
    return ApiUsage(cells, imports_of)
