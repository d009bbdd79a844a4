"""What a proof demands of a known mistake: its price, no less and no more, and its own sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from grader.checking.verdict import Difference, Verdict
from grader.course.models import Bilingual, Exercise, Mutant
from grader.proving.attempts import Attempt
from grader.proving.job import TriedAttempt
from grader.proving.judge import row_of
from grader.proving.known_mistakes import price_problems, shown_by
from grader.proving.proof_cache import AttemptResult
from grader.vocabulary import Outcome, Text
from tests.marks import BAND

SUM = "This is a sum: divide it."
HALF = "Only half of the rows are used."


def mutant(name: str, told: str, costs: float | None = None) -> Mutant:
    return Mutant(name=name, replace=[("a", "b")], told=Bilingual(en=told, ko=f"{told} (ko)"), costs=costs)


def exercise(*mutants: Mutant, **settings: Any) -> Exercise:
    title = Bilingual(en="T", ko="T")
    return Exercise(
        id="one/u1/t", title=title, form="module", kind=["function"], points=20, mutant=list(mutants), **settings
    )


def failed(check: str, points: float, *answers: tuple[str, ...], said: str = "The value is wrong.") -> Verdict:
    differences = tuple(Difference(number, names) for number, names in enumerate(answers))
    return Verdict(
        check,
        Text(check),
        Outcome.FAILED,
        0.0,
        points,
        False,
        (Text(said),),
        differences=differences,
        otherwise=not answers,
    )


def passed(check: str, points: float) -> Verdict:
    return Verdict(check, Text(check), Outcome.PASSED, points, points, False)


def result(*checks: Verdict) -> AttemptResult:
    return AttemptResult(checks, Outcome.PASSED, "", True, 1.0, 1.0)


def judged(of: Exercise, *checks: Verdict, others: dict[str, AttemptResult] | None = None) -> Any:
    """The row of the first mutant, whose attempt came to these checks."""
    first = of.mutant[0].name
    found = {**(others or {}), first: result(*checks)}
    shows = {name: shown_by(each) for name, each in found.items()}
    return row_of(of, Attempt("mutant", first, 0), TriedAttempt(found[first]), shows)


def untold(costs: float | None = None) -> Mutant:
    return Mutant(name="low", replace=[("a", "b")], costs=costs)


CHECKS = (failed("test_a", 4, ("sum",)), failed("test_b", 8, ("sum",), ("sum",)), passed("test_c", 8))


def test_one_that_loses_its_price_and_is_told_is_as_it_should_be() -> None:
    row = judged(exercise(mutant("sum", SUM, 5)), *CHECKS)
    assert row.ok, row.found
    assert (row.alone, row.points, row.price) == (8, 15, 5)
    assert row.expected == "loses 5 and is told its sentence"
    assert row.told[0] == SUM
    assert [(show.check, show.lost, show.questions) for show in row.shows] == [
        ("test_a", 4, (0,)),
        ("test_b", 8, (0, 1)),
    ]


def test_what_its_answers_do_not_explain_is_named() -> None:
    row = judged(
        exercise(mutant("sum", SUM, 4)), failed("test_a", 4, ("sum",)), failed("test_b", 8, ()), passed("test_c", 8)
    )
    assert not row.ok
    assert row.found.startswith("loses 12, its price is 4: not charged once, because it does not account for test_b")


def test_without_charging_once_it_loses_at_least_its_price() -> None:
    row = judged(exercise(mutant("sum", SUM, 5), charge_once=False), *CHECKS)
    assert row.ok, row.found
    assert (row.alone, row.points) == (8, 8)
    assert row.expected == "loses at least 5 and is told its sentence"


def test_one_that_cannot_be_told_from_a_cheaper_one_names_it() -> None:
    both = [failed("test_a", 4, ("sum", "half")), passed("test_b", 8), passed("test_c", 8)]
    row = judged(exercise(mutant("sum", SUM, 4), mutant("half", HALF, 2)), *both, others={"half": result(*both)})
    assert not row.ok
    assert "loses 2, its price is 4: charged as half, which nothing tells from it" in row.found
    assert "is not told its sentence, but test_a: Only half of the rows are used." in row.found


def test_one_that_fails_nothing_is_found_out() -> None:
    row = judged(exercise(mutant("sum", SUM)), passed("test_a", 20))
    assert not row.ok
    assert "fails no check" in row.found and "is not told its sentence" in row.found


@pytest.mark.parametrize(("ended", "ok"), [(Outcome.ERROR, False), (Outcome.TIMEOUT, True)])
def test_a_run_may_end_early_at_a_limit_only(ended: Outcome, ok: bool) -> None:
    of = exercise(mutant("sum", SUM, 6))
    died = replace(result(failed("test_a", 20)), run=ended, message="It ended.", alive=False)
    row = row_of(of, Attempt("mutant", "sum", 0), TriedAttempt(died), {"sum": shown_by(died)})
    assert row.ok is ok
    assert f"(the run itself ended with {ended.value}: It ended.)" in row.found


@pytest.mark.parametrize(
    ("mutants", "said"),
    [
        ((mutant("sum", SUM, 5),), ""),
        ((mutant("sum", SUM),), "mutant 'sum': costs: it would cost 8 of 20 points, a quarter or more"),
        (
            (mutant("sum", SUM, 13),),
            "mutant 'sum': costs: 13 is more than the 12 points of all checks that it fails or that need these",
        ),
        ((mutant("sum", SUM, 5), mutant("half", SUM, 4)), "mutant 'half': costs: 4, but 'sum' has the same sentence"),
        ((mutant("sum", SUM, 5), mutant("half", SUM, 5)), ""),
    ],
)
def test_prices_are_held_against_the_checks_and_each_other(mutants: tuple[Mutant, ...], said: str) -> None:
    results = {each.name: result(*CHECKS) for each in mutants}
    shows = {name: shown_by(each) for name, each in results.items()}
    problems = price_problems(exercise(*mutants), shows, results)
    assert len(problems) == bool(said)
    assert all(said in problem and "exercise.toml" in problem for problem in problems)


def test_a_check_that_is_skipped_for_want_of_one_that_fails_counts_as_failed() -> None:
    blocked = Verdict("test_c", Text("c"), Outcome.SKIPPED, 0.0, 8.0, False)
    found = {"sum": result(*CHECKS[:2], blocked)}
    shows = {"sum": shown_by(found["sum"])}
    assert price_problems(exercise(mutant("sum", SUM, 20)), shows, found) == []


def test_what_is_recorded_to_be_lost_is_never_less_than_what_was() -> None:
    thirds = replace(failed("test_a", 4, ("sum",)), points=4 / 3, outcome=Outcome.PARTIAL)
    show = shown_by(result(thirds))["test_a"]
    assert 4 - 4 / 3 <= show.lost <= 4 - 4 / 3 + 1e-4
    assert shown_by(result(failed("test_a", 4, ("sum",))))["test_a"].lost == 4


def test_one_that_shows_in_no_question_loses_at_least_its_price_and_is_told_nothing() -> None:
    other = mutant("sum", SUM, 5)
    low = replace(failed("test_m", 8), outcome=Outcome.PARTIAL, points=2.0)
    assert judged(exercise(untold(6), other), low, passed("test_c", 12)).ok
    row = judged(exercise(untold(7), other), low, passed("test_c", 12))
    assert not row.ok and (row.expected, row.found) == ("loses at least 7", "loses 6")
    row = judged(exercise(untold(), other), passed("test_m", 8), passed("test_c", 12))
    assert not row.ok and (row.expected, row.found) == ("loses points", "fails no check")


def test_one_that_shows_in_a_question_needs_its_sentence() -> None:
    row = judged(exercise(untold(3), mutant("sum", SUM, 5)), failed("test_a", 4, ()), passed("test_c", 16))
    assert not row.ok and row.found.endswith("answers questions of test_a, so that it can be told: add `told`")


def test_a_sentence_that_no_question_can_tell_is_named_with_its_remedy() -> None:
    row = judged(exercise(mutant("sum", SUM, 5)), replace(failed("test_m", 5), bands=(BAND,)), passed("test_c", 15))
    assert not row.ok and "it shows in no question" in row.found and "leave out `told`" in row.found
