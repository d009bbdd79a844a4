"""What came of an attempt as plain data, cached on disk so that what was proven is not run again."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
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
from grader.vocabulary import Outcome

_NOT_ASKED_BY_CHECKS = {"title", "minutes", "mutant", "harmless", "adversaries", "starter_points"}


@dataclass(frozen=True)
class CheckResult:
    """One verdict, short."""

    name: str
    outcome: Outcome
    points: Number
    max_points: Number
    visible: bool
    said: tuple[str, ...]  # the sentences that the student reads, in English where they have it
    details: str


@dataclass(frozen=True)
class AttemptResult:
    """What came of one attempt.

    Attributes
    ----------
    alive : bool
        Whether the submission still answered when its cells had run.
    seconds, cpu_seconds : float
        Of the whole attempt; CPU time inside the sandbox.
    free, read_only : float
        For adversaries that know what checks ask; see `grader.proving.adversaries.AttackerKnowledge`.
    readings : tuple of BandReading
        Of all metrics that were measured.
    """

    checks: tuple[CheckResult, ...]
    run: Outcome
    message: str
    alive: bool
    seconds: Number
    cpu_seconds: Number
    free: Number = 0.0
    read_only: Number = 0.0
    readings: tuple[BandReading, ...] = ()

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
    checks = tuple(map(check_result, verdicts))
    readings = tuple(reading for v in verdicts for reading in v.bands)
    return AttemptResult(
        checks, run.outcome, run.message.en, run.alive, seconds, run.cpu_seconds, free, read_only, readings
    )


def check_result(verdict: Verdict) -> CheckResult:
    """The short form of one verdict."""
    return CheckResult(
        verdict.check,
        verdict.outcome,
        verdict.points,
        verdict.max_points,
        verdict.visible,
        tuple(storable(text["en"][:2000]) for text in verdict.feedback),
        storable(verdict.details[-2000:]),
    )


def cache_key(course: Course, exercise: Exercise, content: bytes, conditions: Conditions, card: Card | None) -> str:
    """Digest of all that an attempt's outcome depends on.

    The submission, the reference, the checks, the exercise's settings, the card, data, packages, the grader's own code.

    Parameters
    ----------
    conditions : Conditions
        Those for this exercise (`Conditions.of`).
    """
    checks = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in exercise.source_dir.glob("*.py")
        if path.name != "solution.py"
    }
    return digest_of(
        {
            "exercise": exercise.id,
            "conditions": asdict(conditions),
            "environment": environment_digest(),
            "submission": hashlib.sha256(content).hexdigest(),
            "reference": hashlib.sha256(build_reference(exercise)).hexdigest(),
            "settings": exercise.model_dump(mode="json", exclude=_NOT_ASKED_BY_CHECKS),
            "data": data_digest(public_data(course, exercise, conditions.profile)),
            "card": card.model_dump(mode="json", exclude={"seconds"}) if card is not None else None,
            "checks": checks,
        }
    )


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
