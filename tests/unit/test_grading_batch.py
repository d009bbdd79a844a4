"""A batch with real worker processes: nothing is lost, nothing is done twice, a dead worker costs only its own task."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course import load_course
from grader.course.models import Course
from grader.gradebook import Gradebook
from grader.grading import Arrived, BatchEvent, BatchInterrupted, Conditions, MemoryStore, Retried, Started, grade_batch
from grader.grading.grade import Grade
from grader.intake.submission import Submission
from grader.vocabulary import Outcome, Text

TRUSTED = Conditions(backend="none")
EXERCISE_TOML = """
id = "t/one"
title = { en = "One", ko = "하나" }
form = "module"
kind = ["function"]
points = 1
defines = ["f"]
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = tmp_path_factory.mktemp("course")
    (root / "course.toml").write_text('name = "c"\ntitle = { en = "C", ko = "씨" }\n', "utf-8")
    folder = root / "solutions/t/one"
    folder.mkdir(parents=True)
    (folder / "exercise.toml").write_text(EXERCISE_TOML, "utf-8")
    (folder / "solution.py").write_text("# %%\n# SOLUTION\nf = 1\n# END SOLUTION\n")
    (folder / "test_visible.py").write_text("def test_f(submission, expect):\n    expect.same(submission['f'], 1)\n")
    (folder / "test_hidden.py").write_text("")
    return load_course(root)


def handed_in(student: str, what: str) -> Submission:
    """A submission that intake refused: a worker answers at once, without a sandbox."""
    digest = hashlib.sha256(what.encode()).hexdigest()
    return Submission(student, "t/one", b"", digest, invalid=Text(f"not gradable: {what}", "채점할 수 없어요"))


def a_class(n: int) -> list[Submission]:
    return [handed_in(f"s{i}", f"work {i}") for i in range(n)]


def kill_workers() -> None:
    for child in multiprocessing.active_children():
        child.kill()
        child.join()


def test_grades_come_back_in_the_order_of_the_submissions(course: Course) -> None:
    submissions = a_class(7)
    seen: list[BatchEvent] = []
    grades = grade_batch(course, submissions, MemoryStore(), workers=2, conditions=TRUSTED, on_event=seen.append)
    assert [grade.student for grade in grades] == [s.student for s in submissions]
    assert {grade.outcome for grade in grades} == {Outcome.INVALID}
    assert [e.done for e in seen if isinstance(e, Arrived)] == list(range(1, 8))
    assert multiprocessing.active_children() == []


def test_what_was_graded_before_is_not_run_again(course: Course, tmp_path: Path) -> None:
    submissions = a_class(3)
    with Gradebook(tmp_path / "g.sqlite3") as book:
        first = grade_batch(course, submissions, book, conditions=TRUSTED)
    seen: list[BatchEvent] = []
    with Gradebook(tmp_path / "g.sqlite3") as book:
        again = grade_batch(course, submissions, book, conditions=TRUSTED, on_event=seen.append)
        assert len(book.all()) == 3
    assert again == first
    assert all(isinstance(event, Arrived) and event.remembered for event in seen)


def test_equal_work_is_run_once_and_graded_for_everybody(course: Course) -> None:
    seen: list[BatchEvent] = []
    submissions = [handed_in("kim", "same"), handed_in("lee", "same"), handed_in("park", "other")]
    grades = grade_batch(course, submissions, MemoryStore(), conditions=TRUSTED, on_event=seen.append)
    assert [grade.student for grade in grades] == ["kim", "lee", "park"]
    assert sum(isinstance(event, Started) for event in seen) == 2


def test_a_grader_error_is_tried_again_on_the_next_run(course: Course) -> None:
    store = MemoryStore()
    (grade,) = grade_batch(course, a_class(1), store, conditions=TRUSTED)
    store.put(Grade("s0", "t/one", grade.submission_digest, grade.task, Outcome.GRADER_ERROR, 0, 1))
    (again,) = grade_batch(course, a_class(1), store, conditions=TRUSTED)
    assert again.outcome is Outcome.INVALID


def test_a_worker_that_dies_twice_costs_only_its_own_submission(course: Course) -> None:
    seen: list[BatchEvent] = []

    def watch(event: BatchEvent) -> None:
        seen.append(event)
        if isinstance(event, Started) and event.submission.student == "s1":
            kill_workers()

    grades = grade_batch(course, a_class(4), MemoryStore(), workers=1, conditions=TRUSTED, on_event=watch)
    assert [g.outcome for g in grades] == [Outcome.INVALID, Outcome.GRADER_ERROR, Outcome.INVALID, Outcome.INVALID]
    assert "died twice" in grades[1].extra["details"]
    assert [e.submission.student for e in seen if isinstance(e, Retried)] == ["s1", "s1"]
    started = [e.submission.student for e in seen if isinstance(e, Started)]
    assert started == ["s0", "s1", "s2", "s3", "s1"]


def test_a_worker_that_dies_once_costs_nothing(course: Course) -> None:
    deaths: Iterator[bool] = iter([True])

    def watch(event: BatchEvent) -> None:
        if isinstance(event, Started) and next(deaths, False):
            kill_workers()

    grades = grade_batch(course, a_class(3), MemoryStore(), workers=2, conditions=TRUSTED, on_event=watch)
    assert {grade.outcome for grade in grades} == {Outcome.INVALID}


def test_killed_batch_resumes_without_loss(course: Course, tmp_path: Path) -> None:
    def stop(event: BatchEvent) -> None:
        if isinstance(event, Arrived) and event.done == 2:
            raise KeyboardInterrupt

    with Gradebook(tmp_path / "g.sqlite3") as book:
        with pytest.raises(BatchInterrupted) as caught:
            grade_batch(course, a_class(5), book, conditions=TRUSTED, on_event=stop)
        assert len(caught.value.grades) == 2
        assert caught.value.remaining == 3
        assert multiprocessing.active_children() == []
        assert len(book.all()) == 2
        seen: list[BatchEvent] = []
        grades = grade_batch(course, a_class(5), book, conditions=TRUSTED, on_event=seen.append)
    assert len(grades) == 5
    assert sum(isinstance(event, Started) for event in seen) == 3
