"""What a course says about GPUs, and what students and instructors read about them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course import load_course
from grader.course.release import public_metadata
from grader.errors import CourseError
from grader.grading.grade import GRADE, Grade
from grader.grading.grade_one import WITHOUT_GPU_NOTE
from grader.reporting import write_reports
from grader.running.run import Run
from grader.sandbox import GpuUse
from grader.vocabulary import Lang, Outcome, Text
from tests.support import make_exercise

EXERCISE = """
id = "t/{name}"
title = {{ en = "Deep", ko = "심층" }}
form = "notebook"
kind = ["function"]
points = 1
{more}
"""


def make_course(root: Path, own: str, **exercises: str) -> Path:
    (root / "course.toml").write_text(f'name = "c"\ntitle = {{ en = "C", ko = "씨" }}\n{own}\n', "utf-8")
    for name, more in exercises.items():
        folder = root / "solutions/t" / name
        folder.mkdir(parents=True)
        (folder / "exercise.toml").write_text(EXERCISE.format(name=name, more=more), "utf-8")
        (folder / "solution.py").write_text("# %%\n# SOLUTION\na = 1\n# END SOLUTION\n")
        (folder / "test_visible.py").write_text(
            "def test_a(submission, expect):\n    expect.same(submission['a'], 1)\n"
        )
    return root


def test_an_exercise_asks_for_a_gpu_and_a_course_may_for_all(tmp_path: Path) -> None:
    course = load_course(make_course(tmp_path, "gpu = true", plain="", without="gpu = false"))
    assert course.exercise("t/plain").gpu and not course.exercise("t/without").gpu


def test_the_backend_of_keras_is_chosen_by_the_course_or_the_exercise(tmp_path: Path) -> None:
    course = load_course(make_course(tmp_path, 'keras_backend = "torch"', plain="", other='keras_backend = "jax"'))
    assert course.exercise("t/plain").keras_backend == "torch" and course.exercise("t/other").keras_backend == "jax"


def test_a_backend_that_keras_does_not_have_is_refused_by_name_and_line(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="keras_backend"):
        load_course(make_course(tmp_path, "", plain='keras_backend = "mxnet"')).exercise("t/plain")


def test_students_get_the_requirement_with_the_exercise_and_others_get_no_new_line() -> None:
    asked = json.loads(public_metadata(make_exercise(gpu=True)))
    assert asked["gpu"] is True
    assert not {"gpu", "keras_backend"} & set(json.loads(public_metadata(make_exercise())))


def test_only_what_asks_for_a_gpu_changes_its_profile_without_one(tmp_path: Path) -> None:
    course = load_course(make_course(tmp_path, 'profile = "full"', deep="gpu = true", flat=""))
    deep, flat = course.exercise("t/deep"), course.exercise("t/flat")
    assert course.as_run(deep, False).profile == "small"
    assert course.as_run(deep, True).profile == course.as_run(flat, False).profile == "full"


def a_grade(**values: object) -> Grade:
    run = Run(Outcome.PASSED, Text(""), True, (), {}, 1.0)
    blank = Grade("ada", "t/deep", "d", "task", Outcome.PASSED, 1.0, 1.0, run=run)
    return replace(blank, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_student_reads_that_there_was_no_gpu(tmp_path: Path, lang: Lang) -> None:
    course = load_course(make_course(tmp_path, "", deep="gpu = true"))
    write_reports(course, [a_grade(notes=(WITHOUT_GPU_NOTE,))], tmp_path / "out", lang)
    (page,) = (tmp_path / "out/students").glob("*.html")
    assert WITHOUT_GPU_NOTE[lang].split(".")[0] in page.read_text("utf-8")


@pytest.mark.parametrize("memory", [1536.0, None])
def test_an_instructor_reads_which_gpu_was_used_and_how_much_of_it(tmp_path: Path, memory: float | None) -> None:
    course = load_course(make_course(tmp_path, "", deep="gpu = true"))
    run = Run(Outcome.PASSED, Text(""), True, (), {}, 1.0, gpu=GpuUse("Stand-in 0", 0.5, 42.0, memory))
    page = write_reports(course, [a_grade(run=run)], tmp_path / "out", "en").read_text("utf-8")
    assert "Stand-in 0" in page and "42 s" in page
    assert ("1,536" in page) == (memory is not None)


@pytest.mark.parametrize("memory", [1536.5, None])
def test_what_was_used_survives_being_written_down(memory: float | None) -> None:
    use = GpuUse("Stand-in 0", 0.5, 42.0, memory)
    written = a_grade(run=Run(Outcome.PASSED, Text(""), True, (), {}, 1.0, gpu=use), notes=(WITHOUT_GPU_NOTE,))
    assert GRADE.loads(GRADE.dumps(written)) == written


def test_a_grade_from_before_there_were_gpus_can_be_read() -> None:
    data = json.loads(GRADE.dumps(a_grade()))
    del data["notes"], data["run"]["gpu"]
    assert GRADE.from_data(data) == a_grade()
