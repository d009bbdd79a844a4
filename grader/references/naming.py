"""Whether what a student reads names the mistake that a mutant plants: the measure of how well checks explain.

Hints are left out: a check shows its hint at every failure, so it explains none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from grader.checking import expect_metric, expect_numbers, expect_structure, expect_text
from grader.checking.verdict import Verdict
from grader.course.models import Mutant
from grader.running.faults import RAISED_DISCREETLY
from grader.vocabulary import Outcome, Text

_FINE = (Outcome.PASSED, Outcome.SKIPPED)

GENERAL: tuple[Text, ...] = (
    expect_numbers.WRONG_VALUE, expect_numbers.WRONG_VALUES, expect_numbers.DIFFERENT, expect_numbers.WRONG_SHAPE,
    expect_numbers.TOO_SMALL, expect_numbers.TOO_LARGE, expect_structure.SHARE_RIGHT, expect_text.WRONG_CHOICE,
    expect_text.WRONG_TERM, expect_text.WRONG_IN_SET, expect_metric.BELOW_EDGE_HIGHER, expect_metric.BELOW_EDGE_LOWER,
    RAISED_DISCREETLY,
)  # fmt: skip


class Naming(StrEnum):
    """How much a student learns about a mistake. Members stand in display order, best first."""

    NAMED = "named"  # each fragment that `says` asks for is read
    SPECIFIC = "specific"  # a sentence of this check or diagnosis, but none that is known to name the mistake
    GENERAL = "general"  # only that something is wrong


def naming(mutant: Mutant, verdicts: Sequence[Verdict], hints: Mapping[str, Text | None]) -> Naming:
    """How well the failing checks explain a mutant."""
    if mutant.says and not unsaid(mutant, verdicts, hints):
        return Naming.NAMED
    told = [sentence for verdict in _failing(verdicts) for sentence in _sentences(verdict, hints)]
    return Naming.GENERAL if all(map(_is_general, told)) else Naming.SPECIFIC


def unsaid(mutant: Mutant, verdicts: Sequence[Verdict], hints: Mapping[str, Text | None]) -> list[str]:
    """The entries of ``says`` that the student does not read, each as ``test_name: fragment``."""
    missing = []
    for check, fragment in mutant.says.items():
        cases = [v for v in _failing(verdicts) if check in (v.check, v.check.partition("[")[0])]
        if not any(fragment in sentence for verdict in cases for sentence in _sentences(verdict, hints)):
            missing.append(f"{check}: {fragment}")
    return missing


def _failing(verdicts: Iterable[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.outcome not in _FINE]


def _sentences(verdict: Verdict, hints: Mapping[str, Text | None]) -> list[str]:
    """The English sentences of a verdict without the check's hint."""
    return [text.en for text in verdict.feedback if text != hints.get(verdict.check)]


def _is_general(sentence: str) -> bool:
    return any(re.fullmatch(_pattern(text.en), sentence, re.DOTALL) for text in GENERAL)


def _pattern(template: str) -> str:
    """A regular expression for a sentence with ``{name}`` placeholders."""
    return ".*".join(re.escape(part) for part in re.split(r"\{[^}]*\}", template))
