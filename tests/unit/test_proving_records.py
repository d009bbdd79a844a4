"""A proof record reads well in a diff, comes back as it was written, and knows the files that it belongs to."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.checking.marking import shows_of
from grader.course import init_course, load_course, write_new_exercise
from grader.course.models import Course, Exercise
from grader.course.proof_record import Showing, load_record, record_path, save_record
from grader.errors import CourseError
from grader.grading import conditions
from grader.proving import records
from grader.proving.attempts import Attempt
from grader.proving.records import Standing, attempt_record, difference, find_record, record_of
from grader.proving.rows import Row
from grader.vocabulary import Outcome

SEEDS = range(5)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    init_course(tmp_path / "c")
    write_new_exercise(load_course(tmp_path / "c"), "intro/u1/first", "module")
    return load_course(tmp_path / "c")


def only(course: Course) -> Exercise:
    return load_course(course.root).exercise("intro/u1/first")


def mutant(points: float = 2.0, seconds: float = 4.0, told: str = "This is a mean: add up.") -> Row:
    return Row(
        Attempt("mutant", "a mean", 0),
        True,
        "fails",
        "fails",
        points,
        6.0,
        seconds,
        1.0,
        outcome=Outcome.PARTIAL,
        fails=("test_sum",),
        told=(told,),
    )


def rows() -> list[Row]:
    right = [
        Row(Attempt("reference", "", seed), True, "", "", 6.0, 6.0, 3.0, 2.0, outcome=Outcome.PASSED) for seed in SEEDS
    ]
    survivor = Row(Attempt("mutation", "0a1b", 0), True, "", "", 6.0, 6.0, 2.0, outcome=Outcome.PASSED, survived=True)
    return [*right, mutant(), survivor]


def recorded(course: Course) -> Path:
    return save_record(only(course), "small", record_of(course, only(course), SEEDS, rows()))


def test_a_record_comes_back_and_has_an_attempt_a_line(course: Course) -> None:
    path = recorded(course)
    lines = path.read_text("utf-8").splitlines()
    assert sum('"kind"' in line for line in lines) == len(rows())
    record = load_record(only(course), "small")
    assert record is not None
    assert record.attempts == tuple(map(attempt_record, rows()))
    assert (record.figures.mutants, record.figures.right_runs, record.figures.survived) == (1, 5, 1)
    assert record.figures.seconds == 21.0
    assert json.loads(path.read_text("utf-8"))["small"]["seeds"] == list(SEEDS)


def test_profiles_stand_side_by_side(course: Course) -> None:
    recorded(course)
    full = course.model_copy(update={"profile": "full"})
    save_record(only(course), "full", record_of(full, only(course), SEEDS, rows()[:1]))
    small = load_record(only(course), "small")
    assert small is not None and len(small.attempts) == len(rows())
    assert find_record(full, only(course)).standing is Standing.CURRENT


def test_a_time_that_is_about_the_same_stays_as_it_was(course: Course) -> None:
    before = record_of(course, only(course), SEEDS, [mutant(seconds=4.0)])
    assert record_of(course, only(course), SEEDS, [mutant(seconds=6.0)], before) == before
    slower = record_of(course, only(course), SEEDS, [mutant(seconds=9.0)], before)
    assert slower.attempts[0].seconds == 9.0
    assert slower.figures.seconds == 9.0


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (mutant(), ""),
        (mutant(seconds=60.0), ""),
        (mutant(points=3.0), "2 -> 3 points"),
        (replace(mutant(), outcome=Outcome.TIMEOUT), "partial -> timeout"),
        (replace(mutant(), fails=("test_other",)), "no longer fails test_sum; now fails test_other"),
        (mutant(told="Something else."), "told “Something else.” for “This is a mean: add up.”"),
    ],
)
def test_what_comes_out_otherwise_is_told(now: Row, told: str) -> None:
    assert difference(attempt_record(mutant()), now) == told


SHOWN = Showing(check="test_sum", lost=1.5, questions=(0, 2), telling=True)
METRIC = Showing(check="test_score", lost=2.5, otherwise=True, words=("You reached # of #.",))


def known(*shows: Showing) -> Row:
    return replace(mutant(), alone=1.0, price=3.0, shows=shows)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (known(SHOWN, METRIC), ""),
        (known(SHOWN.model_copy(update={"lost": 1.503}), METRIC), ""),
        (known(SHOWN.model_copy(update={"lost": 2.0}), METRIC), "test_sum alone takes 1.5 -> 2 points"),
        (known(METRIC), "no longer shows in test_sum"),
        (known(SHOWN, METRIC, SHOWN.model_copy(update={"check": "test_b"})), "now shows in test_b"),
        (
            known(SHOWN.model_copy(update={"questions": (1, 2, 3)}), METRIC),
            "test_sum no longer differs in question 0; test_sum now differs in questions 1, 3",
        ),
        (known(SHOWN.model_copy(update={"telling": False}), METRIC), "test_sum no longer has an answer that tells"),
        (
            known(SHOWN, METRIC.model_copy(update={"words": ("It falls.",)})),
            "test_score told “It falls.” for “You reached # of #.”",
        ),
        (
            known(SHOWN, METRIC.model_copy(update={"otherwise": False, "questions": (0,)})),
            "test_score now differs in question 0; test_score no longer fails beside its questions",
        ),
    ],
)
def test_where_a_known_mistake_shows_otherwise_is_told(now: Row, told: str) -> None:
    assert difference(attempt_record(known(SHOWN, METRIC)), now) == told


def test_a_record_keeps_where_a_known_mistake_shows(course: Course) -> None:
    save_record(only(course), "small", record_of(course, only(course), SEEDS, [known(SHOWN, METRIC)]))
    record = load_record(only(course), "small")
    assert record is not None
    assert shows_of(record) == {"a mean": {"test_sum": SHOWN, "test_score": METRIC}}
    assert record.attempts[0].alone == 1.0


LONG = "The mean of the log densities is {}, and that of the reference's is {}: look at how the bandwidth is chosen, first of all,"


@pytest.mark.parametrize(
    ("was", "now", "differs"),
    [
        ("-3.23208 is not right.", "-3.23235 is not right.", False),
        ("-0.5 is not right.", "1.2e-05 is not right.", False),
        ("You reached 0.93 of 1,000.", "You reached 1 of 999.", False),
        ("Column x1 is not scaled.", "Column x2 is not scaled.", True),
        ("-3.23208 is not right.", "-3.23208 is not finite.", True),
        ("3 is not right.", "nan is not right.", True),
        (LONG.format(-3.2, 1) + " in the task.", LONG.format(-3.23208, 1.25) + " in the task.", False),
        (LONG.format(-3.2, 1) + " in the task.", LONG.format(-3.2, 1) + " in the notes.", False),  # both are cut off
        (LONG.format(-3.2, 1) + " in the task.", "Something else.", True),
        (LONG.format(-3.2, 1) + " in the task.", "5", True),
    ],
)
def test_numbers_within_a_sentence_are_no_difference(was: str, now: str, differs: bool) -> None:
    recorded = attempt_record(mutant(told=was))
    assert bool(difference(recorded, mutant(told=now))) == differs
    assert difference(recorded, mutant(told=now, points=1.0)).startswith("2 -> 1 points")


def edit(name: str) -> Callable[[Exercise], object]:
    def change(exercise: Exercise) -> None:
        path = exercise.source_dir / name
        path.parent.mkdir(exist_ok=True)
        path.write_text((path.read_text("utf-8") if path.is_file() else "") + "\n# changed\n", "utf-8")

    return change


def write_card(exercise: Exercise) -> None:
    exercise.card_path.parent.mkdir(parents=True, exist_ok=True)
    card = {"exercise": exercise.id, "profile": "small", "seeds": [0]}
    exercise.card_path.write_text(json.dumps({"small": card}), "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        *map(edit, ("solution.py", "test_visible.py", "test_hidden.py", "hidden.py", "exercise.toml", "alternates/b.py")),
        write_card,
    ],
)  # fmt: skip
def test_a_change_of_the_exercise_or_its_card_is_noticed(course: Course, change: Callable[[Exercise], object]) -> None:
    recorded(course)
    assert find_record(course, only(course)).standing is Standing.CURRENT
    change(only(course))
    found = find_record(course, only(course))
    assert found.standing is Standing.OTHER_FILES
    assert "grader validate --record intro/u1/first" in found.why


def test_a_change_of_the_courses_limits_is_noticed(course: Course) -> None:
    recorded(course)
    path = course.root / "course.toml"
    path.write_text(path.read_text("utf-8").replace("[limits]\n", "[limits]\nopen_files = 77\n"), "utf-8")
    assert find_record(course, only(course)).standing is Standing.OTHER_FILES


def test_a_setting_that_the_grader_learns_later_changes_no_record(course: Course) -> None:
    class Later(Exercise):
        learnt_later: bool = False

    exercise = only(course)
    later = Later.model_construct(exercise.model_fields_set, **dict(exercise))
    assert records.proof_files_digest(later, "small") == records.proof_files_digest(exercise, "small")
    asked_for = later.model_copy(update={"learnt_later": True})
    assert records.proof_files_digest(asked_for, "small") != records.proof_files_digest(exercise, "small")


def test_other_code_and_other_versions_make_a_record_old_not_wrong(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(course)
    monkeypatch.setattr(records, "own_code_digest", lambda: "0" * 64)
    found = find_record(course, only(course))
    assert (found.standing, found.why) == (Standing.OLD, "other code of the grader")
    monkeypatch.setattr(records, "own_code_digest", conditions.own_code_digest)
    monkeypatch.setattr(records, "versions", lambda exercise: {"numpy": "9.9"})
    found = find_record(course, only(course))
    assert found.standing is Standing.OLD
    assert "-> 9.9" in found.why


def test_too_few_seeds_damage_and_absence_are_told(course: Course) -> None:
    assert find_record(course, only(course)).standing is Standing.MISSING
    save_record(only(course), "small", record_of(course, only(course), [0], rows()))
    assert find_record(course, only(course)).standing is Standing.TOO_FEW_SEEDS
    path = recorded(course)
    path.write_text(path.read_text("utf-8").replace('"mutants": 1', '"mutants": 2'), "utf-8")
    assert find_record(course, only(course)).standing is Standing.DAMAGED
    path.write_text("<<<<<<< ours", "utf-8")
    assert find_record(course, only(course)).standing is Standing.DAMAGED
    with pytest.raises(CourseError, match=r"proof\.json.*grader validate --record"):
        load_record(only(course), "small")
    assert record_path(only(course)) == path
