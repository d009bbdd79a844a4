"""The pages: nothing hostile becomes markup, nothing hidden reaches a student, nothing unjudged looks like a zero."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from grader.checking.verdict import Charge
from grader.course.models import Course
from grader.errors import CourseError
from grader.grading.grade import Grade
from grader.reporting import (
    print_grade,
    render_markdown,
    student_filename,
    write_class_report,
    write_reports,
    write_student_report,
)
from grader.running.run import CellResult, Run
from grader.vocabulary import LANGS, Lang, Outcome, Text
from tests import samples

COURSE = samples.course()
FREE = {"aria-label", "alt", "href", "content"}  # attributes whose values hold words or names


class Page(HTMLParser):
    """Reads a page into its elements, attributes and text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.ends: list[str] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.ends.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    @property
    def skeleton(self) -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
        """Elements with attributes; values only of those that no data may touch."""
        return [
            (tag, tuple((key, None if key in FREE or key == "title" else value) for key, value in attrs))
            for tag, attrs in self.elements
        ]

    def values(self, attribute: str) -> Iterator[str]:
        return (value or "" for _, attrs in self.elements for key, value in attrs if key == attribute)


def student_page(grades: list[Grade], student: str, path: Path, lang: Lang = "en", course: Course = COURSE) -> str:
    return write_student_report(course, student, grades, path / "page.html", lang).read_text(encoding="utf-8")


def grade_made_of(word: str) -> Grade:
    """A grade that holds one string wherever a string can be."""
    text = Text(word, word)
    notebook = samples.notebook(
        samples.text_cell(word),
        samples.code_cell(word, samples.stream(word), samples.stream(word, "stderr"), samples.display(text_plain=word)),
        samples.code_cell(word, samples.display(text_html=word)),
    )
    cells = (CellResult(1, 1, Outcome.ERROR, 0.1, word, word), CellResult(2, 2, Outcome.PASSED, 0.1))
    bands = (samples.band(word), samples.band(word, 0.2))
    verdicts = tuple(
        samples.verdict(
            outcome,
            check=word,
            title=text,
            feedback=(text,),
            student_details=word,
            visible=place % 2 == 0,
            bands=bands,
            asks=text,
        )
        for place, outcome in enumerate(Outcome)
    )
    run = Run(Outcome.ERROR, text, True, cells, notebook, seconds=1.0)
    charges = (Charge(word, text, 2.0, (word,)),)
    return samples.grade(word, word, verdicts=verdicts, message=text, run=run, charges=charges)


HOSTILE_WORDS = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                "<script>alert(1)</script>",
                "</style>",
                "</pre></details>",
                "<img src=x onerror=alert(1)>",
                "{{7*7}}",
                "{% raw %}",
                "{name}",
                "\"'><svg onload=alert(1)>",
                "\x1b[31m",
                "\x00",
                "\u202e",
                "<!--",
                "]]>",
                "&lt;",
                "&#60;b>",
                "`",
                "```\n# x",
                "|",
                "javascript:alert(1)",
                "\ud800",
            ]
        ),
    ),
    max_size=5,
).map(lambda parts: f"x{''.join(parts)}x")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=HOSTILE_WORDS, lang=st.sampled_from(LANGS))
def test_no_element_or_attribute_comes_from_data(word: str, lang: Lang, tmp_path: Path) -> None:
    def pages(grade: Grade) -> list[str]:
        page = write_class_report(COURSE, [grade], tmp_path / "class.html", lang)
        return [student_page([grade], grade.student, tmp_path, lang), page.read_text(encoding="utf-8")]

    for hostile, harmless in zip(pages(grade_made_of(word)), pages(grade_made_of("xx")), strict=True):
        page = Page(hostile)
        assert page.skeleton == Page(harmless).skeleton
        assert page.ends == Page(harmless).ends
        assert not re.search(r"[^\n\t\x20-\x7e\xa0-\uffff\U00010000-\U0010ffff]", hostile)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\ud800-\udfff]", hostile)
        if "{{7*7}}" in word:
            assert "{{7*7}}" in page.text


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(secret=st.from_regex(r"Zq[A-Za-z0-9]{10,40}", fullmatch=True), outcome=st.sampled_from(list(Outcome)))
def test_details_for_the_instructor_never_reach_a_student(secret: str, outcome: Outcome, tmp_path: Path) -> None:
    checks = tuple(
        replace(verdict, details=f"hidden {secret}", outcome=outcome) for verdict in samples.softmax_verdicts()
    )
    grade = samples.grade("haneul", verdicts=checks, outcome=outcome, extra={"details": secret})
    exercise = COURSE.exercises[grade.exercise_id]
    for lang in LANGS:
        screen = StringIO()
        print_grade(grade, Console(file=screen, width=300), lang, exercise)
        everything = (
            student_page([grade], "haneul", tmp_path, lang),
            render_markdown(COURSE, "haneul", [grade], lang),
            screen.getvalue(),
        )
        for shown in everything:
            assert secret not in shown


