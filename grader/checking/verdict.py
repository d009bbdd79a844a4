"""What a check said. Pure data; scores are numbers here and are never parsed out of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grader.codec import Number
from grader.vocabulary import Outcome, Text

NO_TEXT = Text("")


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
class Difference:
    """A question of a check that a submission answers otherwise than the reference.

    Attributes
    ----------
    question : int
        Which question of the check it is, counted from 0.
    mistakes : tuple of str
        Names of the known mistakes that answer it as the submission does.
    telling : bool
        Whether the answer says enough to tell one mistake from another; a truth value or a small number does not.
    """

    question: int
    mistakes: tuple[str, ...] = ()
    telling: bool = True


@dataclass(frozen=True)
class Charge:
    """A known mistake that a submission is charged for, once.

    Attributes
    ----------
    mistake : str
        Its name; for the instructor.
    told : Text
        Its sentence, as the student reads it.
    costs : float
        Points.
    checks : tuple of str
        Checks that it explains, in their order.
    """

    mistake: str
    told: Text
    costs: Number
    checks: tuple[str, ...]


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
    hint : Text
        The sentence of ``feedback`` that the check says however it fails; empty where it has none.
    asks : Text
        The piece of the exercise's prompt that the check rests on; empty where the check names none.
    needs : tuple of str
        Checks that must hold before this one counts.
    differences : tuple of Difference
        Questions that were answered otherwise than by the reference.
    otherwise : bool
        Whether something failed that is no question: a property, a metric.
    mistakes : tuple of str
        Known mistakes that its sentences tell of. For the instructor: the names say how the reference goes.
    alone : float or None
        Points that the check alone gives, where a mistake is charged in its place.
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
    hint: Text = NO_TEXT
    asks: Text = NO_TEXT
    needs: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    otherwise: bool = False
    mistakes: tuple[str, ...] = ()
    alone: Number | None = None
