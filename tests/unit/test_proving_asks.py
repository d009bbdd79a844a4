"""A check quotes the prompt: what is not in the starter of a language is named, wherever students would read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import load_course
from grader.course.check_discovery import find_checks
from grader.course.models import Exercise
from grader.proving.asks import read_by_students, unasked
from grader.proving.validate import _problems
from grader.sandbox import choose_backend
from grader.vocabulary import LANGS
from tests.tiny_course import write_tiny_course

SOLUTION = '''# %% [markdown] lang="en"
# # Means
#
# `mean(x)` returns the mean of a list,
# also of a **single** number. Write `mean` and `guess`.

# %% [markdown] lang="ko"
# # 평균
#
# `mean(x)`는 리스트의 평균을 돌려줘요.
# 수가 **하나**여도 마찬가지예요. `mean`과 `guess`를 작성하세요.

# %%
# guess is judged on numbers
# that nobody has seen.
history = [3.0, 2.0, 1.0]

def mean(x):
    """Sum up, and divide
    by how many there are.
    """
    # SOLUTION
    return sum(x) / len(x)  # never an empty list
    # END SOLUTION

# %% tags=["solution-only"]
# for instructors alone
def guess(x):
    return int(x > 0)
'''
CHECK = '''

@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.points(1)
def test_quoted(n, submission):
    """A title.

    ko: 제목.
    {asks}
    """
'''


def tiny(root: Path, asks: str, form: str = "module", languages: str = "") -> Exercise:
    """The exercise of the tiny course with another prompt and one more check."""
    write_tiny_course(root, "mean")
    folder = root / "solutions/one/u1/mean"
    (folder / "solution.py").write_text(SOLUTION, "utf-8")
    with (folder / "test_hidden.py").open("a", encoding="utf-8") as file:
        file.write(CHECK.replace("{asks}", asks))
    toml = (folder / "exercise.toml").read_text("utf-8").replace('form = "module"', f'form = "{form}"')
    (folder / "exercise.toml").write_text(toml, "utf-8")
    course = root / "course.toml"
    course.write_text(course.read_text("utf-8").replace("[tracks]", f"{languages}\n[tracks]"), "utf-8")
    return load_course(root).exercise("one/u1/mean")


@pytest.mark.parametrize("form", ["module", "notebook"])
@pytest.mark.parametrize(
    ("en", "ko"),
    [
        ("`mean(x)` returns the mean", "`mean(x)`는 리스트의 평균을"),
        ("a list, also of a **single** number", "돌려줘요. 수가 **하나**여도"),
        ("judged on numbers that nobody has seen.", "judged on numbers that nobody has seen."),
        ("Sum up, and divide by how many", "Sum up, and divide by how many"),
        ("history = [3.0, 2.0, 1.0]", "history = [3.0, 2.0, 1.0]"),
    ],
)
def test_what_students_read_may_be_quoted(form: str, en: str, ko: str, tmp_path: Path) -> None:
    assert unasked(tiny(tmp_path, f"asks: {en}\n    asks-ko: {ko}", form), LANGS) == []


@pytest.mark.parametrize("form", ["module", "notebook"])
@pytest.mark.parametrize(
    ("en", "ko", "said"),
    [
        (
            "returns the median",
            "리스트의 평균",
            "asks: “returns the median” is not in the English prompt; quote the prompt",
        ),
        (
            "the mean of a list",
            "리스트의 중앙값",
            "asks-ko: “리스트의 중앙값” is not in the Korean prompt; quote the prompt",
        ),
        ("리스트의 평균을", "리스트의 평균을", "asks: “리스트의 평균을” is not in the English prompt"),
        ("the mean of a list", "the mean of a list", "asks-ko: “the mean of a list” is not in the Korean prompt"),
        ("never an empty list", "리스트의 평균", "asks: “never an empty list” is not in the English prompt"),
        ("for instructors alone", "리스트의 평균", "asks: “for instructors alone” is not in the English prompt"),
        ("return sum(x)", "리스트의 평균", "asks: “return sum(x)” is not in the English prompt"),
    ],
)
def test_what_no_prompt_says_is_named_once(form: str, en: str, ko: str, said: str, tmp_path: Path) -> None:
    exercise = tiny(tmp_path, f"asks: {en}\n    asks-ko: {ko}", form)
    (found,) = unasked(exercise, LANGS)
    line = find_checks(exercise.source_dir)["test_quoted"].line
    assert found.startswith(f"{exercise.source_dir / 'test_hidden.py'}:{line}: check 'test_quoted': {said}")


@pytest.mark.parametrize(
    ("languages", "asks", "said"),
    [
        ('languages = ["en"]', "asks: the mean of a list", ""),
        ('languages = ["ko"]', "asks-ko: 리스트의 평균", ""),
        ('languages = ["ko"]', "asks: the mean of a list", "asks-ko: is missing"),
        ("", "asks: the mean of a list", "asks-ko: is missing; quote the piece of the Korean prompt"),
        ("", "asks-ko: 리스트의 평균", "asks: is missing; quote the piece of the English prompt"),
    ],
)
def test_a_quotation_is_in_the_languages_of_the_course(languages: str, asks: str, said: str, tmp_path: Path) -> None:
    exercise = tiny(tmp_path, asks, languages=languages)
    found = unasked(exercise, load_course(tmp_path).languages)
    assert len(found) == bool(said) and said in "".join(found)


def test_every_check_of_an_exercise_with_mutants_must_quote(tmp_path: Path) -> None:
    exercise = tiny(tmp_path, "")
    found = unasked(exercise, LANGS)
    assert [each.partition(": check ")[2] for each in found] == [
        f"'test_quoted': {entry}: is missing; quote the piece of the {language} prompt that the check rests on"
        for entry, language in (("asks", "English"), ("asks-ko", "Korean"))
    ]
    assert unasked(exercise.model_copy(update={"mutant": []}), LANGS) == []


def test_the_text_of_a_starter_has_no_comment_signs_or_headers(tmp_path: Path) -> None:
    text = read_by_students(tiny(tmp_path, ""), "en")
    assert text.startswith("# Means `mean(x)` returns") and "%%" not in text and "평균을" not in text
    assert "Write your code here" in text


def test_a_helper_that_says_so_is_no_check(tmp_path: Path) -> None:
    exercise = tiny(tmp_path, "")
    before = len(unasked(exercise, LANGS))
    with (exercise.source_dir / "test_hidden.py").open("a", encoding="utf-8") as file:
        file.write("\n\ndef test_rows():\n    return 3\n\n\ntest_rows.__test__ = False\n")
    assert "test_rows" not in find_checks(exercise.source_dir)
    assert len(unasked(exercise, LANGS)) == before


def test_validation_names_it_among_the_problems(tmp_path: Path) -> None:
    exercise = tiny(tmp_path, "asks: returns the median\n    asks-ko: 리스트의 평균")
    found = _problems(load_course(tmp_path), exercise, choose_backend(trust=True))
    assert sum("“returns the median” is not in the English prompt" in each for each in found) == 1
