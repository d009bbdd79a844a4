"""What a release writes, what it removes, and that it holds nothing but what was chosen."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from grader.course import Course, Exercise, check_release, init_course, load_course, write_new_exercise
from grader.course.models import Profile
from grader.errors import CourseError, GraderError
from tests.support import release_unasked

ONE, TWO = "intro/unit1/first-steps", "intro/unit1/second-steps"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    root = init_course(tmp_path / "course")
    write_new_exercise(load_course(root), ONE, "notebook")
    write_new_exercise(load_course(root), TWO, "module")
    return load_course(root)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_release_holds_starters_visible_checks_and_an_index(course: Course) -> None:
    release_unasked(course)
    assert names(course.root / "exercises") == [
        "README.md",
        "intro/README.md",
        "intro/unit1/README.md",
        "intro/unit1/first_steps/answers.json",
        "intro/unit1/first_steps/exercise.json",
        "intro/unit1/first_steps/first_steps.ipynb",
        "intro/unit1/first_steps/test_visible.py",
        "intro/unit1/second_steps/answers.json",
        "intro/unit1/second_steps/exercise.json",
        "intro/unit1/second_steps/second_steps.py",
        "intro/unit1/second_steps/test_visible.py",
    ]
    assert "(intro/unit1/first_steps/first_steps.ipynb)" in (course.root / "exercises/README.md").read_text("utf-8")
    assert check_release(course) == []


def test_a_unit_says_what_it_trains_and_lists_its_exercises(course: Course) -> None:
    (course.root / "solutions/intro/unit1/unit.toml").write_text(
        'title = { en = "First things", ko = "첫걸음" }\n'
        'trains = { en = "Arrays and\\nlists.", ko = "배열과 리스트를 다뤄요." }\n',
        "utf-8",
    )
    course = load_course(course.root)
    release_unasked(course)
    exercises = course.root / "exercises"
    unit = (exercises / "intro/unit1/README.md").read_text("utf-8")
    assert unit.startswith("# First things · 첫걸음\n")
    assert "\nArrays and lists.\n" in unit and "\n배열과 리스트를 다뤄요.\n" in unit
    assert "](first_steps/first_steps.ipynb) | " in unit and "함수" in unit
    assert "(unit1/first_steps/first_steps.ipynb)" in (exercises / "intro/README.md").read_text("utf-8")
    assert "[First things · 첫걸음](intro/unit1/README.md)" in (exercises / "README.md").read_text("utf-8")
    for page in exercises.rglob("README.md"):
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).is_file(), f"{page}: {target}"
    release_unasked(course, lang="ko")
    korean = (exercises / "intro/unit1/README.md").read_text("utf-8")
    assert "첫걸음" in korean and "First things" not in korean and "Arrays" not in korean


def test_a_mistake_in_a_unit_is_named(course: Course) -> None:
    (course.root / "solutions/intro/unit1/unit.toml").write_text('titel = "x"\n', "utf-8")
    with pytest.raises(CourseError, match=r"unit\.toml"):
        load_course(course.root).exercise(ONE)


def test_nothing_of_a_solution_hidden_check_or_mutant_is_released(course: Course) -> None:
    text = "".join(path.read_text("utf-8") for path in release_unasked(course))
    for secret in ("positive.mean()", "values.tolist()", "test_no_positive_entry", "rng", "mean of all entries"):
        assert secret not in text
    metadata = json.loads((course.exercise(ONE).release_dir / "exercise.json").read_text("utf-8"))
    assert set(metadata) == {
        *("id", "title", "form", "kind", "points", "minutes", "requires", "defines", "limits", "data"),
    }


def test_a_second_release_changes_no_byte(course: Course) -> None:
    before = {path: path.read_bytes() for path in release_unasked(course)}
    assert {path: path.read_bytes() for path in release_unasked(course)} == before


def test_differences_are_told_and_mended(course: Course) -> None:
    release_unasked(course)
    exercises = course.root / "exercises"
    (exercises / "intro/unit1/first_steps/test_visible.py").write_text("x\n", "utf-8")
    (exercises / "intro/unit1/second_steps/second_steps.py").unlink()
    (exercises / "intro/unit1/first_steps/old.csv").write_text("", "utf-8")
    (exercises / "gone/unit").mkdir(parents=True)
    (exercises / "gone/unit/exercise.json").write_text("{}", "utf-8")
    (exercises / ".ipynb_checkpoints").mkdir()
    (exercises / ".ipynb_checkpoints/mine.ipynb").write_text("", "utf-8")
    assert check_release(course) == [
        "exercises/gone/unit/exercise.json: does not belong to any exercise",
        "exercises/intro/unit1/first_steps/old.csv: does not belong to any exercise",
        "exercises/intro/unit1/first_steps/test_visible.py: differs from its source from line 1",
        "exercises/intro/unit1/second_steps/second_steps.py: missing",
    ]
    assert check_release(course, ["intro/unit1/second-steps"]) == [
        "exercises/intro/unit1/second_steps/second_steps.py: missing"
    ]
    release_unasked(course)
    assert check_release(course) == []
    assert not (exercises / "gone").exists()
    assert (exercises / ".ipynb_checkpoints/mine.ipynb").exists()


def test_releasing_one_exercise_leaves_the_others_alone(course: Course) -> None:
    release_unasked(course)
    other = course.exercise(TWO).release_dir / "second_steps.py"
    other.write_text("changed", "utf-8")
    release_unasked(course, [ONE])
    assert other.read_text("utf-8") == "changed"


def test_another_folder_is_never_cleared(course: Course, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("keep", "utf-8")
    release_unasked(course, lang="ko", out=out)
    assert (out / "mine.txt").read_text("utf-8") == "keep"
    prompt = (out / "intro/unit1/second_steps/second_steps.py").read_text("utf-8")
    assert "양수의 평균" in prompt and "positive entries" not in prompt.replace("positive entries greater", "")


def test_a_link_in_the_release_is_replaced_and_not_written_through(course: Course, tmp_path: Path) -> None:
    release_unasked(course)
    outside = tmp_path / "outside.py"
    outside.write_text("keep", "utf-8")
    path = course.exercise(TWO).release_dir / "second_steps.py"
    path.unlink()
    path.symlink_to(outside)
    assert check_release(course) == ["exercises/intro/unit1/second_steps/second_steps.py: missing"]
    release_unasked(course)
    assert outside.read_text("utf-8") == "keep" and not path.is_symlink()


def with_data(course: Course) -> Course:
    path = course.exercise(ONE).source_dir / "exercise.toml"
    text = path.read_text("utf-8").replace(
        "requires = []", 'requires = []\ndata = [{ name = "a.csv", source = "toy" }]'
    )
    path.write_text(text, "utf-8")
    return load_course(course.root)


def test_public_data_comes_from_the_provider(course: Course) -> None:
    def provide(exercise: Exercise, profile: Profile, into: Path) -> None:
        assert profile == "small"
        (into / "a.csv").write_text("1,2\n", "utf-8")
        (into / "labels.csv").write_text("not listed", "utf-8")

    course = with_data(course)
    release_unasked(course, provide_data=provide)
    assert names(course.exercise(ONE).release_dir / "data") == ["a.csv"]
    assert check_release(course, provide_data=provide) == []


def test_data_without_a_provider_or_file_is_our_error(course: Course) -> None:
    course = with_data(course)
    with pytest.raises(GraderError, match="provide_data"):
        release_unasked(course)
    with pytest.raises(CourseError, match=r"makes no file 'a\.csv'"):
        release_unasked(course, provide_data=lambda exercise, profile, into: None)


def test_a_students_copy_cannot_be_released(course: Course) -> None:
    release_unasked(course)
    (course.root / "solutions").rename(course.root / "hidden")
    with pytest.raises(GraderError, match="has no solutions/"):
        release_unasked(load_course(course.root))


@pytest.mark.parametrize("id", ["single", "Upper/case", "a//b", "../a/b", "a/b c", ""])
def test_a_skeleton_refuses_what_is_not_an_id(course: Course, id: str) -> None:
    with pytest.raises(CourseError, match="is not an id"):
        write_new_exercise(course, id)


def test_skeletons_overwrite_nothing(course: Course) -> None:
    with pytest.raises(CourseError, match="exists already"):
        write_new_exercise(course, "intro/unit1/first_steps")
    with pytest.raises(GraderError, match="there is a course already"):
        init_course(course.root)


@pytest.mark.parametrize("name", ['we"ird\\n', "한글 과정", "...", "a b"])
def test_a_course_can_be_made_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    assert load_course(init_course(tmp_path / name)).exercises == {}
