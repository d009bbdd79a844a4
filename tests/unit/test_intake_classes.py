"""A class is read whatever lies in it: layouts, links, strange files, and one refusal per bad submission."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course.models import Bilingual, Course, Exercise, IntakeLimits
from grader.errors import CourseError, GraderError
from grader.intake import ClassIntake, Submission, read_class, read_submission

LIMITS = IntakeLimits(file_mb=1, total_mb=2, files=20, cells=50)
SOFTMAX, SCALER, CONCEPTS, OTHER = (
    "homl/ch04/softmax-regression",
    "homl/ch02/scaler-clone",
    "homl/ch01/concepts",
    "keras/ch01/concepts",
)


def exercise(id: str, form: str = "notebook") -> Exercise:
    return Exercise(id=id, title=Bilingual(en="S", ko="소"), form=form, kind=[], points=1)


EXERCISES = [exercise(SOFTMAX), exercise(SCALER, "module"), exercise(CONCEPTS), exercise(OTHER)]
COURSE = Course(name="c", title=Bilingual(en="C", ko="씨"), intake=LIMITS, exercises={e.id: e for e in EXERCISES})
ONE = COURSE.exercises[SOFTMAX]


def notebook(code: str = "x = 1") -> bytes:
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": code}]}).encode()


def lay_out(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def packed(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def by_key(intake: ClassIntake) -> dict[tuple[str, str], Submission]:
    found = {(s.student, s.exercise_id): s for s in intake.submissions}
    assert len(found) == len(intake.submissions)
    return found


def reasons(intake: ClassIntake) -> dict[tuple[str, str], str]:
    return {key: s.invalid.en if s.invalid else "" for key, s in by_key(intake).items()}


def test_all_layouts_of_a_class_are_read(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "kim/homl/ch04/softmax_regression.ipynb": notebook(),
            "kim/homl/ch02/scaler_clone.py": b"x = 1\n",
            "kim/homl/ch01/concepts.ipynb": notebook("a"),
            "kim/keras/ch01/concepts.ipynb": notebook("b"),
            "lee/Softmax-Regression.ipynb": notebook(),
            "park.zip": packed({"my work/homl/ch04/softmax_regression.ipynb": notebook()}),
            "choi/exercises/homl/ch04/softmax_regression/softmax_regression.ipynb": notebook(),
            "choi/exercises/homl/ch04/softmax_regression/helpers.py": b"y = 2\n",
            "choi/exercises/homl/ch04/softmax_regression/test_visible.py": b"",
            "choi/exercises/homl/ch04/softmax_regression/data/a.csv": b"1\n",
        },
    )
    intake = read_class(tmp_path, COURSE, LIMITS)
    found = by_key(intake)
    assert not any(reasons(intake).values()) and not intake.warnings
    assert set(found) == {
        *(("kim", key) for key in (SOFTMAX, SCALER, CONCEPTS, OTHER)),
        ("lee", SOFTMAX), ("park", SOFTMAX), ("choi", SOFTMAX),
    }  # fmt: skip
    assert b'"a"' in found["kim", CONCEPTS].main and b'"b"' in found["kim", OTHER].main
    assert found["choi", SOFTMAX].extra == {"helpers.py": b"y = 2\n"}
    assert found["lee", SOFTMAX].digest == found["park", SOFTMAX].digest != found["choi", SOFTMAX].digest


def test_one_exercise_may_come_as_a_file_per_student(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "kim.ipynb": notebook(),
            "lee.zip": packed({"homework final.ipynb": notebook(), "helpers.py": b""}),
            "park/anything.ipynb": notebook(),
            "choi.py": b"x = 1",
            "jung/homl/ch02/scaler_clone.py": b"x = 1",
            "han/a.ipynb": notebook(),
            "han/b.ipynb": notebook(),
            "notes.txt": b"",
        },
    )
    intake = read_class(tmp_path, COURSE, LIMITS, exercise=ONE)
    told = reasons(intake)
    assert [told[name, SOFTMAX] for name in ("kim", "lee", "park")] == ["", "", ""]
    assert by_key(intake)["lee", SOFTMAX].extra == {"helpers.py": b""}
    assert "Submit softmax_regression.ipynb" in told["choi", SOFTMAX]
    assert "There is no softmax_regression.ipynb" in told["jung", SOFTMAX]
    assert "a.ipynb, b.ipynb" in told["han", SOFTMAX]
    assert intake.warnings == ("notes.txt: not a student's folder or .zip",)


def test_two_files_for_one_exercise_are_refused_not_chosen_from(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "kim/softmax_regression.ipynb": notebook("a"),
            "kim/homl/ch04/softmax_regression.ipynb": notebook("b"),
            "lee/softmax_regression.ipynb": notebook("a"),
            "lee.zip": packed({"softmax_regression.ipynb": notebook("b")}),
        },
    )
    told = reasons(read_class(tmp_path, COURSE, LIMITS))
    assert all("several files" in told[name, SOFTMAX] for name in ("kim", "lee"))


def test_names_that_several_exercises_share_and_unknown_files_are_told_to_the_instructor(tmp_path: Path) -> None:
    lay_out(tmp_path, {"kim/concepts.ipynb": notebook(), "kim/diary\n.txt": b"", "kim/softmax_regression.html": b"x"})
    (tmp_path / "empty").mkdir()
    intake = read_class(tmp_path, COURSE, LIMITS)
    assert "Submit softmax_regression.ipynb" in reasons(intake)["kim", SOFTMAX]
    assert len(intake.submissions) == 1
    text = "\n".join(intake.warnings)
    assert f"{CONCEPTS} or {OTHER}" in text and "diary\N{REPLACEMENT CHARACTER}.txt" in text
    assert "empty: nothing" in text


def test_work_for_an_exercise_that_cannot_be_loaded_is_taken_for_no_other(tmp_path: Path) -> None:
    broken = {key: CourseError("exercise.toml", "is wrong") for key in (CONCEPTS, "homl/ch03/digits")}
    left = {key: each for key, each in COURSE.exercises.items() if key not in broken}
    course = COURSE.model_copy(update={"exercises": left, "broken": broken})
    lay_out(
        tmp_path,
        {
            "kim/homl/ch01/concepts.ipynb": notebook("a"),
            "kim/keras/ch01/concepts.ipynb": notebook("b"),
            "kim/digits.ipynb": notebook(),
            "lee/digits.ipynb": notebook(),
            "park.zip": packed({"digits.ipynb": notebook(), "../evil.py": b""}),
        },
    )
    intake = read_class(tmp_path, course, LIMITS)
    assert {key: s.invalid for key, s in by_key(intake).items()} == {("kim", OTHER): None}
    assert b'"b"' in intake.submissions[0].main
    assert intake.broken == (CONCEPTS, "homl/ch03/digits")
    text = "\n".join(intake.warnings)
    assert f"kim: homl/ch01/concepts.ipynb is not graded, since {CONCEPTS} cannot be loaded" in text
    assert "lee: digits.ipynb is not graded" in text and "belongs to no exercise" not in text
    (told,) = {
        reason for key, reason in reasons(read_class(tmp_path, course, LIMITS, exercise=ONE)).items() if key[0] == "lee"
    }
    assert "There is no softmax_regression.ipynb" in told


def test_an_export_beside_the_notebook_does_no_harm(tmp_path: Path) -> None:
    files = {"kim/softmax_regression.ipynb": notebook(), "kim/softmax_regression.html": b"<html>"}
    intake = read_class(lay_out(tmp_path, files), COURSE, LIMITS)
    assert reasons(intake) == {("kim", SOFTMAX): ""}
    assert intake.warnings == ("kim: softmax_regression.html is not graded, .ipynb is",)


def test_links_are_never_followed(tmp_path: Path) -> None:
    secret = lay_out(tmp_path / "elsewhere", {"homl/ch04/softmax_regression.ipynb": notebook("secret")})
    room = lay_out(tmp_path / "class", {"park/homl/ch02/scaler_clone.py": b"x = 1"})
    (room / "kim").mkdir()
    (room / "kim" / "softmax_regression.ipynb").symlink_to(secret / "homl/ch04/softmax_regression.ipynb")
    (room / "lee").symlink_to(secret)
    (room / "park" / "homl" / "ch04").symlink_to(secret / "homl" / "ch04")
    (room / "choi").mkdir()
    (room / "choi" / "scaler_clone.py").symlink_to("/dev/zero")
    (room / "jung.zip").symlink_to("/dev/zero")
    intake = read_class(room, COURSE, LIMITS)
    told = reasons(intake)
    assert not any(b"secret" in submission.main for submission in intake.submissions)
    for name, key in (("kim", SOFTMAX), ("lee", SOFTMAX), ("park", SOFTMAX), ("choi", SCALER), ("jung", SOFTMAX)):
        assert "is a link" in told[name, key]
    assert told["park", SCALER] == ""
    assert "is a link" in reasons(read_class(room, COURSE, LIMITS, exercise=ONE))["kim", SOFTMAX]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_and_folders_in_place_of_files_are_refused_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "kim").mkdir()
    os.mkfifo(tmp_path / "kim" / "softmax_regression.ipynb")
    (tmp_path / "lee" / "softmax_regression.ipynb").mkdir(parents=True)
    os.mkfifo(tmp_path / "park.zip")
    told = reasons(read_class(tmp_path, COURSE, LIMITS))
    assert "ordinary file" in told["kim", SOFTMAX]
    assert "is a folder" in told["lee", SOFTMAX]
    assert "ordinary file" in told["park", SOFTMAX]


def test_one_bad_archive_costs_only_the_exercises_that_it_names(tmp_path: Path) -> None:
    bad = packed({"homl/ch04/softmax_regression.ipynb": notebook(), "../../evil.py": b""})
    lay_out(tmp_path, {"kim.zip": bad, "lee.zip": b"PK damaged", "park/softmax_regression.ipynb": notebook()})
    told = reasons(read_class(tmp_path, COURSE, LIMITS))
    assert "leads out" in told["kim", SOFTMAX] and ("kim", SCALER) not in told
    assert {key for name, key in told if name == "lee"} == set(COURSE.exercises)
    assert told["park", SOFTMAX] == ""


def test_too_many_files_or_levels_refuse_one_student_only(tmp_path: Path) -> None:
    lay_out(tmp_path, {f"kim/{i}.txt": b"" for i in range(30)})
    lay_out(tmp_path, {"lee/" + "d/" * 30 + "a.txt": b"", "park/softmax_regression.ipynb": notebook()})
    told = reasons(read_class(tmp_path, COURSE, LIMITS))
    assert "more than 20 files" in told["kim", SOFTMAX] and "nested too deeply" in told["lee", SOFTMAX]
    assert told["park", SOFTMAX] == ""


def test_extras_count_towards_the_total(tmp_path: Path) -> None:
    folder = "kim/homl/ch04/softmax_regression"
    extras = {f"{folder}/{i}.bin": bytes(900_000) for i in range(3)}
    told = reasons(read_class(lay_out(tmp_path, {f"{folder}/softmax_regression.ipynb": notebook(), **extras}), COURSE))
    assert "larger than 2 MB together" in told["kim", SOFTMAX]


def test_only_a_roster_makes_missing_work_a_submission(tmp_path: Path) -> None:
    lay_out(tmp_path, {"kim/softmax_regression.ipynb": notebook()})
    assert len(read_class(tmp_path, COURSE, LIMITS).submissions) == 1
    told = reasons(read_class(tmp_path, COURSE, LIMITS, roster=["kim", "lee"]))
    assert len(told) == 2 * len(COURSE.exercises)
    assert told["kim", SOFTMAX] == "" and "Nothing was submitted" in told["lee", SOFTMAX]


def test_a_class_that_is_not_there_is_our_error(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="cannot be listed"):
        read_class(tmp_path / "nowhere", COURSE, LIMITS)


def test_a_name_that_is_not_utf8_becomes_text_that_can_be_stored(tmp_path: Path) -> None:
    try:
        os.mkdir(os.fsencode(tmp_path) + b"/k\xffm")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (tmp_path / os.fsdecode(b"k\xffm") / "softmax_regression.ipynb").write_bytes(notebook())
    (submission,) = read_class(tmp_path, COURSE, LIMITS).submissions
    assert submission.student.encode("utf-8") and submission.invalid is None


def test_a_single_submission_may_be_a_file_a_folder_or_an_archive(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "mine.ipynb": notebook(),
            "folder/softmax_regression.ipynb": notebook(),
            "folder/homl/ch02/scaler_clone.py": b"",
            "pack.zip": packed({"x/softmax_regression.ipynb": notebook()}),
            "wrong.docx": b"PK",
        },
    )
    for name in ("mine.ipynb", "folder", "pack.zip"):
        submission = read_submission(tmp_path / name, ONE, LIMITS)
        assert submission.invalid is None and submission.student == Path(name).stem
    for name, words in (("wrong.docx", "not the kind of file"), ("nothing.ipynb", "Nothing was submitted")):
        refused = read_submission(tmp_path / name, ONE, LIMITS, student="kim")
        assert refused.invalid is not None and words in refused.invalid.en and refused.student == "kim"


def test_a_digest_tells_apart_what_files_say_and_where_they_end(tmp_path: Path) -> None:
    from grader.intake.reading import digest

    assert digest("a", b"bc", {}) != digest("ab", b"c", {})
    assert digest("a", b"", {"x": b"y", "z": b""}) != digest("a", b"", {"x": b"", "yz": b""})
    assert digest("a", b"", {"x": b"1", "y": b"2"}) == digest("a", b"", {"y": b"2", "x": b"1"})


pieces = st.sampled_from(
    ["homl", "ch04", "softmax_regression.ipynb", "Concepts.ipynb", "..", ".", "", "a:b", "{0}", "한.py"]
)


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.lists(pieces, min_size=1, max_size=5).map("/".join).filter(bool), st.binary(max_size=40), max_size=5
    )
)
def test_no_archive_of_strange_names_stops_a_class(files: dict[str, bytes]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "kim.zip").write_bytes(packed(files))
        for only in (None, ONE):
            for submission in read_class(Path(place), COURSE, LIMITS, exercise=only).submissions:
                assert submission.exercise_id in COURSE.exercises
                assert submission.invalid is None or (submission.main == b"" and submission.invalid.ko)
