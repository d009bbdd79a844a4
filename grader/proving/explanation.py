"""Whether what a student reads names the mistake that a mutant plants: the measure of how well checks explain.

Hints are left out: a check shows its hint at every failure, so it explains none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from grader.checking.expect import structure
from grader.checking.expect.learning import metric
from grader.checking.expect.numbers import base, numbers
from grader.checking.expect.written import text as written_text
from grader.checking.verdict import Verdict
from grader.course.models import Mutant
from grader.running.faults import RAISED_DISCREETLY
from grader.vocabulary import Outcome, Text

_FINE = (Outcome.PASSED, Outcome.SKIPPED)

GENERAL: tuple[Text, ...] = (
    base.WRONG_VALUE, base.WRONG_VALUES, base.DIFFERENT, base.WRONG_SHAPE,
    base.SOME_ITEMS, base.NUMBER_OF_ITEMS, base.WRONG_KEYS, base.SOME_VALUES,
    numbers.TOO_SMALL, numbers.TOO_LARGE, structure.SHARE_RIGHT, written_text.WRONG_CHOICE,
    written_text.WRONG_TERM, written_text.WRONG_IN_SET, metric.BELOW_EDGE_HIGHER, metric.BELOW_EDGE_LOWER,
    RAISED_DISCREETLY,
)  # fmt: skip


class Explanation(StrEnum):
    """How much a student learns about a mistake. Members stand in display order, best first."""

    NAMED = "named"  # its own sentence is read, or each fragment that `says` asks for
    SPECIFIC = "specific"  # a sentence of this check or diagnosis, but none that is known to name the mistake
    GENERAL = "general"  # only that something is wrong


def explanation(mutant: Mutant, checks: Sequence[Verdict]) -> Explanation:
    """How well the failing checks explain a mutant. Those of a known mistake are marked before."""
    if is_told(mutant, checks) if mutant.known else mutant.says and not missing_fragments(mutant, checks):
        return Explanation.NAMED
    told = [sentence for check in _failing(checks) for sentence in _sentences(check)]
    return Explanation.GENERAL if all(map(_is_general, told)) else Explanation.SPECIFIC


def is_told(mutant: Mutant, checks: Iterable[Verdict]) -> bool:
    """Whether the student reads a known mistake's own sentence."""
    return mutant.told is not None and any(
        text["en"] == mutant.told["en"] for check in checks for text in check.feedback
    )


def missing_fragments(mutant: Mutant, checks: Sequence[Verdict]) -> list[str]:
    """The entries of ``says`` that the student does not read, each as ``test_name: fragment``."""
    missing = []
    for name, fragment in mutant.says.items():
        cases = [check for check in _failing(checks) if name in (check.check, check.check.partition("[")[0])]
        if not any(fragment in sentence for check in cases for sentence in _sentences(check)):
            missing.append(f"{name}: {fragment}")
    return missing


def _failing(checks: Iterable[Verdict]) -> list[Verdict]:
    return [check for check in checks if check.outcome not in _FINE]


def _sentences(check: Verdict) -> list[str]:
    """What a check said in English where it has it, without its hint."""
    return [text["en"] for text in check.feedback if text != check.hint]


def _is_general(sentence: str) -> bool:
    return any(re.fullmatch(_pattern(text.en), sentence, re.DOTALL) for text in GENERAL)


def _pattern(template: str) -> str:
    """A regular expression for a sentence with ``{name}`` placeholders and ``[[ ]]`` around what may be left out."""
    parts = re.split(r"(\{[^}]*\}|\[\[|\]\])", template)
    return "".join({"[[": "(?:", "]]": ")?"}.get(part, ".*" if part[:1] == "{" else re.escape(part)) for part in parts)
