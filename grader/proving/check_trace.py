"""Runs one submission and keeps all that its checks asked, got and said: what an author looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checking import run_checks
from grader.checking.marking import mark, mistakes_of
from grader.checking.verdict import Charge, Verdict
from grader.codec import Codec
from grader.course.models import Course, Exercise
from grader.datasets.public import public_data
from grader.proving.known_mistakes import recorded_shows
from grader.proving.request_trace import TracedLink, TracedRequest
from grader.references.card import load_card
from grader.references.reference_session import open_answers
from grader.running.run import Run
from grader.running.session import open_session
from grader.running.text import plain_text
from grader.sandbox import Backend

_SHORT = 120
_VERDICT = Codec(Verdict)


@dataclass(frozen=True)
class CheckTrace:
    """One check, what it asked and what it said.

    Attributes
    ----------
    questions : tuple of (asked, answered)
        Both shortened.
    """

    verdict: Verdict
    questions: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        verdict = _VERDICT.to_data(self.verdict)
        return {**verdict, "questions": [{"asked": asked, "answer": answer} for asked, answer in self.questions]}


@dataclass(frozen=True)
class SubmissionTrace:
    """What came of a submission: its checks, marked, and the known mistakes that it is charged for."""

    run: Run
    checks: tuple[CheckTrace, ...]
    charges: tuple[Charge, ...]


def trace_submission(
    course: Course,
    exercise: Exercise,
    submitted: bytes,
    extra: Mapping[str, bytes] | None = None,
    *,
    backend: Backend,
    seed: int = 0,
) -> SubmissionTrace:
    """Run a submission with all checks, listen, and mark it by what the proof record says of known mistakes.

    Parameters
    ----------
    submitted : bytes
        A notebook or module, as the exercise's form says.
    extra : mapping, optional
        Other files of the submission, by path.
    """
    course = course.as_run(exercise, backend.gpu is not None)
    data_dir = public_data(course, exercise)
    shows = recorded_shows(exercise, course.profile)
    questions: list[TracedRequest] = []
    with (
        open_session(exercise, submitted, extra, backend=backend, seed=seed, data_dir=data_dir) as session,
        open_answers(course, exercise, backend=backend, seed=seed, shows=shows) as answers,
    ):
        if session.link is not None:
            session.link = TracedLink(session.link, questions.append)  # type: ignore[assignment]
        verdicts = run_checks(
            exercise, session, seed=seed, reference=answers.reference, card=load_card(exercise, course.profile),
            answers=answers, profile=course.profile, data_dir=data_dir,
        )  # fmt: skip
    marked = mark(verdicts, mistakes_of(exercise), shows, once=exercise.charge_once)
    checks = tuple(CheckTrace(verdict, _requests_of(verdict, questions)) for verdict in marked.verdicts)
    return SubmissionTrace(session.run, checks, marked.charges)


def _requests_of(verdict: Verdict, questions: Sequence[TracedRequest]) -> tuple[tuple[str, str], ...]:
    return tuple((_asked(each), _answered(each)) for each in questions if each.check == verdict.check)


def _asked(request: TracedRequest) -> str:
    """``call softmax(array (3, 2) float64 [[0.1, ...]])``."""
    fields = dict(request.fields)
    named = str(fields.pop("name", "") or request.label)
    arguments = [short(each) for each in fields.pop("args", ())]
    arguments += [f"{name}={short(each)}" for name, each in (fields.pop("kwargs", None) or {}).items()]
    arguments += [f"{name}={short(each)}" for name, each in fields.items() if each is not None and each is not False]
    return f"{request.op} {plain_text(named, _SHORT)}({', '.join(arguments)})"


def _answered(request: TracedRequest) -> str:
    return f"no answer: {plain_text(request.fault, 400)}" if request.fault else short(request.answer)


def short(value: Any) -> str:
    """A value in one line of bounded length: type, shape and its beginning. Never fails, whatever the value is."""
    if isinstance(value, np.ndarray):
        first = ", ".join(_plain(each) for each in value.ravel()[:6].tolist())
        more = ", ..." if value.size > 6 else ""
        return f"array {value.shape} {value.dtype} [{first}{more}]"
    if isinstance(value, list | tuple):
        first = ", ".join(short(each) for each in value[:4])
        more = f", ... {len(value)} in all" if len(value) > 4 else ""
        ends = "[]" if isinstance(value, list) else "()"
        return plain_text(f"{ends[0]}{first}{more}{ends[1]}", 4 * _SHORT)
    if isinstance(value, dict):
        first = ", ".join(f"{_plain(name)}: {short(each)}" for name, each in list(value.items())[:4])
        more = f", ... {len(value)} in all" if len(value) > 4 else ""
        return plain_text(f"{{{first}{more}}}", 4 * _SHORT)
    if hasattr(value, "type_name"):
        return f"<{plain_text(str(value.type_name), _SHORT)}>"
    if hasattr(value, "columns") and hasattr(value, "shape"):
        return plain_text(f"table {value.shape} {list(map(str, value.columns))[:8]}", 2 * _SHORT)
    return _plain(value)


def _plain(value: Any) -> str:
    text = value if isinstance(value, str) else f"<{type(value).__name__}>"
    if isinstance(value, str | bytes):
        text = repr(value[: 2 * _SHORT])
    elif isinstance(value, int):
        text = str(value) if value.bit_length() < 4_000 else f"an int of {value.bit_length()} bits"
    elif isinstance(value, float | complex | None | np.generic):
        text = repr(value)
    return " ".join(plain_text(text, _SHORT).split())
