"""A course's file as data that remembers where each key stands, so that errors can point at a line."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.course.toml_positions import KeyLines, KeyPath, dotted
from grader.errors import CourseError


@dataclass
class Document:
    """One TOML (or JSON) file: its data, and its text for positions."""

    path: Path
    data: dict[str, Any]
    text: str
    positions: bool = True

    @cached_property
    def _lines(self) -> KeyLines:
        return KeyLines(self.text)

    def line(self, path: KeyPath) -> int | None:
        """Line of a key, or of what is nearest around it; None for a JSON file, which no person writes."""
        return self._lines.line(path) if self.positions else None

    def place(self, path: KeyPath) -> str:
        """Key and line, for a second remark within one message."""
        line = self.line(path)
        return dotted(path) + (f" (line {line})" if line else "")

    def error(self, path: KeyPath, message: str) -> CourseError:
        """An error about the key at ``path``, ready to be raised."""
        return CourseError(self.path, message, key=dotted(path), line=self.line(path))


def read_toml(path: Path) -> Document:
    """Read a TOML file; raises CourseError where it is missing, not UTF-8 or not TOML."""
    text = _text(path)
    try:
        return Document(path, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+), column \d+", str(error))
        line = int(where.group(1)) if where else text.rstrip("\n").count("\n") + 1
        raise CourseError(path, f"is not valid TOML: {error}", line=line) from error


def read_json(path: Path) -> Document:
    """Read a JSON object; raises CourseError where it is missing or something else."""
    text = _text(path)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise CourseError(path, f"is not valid JSON ({error}); fetch the file again", line=line) from error
    if not isinstance(data, dict):
        raise CourseError(path, "is not a JSON object; fetch the file again")
    return Document(path, data, text, positions=False)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise CourseError(path, "there is no such file") from error
    except OSError as error:  # a folder, a file that may not be read
        raise CourseError(path, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CourseError(path, "is not UTF-8 text; save it as UTF-8", line=line) from error
