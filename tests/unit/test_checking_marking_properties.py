"""What holds of marks by mistake for whatever submission: bounds, sums, no order, and that mending never costs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from grader.checking.charging import Loss, Priced, cheapest, standings
from grader.checking.marking import Marked, Mistake, mark, showing
from grader.checking.verdict import Difference, Verdict
from grader.course.proof_record import Showing
from grader.vocabulary import Outcome, Text

NAMES = ("m0", "m1", "m2", "m3", "m4")
UNKNOWN = ("u0", "u1")  # mistakes that the exercise does not know
LOW = "The accuracy is 0.5."


@dataclass(frozen=True)
class Check:
    """A check of an exercise: what each mistake answers to each of its questions, and who fails it otherwise.

    ``answers[question][mistake]`` is missing where the mistake makes no difference; answers of 0 say little.
    """

    name: str
    points: float
    answers: tuple[Mapping[str, int], ...]
    otherwise: Mapping[str, float]  # mistake -> share that it loses
    needs: tuple[str, ...]

    def verdict(self, made: Sequence[str]) -> Verdict:
        """What the check alone says of a submission that makes these mistakes; two different ones at once answer as nobody does."""
        differences = []
        for at, answers in enumerate(self.answers):
            shown = {answers[name] for name in made if name in answers}
            if shown:
                answer = shown.pop() if len(shown) == 1 else 99
                alike = tuple(name for name in NAMES if answers.get(name) == answer)
                differences.append(Difference(at, alike, answer != 0))
        share = max((self.otherwise[name] for name in made if name in self.otherwise), default=0.0)
        share = 1.0 if differences else share
        points = self.points * (1 - share)
        outcome = Outcome.PASSED if not share else Outcome.PARTIAL if points else Outcome.FAILED
        return Verdict(
            self.name,
            Text(self.name),
            outcome,
            points,
            self.points,
            False,
            feedback=(Text(LOW if share else ""),) if share else (),
            needs=self.needs,
            differences=tuple(differences),
            otherwise=any(name in self.otherwise for name in made),
        )


@dataclass(frozen=True)
class Case:
    """An exercise and a submission that makes some mistakes."""

    checks: tuple[Check, ...]
    mistakes: tuple[Mistake, ...]
    made: tuple[str, ...]
    recorded: bool

    @property
    def shows(self) -> Mapping[str, Mapping[str, Showing]]:
        """What the record has: each mistake made alone."""
        found = {name: [showing(check.verdict([name])) for check in self.checks] for name in NAMES}
        return (
            {name: {one.check: one for one in where if one is not None} for name, where in found.items()}
            if self.recorded
            else {}
        )

    def verdicts(self, made: Sequence[str] | None = None) -> list[Verdict]:
        """What the checks alone say; a check is not asked where something unknown failed one that it needs."""
        found: dict[str, Verdict] = {}
        for check in self.checks:
            verdict = check.verdict(self.made if made is None else made)
            if any(_closes(found[need]) for need in check.needs):
                verdict = replace(verdict, outcome=Outcome.SKIPPED, points=0.0, differences=(), otherwise=False)
            found[check.name] = verdict
        return list(found.values())

    def marked(self, made: Sequence[str] | None = None) -> Marked:
        return mark(self.verdicts(made), self.mistakes, self.shows)


def _closes(verdict: Verdict) -> bool:
    """Whether checks that need this one are not asked, while checks run."""
    if verdict.outcome is Outcome.PASSED:
        return False
    return verdict.otherwise or not verdict.differences or not all(each.mistakes for each in verdict.differences)


@st.composite
def cases(draw: st.DrawFn, alike: bool = True) -> Case:
    """With `alike`, different mistakes may give the same answer."""
    checks: list[Check] = []
    everybody = NAMES + UNKNOWN
    for at in range(draw(st.integers(1, 5))):
        answers = tuple(
            {
                name: draw(st.integers(0, 3)) if alike else 1 + everybody.index(name)
                for name in draw(st.lists(st.sampled_from(everybody), max_size=3, unique=True))
            }
            for _ in range(draw(st.integers(0, 2)))
        )
        otherwise = draw(st.dictionaries(st.sampled_from(everybody), st.sampled_from([0.25, 0.5, 1.0]), max_size=2))
        needs = draw(st.lists(st.sampled_from([check.name for check in checks]), max_size=1)) if checks else []
        checks.append(Check(f"c{at}", draw(st.sampled_from([0.0, 1.0, 2.0, 5.0])), answers, otherwise, tuple(needs)))
    prices = st.sampled_from([None, 0.5, 1.0, 3.0, 7.0])
    mistakes = tuple(
        Mistake(name, Text(draw(st.sampled_from(NAMES)) if alike else name), draw(prices)) for name in NAMES
    )
    made = draw(st.lists(st.sampled_from(everybody), max_size=4, unique=True))
    return Case(tuple(checks), mistakes, tuple(made), draw(st.booleans()))


def total(verdicts: Sequence[Verdict]) -> float:
    return math.fsum(verdict.points for verdict in verdicts)


def strictly(verdicts: Sequence[Verdict]) -> float:
    """Points that the checks alone give, where what needs a failed check counts for nothing."""
    holds: dict[str, bool] = {}
    points = 0.0
    for verdict in verdicts:
        counts = all(holds[need] for need in verdict.needs)
        points += verdict.points if counts else 0.0
        holds[verdict.check] = counts and verdict.outcome is Outcome.PASSED
    return points


def near(one: float, other: float) -> bool:
    return math.isclose(one, other, abs_tol=1e-6)


@given(cases())
def test_marks_lie_between_what_the_checks_alone_give_and_full_marks(case: Case) -> None:
    raw, marked = case.verdicts(), case.marked().verdicts
    assert strictly(raw) - 1e-6 <= total(marked) <= sum(check.points for check in case.checks) + 1e-6
    for before, after in zip(raw, marked, strict=True):
        assert -1e-9 <= after.points <= after.max_points
        assert after.points >= before.points or after.outcome is Outcome.SKIPPED or after.mistakes
        assert before.outcome is not Outcome.PASSED or after.points == before.points or before.needs


@given(cases())
def test_the_points_are_full_marks_less_the_charges_and_what_is_unexplained(case: Case) -> None:
    marked = case.marked()
    charged = {check for charge in marked.charges for check in charge.checks}
    alone = [verdict for verdict in marked.verdicts if verdict.check not in charged]
    unexplained = math.fsum(v.max_points - (v.points if v.alone is None else v.alone) for v in alone)
    most = math.fsum(verdict.max_points for verdict in marked.verdicts)
    assert near(total(marked.verdicts), most - math.fsum(charge.costs for charge in marked.charges) - unexplained)


@given(cases(), st.randoms(use_true_random=False))
def test_no_order_matters(case: Case, random: object) -> None:
    shuffled = list(case.mistakes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    verdicts = []
    for verdict in case.verdicts():
        differences = [replace(each, mistakes=each.mistakes[::-1]) for each in verdict.differences]
        random.shuffle(differences)  # type: ignore[attr-defined]
        verdicts.append(replace(verdict, differences=tuple(differences)))
    one, other = case.marked(), mark(verdicts, shuffled, dict(reversed(case.shows.items())))
    assert one.charges == other.charges
    assert [replace(v, differences=()) for v in one.verdicts] == [replace(v, differences=()) for v in other.verdicts]


@given(cases(alike=False))
def test_mending_a_mistake_wholly_never_costs(case: Case) -> None:
    before = total(case.marked().verdicts)
    for name in case.made:
        assert total(case.marked([other for other in case.made if other != name]).verdicts) >= before - 1e-6


@given(cases(alike=False))
def test_a_mistake_made_alone_costs_at_most_its_price(case: Case) -> None:
    for mistake in case.mistakes:
        verdicts = case.verdicts([mistake.name])
        if mistake.costs is not None and all(
            v.differences and not v.otherwise for v in verdicts if v.outcome is not Outcome.PASSED
        ):
            lost = sum(check.points for check in case.checks) - total(case.marked([mistake.name]).verdicts)
            assert lost <= mistake.costs + 1e-6


@given(cases(), st.booleans())
def test_the_search_finds_the_least_of_all_sets(case: Case, same: bool) -> None:
    names = NAMES[:4]
    losses = [
        Loss(check.points, check.points, bool(check.answers), tuple(frozenset(each) for each in check.answers))
        for check in case.checks
    ]
    priced = {name: Priced(Text() if same else Text(name), 0.5 + at) for at, name in enumerate(names)}

    def loss(some: Sequence[str]) -> float:
        left = sum(one.most for one, stands in zip(losses, standings(losses, some), strict=True) if not stands.holds)
        prices = [priced[name].price for name in some]
        return left + (max(prices, default=0) if same else sum(prices))

    chosen = cheapest(losses, priced)
    assert near(loss(chosen), min(loss(some) for count in range(4) for some in combinations(names, count)))
