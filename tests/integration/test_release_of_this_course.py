"""What is committed under ``exercises/`` is what the sources build, and nothing of a solution is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import Course, Exercise, check_release, find_checks, load_course, read_source, release
from grader.course.answers import ANSWERS_FILE, puts_questions
from grader.course.regions import BEGIN, END, STUB
from grader.datasets.public import provide_data


@pytest.fixture(scope="module")
def course(root: Path) -> Course:
    return load_course(root)


@pytest.fixture(scope="module")
def released(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh build of what students get."""
    out = tmp_path_factory.mktemp("released")
    release(course, out=out, provide_data=provide_data)
    return out


def solution_lines(exercise: Exercise) -> set[str]:
    """Lines of code that stand only in regions or in cells that are left out; short ones say nothing."""
    secret, open_text = set(), ""
    for cell in read_source(exercise).cells:
        inside = not cell.released
        for line in cell.text.split("\n"):
            stripped = line.strip()
            if stripped in (BEGIN, END):
                inside = stripped == BEGIN
            elif stripped.startswith(STUB) or not inside or cell.kind == "markdown":
                open_text += line + "\n"
            elif len(stripped) >= 16:
                secret.add(stripped)
    return {line for line in secret if line not in open_text}


def texts(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in folder.iterdir() if path.is_file())


def test_what_is_committed_is_what_the_sources_build(course: Course) -> None:
    assert check_release(course, provide_data=provide_data) == []


def test_no_line_of_a_solution_is_released(course: Course, released: Path) -> None:
    found = {}
    for exercise in course.exercises.values():
        text = texts(released / exercise.folder).replace('\\"', '"').replace("\\\\", "\\")
        leaked = sorted(line for line in solution_lines(exercise) if line in text)
        if leaked:
            found[exercise.id] = leaked
    assert found == {}


def test_no_hidden_check_is_released(course: Course, released: Path) -> None:
    for exercise in course.exercises.values():
        text = texts(released / exercise.folder)
        hidden = [check.name for check in find_checks(exercise.source_dir).values() if not check.visible]
        for name in hidden:
            assert name not in text, f"{exercise.id}: {name!r}"


def test_only_the_files_that_students_need_are_released(course: Course, released: Path) -> None:
    for exercise in course.exercises.values():
        folder = released / exercise.folder
        names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        main = exercise.name + exercise.suffix
        answers = {ANSWERS_FILE} if puts_questions(exercise) else set()
        data = {f"data/{item.name}" for item in exercise.data}
        assert names == {main, "test_visible.py", "exercise.json"} | answers | data


def test_a_release_in_one_language_has_no_prompt_in_the_other(course: Course, tmp_path: Path) -> None:
    exercise = next(iter(course.exercises.values()))
    release(course, [exercise.id], "en", tmp_path, provide_data=provide_data)
    english = (tmp_path / exercise.folder / (exercise.name + exercise.suffix)).read_text("utf-8")
    korean_prompts = [cell.text for cell in read_source(exercise).cells if cell.lang == "ko"]
    assert korean_prompts and not any(prompt.split("\n")[0] in english for prompt in korean_prompts)
