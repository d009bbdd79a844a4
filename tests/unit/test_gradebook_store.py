"""The gradebook keeps grades across processes and refuses files that it must not touch."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.checking.verdict import Verdict
from grader.errors import GraderError
from grader.gradebook import Gradebook, gradebook
from grader.gradebook.models import SCHEMA_VERSION
from grader.grading.grade import Grade, without_notebook
from grader.running.run import Run
from grader.vocabulary import Outcome, Text


def grade(student: str = "kim", exercise: str = "t/u/one", task: str = "a" * 64, points: float = 3.0) -> Grade:
    return Grade(
        student=student,
        exercise_id=exercise,
        submission_digest="b" * 64,
        task=task,
        outcome=Outcome.PARTIAL,
        points=points,
        max_points=10.0,
        verdicts=(Verdict("test_a", Text("A", "가"), Outcome.PASSED, points, 10.0, True),),
        run=Run(Outcome.PASSED, Text(""), True, (), {"cells": [{"source": "x = 1"}]}, 1.0),
    )


def test_what_is_put_is_found_again_after_reopening(tmp_path: Path) -> None:
    with Gradebook(tmp_path / "deep" / "g.sqlite3") as book:
        book.put(grade())
    with Gradebook(tmp_path / "deep" / "g.sqlite3") as book:
        assert book.get("a" * 64) == grade()
        assert book.get("c" * 64) is None


def test_the_latest_grade_of_a_student_and_exercise_counts(tmp_path: Path) -> None:
    with Gradebook(tmp_path / "g.sqlite3") as book:
        book.put(grade(task="1" * 64, points=1.0))
        book.put(grade(task="2" * 64, points=2.0))
        book.put(grade(student="lee", exercise="t/u/two"))
        assert [(g.student, g.exercise_id, g.points) for g in book.all()] == [
            ("kim", "t/u/one", 2.0),
            ("lee", "t/u/two", 3.0),
        ]
        book.put(grade(task="1" * 64, points=1.5))  # handed in again as before
        assert [g.points for g in book.all()] == [1.5, 3.0]
        assert book.students() == ["kim", "lee"]


def test_equal_work_of_two_students_keeps_both(tmp_path: Path) -> None:
    with Gradebook(tmp_path / "g.sqlite3") as book:
        book.put(grade("kim"))
        book.put(grade("lee"))
        assert len(book.all()) == 2


@pytest.mark.parametrize("name", ["김하늘", "=cmd|x", "<script>", "a\udcffb", "nul\x00", "'; drop table grades; --"])
def test_hostile_names_are_only_text(tmp_path: Path, name: str) -> None:
    with Gradebook(tmp_path / "g.sqlite3") as book:
        book.put(grade(name))
        book.put(replace(grade(name), points=4.0))
        assert [(g.student, g.points) for g in book.all()] == [(name, 4.0)]


def test_any_database_address_works(tmp_path: Path) -> None:
    with Gradebook(f"sqlite:///{tmp_path}/other.db") as book:
        book.put(grade())
    assert (tmp_path / "other.db").is_file()


def test_a_newer_gradebook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite3"
    Gradebook(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("update schema_version set version = ?", (SCHEMA_VERSION + 1,))
    with pytest.raises(GraderError, match="newer version of grader"):
        Gradebook(path)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("create table precious (x)")
    with pytest.raises(GraderError, match="precious"):
        Gradebook(path)
    with sqlite3.connect(path) as connection:
        assert [row[0] for row in connection.execute("select name from sqlite_master")] == ["precious"]


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite3"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(GraderError, match=r"g\.sqlite3"):
        Gradebook(path)


def test_a_gradebook_that_another_program_holds_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gradebook, "_PATIENCE_MS", 50)
    path = tmp_path / "g.sqlite3"
    with Gradebook(path) as book:
        book.put(grade())
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(GraderError, match=r"g\.sqlite3.*locked.*same command again"):
            book.put(grade(points=4.0))
        assert book.get("a" * 64) == grade()  # reading goes on meanwhile
        other.execute("rollback")
        other.close()
        book.put(grade(points=4.0))
        assert [g.points for g in book.all()] == [4.0]


def test_a_damaged_gradebook_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite3"
    with Gradebook(path) as book:
        for number in range(200):
            book.put(grade(f"s{number:03}", task=f"{number:064}"))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)  # the first page still says that it is a gradebook
    path.write_bytes(content)
    with pytest.raises(GraderError, match=r"g\.sqlite3.*malformed.*move it away"), Gradebook(path) as book:
        book.all()
    assert path.read_bytes() == content


def test_a_grade_that_cannot_be_read_is_made_anew_and_never_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite3"
    with Gradebook(path) as book:
        book.put(grade())
        with sqlite3.connect(path) as connection:
            connection.execute("update grades set document = substr(document, 1, 100)")
        assert book.get("a" * 64) is None
        with pytest.raises(GraderError, match="kim for t/u/one"):
            book.all()
        book.put(grade())
        assert book.all() == [grade()]


def test_graders_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    code = """
import sys
from tests.unit.test_gradebook_store import grade
from grader.gradebook import Gradebook
with Gradebook(sys.argv[1]) as book:
    for number in range(100):
        book.put(grade(f"{sys.argv[2]}{number}"))
        book.put(grade(f"both{number}"))
"""
    path = tmp_path / "g.sqlite3"
    command = [sys.executable, "-c", code, str(path)]
    writers = [subprocess.Popen([*command, name], stderr=subprocess.PIPE, text=True) for name in "abc"]
    for writer in writers:
        _, said = writer.communicate(timeout=120)
        assert writer.returncode == 0, said
    with Gradebook(path) as book:
        assert len(book.all()) == 400
    with sqlite3.connect(path) as connection:
        orders = connection.execute("select count(*), count(distinct put_order) from grades").fetchone()
    assert orders == (400, 400)


def test_a_grade_that_came_without_its_notebook_gets_it_back(tmp_path: Path) -> None:
    with Gradebook(tmp_path / "g.sqlite3") as book:
        book.put(grade("kim"))
        book.put(grade("lee"))
        light = without_notebook(grade("kim"))
        assert light != grade("kim")
        assert book.whole(light) == grade("kim")
