"""Proof records: what ``grader validate --record`` found of an exercise, committed beside its card.

Pure data, one section for each profile. `grader.proving.records` makes them and holds them against the files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from grader.course.models import Exercise, Model, Profile
from grader.errors import CourseError
from grader.files import write_whole
from grader.vocabulary import Outcome

AttemptKind = Literal["reference", "starter", "mutant", "alternate", "adversary", "mutation"]


TOO_SLOW = 10.0  # seconds of a whole attempt


class Showing(Model):
    """How a known mistake shows in one check, before it is charged as one.

    Attributes
    ----------
    check : str
    lost : float
        Points that the check alone takes.
    questions : tuple of int
        Which questions of the check are answered otherwise than by the reference, counted from 0.
    telling : bool
        Whether one of these answers says enough to tell this mistake from others.
    otherwise : bool
        Whether something fails there that is no question: a property, a metric.
    words : tuple of str
        English sentences of that, their numbers left out.
    """

    check: str
    lost: float
    questions: tuple[int, ...] = ()
    telling: bool = False
    otherwise: bool = False
    words: tuple[str, ...] = ()


class AttemptRecord(Model):
    """One attempt: a solution under a seed, and what came of it.

    Attributes
    ----------
    kind, name, seed
        As in `grader.proving.attempts.Attempt`.
    outcome : Outcome
        Of the whole submission: passed with all points, partial with some, else why it has none.
    points : float
        Rounded to hundredths.
    fails : tuple of str
        Checks that cost points, in their order; those skipped for want of another are left out.
    told : tuple of str
        The first English sentence of each of these checks, shortened; equal ones once.
    seconds, cpu_seconds : float
        Wall time of the whole attempt; CPU time inside the sandbox.
    alone : float or None
        Of a known mistake: the points that the checks alone give, before it is charged once. Rounded to hundredths.
    shows : tuple of Showing
        Of a known mistake: where it shows.
    """

    kind: AttemptKind
    name: str = ""
    seed: int
    outcome: Outcome
    points: float
    fails: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    seconds: float
    cpu_seconds: float
    alone: float | None = None
    shows: tuple[Showing, ...] = ()

    @property
    def key(self) -> tuple[AttemptKind, str, int]:
        """What it is an attempt of."""
        return self.kind, self.name, self.seed


class ProofFigures(Model):
    """What a proof comes to; see `grader.proving.rates.Rates`."""

    mutants: int = 0
    killed: int = 0
    right_runs: int = 0
    refused: int = 0
    adversaries: int = 0
    paid: int = 0
    generated: int = 0
    survived: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def __add__(self, other: ProofFigures) -> ProofFigures:
        mine, others = self.model_dump(), other.model_dump()
        return ProofFigures(**{name: mine[name] + others[name] for name in mine})


class ProofRecord(Model):
    """The section of one profile.

    Attributes
    ----------
    exercise : str
    files : str
        Digest (SHA-256, hex) of the exercise's own files, settings, card and data.
    grader : str
        Digest of the grader's own code.
    packages : mapping
        Version by import name.
    seeds : tuple of int
        Those of the reference.
    figures : ProofFigures
    attempts : tuple of AttemptRecord
        In the order in which they are planned.
    """

    exercise: str
    files: str
    grader: str
    packages: Mapping[str, str]
    seeds: tuple[int, ...]
    figures: ProofFigures
    attempts: tuple[AttemptRecord, ...] = Field(default=())

    @property
    def slow(self) -> frozenset[str]:
        """Mutants that are not asked while others' work is graded: they take too long, or run into a limit."""
        return frozenset(each.name for each in self.attempts if each.kind == "mutant" and each.seconds > TOO_SLOW)


def record_path(exercise: Exercise) -> Path:
    """Where the record of an exercise lies: ``reference_models/<exercise>.proof.json``."""
    return exercise.card_path.with_name(f"{exercise.card_path.stem}.proof.json")


def load_record(exercise: Exercise, profile: Profile) -> ProofRecord | None:
    """The record of one profile; None where there is none.

    Raises
    ------
    CourseError
        The file is not a record.
    """
    section = _read(exercise).get(profile)
    if section is None:
        return None
    try:
        return ProofRecord.model_validate(section)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, (profile, *first["loc"])))
        raise CourseError(record_path(exercise), f"{first['msg']}; {_remedy(exercise)}", key=key) from None


def save_record(exercise: Exercise, profile: Profile, record: ProofRecord) -> Path:
    """Write a section beside those of other profiles, one attempt a line, and return the file's path.

    Raises
    ------
    GraderError
        It cannot be written.
    """
    try:
        sections = _read(exercise)
    except CourseError:
        sections = {}  # damaged as a whole: there is nothing in it to keep
    sections[profile] = record.model_dump(mode="json", exclude_defaults=True)
    path = record_path(exercise)
    write_whole(path, _laid_out(sections).encode())
    return path


def _laid_out(sections: Mapping[str, object]) -> str:
    """JSON whose lines a reviewer reads: a key of a section a line, and an attempt a line."""
    parts = []
    for profile, section in sorted(sections.items()):
        assert isinstance(section, dict)
        lines = [f"  {_text(key)}: {_text(value)}" for key, value in section.items() if key != "attempts"]
        attempts = ",\n".join(f"   {_text(attempt)}" for attempt in section.get("attempts", ()))
        lines.append(f'  "attempts": [\n{attempts}\n  ]')
        parts.append(f" {_text(profile)}: {{\n" + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _read(exercise: Exercise) -> dict[str, object]:
    path = record_path(exercise)
    if not path.is_file():
        return {}
    try:
        sections = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise CourseError(path, f"is not JSON ({error}); {_remedy(exercise)}") from None
    if not isinstance(sections, dict) or not all(isinstance(section, dict) for section in sections.values()):
        raise CourseError(path, f"is not a proof record; {_remedy(exercise)}")
    return sections


def _remedy(exercise: Exercise) -> str:
    return f"run: grader validate --record {exercise.id}"
