"""Whether what a student reads names the mistake that a mutant plants: the measure of how well checks explain.

Hints are left out: a check shows its hint at every failure, so it explains none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from grader.checking import expect_metric, expect_numbers, expect_structure, expect_text
from grader.course.models import Mutant
from grader.proving.kept import Check
from grader.running.faults import RAISED_DISCREETLY
from grader.vocabulary import Outcome, Text

_FINE = (Outcome.PASSED, Outcome.SKIPPED)

GENERAL: tuple[Text, ...] = (
    expect_numbers.WRONG_VALUE, expect_numbers.WRONG_VALUES, expect_numbers.DIFFERENT, expect_numbers.WRONG_SHAPE,
    expect_numbers.SOME_ITEMS, expect_numbers.NUMBER_OF_ITEMS, expect_numbers.WRONG_KEYS, expect_numbers.SOME_VALUES,
    expect_numbers.TOO_SMALL, expect_numbers.TOO_LARGE, expect_structure.SHARE_RIGHT, expect_text.WRONG_CHOICE,
    expect_text.WRONG_TERM, expect_text.WRONG_IN_SET, expect_metric.BELOW_EDGE_HIGHER, expect_metric.BELOW_EDGE_LOWER,
    RAISED_DISCREETLY,
)  # fmt: skip


class Naming(StrEnum):
    """How much a student learns about a mistake. Members stand in display order, best first."""

    NAMED = "named"  # each fragment that `says` asks for is read
    SPECIFIC = "specific"  # a sentence of this check or diagnosis, but none that is known to name the mistake
    GENERAL = "general"  # only that something is wrong


def naming(mutant: Mutant, checks: Sequence[Check], hints: Mapping[str, Text | None]) -> Naming:
    """How well the failing checks explain a mutant."""
    if mutant.says and not unsaid(mutant, checks, hints):
        return Naming.NAMED
    told = [sentence for check in _failing(checks) for sentence in _sentences(check, hints)]
    return Naming.GENERAL if all(map(_is_general, told)) else Naming.SPECIFIC


def unsaid(mutant: Mutant, checks: Sequence[Check], hints: Mapping[str, Text | None]) -> list[str]:
    """The entries of ``says`` that the student does not read, each as ``test_name: fragment``."""
    missing = []
    for name, fragment in mutant.says.items():
        cases = [check for check in _failing(checks) if name in (check.name, check.name.partition("[")[0])]
        if not any(fragment in sentence for check in cases for sentence in _sentences(check, hints)):
            missing.append(f"{name}: {fragment}")
    return missing


def _failing(checks: Iterable[Check]) -> list[Check]:
    return [check for check in checks if check.outcome not in _FINE]


def _sentences(check: Check, hints: Mapping[str, Text | None]) -> list[str]:
    """What a check said, without its hint."""
    hint = hints.get(check.name)
    return [sentence for sentence in check.said if hint is None or sentence != hint["en"]]


def _is_general(sentence: str) -> bool:
    return any(re.fullmatch(_pattern(text.en), sentence, re.DOTALL) for text in GENERAL)


def _pattern(template: str) -> str:
    """A regular expression for a sentence with ``{name}`` placeholders and ``[[ ]]`` around what may be left out."""
    parts = re.split(r"(\{[^}]*\}|\[\[|\]\])", template)
    return "".join({"[[": "(?:", "]]": ")?"}.get(part, ".*" if part[:1] == "{" else re.escape(part)) for part in parts)
