"""One student's result as GitHub-flavoured Markdown, for CI summaries. Everything a student wrote is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.course.models import Course
from grader.grading.grade import Grade
from grader.reporting.messages import Messages
from grader.reporting.student_view import ExerciseView, price, score, student_view
from grader.reporting.templates import MARKS, folders, messages_for
from grader.reporting.text import one_line, plain, points
from grader.vocabulary import Lang, Outcome

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~#@$!{}]|://|www\.|^[-+=]|^\d+(?=[.)])", re.IGNORECASE)


def escape(text: object) -> str:
    """One line of text that Markdown and HTML take for nothing but text."""
    return _SPECIAL.sub(lambda found: "".join(f"&#{ord(c)};" for c in found.group()), one_line(text, 2_000))


def fenced(text: str) -> str:
    """A code block that its own contents cannot close."""
    body = plain(text, 4_000)
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{body}\n{fence}"


def _word(outcome: Outcome, t: Messages, word: str | None = None) -> str:
    return f"{MARKS[outcome]} {t(word or f'outcome.{outcome}.name')}"


def _open_checks(exercise: ExerciseView, t: Messages) -> list[str]:
    """A bullet for each check that did not pass, its sentences under it, the student's own traceback in a fence."""
    lines: list[str] = [""] if exercise.not_passed else []
    for check in exercise.not_passed:
        lines.append(f"* **{escape(check.title)}** · {escape(_word(check.outcome, t, check.word))} · {score(check, t)}")
        said = check.feedback or (t(f"outcome.{check.outcome}.next"),)
        lines += [f"  * {escape(sentence)}" for sentence in said if sentence]
        lines += [f"  * {escape(t('check.asks', asks=check.asks))}"] if check.asks else []
        if check.student_details:
            lines += ["", *(f"  {line}" for line in fenced(check.student_details).split("\n")), ""]
    return lines


def _charges(exercise: ExerciseView, t: Messages) -> list[str]:
    """A bullet for each known mistake, with what it costs."""
    if not exercise.charges:
        return []
    told = [f"* {escape(charge.told)} ({escape(price(charge, t))})" for charge in exercise.charges]
    return ["", f"**{escape(t('charge.heading'))}**", "", *told]


def _advice(exercise: ExerciseView, t: Messages) -> list[str]:
    """A bullet for each old form in the code, with the cell where it stands."""
    lines: list[str] = [""] if exercise.advised_cells else []
    for cell in exercise.advised_cells:
        place = t("cell.module") if exercise.module else t("cell.code", number=cell.number)
        lines += [f"* {escape(place)}: {escape(sentence)}" for sentence in cell.advice]
    return lines


def render_markdown(course: Course, student: str, grades: Iterable[Grade], lang: Lang = "en") -> str:
    """Render a student's grades: a table of exercises, then every check that did not pass.

    Parameters
    ----------
    grades : iterable of Grade
        The student's; those of others are left out.

    Returns
    -------
    str
        Markdown that ends with a newline.
    """
    t = messages_for(folders(course), lang)
    view = student_view(course, student, grades, "", t)

    lines = [
        f"## {escape(view.student)}: {points(view.points)} / {points(view.max_points)}",
        "",
        escape(view.went_well),
        escape(f"{view.next_title}: {view.look_next}" if view.next_title else view.look_next),
        "",
        f"| {t('table.exercise')} | {t('table.outcome')} | {t('table.score')} |",
        "| --- | --- | ---: |",
    ]
    for exercise in view.exercises:
        lines.append(f"| {escape(exercise.title)} | {escape(_word(exercise.outcome, t))} | {score(exercise, t)} |")
    for exercise in view.exercises:
        if exercise.outcome is not Outcome.PASSED:
            lines += ["", f"### {escape(exercise.title)}", ""]
            lines.append(escape(exercise.message or t(f"outcome.{exercise.outcome}.meaning")))
            lines += _advice(exercise, t)
            lines += _charges(exercise, t)
            lines += _open_checks(exercise, t)
    return "\n".join(lines).rstrip("\n") + "\n"
