"""What is expected of an attempt, what came of it, and whether they agree."""

from __future__ import annotations

from collections.abc import Mapping

from grader.course.models import Exercise
from grader.proving.adversaries import AttackerKnowledge, most_points
from grader.proving.attempts import Attempt
from grader.proving.explanation import missing_fragments
from grader.proving.proof_cache import AttemptResult
from grader.vocabulary import Outcome, Text

_EPSILON = 1e-9
_FINE = (Outcome.PASSED, Outcome.SKIPPED)  # a check skipped for want of another says nothing of its own


def judge(
    exercise: Exercise, attempt: Attempt, result: AttemptResult, profile: str, hints: Mapping[str, Text | None]
) -> tuple[str, str, bool]:
    """What was expected of an attempt in a profile, what was found, and whether they agree.

    Parameters
    ----------
    hints : mapping
        Of each check.
    """
    broken = [check for check in result.checks if check.outcome is Outcome.GRADER_ERROR]
    if broken:
        return "a verdict", f"{broken[0].name} broke: {broken[0].details[-1500:]}", False
    if attempt.kind in ("reference", "alternate"):
        return _judge_right(exercise, result)
    if attempt.kind == "starter":
        return _judge_poor(result, exercise.starter_points)
    if attempt.kind == "adversary":
        knowledge = AttackerKnowledge(free=result.free, read_only=result.read_only)
        return _judge_poor(result, most_points(exercise, attempt.name, knowledge))
    if attempt.kind == "mutation":
        lost = [check.name for check in result.checks if check.points < check.max_points]
        return "loses points", "fails " + ", ".join(lost) if lost else "earned everything", True
    return _judge_mutant(exercise, attempt, result, profile, hints)


def survived(attempt: Attempt, result: AttemptResult) -> bool:
    """Whether a generated mutant was not noticed by any check."""
    return attempt.kind == "mutation" and result.alive and result.outcome is Outcome.PASSED


def _judge_right(exercise: Exercise, result: AttemptResult) -> tuple[str, str, bool]:
    lost = [
        f"{check.name} ({check.outcome.value}): {' '.join(check.said)} {check.details}"
        for check in result.checks
        if check.points < check.max_points
    ]
    expected = f"all {exercise.points:g} points"
    if lost:
        return expected, f"{result.points:g} of {result.possible:g}; lost at " + "; ".join(lost), False
    if abs(result.possible - exercise.points) > _EPSILON:
        found = f"the checks' points sum to {result.possible:g}; set points = {result.possible:g} in exercise.toml"
        return expected, found, False
    return expected, f"{result.points:g} of {result.possible:g}", True


def _judge_poor(result: AttemptResult, most: float) -> tuple[str, str, bool]:
    earned = ", ".join(check.name for check in result.checks if check.points > 0)
    found = f"{round(result.points, 2):g}" + (f" from {earned}" if earned else "")
    return f"at most {round(most, 2):g} points", found, result.points <= most + _EPSILON


def _judge_mutant(
    exercise: Exercise, attempt: Attempt, result: AttemptResult, profile: str, hints: Mapping[str, Text | None]
) -> tuple[str, str, bool]:
    mutant = next(m for m in exercise.mutant if m.name == attempt.name).in_profile(profile)
    named = set(mutant.fails)
    failing = {check.name for check in result.checks if check.outcome not in _FINE}
    functions = {check.split("[")[0] for check in failing}
    # a parametrised check may be named as a whole or by its case
    found = {name for name in failing | functions if name in named} | {
        check.split("[")[0] for check in failing if check not in named and check.split("[")[0] not in named
    }
    expected = "fails " + ", ".join(sorted(named))
    said = "fails " + (", ".join(sorted(found)) or "nothing")
    if result.run is not Outcome.PASSED:
        said += f" (the run itself ended with {result.run.value}: {result.message})"
    silent = missing_fragments(mutant, result.checks, hints) if mutant.says else []
    if mutant.says:
        expected += " and says why"
    if silent:
        said += "; does not say " + "; ".join(silent)
    # a run that died takes checks with it that say nothing about the mistake
    return expected, said, found == named and result.alive and not silent
