"""Verdicts of submissions that make known mistakes, for the tests of marking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.checking.marking import Mistake
from grader.checking.verdict import Difference, Verdict
from grader.course.proof_record import Showing
from grader.vocabulary import Outcome, Text

HINT = Text("A hint.", "힌트예요.")


def told(name: str) -> Text:
    return Text(f"You made {name}.", f"{name} 실수예요.")


def mistake(name: str, costs: float | None = None, sentence: Text | None = None) -> Mistake:
    return Mistake(name, sentence or told(name), costs)


def passed(check: str, points: float = 4, **changes: Any) -> Verdict:
    return _verdict(check, Outcome.PASSED, points, points, **changes)


def failed(
    check: str, *answers: str, points: float = 4, earned: float = 0, said: Sequence[str] = (), **changes: Any
) -> Verdict:
    """A check that failed.

    Each of `answers` is a differing question with the mistakes that answer so: ``"a b"``; behind ``?`` what says little,
    ``"?a"``; ``""`` is nobody's. `said` are sentences of what failed there besides; with them it failed otherwise.
    """
    differences = tuple(
        Difference(at, tuple(answer.removeprefix("?").split()), not answer.startswith("?"))
        for at, answer in enumerate(answers)
    )
    changes = {"differences": differences, "otherwise": bool(said), "hint": HINT, **changes}
    outcome = changes.pop("outcome", Outcome.PARTIAL if earned else Outcome.FAILED)
    feedback = (Text(f"The general feedback of {check}."), HINT) if not said else (*map(Text, said), HINT)
    return _verdict(check, outcome, earned, points, feedback=feedback, **changes)


def skipped(check: str, points: float = 4, **changes: Any) -> Verdict:
    return _verdict(check, Outcome.SKIPPED, 0, points, **changes)


def show(
    check: str, lost: float = 4, *questions: int, telling: bool = True, said: Sequence[str] | None = None
) -> Showing:
    """How a mistake shows; `said` are the words of what fails besides questions."""
    return Showing(
        check=check,
        lost=lost,
        questions=questions,
        telling=bool(questions) and telling,
        otherwise=said is not None,
        words=tuple(said or ()),
    )


def shows(**recorded: Sequence[Showing]) -> Mapping[str, Mapping[str, Showing]]:
    return {name: {each.check: each for each in where} for name, where in recorded.items()}


def _verdict(check: str, outcome: Outcome, earned: float, points: float, **changes: Any) -> Verdict:
    return Verdict(check, Text(f"Title of {check}", f"{check} 제목"), outcome, earned, points, False, **changes)
