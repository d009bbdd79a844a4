"""Every attack through the real pipeline and the real sandbox: right verdict, no leak, no effect, bounded time."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from grader.course import build_reference
from grader.course.models import Course
from grader.grading.grade import GRADE, Grade
from grader.grading.grade_one import grade
from grader.intake import read_submission
from grader.intake.submission import Submission
from grader.sandbox import Backend
from grader.vocabulary import Outcome
from tests.adversaries.cases import Case, load_cases
from tests.adversaries.conftest import Canaries
from tests.support import outputs_text

# What the hidden check, its label, its input and its answer hold. A number here must not be part of a time of day to the
# microsecond ("19:13:58.731337"), which every notebook is full of: these have a point, and no minute has as many seconds.
PLANTED = ("planted-check-8f2c61d0a7", "planted-label-3be9d14f52", "84.291736", "168.583472")


# Where no time is to run out, none does on a busy machine either.
PATIENT = {"cell_seconds": 60, "call_seconds": 60, "total_seconds": 300}


def _hand_in(course: Course, exercise_id: str, main: bytes, extra: dict[str, str], folder: Path) -> Submission:
    exercise = course.exercise(exercise_id)
    path = folder / f"{exercise.name}{exercise.suffix}"
    path.write_bytes(main)
    submission = read_submission(path, exercise, course.intake, student="mallory")
    return replace(submission, extra={**submission.extra, **{name: text.encode() for name, text in extra.items()}})


def _grade_honest_work(course: Course, exercise_id: str, backend: Backend, folder: Path) -> Grade:
    exercise = course.exercise(exercise_id)
    honest = _hand_in(course, exercise_id, build_reference(exercise), {}, folder)
    return grade(course, exercise, honest, backend=backend, limits=exercise.limits.model_copy(update=PATIENT))


def _shown(result: Grade) -> str:
    """Everything of a grade that a student may read."""
    parts = [result.message.en, result.message.ko]
    for verdict in result.verdicts:
        parts += [text.en + text.ko for text in verdict.feedback] + [verdict.student_details]
    if result.run is not None:
        parts += [result.run.message.en, result.run.message.ko, json.dumps(result.run.notebook)]
        parts += [cell.error + cell.traceback for cell in result.run.cells]
    return "\n".join(parts)


@pytest.mark.sandbox
@pytest.mark.parametrize("case", load_cases())
def test_attack(case: Case, backend: Backend, target: Course, canaries: Canaries, tmp_path: Path) -> None:
    if case.only and case.only != ("warm" if getattr(backend, "warm", False) else "cold"):
        pytest.skip(f"for {case.only} starts")
    assert backend.isolated, "attacks are real: outside a sandbox they would hit this machine"
    exercise = target.exercise(f"target/u1/{case.target}")
    limits = exercise.limits.model_copy(update=case.limits)
    if "timeout" not in [*case.outcome, *chain.from_iterable(case.checks.values())]:
        limits = limits.model_copy(update=PATIENT | case.limits)
    began = time.process_time()
    extra = {name: canaries.aim(text) for name, text in case.extra.items()}
    submission = _hand_in(target, exercise.id, canaries.aim(case.main.decode()).encode(), extra, tmp_path)
    result = grade(target, exercise, submission, backend=backend, limits=limits)
    seconds = time.process_time() - began

    found = {v.check.removeprefix("test_"): v for v in result.verdicts}
    described = {name: (v.outcome.value, v.points, v.details[-300:]) for name, v in found.items()}
    seen = (result.outcome.value, result.message.en, described, result.extra.get("details", ""))
    assert result.outcome is not Outcome.GRADER_ERROR, seen
    assert all(v.outcome is not Outcome.GRADER_ERROR for v in result.verdicts), seen
    assert result.outcome.value in case.outcome, seen
    for name, outcomes in case.checks.items():
        assert found[name].outcome.value in outcomes, seen
    if case.points is not None:
        assert result.points == pytest.approx(case.points), seen
    shown = _shown(result)
    for sentence in case.says:
        assert sentence in shown, (sentence, shown[:3000])
    printed = outputs_text(result.run.notebook) if result.run is not None else ""
    escaped = [line for line in printed.splitlines() if "ESCAPED" in line and not _SOURCE_LINE.match(line)]
    assert not escaped, printed[-2000:]
    assert "TRIED" in printed or not case.tried, printed[-2000:]
    for planted in PLANTED:
        assert planted not in shown, "a secret was shown"
    GRADE.dumps(result)
    canaries.check()
    assert seconds < case.seconds, f"cost the grader {seconds:.1f} s"

    honest = _grade_honest_work(target, exercise.id, backend, tmp_path)
    assert honest.outcome is Outcome.PASSED, (honest.message.en, honest.extra)
