"""Turns what pytest saw of a check into a verdict. Scores are computed here from exceptions, never parsed from text."""

from __future__ import annotations

import math
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from grader.checking.failure import CheckFailed
from grader.checking.places import place_of
from grader.checking.plugin import CheckReport, NeedNotMet
from grader.checking.verdict import NO_TEXT, Verdict
from grader.errors import SubmissionFault
from grader.feedback import advice_on_error
from grader.running.faults import SubmissionRaised
from grader.running.run import Run
from grader.running.text import plain_text
from grader.vocabulary import Outcome, Text

OUR_FAULT = Text(
    "This check could not be run because of a mistake on our side; it does not count against you.",
    "채점 시스템 쪽의 문제로 이 검사를 실행하지 못했어요. 감점되지 않아요.",
)
NEEDS_OTHER = Text(
    "This check needs “{title}” to pass first.",
    "먼저 “{title}” 검사를 통과해야 해요.",
)
ASSERTED = Text("This did not hold: {line}", "다음이 성립하지 않았어요: {line}")
_MAX_DETAILS = 20_000


def passed(report: CheckReport) -> bool:
    """Whether a finished check earned everything."""
    return report.error is None and report.expect.share >= 1


def verdict_of(report: CheckReport, run: Run) -> Verdict:
    """The verdict of one check on the submission that ``run`` executed."""
    outcome, share, sentences, details, student_details = _read(report, run)
    if outcome is Outcome.PARTIAL and share <= 0:
        outcome, share = Outcome.FAILED, 0.0
    lost = outcome not in (Outcome.PASSED, Outcome.SKIPPED, Outcome.GRADER_ERROR)
    hint = report.hint if report.hint is not None and lost else NO_TEXT
    if hint != NO_TEXT:
        sentences = [*sentences, hint]
    # a bonus is for work that is right throughout
    bands = tuple(band if outcome is Outcome.PASSED else replace(band, bonus=0.0) for band in report.expect.readings)
    return Verdict(
        check=report.name,
        title=report.title,
        outcome=outcome,
        points=share * report.points + math.fsum(band.bonus for band in bands),
        max_points=report.points,
        visible=report.visible,
        feedback=tuple(dict.fromkeys(sentences)),
        details=plain_text(details, _MAX_DETAILS),
        student_details=student_details,
        bands=bands,
        seconds=report.seconds,
        hint=hint,
        asks=report.asks or NO_TEXT,
        needs=report.needs,
        differences=tuple(report.expect.differences),
        otherwise=lost and _failed_otherwise(report),
    )


def broken_file(path: Path, error: BaseException, points: float) -> Verdict:
    """The verdict that stands for all checks of a file that cannot be collected."""
    title = Text(f"The checks in {path.name}", f"{path.name}의 검사")
    return Verdict(
        check=path.name,
        title=title,
        outcome=Outcome.GRADER_ERROR,
        points=0.0,
        max_points=points,
        visible=path.name == "test_visible.py",
        feedback=(OUR_FAULT,),
        details=plain_text(_trace(error), _MAX_DETAILS),
    )


def _failed_otherwise(report: CheckReport) -> bool:
    """Whether something failed that is no question: it raised before the questions could, or a metric took a share."""
    return report.error is None or report.error is not report.expect.first_failure or report.expect.share < 1


def _read(report: CheckReport, run: Run) -> tuple[Outcome, float, list[Text], str, str]:
    """Outcome, share of the points, sentences, details for the instructor, details for the student."""
    error, said, share = report.error, list(report.expect.sentences), report.expect.share
    if error is None:
        return (Outcome.PASSED if share >= 1 else Outcome.PARTIAL), share, said, "", ""
    if report.phase == "teardown":
        return Outcome.GRADER_ERROR, 0.0, [OUR_FAULT], _trace(error), ""
    if isinstance(error, CheckFailed):
        share = min(share, error.share)
        outcome = Outcome.PARTIAL if 0 < share < 1 else Outcome.FAILED
        return outcome, share, [*error.sentences, *said], f"{error.details}\n\n{_trace(error)}", ""
    if isinstance(error, SubmissionFault):
        details = f"{_trace(error)}\n\n{error.details}"
        said = [*said, *_old_forms(error, run)]
        if report.visible:
            return error.outcome, 0.0, [error.message, *said], details, error.details
        # words of the submission may repeat the hidden inputs that it was just given
        message = error.discreet().message if isinstance(error, SubmissionRaised) else error.quiet or error.message
        return error.outcome, 0.0, [message, *said], details, place_of(error.details, run)
    if isinstance(error, NeedNotMet):
        title = error.title
        sentence = NEEDS_OTHER.format(title=title)
        return Outcome.SKIPPED, 0.0, [sentence], f"needs {title.en!r}", ""
    if isinstance(error, pytest.skip.Exception):
        reason = str(error)
        return Outcome.SKIPPED, 0.0, [Text(reason, reason)] if reason else [], f"skipped: {reason}", ""
    if isinstance(error, AssertionError):
        line = _asserted_line(error) if report.visible else ""
        sentences = [ASSERTED.format(line=line)] if line else []
        return Outcome.FAILED, 0.0, [*sentences, *said], _trace(error), ""
    return Outcome.GRADER_ERROR, 0.0, [OUR_FAULT], _trace(error), ""


def _old_forms(error: SubmissionFault, run: Run) -> tuple[Text, ...]:
    """What the libraries have moved on from and the submission stumbled over: sentences out of a fixed table."""
    if not isinstance(error, SubmissionRaised):
        return ()
    cells = [cell for cell in run.notebook.get("cells", []) if cell.get("cell_type") == "code"]
    sources = [str(cell.get("source", "")) for cell in cells]
    return advice_on_error(error.exception, error.said, error.details, sources, error.exceptions)


def _asserted_line(error: BaseException) -> str:
    """The assertion in a check's own source; students have the source of visible checks."""
    frames = traceback.extract_tb(error.__traceback__)
    line = next((f.line for f in reversed(frames) if Path(f.filename).name == "test_visible.py"), "")
    return plain_text((line or "").strip(), 200)


def _trace(error: BaseException) -> str:
    """A traceback without pytest's own frames."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "/_pytest/" not in frame.filename.replace("\\", "/") and "/pluggy/" not in frame.filename.replace("\\", "/")
    ]
    head = "Traceback (most recent call last):\n" + "".join(traceback.format_list(frames)) if frames else ""
    return head + "".join(traceback.format_exception_only(error))