def test_a_hidden_check_is_not_named() -> None:
    exercise = samples.grade(verdicts=(samples.verdict(Outcome.FAILED, check="test_secret_name", visible=False),))
    assert "test_secret_name" not in render_markdown(COURSE, "haneul", [exercise])


def test_a_hidden_check_shows_title_and_authored_sentences_only(tmp_path: Path) -> None:
    page = Page(student_page(samples.student_grades(), "haneul", tmp_path)).text
    assert "It recognises flowers it has not seen" in page
    assert "Your accuracy is 0.91" in page
    assert "test_accuracy" not in page
    assert samples.SECRET not in page


@pytest.mark.parametrize("lang", LANGS)
def test_the_policy_admits_the_style_sheet_and_nothing_else(lang: Lang, tmp_path: Path) -> None:
    source = student_page(samples.student_grades(), "haneul", tmp_path, lang)
    css = source.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    page = Page(source)
    policy = next(v for v in page.values("content") if "default-src" in v)
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert next(page.values("lang")) == lang
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "iframe", "object", "embed", "form", "base"}
    assert not [key for _, attrs in page.elements for key, _ in attrs if key.startswith("on") or key == "style"]
    assert all(value.startswith("data:image/png;base64,") for value in page.values("src"))
    assert all(value.startswith("#") for value in page.values("href"))
    assert "url(" not in css
    assert "@import" not in css


@pytest.mark.parametrize("lang", LANGS)
def test_every_link_leads_somewhere(lang: Lang, tmp_path: Path) -> None:
    class_page = write_reports(COURSE, samples.class_grades(), tmp_path, lang)
    for file in tmp_path.rglob("*.html"):
        page = Page(file.read_text(encoding="utf-8"))
        ids = list(page.values("id"))
        assert len(ids) == len(set(ids))
        assert set(page.values("aria-labelledby")) <= set(ids)
        for href in page.values("href"):
            if href.startswith("#"):
                assert href[1:] in ids
            else:
                assert (class_page.parent / unquote(href)).is_file()


@pytest.mark.parametrize("outcome", [Outcome.GRADER_ERROR, Outcome.SKIPPED, Outcome.INVALID])
def test_what_was_not_judged_is_never_a_zero(outcome: Outcome, tmp_path: Path) -> None:
    unjudged = samples.unjudged_grade("haneul", outcome, "keras/ch02/first-net")
    grades = [samples.complete_grade("haneul"), unjudged]
    student = Page(student_page(grades, "haneul", tmp_path)).text
    assert "10 / 10 points" in " ".join(student.split())
    assert "not judged" in student
    assert not re.search(r"(?<!\d)0 / 10|(?<!\d)0 of 10", student)
    classroom = write_class_report(COURSE, grades, tmp_path / "class.html").read_text(encoding="utf-8")
    assert "100 %" in Page(classroom).text
    assert "not judged" in render_markdown(COURSE, "haneul", grades)
    screen = StringIO()
    print_grade(unjudged, Console(file=screen, width=100), "en")
    assert "0 / 10" not in screen.getvalue()


