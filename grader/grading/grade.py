"""All verdicts of one submission with the score. Pure data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field

from grader.checking.verdict import Charge, Verdict
from grader.codec import Codec, Number
from grader.running.run import Run
from grader.vocabulary import Outcome, Text

NO_MESSAGE = Text("")


@dataclass(frozen=True)
class Grade:
    """The grade of one submission of one exercise.

    Attributes
    ----------
    outcome : Outcome
        ``passed`` (all points), ``partial`` (some), ``failed`` (none), or what kept it from being judged:
        ``invalid``, ``skipped``, ``grader_error``, or a run outcome (``timeout``, ``error``, ``memory``, ...)
        when the run itself was cut short and no points were earned.
    points, max_points : float
    message : Text
        One sentence for the student about the outcome, may be empty.
    run : Run or None
        None when nothing was executed.
    task : str
        SHA-256 of (submission, exercise, environment): what was graded once is known by it.
    curve : tuple of float
        The submission's learning curve, if the exercise has one; ``reference_curve`` beside it.
    notes : tuple of Text
        What the student should know about how this was graded; nothing that changes the points by itself.
    charges : tuple of Charge
        Known mistakes that were charged once each, in place of the checks that they fail.
    """

    __pydantic_config__: ClassVar = ConfigDict(serialize_by_alias=True)

    student: str
    exercise_id: Annotated[str, Field(alias="exercise")]
    submission_digest: str
    task: str
    outcome: Outcome
    points: Number
    max_points: Number
    verdicts: tuple[Verdict, ...] = ()
    message: Text = NO_MESSAGE
    run: Run | None = None
    seconds: Number = 0.0
    grader_seconds: Number = 0.0  # part of `seconds` spent outside the student's own code
    curve: tuple[Number, ...] = ()
    reference_curve: tuple[Number, ...] = ()
    notes: tuple[Text, ...] = ()
    charges: tuple[Charge, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


GRADE = Codec(Grade)
"""Writes and reads grades: between a worker and its parent, in the gradebook, in ``grades.json``."""


def without_notebook(grade: Grade) -> Grade:
    """The same grade without the executed notebook, by far its largest part."""
    return grade if grade.run is None else replace(grade, run=replace(grade.run, notebook={}))
