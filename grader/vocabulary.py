"""The words every part of the grader shares: outcomes, languages and bilingual text. Pure values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Lang = Literal["en", "ko"]
LANGS: tuple[Lang, ...] = ("en", "ko")


class Outcome(StrEnum):
    """What a check (or a whole submission) came to. Members stand in display order, best first."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    SKIPPED = "skipped"  # a check it needs did not pass, or a package it needs is not installed
    ERROR = "error"  # the student's code raised, or ended its own process
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT = "output"
    DISK = "disk"
    PROCESSES = "processes"
    VIOLATION = "violation"  # the sandbox side broke the protocol or a rule
    INVALID = "invalid"  # not gradable; the attempt is not burned
    GRADER_ERROR = "grader_error"  # our fault, never the student's

    @property
    def judged(self) -> bool:
        """Whether a submission with this outcome was judged; where it was not, nothing was lost and no total counts it."""
        return self not in (Outcome.SKIPPED, Outcome.INVALID, Outcome.GRADER_ERROR)


@dataclass(frozen=True)
class Text:
    """One sentence or title in both languages.

    ``Text("Hello", "안녕")``; ``text["ko"]`` picks a language and falls back to the other where that is empty.
    """

    en: str = ""
    ko: str = ""

    def __getitem__(self, lang: Lang) -> str:
        return (self.ko or self.en) if lang == "ko" else (self.en or self.ko)

    def format(self, **values: object) -> Text:
        """Fill ``{name}`` placeholders in both languages; a value that is a `Text` fills each with its own."""
        own = {
            lang: {name: value[lang] if isinstance(value, Text) else value for name, value in values.items()}
            for lang in LANGS
        }
        return Text(self.en.format(**own["en"]), self.ko.format(**own["ko"]))
