"""A course in one language needs its texts in that one, and what students get and read is in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.checking.docstrings import read_docstring
from grader.checking.plugin import titled
from grader.cli.app import app
from grader.course import build_starter, check_release, load_course, release
from grader.course.models import Course
from grader.errors import CourseError, GraderError
from grader.vocabulary import LANGS, Lang, Text
from tests.tiny_course import write_tiny_course

ID = "one/u1/mean"
KOREAN = re.compile("[가-힣]")
UNIT = 'title = { en = "Unit", ko = "단원" }\ntrains = { en = "Means.", ko = "평균을 낸다." }\n'
TOLD = 'told = { en = "This divides by one too few.", ko = "하나 적은 수로 나눴어요." }'
OTHER: dict[Lang, Lang] = {"en": "ko", "ko": "en"}


def in_language(root: Path, lang: Lang | None) -> Path:
    """The tiny course with prompts and texts in both languages, or with nothing but one."""
    write_tiny_course(root, "mean")
    folder = root / "solutions/one/u1/mean"
    (root / "solutions/one/u1/unit.toml").write_text(UNIT, "utf-8")
    exercise = folder / "exercise.toml"
    exercise.write_text(exercise.read_text("utf-8").replace("costs = 2", TOLD), "utf-8")
    if lang is None:
        return root
    other = OTHER[lang]
    for path in root.rglob("*.toml"):
        text = re.sub(rf'\b{other} = "[^"]*"(, )?', "", path.read_text("utf-8"))
        if path.name == "course.toml":
            text = text.replace("[tracks]", f'languages = ["{lang}"]\n[tracks]')
        path.write_text(re.sub(r",\s*}", " }", text), "utf-8")
    return root


def released(course: Course) -> str:
    """All that students get but the visible checks, whose titles are as their author wrote them."""
    files = sorted(path for path in (course.root / "exercises").rglob("*") if path.is_file())
    return "\n".join(path.read_text("utf-8") for path in files if path.name != "test_visible.py")


@pytest.mark.parametrize("lang", LANGS)
def test_one_language_suffices_and_what_students_get_is_in_it(lang: Lang, tmp_path: Path) -> None:
    course = load_course(in_language(tmp_path, lang))
    assert course.only_language == lang
    release(course)
    told = released(course)
    assert bool(KOREAN.search(told)) == (lang == "ko")
    assert bool(re.search("Write `mean`|Write your code|Exercise|Built from|Means", told)) == (lang == "en")
    assert ("평균" in told) == (lang == "ko")
    assert check_release(course) == check_release(course, lang=lang) == []
    written = json.loads((tmp_path / "exercises/one/u1/mean/exercise.json").read_text("utf-8"))
    assert list(written["title"]) == [lang]


def test_a_course_in_both_is_as_it_was(tmp_path: Path) -> None:
    course = load_course(in_language(tmp_path, None))
    assert course.only_language is None
    release(course)
    assert "작은 과정" in released(course) and "Tiny · " in released(course)
    starter = build_starter(course.exercise(ID)).decode()
    assert "여기에 코드를 작성하세요 / Write your code here" in starter
    assert (tmp_path / "exercises/one/u1/mean/mean.py").read_text("utf-8") == starter


@pytest.mark.parametrize(
    ("file", "key", "start"),
    [
        ("course.toml", "title.ko", "title"),
        ("course.toml", "tracks.one.ko", "one"),
        ("solutions/one/u1/unit.toml", "trains.ko", "trains"),
        ("solutions/one/u1/mean/exercise.toml", "title.ko", "title"),
        ("solutions/one/u1/mean/exercise.toml", "mutant[0].told.ko", "told"),
    ],
)
def test_a_text_that_lacks_a_language_of_the_course_is_named(file: str, key: str, start: str, tmp_path: Path) -> None:
    path = in_language(tmp_path, None) / file
    text = path.read_text("utf-8")
    changed = re.sub(rf'^({start}.*?)(, )?ko = "[^"]*"', r"\1", text, count=1, flags=re.MULTILINE)
    assert changed != text
    path.write_text(changed, "utf-8")
    with pytest.raises(CourseError) as caught:
        load_course(tmp_path).exercise(ID)
    assert key in str(caught.value) and "is missing" in str(caught.value) and Path(file).name in str(caught.value)


@pytest.mark.parametrize("lang", LANGS)
def test_a_check_of_a_release_in_one_language_agrees_with_it(lang: Lang, tmp_path: Path) -> None:
    root = str(in_language(tmp_path, None))
    run = lambda *given: CliRunner().invoke(app, ["release", *given, "--course", root])  # noqa: E731
    assert run("--lang", lang).exit_code == 0
    assert run("--check", "--lang", lang).exit_code == 0
    both = run("--check")
    assert (both.exit_code, "run: grader release\n" in both.output) == (1, True)
    other = run("--check", "--lang", OTHER[lang])
    assert (other.exit_code, f"run: grader release --lang {OTHER[lang]}\n" in other.output) == (1, True)


def test_a_language_that_the_course_is_not_in_is_refused(tmp_path: Path) -> None:
    course = load_course(in_language(tmp_path, "en"))
    for ask in (
        lambda: release(course, lang="ko"),
        lambda: check_release(course, lang="ko"),
        lambda: course.language("ko"),
    ):
        with pytest.raises(GraderError, match="languages"):
            ask()
    assert course.language(None) == course.language("en") == "en"
    assert course.model_copy(update={"languages": ["ko", "en"]}).language(None) == "ko"


@pytest.mark.parametrize("lang", [*LANGS, None])
def test_a_students_own_copy_knows_its_language(lang: Lang | None, tmp_path: Path) -> None:
    course = load_course(in_language(tmp_path, lang))
    release(course)
    alone = load_course(tmp_path / "exercises/one/u1/mean")
    assert alone.languages == ([lang] if lang else list(LANGS))
    students = tmp_path / "students"
    students.mkdir()
    (tmp_path / "exercises").rename(students / "exercises")
    (students / "course.toml").write_text((tmp_path / "course.toml").read_text("utf-8"), "utf-8")
    assert load_course(students).exercise(ID).title == alone.title


def test_words_fall_back_to_the_language_that_they_have() -> None:
    assert Text("a")["ko"] == Text("a")["en"] == "a"
    assert Text(ko="가")["en"] == Text(ko="가")["ko"] == "가"
    assert Text("a", "가")["ko"] == "가"
    assert titled(read_docstring("평균을 낸다.").title, "test_mean")["ko"] == "평균을 낸다"


def test_a_students_copy_answers_in_the_courses_first_language(tmp_path: Path) -> None:
    course_file = in_language(tmp_path, None) / "course.toml"
    course_file.write_text(
        course_file.read_text("utf-8").replace("[tracks]", 'languages = ["ko", "en"]\n[tracks]'), "utf-8"
    )
    course = load_course(tmp_path)
    release(course)
    assert check_release(course) == []
    assert load_course(tmp_path / "exercises/one/u1/mean").language(None) == course.language(None) == "ko"


def test_a_students_copy_in_one_language_says_so(tmp_path: Path) -> None:
    release(load_course(in_language(tmp_path, "ko")))
    copy = load_course(tmp_path / "exercises/one/u1/mean")
    with pytest.raises(GraderError, match=r"^--lang en: this exercise is in ko only; leave --lang out$"):
        copy.language("en")
