"""What a check said. Pure data; scores are numbers here and are never parsed out of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grader.codec import Number
from grader.vocabulary import Outcome, Text


@dataclass(frozen=True)
class BandReading:
    """Where a measured metric stands on the reference's band, for the report's picture."""

    metric: str
    value: Number
    baseline: Number
    edge: Number
    reference_values: tuple[Number, ...]
    direction: Literal["higher", "lower"]  # is better
    bonus: Number = 0.0  # points beyond the check's own


@dataclass(frozen=True)
class Verdict:
    """What one check said about one submission.

    Attributes
    ----------
    check : str
        Name of the check, ``test_rows_sum_to_one`` or ``test_values[case2]``.
    title : Text
        The check's title for people, from its docstring (en; ko after a line ``ko: ...``).
    outcome : Outcome
    points, max_points : float
        ``0 <= points <= max_points``, and more only by the bonus of a metric better than the reference's.
    visible : bool
        Whether the student has the check's source.
    feedback : tuple of Text
        Sentences for the student: authored messages and hints only, leak-safe.
    details : str
        For the instructor: traceback, values. Never shown to a student.
    student_details : str
        The student's own traceback or output that explains an error, hostile text.
    bands : tuple of BandReading
    seconds : float
    """

    check: str
    title: Text
    outcome: Outcome
    points: Number
    max_points: Number
    visible: bool
    feedback: tuple[Text, ...] = ()
    details: str = ""
    student_details: str = ""
    bands: tuple[BandReading, ...] = ()
    seconds: Number = 0.0
