"""The command line itself: help, errors, finding exercises, start-up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.cli.app import app
from grader.cli.common import exercise_of_file, pick_exercises, safe
from grader.course.ids import clean_id, stands_for
from grader.course.models import Bilingual, Course, Exercise
from grader.errors import GraderError

COMMANDS = [
    "grade", "batch", "check", "release", "init", "calibrate", "validate", "doctor", "demo",
    "new exercise", "data list", "data fetch",
]  # fmt: skip


def invoke(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200", "NO_COLOR": "1"})
    return result.exit_code, result.output


def a_course(*ids: str) -> Course:
    exercises = {
        key: Exercise(id=key, title=Bilingual(en=key, ko=key), form="notebook", kind=["function"], points=1)
        for key in ids
    }
    return Course(name="c", title=Bilingual(en="C", ko="씨"), exercises=exercises)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    code, output = invoke(*command.split(), "--help")
    assert code == 0
    assert "Usage:" in output


def test_help_names_every_command() -> None:
    code, output = invoke("--help")
    assert code == 0
    assert all(command.split()[0] in output for command in COMMANDS)
    assert "--install-completion" in output


def test_no_heavy_package_is_imported_for_help() -> None:
    code = (
        "import sys; from grader.cli.app import app; "
        "sys.exit(' '.join(sorted({'numpy','pandas','sklearn','tensorflow','matplotlib','pytest','sqlalchemy',"
        "'nbformat','jupytext','pydantic'} & set(sys.modules))) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_outside_a_course_the_error_is_one_sentence_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = invoke("release")
    assert code == 2
    assert "course.toml" in output
    assert "grader init" in output
    assert "Traceback" not in output


def test_a_broken_course_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text('name = "c"\ntitle = { en = "C", ko = "C" }\nnonsense = 1\n')
    code, output = invoke("validate", "--course", str(tmp_path))
    assert code == 2
    assert "course.toml:3" in output


def test_a_new_course_is_not_made_over_an_old_one(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text("")
    code, output = invoke("init", str(tmp_path))
    assert code == 2
    assert "already" in output


def test_units_and_tracks_stand_for_all_their_exercises() -> None:
    course = a_course("homl/ch02/a", "homl/ch02/b", "homl/ch20/c", "pyml/d")
    ids = lambda *asked: [e.id for e in pick_exercises(course, list(asked))]  # noqa: E731
    assert ids("homl/ch02") == ["homl/ch02/a", "homl/ch02/b"]
    assert ids("pyml", "homl/ch20/c") == ["homl/ch20/c", "pyml/d"]
    assert ids() == list(course.exercises)


@pytest.mark.parametrize(
    "written",
    [
        "homl/ch04/softmax_regression",
        "solutions/homl/ch04/softmax_regression/",
        "./exercises/homl/ch04/softmax-regression",
    ],
)
def test_an_id_may_be_written_as_its_folder(written: str) -> None:
    assert clean_id(written) == "homl/ch04/softmax-regression"
    assert stands_for(written, "homl/ch04/softmax-regression")
    assert not stands_for(written, "homl/ch04/softmax")


def test_an_unknown_id_gets_an_offer() -> None:
    with pytest.raises(GraderError, match="did you mean homl/ch04/softmax-regression"):
        pick_exercises(a_course("homl/ch04/softmax-regression", "pyml/x"), ["homl/ch4/softmax-regresion"])


def test_a_file_is_known_by_its_place_then_by_its_name(tmp_path: Path) -> None:
    course = a_course("homl/ch04/softmax-regression", "other/ch01/softmax-regression", "homl/ch05/margins")
    assert exercise_of_file(course, tmp_path / "margins.ipynb").id == "homl/ch05/margins"
    there = tmp_path / "kim" / "other" / "ch01" / "softmax_regression.ipynb"
    assert exercise_of_file(course, there).id == "other/ch01/softmax-regression"
    with pytest.raises(GraderError, match="several exercises"):
        exercise_of_file(course, tmp_path / "softmax-regression.ipynb")
    with pytest.raises(GraderError, match="--exercise"):
        exercise_of_file(course, tmp_path / "essay.ipynb")


def test_hostile_text_is_shown_as_one_plain_line() -> None:
    assert safe("\x1b[31m[bold]red[/]\n\x07next") == "\\[bold]red\\[/] \ufffdnext"
