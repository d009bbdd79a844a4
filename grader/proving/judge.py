"""What is expected of an attempt, what came of it, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from grader.checking.marking import Shows, mark, mistakes_of
from grader.checking.verdict import Verdict
from grader.course.models import Exercise, Mutant
from grader.proving.adversaries import AttackerKnowledge, most_points
from grader.proving.attempts import Attempt
from grader.proving.job import TriedAttempt
from grader.proving.known_mistakes import TOO_SLOW, price_of
from grader.proving.proof_cache import AttemptResult
from grader.proving.rows import Row
from grader.vocabulary import Outcome

_EPSILON = 1e-9
_HALF_A_CENT = 0.005  # points are recorded to the hundredth
_FINE = (Outcome.PASSED, Outcome.SKIPPED)  # a check skipped for want of another says nothing of its own
# how a mistake may end a run by what it is: it never ends, it takes too much
_LIMITS = (Outcome.TIMEOUT, Outcome.MEMORY, Outcome.OUTPUT, Outcome.DISK, Outcome.PROCESSES)


def row_of(exercise: Exercise, attempt: Attempt, tried: TriedAttempt, shows: Shows) -> Row:
    """Mark an attempt and judge it.

    Parameters
    ----------
    shows : mapping
        Where each known mistake shows.
    """
    if tried.result is None:
        return replace(broken(attempt, tried.broken), max_points=exercise.points, changed=tried.changed)
    result = marked(exercise, tried.result, shows)
    expected, found, ok = judge(exercise, attempt, result, shows)
    failing = [check for check in result.checks if check.points < check.max_points and check.outcome not in _FINE]
    row = Row(
        attempt=attempt,
        ok=ok,
        expected=expected,
        found=found,
        points=result.points,
        max_points=result.possible,
        seconds=result.seconds,
        cpu_seconds=result.cpu_seconds,
        remembered=tried.remembered,
        survived=survived(attempt, result),
        changed=tried.changed,
        readings=result.readings,
        outcome=result.outcome,
        fails=tuple(check.check for check in failing),
        told=tuple(said for check in failing if (said := _first_sentence(check))),
        broken=any(check.outcome is Outcome.GRADER_ERROR for check in result.checks),
    )
    if attempt.kind != "mutant" or not _mutant(exercise, attempt).known:
        return row
    own = shows.get(attempt.name, {})
    by_check = exercise.model_copy(update={"charge_once": False})
    return replace(
        row,
        alone=marked(by_check, tried.result, shows).points,
        price=price_of(_mutant(exercise, attempt), own),
        shows=tuple(own.values()),
    )


def broken(attempt: Attempt, why: str) -> Row:
    """The row of an attempt that came to nothing by a fault of our own."""
    return Row(attempt, False, "a verdict", why, 0.0, 0.0, 0.0, broken=True)


def marked(exercise: Exercise, result: AttemptResult, shows: Shows) -> AttemptResult:
    """The result once each known mistake is charged once."""
    mistakes = mistakes_of(exercise)
    if not mistakes or not result.checks:
        return result
    return replace(result, checks=mark(result.checks, mistakes, shows, once=exercise.charge_once).verdicts)


def judge(exercise: Exercise, attempt: Attempt, result: AttemptResult, shows: Shows) -> tuple[str, str, bool]:
    """What was expected of an attempt, what was found, and whether they agree.

    Parameters
    ----------
    result : AttemptResult
        Marked.
    shows : mapping
        Where each known mistake shows.
    """
    ours = [check for check in result.checks if check.outcome is Outcome.GRADER_ERROR]
    if ours:
        return "a verdict", f"{ours[0].check} broke: {ours[0].details[-1500:]}", False
    if attempt.kind in ("reference", "alternate"):
        return _judge_right(exercise, result)
    if attempt.kind == "starter":
        return _judge_poor(result, exercise.starter_points)
    if attempt.kind == "adversary":
        knowledge = AttackerKnowledge(free=result.free, read_only=result.read_only)
        return _judge_poor(result, most_points(exercise, attempt.name, knowledge))
    if attempt.kind == "mutation":
        lost = [check.check for check in result.checks if check.points < check.max_points]
        return "loses points", "fails " + ", ".join(lost) if lost else "earned everything", True
    mutant = _mutant(exercise, attempt)
    if mutant.known:
        return _judge_known(exercise, mutant, result, price_of(mutant, shows.get(mutant.name, {})))
    return _judge_untold(mutant, result)


def survived(attempt: Attempt, result: AttemptResult) -> bool:
    """Whether a generated mutant was not noticed by any check."""
    return attempt.kind == "mutation" and result.alive and result.outcome is Outcome.PASSED


def _judge_right(exercise: Exercise, result: AttemptResult) -> tuple[str, str, bool]:
    lost = [
        f"{check.check} ({check.outcome.value}): {' '.join(_sentences(check))} {check.details}"
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
    earned = ", ".join(check.check for check in result.checks if check.points > 0)
    found = f"{round(result.points, 2):g}" + (f" from {earned}" if earned else "")
    return f"at most {round(most, 2):g} points", found, result.points <= most + _EPSILON


def _judge_known(exercise: Exercise, mutant: Mutant, result: AttemptResult, price: float) -> tuple[str, str, bool]:
    """A known mistake loses its price and is told its sentence."""
    losing = [check for check in result.checks if check.points < check.max_points - _EPSILON]
    lost = sum(check.max_points - check.points for check in losing)
    found = [f"loses {_number(lost)}, its price is {_number(price)}" if losing else "fails no check"]
    wrong = not losing or lost < price - _HALF_A_CENT
    if wrong and (others := {name for check in losing for name in check.mistakes} - {mutant.name}):
        found[0] += f": charged as {', '.join(sorted(others))}, which nothing tells from it"
    asked = result.cpu_seconds <= TOO_SLOW
    if asked and exercise.charge_once and lost > price + _HALF_A_CENT:
        left = ", ".join(check.check for check in losing if mutant.name not in check.mistakes)
        found[0] += f": not charged once, because it does not account for {left or 'all of this'}"
        wrong = True
    if asked and not is_told(mutant, result.checks):
        said = "; ".join(f"{check.check}: {' '.join(_sentences(check))}" for check in losing)
        found.append("is not told its sentence" + (f", but {said}" if said else ""))
        if losing and not any(check.differences for check in losing):
            found.append(
                "it shows in no question: ask for what it gets wrong, or leave out `told`, so that what the checks say counts"
            )
        wrong = True
    if not result.alive and result.run not in _LIMITS:  # a run that crashed takes checks with it that say nothing
        found.append("the run did not live to be asked")
        wrong = True
    if not asked:
        expected = f"loses at least {_number(price)}; it is too slow to be asked"
    else:
        expected = f"loses {'' if exercise.charge_once else 'at least '}{_number(price)} and is told its sentence"
    return expected, "; ".join(found) + _how_it_ended(result), not wrong


def _judge_untold(mutant: Mutant, result: AttemptResult) -> tuple[str, str, bool]:
    """A mistake that shows in no question loses what it must."""
    lost = sum(check.max_points - min(check.points, check.max_points) for check in result.checks)
    least = mutant.costs or _HALF_A_CENT
    found = [f"loses {_number(lost)}" if lost > _EPSILON else "fails no check"]
    asked = [check.check for check in result.checks if check.differences and result.cpu_seconds <= TOO_SLOW]
    if asked:
        found.append(f"answers questions of {', '.join(asked)}, so that it can be told: add `told`")
    if not result.alive and result.run not in _LIMITS:
        found.append("the run did not live to be asked")
    expected = f"loses at least {_number(least)}" if mutant.costs is not None else "loses points"
    return expected, "; ".join(found) + _how_it_ended(result), lost >= least - _HALF_A_CENT / 2 and len(found) == 1


def is_told(mutant: Mutant, checks: Iterable[Verdict]) -> bool:
    """Whether the student reads a known mistake's own sentence."""
    return mutant.told is not None and any(
        text["en"] == mutant.told["en"] for check in checks for text in check.feedback
    )


def _mutant(exercise: Exercise, attempt: Attempt) -> Mutant:
    return next(mutant for mutant in exercise.mutant if mutant.name == attempt.name)


def _sentences(check: Verdict) -> list[str]:
    """What a check said, in English where it has it."""
    return [text["en"] for text in check.feedback]


def _first_sentence(check: Verdict) -> str:
    return next((text["en"] for text in check.feedback if text != check.hint), "")


def _how_it_ended(result: AttemptResult) -> str:
    if result.run is Outcome.PASSED:
        return ""
    return f" (the run itself ended with {result.run.value}: {result.message})"


def _number(points: float) -> str:
    return f"{round(points, 2):g}"
