"""Where in a TOML file a key stands. ``tomllib`` keeps no positions, and an error without its line is half an error."""

from __future__ import annotations

import bisect
import re
import tomllib
from collections.abc import Sequence

KeyPath = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_INLINE_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{1,2})?|\'\'\'.*?\'\'\'(?:\'{1,2})?|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_SCALAR = re.compile(r"[^\s,\]}#]+(?: \d{2}:\d{2}[^\s,\]}#]*)?")


class KeyLines:
    """Lines of all keys and array items of a valid TOML text.

    Parameters
    ----------
    text : str
        A document that ``tomllib`` has accepted; others may give wrong lines, never an exception.
    """

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._lines: dict[KeyPath, int] = {(): 1}
        self._tables: dict[KeyPath, int] = {}  # array of tables -> how many so far
        self._breaks = [i for i, char in enumerate(text) if char == "\n"]
        try:
            self._document()
        except (IndexError, ValueError):
            return  # what was found up to here is still right

    def line(self, path: Sequence[str | int]) -> int:
        """Line (from 1) of the key ``path``, or of the nearest thing around it that stands in the file."""
        for end in range(len(path), 0, -1):
            found = self._lines.get(tuple(path[:end]))
            if found is not None:
                return found
        return 1

    def _here(self) -> int:
        return bisect.bisect_left(self._breaks, self._at) + 1

    def _note(self, path: KeyPath) -> None:
        self._lines.setdefault(path, self._here())

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:
            raise ValueError("not valid TOML")
        self._at = match.end()
        return match.group()

    def _document(self) -> None:
        table: KeyPath = ()
        while True:
            self._skip(_SPACE)
            if self._at >= len(self._text):
                return
            if self._text.startswith("[[", self._at):
                table = self._header(2)
            elif self._text[self._at] == "[":
                table = self._header(1)
            else:
                self._pair(table)

    def _header(self, brackets: int) -> KeyPath:
        start = self._here()
        self._at += brackets
        keys = self._dotted()
        self._at += brackets
        path: KeyPath = ()
        for i, key in enumerate(keys):
            path = (*path, key)
            last = i == len(keys) - 1
            if last and brackets == 2:
                self._tables[path] = self._tables.get(path, -1) + 1
            self._lines.setdefault(path, start)
            if path in self._tables:  # a table inside the newest item of an array of tables
                path = (*path, self._tables[path])
                self._lines.setdefault(path, start)
        return path

    def _dotted(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_INLINE_SPACE)
            if self._text[self._at] in "\"'":
                keys.append(str(tomllib.loads("k = " + self._skip(_STRING))["k"]))
            else:
                keys.append(self._skip(_BARE_KEY))
            self._skip(_INLINE_SPACE)
            if self._text[self._at] != ".":
                return keys
            self._at += 1

    def _pair(self, table: KeyPath) -> None:
        start = self._here()
        path = table
        for key in self._dotted():
            path = (*path, key)
            self._lines.setdefault(path, start)
        self._at += 1  # the equals sign
        self._skip(_INLINE_SPACE)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        char = self._text[self._at]
        if char in "\"'":
            self._skip(_STRING)
        elif char == "[":
            self._at += 1
            for index in range(len(self._text)):
                self._skip(_SPACE)
                if self._text[self._at] == "]":
                    break
                self._note((*path, index))
                self._value((*path, index))
                self._skip(_SPACE)
                if self._text[self._at] == ",":
                    self._at += 1
            self._at += 1
        elif char == "{":
            self._at += 1
            while True:
                self._skip(_SPACE)
                if self._text[self._at] == "}":
                    break
                self._pair(path)
                self._skip(_SPACE)
                if self._text[self._at] == ",":
                    self._at += 1
            self._at += 1
        else:
            self._skip(_SCALAR)


def dotted(path: Sequence[str | int]) -> str:
    """A key path as people write it: ``mutant[0].replace``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
