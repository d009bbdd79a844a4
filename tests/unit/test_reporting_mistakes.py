"""Reports tell known mistakes once with their price, and quote the task where a check did not pass; names stay inside."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from grader.checking.verdict import Charge
from grader.grading.export import read_grades_json, write_grades_json
from grader.grading.grade import Grade
from grader.reporting import print_grade, render_markdown, write_class_report, write_student_report
from grader.vocabulary import LANGS, Lang, Outcome, Text
from tests import samples

COURSE = samples.course()
HEADING: dict[Lang, str] = {"en": "What went wrong", "ko": "무엇이 틀렸나요"}
PRICES: dict[Lang, tuple[str, str]] = {
    "en": ("−3 points, once", "−1 point, once"),
    "ko": ("3점 감점(한 번만)", "1점 감점(한 번만)"),
}
TASK: dict[Lang, str] = {"en": "The task: “{}”", "ko": "문제: “{}”"}


def as_page(grade: Grade, lang: Lang, folder: Path) -> str:
    """What a browser shows of the page, without its markup."""
    page = write_student_report(COURSE, grade.student, [grade], folder / "page.html", lang).read_text("utf-8")
    body = page.partition("<main>")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", body)))


def as_markdown(grade: Grade, lang: Lang, _: Path) -> str:
    return html.unescape(render_markdown(COURSE, grade.student, [grade], lang))


def as_terminal(grade: Grade, lang: Lang, _: Path) -> str:
    out = StringIO()
    exercise = COURSE.exercises.get(grade.exercise_id)
    print_grade(grade, Console(file=out, width=500, color_system=None), lang, exercise)
    return out.getvalue()


FORMS = [as_page, as_markdown, as_terminal]
View = Callable[[Grade, Lang, Path], str]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("view", FORMS)
def test_each_mistake_is_told_with_its_price(view: View, lang: Lang, tmp_path: Path) -> None:
    grade = samples.charged_grade()
    shown = view(grade, lang, tmp_path)
    for charge, price in zip(grade.charges, PRICES[lang], strict=True):
        assert re.search(re.escape(charge.told[lang]) + r" \(?" + re.escape(price), shown)
    assert "test_accuracy" not in shown  # its charge explains a hidden check


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("view", FORMS)
def test_a_check_with_all_its_points_is_not_called_partly_right(view: View, lang: Lang, tmp_path: Path) -> None:
    same, partly = {"en": ("same mistake", "partly right"), "ko": ("같은 실수", "일부 정답")}[lang]
    for points, word in ((2.0, same), (1.5, partly)):
        verdict = replace(samples.verdict(Outcome.PARTIAL), points=points, max_points=2.0)
        shown = view(samples.grade(verdicts=(verdict,), run=None), lang, tmp_path)
        line = shown[shown.index(verdict.title[lang]) - 40 :]
        assert word in line and (word == same) == (same in line)


@pytest.mark.parametrize("lang", LANGS)
def test_what_went_wrong_stands_above_the_checks(lang: Lang, tmp_path: Path) -> None:
    grade = samples.charged_grade()
    page, markdown = as_page(grade, lang, tmp_path), as_markdown(grade, lang, tmp_path)
    for shown in (page, markdown):
        title = grade.verdicts[1].title[lang]
        assert shown.index(HEADING[lang]) < shown.index(PRICES[lang][1]) < shown.rindex(title)
    assert HEADING[lang] not in as_page(samples.grade(), lang, tmp_path)
    assert HEADING[lang] not in as_markdown(samples.grade(), lang, tmp_path)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("view", FORMS)
def test_the_task_is_quoted_under_what_did_not_pass(view: View, lang: Lang, tmp_path: Path) -> None:
    grade = samples.charged_grade()
    shown = view(grade, lang, tmp_path)
    first, second = (TASK[lang].format(grade.verdicts[place].asks[lang]) for place in (1, 2))
    assert shown.count(first) == 1  # the check that passed quotes the same
    assert shown.count(second) == 2
    assert shown.index(grade.verdicts[1].title[lang]) < shown.index(first)
    assert TASK[lang].partition("“")[0] not in view(samples.grade(run=None), lang, tmp_path)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("view", FORMS)
def test_no_student_reads_the_names_of_mistakes(view: View, lang: Lang, tmp_path: Path) -> None:
    assert "KNOWN-MISTAKE" not in view(samples.charged_grade(), lang, tmp_path)


@pytest.mark.parametrize("view", FORMS)
def test_a_quotation_falls_back_to_the_language_that_it_has(view: View, tmp_path: Path) -> None:
    quoting = samples.verdict(Outcome.FAILED, asks=Text("the mean of a list"))
    assert TASK["ko"].format("the mean of a list") in view(samples.grade(verdicts=(quoting,), run=None), "ko", tmp_path)


def test_a_price_has_no_digits_that_say_nothing(tmp_path: Path) -> None:
    charge = replace(samples.charged_grade().charges[0], costs=2.5)
    assert "(−2.5 points, once)" in as_markdown(samples.charged_grade(charges=(charge,)), "en", tmp_path)


@pytest.mark.parametrize("lang", LANGS)
def test_the_class_page_counts_mistakes_by_student(lang: Lang, tmp_path: Path) -> None:
    often, seldom = samples.charged_grade().charges
    grades = [samples.charged_grade("a"), samples.charged_grade("b", charges=(often, often)), samples.grade("c")]
    page = write_class_report(COURSE, grades, tmp_path / "class.html", lang).read_text("utf-8")
    text = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page.partition('id="exercises"')[2])))
    students = {"en": ("2 students", "1 student"), "ko": ("학생 2명", "학생 1명")}[lang]
    rows = [f"{charge.told[lang]} {charge.mistake} {n}" for charge, n in zip((often, seldom), students, strict=True)]
    places = [text.index(row) for row in rows]
    assert places == sorted(places)
    head = {"en": "Frequent mistakes", "ko": "자주 나온 실수"}[lang]
    assert text.count(head) == 1
    alone = write_class_report(COURSE, [samples.grade()], tmp_path / "class.html", lang).read_text("utf-8")
    assert head not in alone


def test_the_class_page_lists_the_most_frequent(tmp_path: Path) -> None:
    told = Text("This is a mistake that is made: do not.", "이런 실수예요. 하지 마세요.")
    charges = tuple(Charge(f"slip {n:02}", told, 1.0, ()) for n in range(15))
    grades = [samples.charged_grade(f"s{k}", charges=charges[k:]) for k in range(15)]
    page = write_class_report(COURSE, grades, tmp_path / "class.html").read_text("utf-8")
    assert re.findall(r"slip \d\d", page) == [f"slip {n:02}" for n in range(14, 4, -1)]


def test_the_document_holds_charges_and_what_checks_ask(tmp_path: Path) -> None:
    grade = samples.charged_grade()
    write_grades_json(COURSE, [grade], tmp_path / "grades.json")
    (row,) = json.loads((tmp_path / "grades.json").read_text("utf-8"))["grades"]
    (again,) = read_grades_json(tmp_path / "grades.json")
    assert (again.charges, again.verdicts) == (grade.charges, grade.verdicts)
    assert [(each["mistake"], each["costs"], each["checks"]) for each in row["charges"]] == [
        (charge.mistake, charge.costs, list(charge.checks)) for charge in grade.charges
    ]
    finite = row["verdicts"][1]
    assert finite["asks"]["ko"] == grade.verdicts[1].asks.ko
    assert finite["differences"] == [{"question": 0, "mistakes": [samples.MISTAKE], "telling": True}]
    assert (finite["needs"], finite["otherwise"], finite["mistakes"], finite["alone"]) == (
        [],
        False,
        [samples.MISTAKE],
        0.0,
    )
