"""What came of an attempt as plain data, kept on disk so that what was proven is not run again."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import grader
from grader.checking.verdict import BandReading, Verdict
from grader.course import build_reference
from grader.course.models import Course, Exercise
from grader.datasets.public import public_data
from grader.errors import GraderError
from grader.files import write_whole
from grader.references.card import Card, data_digest
from grader.references.versions import versions
from grader.running.run import Run
from grader.vocabulary import Outcome

_JUDGED_BY = ("checking", "running", "sandbox", "course", "datasets")
_NOT_ASKED_BY_CHECKS = {"title", "minutes", "mutant", "harmless", "adversaries", "starter_points"}


@dataclass(frozen=True)
class Check:
    """One verdict, short."""

    name: str
    outcome: Outcome
    points: float
    max_points: float
    visible: bool
    said: tuple[str, ...]  # the English sentences that the student reads
    details: str


@dataclass(frozen=True)
class Kept:
    """What came of one attempt.

    Attributes
    ----------
    alive : bool
        Whether the submission still answered when its cells had run.
    seconds, cpu_seconds : float
        Of the whole attempt; CPU time inside the sandbox.
    free, read_only : float
        For adversaries that know what checks ask; see `grader.references.adversaries.Asked`.
    readings : tuple of BandReading
        Of all metrics that were measured.
    """

    checks: tuple[Check, ...]
    run: Outcome
    message: str
    alive: bool
    seconds: float
    cpu_seconds: float
    free: float = 0.0
    read_only: float = 0.0
    readings: tuple[BandReading, ...] = ()

    @property
    def points(self) -> float:
        """Earned."""
        return sum(check.points for check in self.checks)

    @property
    def possible(self) -> float:
        """Of all checks together."""
        return sum(check.max_points for check in self.checks)


def kept_of(run: Run, verdicts: Sequence[Verdict], seconds: float, free: float = 0.0, read_only: float = 0.0) -> Kept:
    """The short form of a run and its verdicts."""
    checks = tuple(map(check_of, verdicts))
    readings = tuple(reading for v in verdicts for reading in v.bands)
    return Kept(checks, run.outcome, run.message.en, run.alive, seconds, run.cpu_seconds, free, read_only, readings)


def check_of(verdict: Verdict) -> Check:
    """The short form of one verdict."""
    return Check(
        verdict.check,
        verdict.outcome,
        verdict.points,
        verdict.max_points,
        verdict.visible,
        tuple(text.en[:2000] for text in verdict.feedback),
        verdict.details[-2000:],
    )


def key(course: Course, exercise: Exercise, content: bytes, seed: int, card: Card | None, backend: str) -> str:
    """Digest of all that an attempt's outcome depends on.

    The submission, the reference, the checks, the exercise's settings, the card, data, packages, the grader's own code.
    """
    digest = hashlib.sha256()
    parts: list[object] = [exercise.id, course.profile, seed, backend, _own_code(), sorted(versions(exercise).items())]
    parts += [hashlib.sha256(content).hexdigest(), hashlib.sha256(build_reference(exercise)).hexdigest()]
    parts += [exercise.model_dump_json(exclude=_NOT_ASKED_BY_CHECKS), data_digest(public_data(course, exercise))]
    parts.append(card.model_dump_json(exclude={"seconds"}) if card is not None else None)
    for path in sorted(exercise.source_dir.glob("*.py")):
        if path.name != "solution.py":
            parts += [path.name, hashlib.sha256(path.read_bytes()).hexdigest()]
    for part in parts:
        digest.update(f"{part!r}\0".encode())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _own_code() -> str:
    root = Path(grader.__file__).parent
    digest = hashlib.sha256()
    for folder in _JUDGED_BY:
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


class Memory:
    """Kept by digest, one file each, under ``.grader/proof`` of the course."""

    def __init__(self, root: Path) -> None:
        self._folder = root / ".grader" / "proof"

    def recall(self, digest: str) -> Kept | None:
        """What was kept; None where nothing was, or it is damaged."""
        try:
            found: dict[str, Any] = json.loads(self._path(digest).read_text("utf-8"))
            checks = tuple(
                Check(**{**each, "outcome": Outcome(each["outcome"]), "said": tuple(each["said"])})
                for each in found.pop("checks")
            )
            readings = tuple(
                BandReading(**{**each, "reference_values": tuple(each["reference_values"])})
                for each in found.pop("readings")
            )
            return Kept(checks=checks, readings=readings, **{**found, "run": Outcome(found["run"])})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep(self, digest: str, outcomes: Kept) -> None:
        """Write it down at once; what is our own fault is not kept, and a full disk costs speed only."""
        if any(check.outcome is Outcome.GRADER_ERROR for check in outcomes.checks):
            return
        with contextlib.suppress(GraderError):
            write_whole(self._path(digest), json.dumps(asdict(outcomes)).encode())

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.json"
