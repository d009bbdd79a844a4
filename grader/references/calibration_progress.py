"""Seeds that a calibration has finished, kept beside the card until that is written."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from pydantic import ValidationError

from grader.course.models import Exercise, Model, Profile
from grader.references.card import source_digest
from grader.references.versions import versions


class SeedRun(Model):
    """What the reference reached under one seed."""

    seed: int
    values: Mapping[str, float]
    baselines: Mapping[str, float]
    curve: tuple[float, ...] = ()
    seconds: float


class _File(Model):
    """The file: runs, and what they were measured with."""

    measured: tuple[str, ...]
    runs: tuple[SeedRun, ...]


class CalibrationProgress:
    """The finished seeds of one exercise and profile.

    Runs of other sources, data or library versions are not used again, and neither is a file that cannot be read.
    """

    def __init__(self, exercise: Exercise, profile: Profile, data: str) -> None:
        self._path = exercise.card_path.with_name(f".{exercise.card_path.stem}.{profile}.finished.json")
        packages = json.dumps(versions(exercise), sort_keys=True)
        self._measured = (exercise.id, profile, source_digest(exercise), data, packages)
        self._runs: dict[int, SeedRun] = {}
        try:
            stored = _File.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return
        if stored.measured == self._measured:
            self._runs = {run.seed: run for run in stored.runs}

    def get(self, seed: int) -> SeedRun | None:
        """The run under this seed, if it has been finished."""
        return self._runs.get(seed)

    def add(self, run: SeedRun) -> None:
        """Keep a run."""
        self._runs[run.seed] = run
        text = _File(measured=self._measured, runs=tuple(self._runs.values())).model_dump_json()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        fresh.write_text(text, encoding="utf-8")
        os.replace(fresh, self._path)

    def remove(self) -> None:
        """Forget them: the card is written."""
        self._path.unlink(missing_ok=True)
