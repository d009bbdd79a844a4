"""Old forms in a submission's code are explained in every kind of report, at the cell where they stand."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from grader.feedback.old_apis import old_apis
from grader.grading.grade import Grade
from grader.reporting import print_grade, render_markdown, write_student_report
from grader.running.run import CellResult, Run
from grader.vocabulary import LANGS, Lang, Outcome, Text
from tests import samples

TEXTS = {row.id: row.text for row in old_apis()}
STOPPED = "AttributeError: module 'numpy' has no attribute 'float'."
COURSE = samples.course()


def graded(outcome: Outcome) -> Grade:
    codes = ("import numpy as np\nfrom sklearn.cluster import KMeans", "np.zeros(3, dtype=np.float)", "KMeans(2)")
    fails = outcome is not Outcome.PASSED
    cells = tuple(
        CellResult(i, i + 1, Outcome.ERROR if fails and i == 1 else Outcome.PASSED, 0.1, STOPPED * (fails and i == 1))
        for i in range(3)
    )
    run = Run(outcome, Text("Cell 2 stopped."), True, cells, samples.notebook(*map(samples.code_cell, codes)), 1.0)
    verdict = samples.verdict(outcome, check="test_it", title=Text("It", "그것"))
    return samples.grade("haneul", run=run, outcome=outcome, verdicts=(verdict,), message=run.message)


def in_words(kind: str, grade: Grade, lang: Lang, folder: Path) -> str:
    """A report as plain words."""
    if kind == "page":
        return write_student_report(COURSE, "haneul", [grade], folder / "page.html", lang).read_text("utf-8")
    if kind == "markdown":
        return render_markdown(COURSE, "haneul", [grade], lang)
    screen = io.StringIO()
    print_grade(grade, Console(file=screen, width=400), lang)
    return screen.getvalue()


def mark_of(text: str) -> str:
    """A part of a sentence that no kind of report escapes."""
    return max(text.replace("`", "\n").replace("(", "\n").split("\n"), key=len).strip().rstrip(".")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["page", "markdown", "terminal"])
def test_old_forms_are_told_in_every_report(kind: str, lang: Lang, tmp_path: Path) -> None:
    words = in_words(kind, graded(Outcome.ERROR), lang, tmp_path)
    for row in ("numpy-aliases", "kmeans-n-init"):
        assert mark_of(TEXTS[row][lang]) in words
    assert all(mark_of(text[lang]) not in words for name, text in TEXTS.items() if name in ("frame-append", "tf1"))


@pytest.mark.parametrize("kind", ["page", "markdown", "terminal"])
def test_what_is_right_is_left_alone(kind: str, tmp_path: Path) -> None:
    words = in_words(kind, graded(Outcome.PASSED), "en", tmp_path)
    assert mark_of(TEXTS["kmeans-n-init"].en) not in words


def test_the_page_leads_to_the_cell(tmp_path: Path) -> None:
    page = in_words("page", graded(Outcome.ERROR), "en", tmp_path)
    for number in (2, 3):
        assert page.count(f'-cell-{number}"') >= 2  # the link and its goal
    assert page.count(mark_of(TEXTS["kmeans-n-init"].en)) == 2  # above, and at the cell
