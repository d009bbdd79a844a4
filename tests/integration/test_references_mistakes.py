"""The known mistakes of an exercise stand ready by name, and cost nothing before they are asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course, Exercise, build_reference, load_course
from grader.course.models import Limits
from grader.errors import CourseError, SubmissionFault
from grader.references import open_mistakes, open_reference, reference_session
from grader.references.reference_session import hurried
from grader.running import session
from grader.sandbox import choose_backend
from grader.vocabulary import Outcome
from tests.tiny_course import write_tiny_course

TOLD = 'told = { en = "This comes out wrong: do it otherwise.", ko = "결과가 달라요. 다른 방법으로 구하세요." }'
MORE = f"""
[[mutant]]
name = "starts at one"
alternate = "loop"
replace = [["total = 0", "total = 1"]]
{TOLD}

[[mutant]]
name = "does not come to an end"
replace = [["history =", "while True: pass\\nhistory ="]]
{TOLD}
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The tiny course; its first mutant is a known mistake, its second one has no sentence."""
    write_tiny_course(tmp_path, "mean")
    path = tmp_path / "solutions" / "one" / "u1" / "mean" / "exercise.toml"
    text = path.read_text("utf-8").replace("costs = 2", TOLD, 1)
    text = text.replace("[metrics.accuracy]", "[limits]\ncell_seconds = 1\n\n[metrics.accuracy]")
    path.write_text(text + MORE, "utf-8")
    return load_course(tmp_path)


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The sessions that were opened."""
    opened: list[dict[str, Any]] = []
    real: Callable[..., Any] = session.open_session

    def open_session(*args: Any, **options: Any) -> Any:
        opened.append(options)
        return real(*args, **options)

    monkeypatch.setattr(reference_session, "open_session", open_session)
    return opened


def _exercise(course: Course) -> Exercise:
    return course.exercise("mean")


def test_each_mistake_answers_as_it_makes_it(course: Course, sessions: list[dict[str, Any]]) -> None:
    for _ in range(2):
        with open_mistakes(course, _exercise(course), backend=choose_backend(trust=True), seed=0) as known:
            assert list(known) == ["divides by n - 1", "starts at one", "does not come to an end"]
            assert known["divides by n - 1"].call("mean", [1, 2, 6]) == 4.5
            assert known["starts at one"].call("mean", [1, 2, 6]) == pytest.approx(10 / 3)
            with pytest.raises(SubmissionFault):
                known["divides by n - 1"].call("mean", [1])
            if not sessions[2:]:
                with pytest.raises(SubmissionFault) as caught:
                    known["does not come to an end"].call("mean", [1])
                assert caught.value.outcome is Outcome.TIMEOUT
    assert len(sessions) == 3 and all(each["limits"].call_seconds == 30 for each in sessions)
    assert all(each["limits"].cell_seconds == 1 for each in sessions)


def test_nothing_is_built_before_a_question_is_put(
    course: Course, sessions: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str | None] = []

    def build(exercise: Exercise, mutant: str | None = None) -> bytes:
        built.append(mutant)
        return build_reference(exercise, mutant)

    monkeypatch.setattr(reference_session, "build_reference", build)
    with open_mistakes(course, _exercise(course), backend=choose_backend(trust=True), seed=0) as known:
        assert not built and not sessions
        assert "(len(x) - 1)" in known["divides by n - 1"].source.text
        known["divides by n - 1"].call("mean", [1, 3])
        known["divides by n - 1"].call("mean", [1, 4])
        assert built == ["divides by n - 1"] and len(sessions) == 1


def test_all_sessions_end_when_an_exception_flies(course: Course) -> None:
    backend = choose_backend(trust=True)
    with (
        pytest.raises(RuntimeError, match="of the check"),
        open_mistakes(course, _exercise(course), backend=backend, seed=0) as known,
    ):
        for name in ("divides by n - 1", "starts at one"):
            known[name].call("mean", [1, 2])
            assert known[name].link.is_open
        raise RuntimeError("of the check")
    assert not any(proxy.link.is_open or proxy.link.alive for proxy in known.values())


def test_a_mistake_and_the_reference_do_not_share_answers(course: Course) -> None:
    backend = choose_backend(trust=True)
    with (
        open_reference(course, _exercise(course), backend=backend, seed=0) as reference,
        open_mistakes(course, _exercise(course), backend=backend, seed=0) as known,
    ):
        assert reference is not None
        assert [each.call("mean", [1, 2, 6]) for each in (reference, known["divides by n - 1"])] == [3.0, 4.5]


def test_a_students_copy_has_no_known_mistakes(course: Course) -> None:
    (_exercise(course).source_dir / "solution.py").unlink()
    with open_mistakes(course, _exercise(course), backend=choose_backend(trust=True), seed=0) as known:
        assert known == {}


def test_a_mistake_is_not_waited_for_longer_than_a_submission() -> None:
    assert hurried(Limits(cell_seconds=3, call_seconds=2, total_seconds=5)) == Limits(
        cell_seconds=3, call_seconds=2, total_seconds=5
    )
    found = hurried(Limits(cell_seconds=60, call_seconds=60, total_seconds=600))
    assert (found.cell_seconds, found.call_seconds, found.total_seconds) == (30, 30, 120)


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        (
            'alternate = "loop"',
            'alternate = "recursion"',
            "mutant[2].alternate",
            "no alternates/recursion.py; name one of loop",
        ),
        ('alternate = "loop"', "", "mutant[2].replace[0]", "'total = 0' is not in solution.py"),
        ("total = 0", "total = 5", "mutant[2].replace[0]", "'total = 5' is not in alternates/loop.py"),
    ],
)
def test_what_a_mutant_replaces_must_stand_in_the_file_that_it_names(
    course: Course, old: str, new: str, key: str, words: str
) -> None:
    path = _exercise(course).source_dir / "exercise.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(CourseError) as caught:
        load_course(course.root).exercise("mean")
    assert caught.value.key == key and words in str(caught.value)
