"""What a budget runs follows from the records, the minutes and the draw, and from nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.course.proof_record import AttemptRecord, ProofRecord
from grader.proving.attempts import Attempt
from grader.proving.budget import Choice, choose
from grader.proving.records import Found, Standing, figures_of
from grader.vocabulary import Outcome


def found(name: str, standing: Standing, seconds: float = 2.0, mutants: int = 6) -> Found:
    kinds = [("reference", "", seed) for seed in range(2)] + [("mutant", f"m{n}", 0) for n in range(mutants)]
    attempts = tuple(
        AttemptRecord(kind=kind, name=mutant, seed=seed, outcome=Outcome.PASSED, points=1, seconds=seconds, cpu_seconds=1)
        for kind, mutant, seed in kinds
    )  # fmt: skip
    record = ProofRecord(
        exercise=name, files="", grader="", packages={}, seeds=(0, 1), figures=figures_of(attempts), attempts=attempts
    )
    return Found(name, standing, "", None if standing is Standing.MISSING else record)


def choice(records: list[Found], minutes: float, draw: str = "abc", **more: object) -> Choice:
    planned = {
        each.exercise_id: [Attempt(*attempt.key) for attempt in each.record.attempts] for each in records if each.record
    }
    planned["new"] = [Attempt("reference", "", 0), Attempt("starter", "", 0)]
    return choose(records, planned, minutes=minutes, workers=2, draw=draw, **more)  # type: ignore[arg-type]


MANY = [found(f"e{n}", Standing.CURRENT) for n in range(20)]


def test_all_is_run_where_there_is_time() -> None:
    all_of_it = choice(MANY, 60)
    assert all_of_it.counts == {"changed": (0, 0), "old": (0, 0), "sample": (160, 160)}
    assert all_of_it.exercises == {each.exercise_id for each in MANY}


def test_changed_exercises_come_first_then_old_records_then_the_others() -> None:
    records = [*MANY, found("new", Standing.MISSING), *(found(f"o{n}", Standing.OLD) for n in range(4))]
    little = choice(records, 1)
    assert little.counts["changed"] == (2, 2)
    assert little.counts["old"][0] > 0
    assert little.counts["sample"][0] == 0
    assert [exercise_id for exercise_id, _ in little.jobs[:2]] == ["new", "new"]
    more = choice(records, 3)
    assert more.counts["old"] == (32, 32)
    assert more.counts["sample"][0] > 0


def test_the_draw_decides_and_the_same_draw_decides_the_same() -> None:
    assert choice(MANY, 1, "a") == choice(MANY, 1, "a")
    assert choice(MANY, 1, "a") != choice(MANY, 1, "b")


def test_what_was_changed_lately_is_sampled_first() -> None:
    little = choice(MANY, 0.7, first={"e7"})
    assert [exercise_id for exercise_id, _ in little.jobs[:8]] == ["e7"] * 8


def test_attempts_of_exercises_whose_files_changed_follow_the_plan_not_the_record() -> None:
    changed = [found("new", Standing.OTHER_FILES)]
    assert choice(changed, 5).jobs == (("new", Attempt("reference", "", 0)), ("new", Attempt("starter", "", 0)))


def test_attempts_that_are_not_made_any_more_are_not_counted() -> None:
    all_of_it = choice([found("o", Standing.OLD), MANY[0]], 60)
    gone = ("o", Attempt("mutant", "m3", 0))
    less = all_of_it.without({gone})
    assert (less.counts["old"], less.counts["sample"]) == ((7, 7), (8, 8))
    assert [job for job in all_of_it.jobs if job not in less.jobs] == [gone]


@given(
    minutes=st.floats(0.5, 10),
    lengths=st.lists(st.floats(0.1, 60), min_size=1, max_size=8),
    standings=st.lists(st.sampled_from([Standing.CURRENT, Standing.OLD]), min_size=8, max_size=8),
    draw=st.text(max_size=5),
)
def test_no_more_is_planned_than_the_budget_holds(
    minutes: float, lengths: list[float], standings: list[Standing], draw: str
) -> None:
    records = [found(f"e{n}", standings[n], seconds) for n, seconds in enumerate(lengths)]
    chosen = choice(records, minutes, draw)
    assert chosen.seconds <= minutes * 60 * 2
    own = sum(lengths[int(name[1:])] for name, _ in chosen.jobs)
    assert own <= chosen.seconds + 1e-6
    for run, total in chosen.counts.values():
        assert 0 <= run <= total