def test_our_own_faults_come_first_in_what_needs_an_eye(tmp_path: Path) -> None:
    grades = [
        samples.grade("a", outcome=Outcome.TIMEOUT, verdicts=(), run=None),
        samples.grade("b", outcome=Outcome.VIOLATION, verdicts=(samples.verdict(Outcome.VIOLATION),)),
        samples.grade("c", outcome=Outcome.GRADER_ERROR, verdicts=(), extra={"details": "KeyError in the check"}),
    ]
    source = write_class_report(COURSE, grades, tmp_path / "class.html").read_text(encoding="utf-8")
    eye = Page(source[source.index('class="eye"') :]).text
    assert eye.index("not judged") < eye.index("rule broken") < eye.index("out of time")
    assert "KeyError in the check" in eye


def test_the_first_thing_to_look_at_is_named(tmp_path: Path) -> None:
    text = Page(student_page([samples.grade()], "haneul", tmp_path)).text
    assert "Code cell 4 stopped: ValueError" in text
    done = Page(student_page([samples.complete_grade("haneul")], "haneul", tmp_path)).text
    assert "You earned every point" in done


def test_a_student_sees_only_their_own_grades(tmp_path: Path) -> None:
    others = samples.complete_grade("somebody", "keras/ch02/first-net")
    text = Page(student_page([others, samples.complete_grade("haneul")], "haneul", tmp_path)).text
    assert "Your first network" not in text


def test_a_student_without_grades_gets_a_page(tmp_path: Path) -> None:
    assert "nothing to show yet" in student_page([], "haneul", tmp_path)
    write_class_report(COURSE, [], tmp_path / "class.html")


@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_file_names_are_safe_and_different(first: str, second: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,48}-[0-9a-f]{8}\.html", student_filename(first))
    assert (student_filename(first) == student_filename(second)) == (first == second)


def test_a_course_overrides_a_template_and_cannot_break_out_of_the_style(tmp_path: Path) -> None:
    own = COURSE.model_copy(update={"root": tmp_path})
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/student.html.j2").write_text("{{ view.student }} here", encoding="utf-8")
    assert student_page([], "<b>", tmp_path, course=own) == "&lt;b&gt; here"
    other = tmp_path / "other"
    (other / "reports").mkdir(parents=True)
    (other / "reports/style.css").write_text("</style><script>", encoding="utf-8")
    with pytest.raises(CourseError, match=r"style\.css"):
        student_page([], "haneul", tmp_path, course=COURSE.model_copy(update={"root": other}))


MARKUP = re.compile(r"<[a-zA-Z/!]|(?<!\*)\*\*\*|\]\(|^#{4,}|!\[")


@settings(max_examples=60)
@given(HOSTILE_WORDS)
def test_markdown_holds_no_markup_from_data(word: str) -> None:
    lines, fence = [], ""
    for line in render_markdown(COURSE, word, [grade_made_of(word)]).split("\n"):
        opened = re.match(r"\s*(`{3,})", line)
        if fence and line.strip() == fence:
            fence = ""
        elif not fence and opened:
            fence = opened.group(1)
        elif not fence:
            lines.append(line)
    assert not fence
    text = "\n".join(lines)
    assert not MARKUP.search(text)
    assert "://" not in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


@settings(max_examples=40)
@given(HOSTILE_WORDS)
def test_the_terminal_receives_no_escape_from_data(word: str) -> None:
    screen = StringIO()
    print_grade(grade_made_of(word), Console(file=screen, width=120, no_color=True), "en", instructor=True)
    assert "\x1b" not in screen.getvalue()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", screen.getvalue())


def test_the_terminal_takes_rich_markup_for_text() -> None:
    screen = StringIO()
    grade = samples.grade(verdicts=(samples.verdict(Outcome.FAILED, feedback=(Text("[bold]loud[/bold] [/]"),)),))
    print_grade(grade, Console(file=screen, width=120), "en")
    assert "[bold]loud[/bold] [/]" in screen.getvalue()


@pytest.mark.parametrize(("lang", "said"), [("en", "a bonus of 1.5 points"), ("ko", "보너스 1.5점")])
def test_a_bonus_is_said_beside_the_band(tmp_path: Path, lang: str, said: str) -> None:
    for bonus in (0.0, 1.5):
        verdict = samples.verdict(bands=(samples.band(value=0.99, bonus=bonus),))
        page = tmp_path / "page.html"
        write_student_report(COURSE, "haneul", [samples.grade(verdicts=(verdict,))], page, lang)
        assert (said in page.read_text("utf-8")) == bool(bonus)
