"""What came of an attempt as plain data, cached on disk so that what was proven is not run again."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from grader.checking.verdict import BandReading, Verdict
from grader.codec import Codec, Number
from grader.course import build_reference
from grader.course.models import Course, Exercise
from grader.datasets.public import public_data
from grader.errors import FormatError, GraderError
from grader.files import write_whole
from grader.grading.conditions import Conditions, digest_of, environment_digest
from grader.references.card import Card, data_digest
from grader.running.run import Run
from grader.sanitize import storable
from grader.vocabulary import Outcome, Text

_NOT_ASKED_BY_CHECKS = {"title", "minutes", "mutant", "harmless", "adversaries", "starter_points", "charge_once"}
_MOST_SAID = 2000  # characters of a sentence, or of the details, that are kept


@dataclass(frozen=True)
class AttemptResult:
    """What came of one attempt.

    Attributes
    ----------
    checks : tuple of Verdict
        Shortened; as the checks alone judge until the attempt is marked.
    alive : bool
        Whether the submission still answered when its cells had run.
    seconds, cpu_seconds : float
        Of the whole attempt; CPU time inside the sandbox.
    free, read_only : float
        For adversaries that know what checks ask; see `grader.proving.adversaries.AttackerKnowledge`.
    """

    checks: tuple[Verdict, ...]
    run: Outcome
    message: str
    alive: bool
    seconds: Number
    cpu_seconds: Number
    free: Number = 0.0
    read_only: Number = 0.0

    @property
    def readings(self) -> tuple[BandReading, ...]:
        """Of all metrics that were measured."""
        return tuple(reading for check in self.checks for reading in check.bands)

    @property
    def points(self) -> float:
        """Earned."""
        return sum(check.points for check in self.checks)

    @property
    def possible(self) -> float:
        """Of all checks together."""
        return sum(check.max_points for check in self.checks)

    @property
    def outcome(self) -> Outcome:
        """Of the whole submission: passed with all points, partial with some, else why it has none."""
        if any(check.outcome is Outcome.GRADER_ERROR for check in self.checks):
            return Outcome.GRADER_ERROR
        capped = sum(min(check.points, check.max_points) for check in self.checks)  # no bonus makes up for a loss
        if self.checks and capped >= self.possible - 1e-9:
            return Outcome.PASSED
        if self.points > 0:
            return Outcome.PARTIAL
        return self.run if self.run is not Outcome.PASSED else Outcome.FAILED


ATTEMPT_RESULT = Codec(AttemptResult)
"""Writes and reads what is cached on disk."""


def attempt_result(
    run: Run, verdicts: Sequence[Verdict], seconds: float, free: float = 0.0, read_only: float = 0.0
) -> AttemptResult:
    """The short form of a run and its verdicts."""
    checks = tuple(map(shortened, verdicts))
    return AttemptResult(checks, run.outcome, run.message.en, run.alive, seconds, run.cpu_seconds, free, read_only)


def shortened(verdict: Verdict) -> Verdict:
    """A verdict with what a proof needs of its texts."""
    return replace(
        verdict,
        feedback=tuple(map(_kept, verdict.feedback)),
        hint=_kept(verdict.hint),
        details=storable(verdict.details[-_MOST_SAID:]),
        student_details="",
    )


def _kept(text: Text) -> Text:
    return Text(storable(text.en[:_MOST_SAID]), storable(text.ko[:_MOST_SAID]))


def cache_key(course: Course, exercise: Exercise, content: bytes, conditions: Conditions, card: Card | None) -> str:
    """Digest of all that an attempt's outcome depends on.

    The submission, the reference, the checks, the exercise's settings, the card, data, packages, the grader's own code; of
    known mistakes what they answer and are called. What a mistake costs and how it is told changes no outcome.

    Parameters
    ----------
    conditions : Conditions
        Those for this exercise (`Conditions.of`).
    """
    checks = {
        path.name: _digest(path.read_bytes()) for path in exercise.source_dir.glob("*.py") if path.name != "solution.py"
    }
    known = [[mutant.name, mutant.replace, mutant.alternate] for mutant in exercise.mutant if mutant.known]
    others = sorted({mutant.alternate for mutant in exercise.mutant if mutant.known and mutant.alternate})
    asked = {"mistakes": known, "made from": [_digest(build_reference(exercise, alternate=name)) for name in others]}
    return digest_of(
        {
            "exercise": exercise.id,
            "conditions": asdict(conditions),
            "environment": environment_digest(),
            "submission": _digest(content),
            "reference": _digest(build_reference(exercise)),
            "settings": exercise.model_dump(mode="json", exclude=_NOT_ASKED_BY_CHECKS),
            "data": data_digest(public_data(course, exercise, conditions.profile)),
            "card": card.model_dump(mode="json", exclude={"seconds"}) if card is not None else None,
            "checks": checks,
            **(asked if known else {}),
        }
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class ProofCache:
    """Results of attempts by digest, one file each, under ``.grader/proof`` of the course."""

    def __init__(self, root: Path) -> None:
        self._folder = root / ".grader" / "proof"

    def get(self, digest: str) -> AttemptResult | None:
        """What was kept; None where nothing was, or it is damaged."""
        try:
            return ATTEMPT_RESULT.loads(self._path(digest).read_bytes())
        except (OSError, FormatError):
            return None

    def put(self, digest: str, result: AttemptResult) -> None:
        """Write it down at once; what is our own fault is not kept, and a full disk costs speed only."""
        if any(check.outcome is Outcome.GRADER_ERROR for check in result.checks):
            return
        with contextlib.suppress(GraderError):
            write_whole(self._path(digest), ATTEMPT_RESULT.dumps(result).encode())

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.json"
