"""What a check says of itself in its docstring: its title, the piece of the prompt it rests on, its hint."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

from grader.vocabulary import Text

ENTRIES = ("ko", "asks", "asks-ko", "hint", "hint-ko")


@dataclass(frozen=True)
class CheckDoc:
    """The entries of one docstring.

    Attributes
    ----------
    title : Text
        The first line, and what follows ``ko:``, without a full stop.
    asks : Text or None
        Words of the exercise's prompt, as they stand there; after ``asks:`` and ``asks-ko:``.
    hint : Text or None
        Said where the check fails and nothing better is known; after ``hint:`` and ``hint-ko:``.
    """

    title: Text
    asks: Text | None = None
    hint: Text | None = None


def read_docstring(docstring: str | None) -> CheckDoc:
    """Read a check's docstring. An entry goes on until a blank line or the next entry.

    >>> doc = read_docstring('''The inertia of four rows.
    ...
    ... ko: 행 네 개의 이너셔.
    ... asks: `inertia_`: float
    ... hint: Square each distance
    ...     and add up.
    ... ''')
    >>> doc.title["ko"], doc.asks["en"], doc.hint["en"]
    ('행 네 개의 이너셔', '`inertia_`: float', 'Square each distance and add up.')
    """
    first, *rest = inspect.cleandoc(docstring or "").split("\n")
    found: dict[str, str] = {}
    last = ""
    if _entry(first):
        first, rest = "", [first, *rest]
    for line in rest:
        if name := _entry(line):
            last, found[name] = name, line.partition(":")[2].strip()
        elif not line.strip():
            last = ""
        elif last:
            found[last] += " " + line.strip()
    return CheckDoc(
        Text(first.strip().rstrip("."), found.get("ko", "").rstrip(".")), _pair(found, "asks"), _pair(found, "hint")
    )


def _entry(line: str) -> str:
    """Name of the entry that begins in a line, if one does."""
    name, colon, _ = line.strip().partition(":")
    return name if colon and name in ENTRIES else ""


def _pair(found: dict[str, str], name: str) -> Text | None:
    text = Text(found.get(name, ""), found.get(f"{name}-ko", ""))
    return text if text != Text("") else None
