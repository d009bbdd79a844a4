"""The identity of a task: what was graded once, under the same rules and packages, is known by its digest."""

from __future__ import annotations

import functools
import hashlib
import json
import platform
import sys
from importlib import metadata
from pathlib import Path

from grader import __version__
from grader.course.models import Exercise, Profile
from grader.intake.submission import Submission

# Packages whose version can change what a submission computes or what a check says.
_PACKAGES = (
    "numpy",
    "scipy",
    "pandas",
    "scikit-learn",
    "matplotlib",
    "joblib",
    "tensorflow",
    "tensorflow-cpu",
    "keras",
    "ipykernel",
    "ipython",
    "pytest",
)
_JUDGING = ("checking", "course", "datasets", "running", "sandbox")
_IGNORED = {"__pycache__", ".ipynb_checkpoints"}


def task_digest(
    submission: Submission,
    exercise: Exercise,
    *,
    profile: Profile,
    seed: int,
    visible_only: bool,
    backend: str,
    gpu: bool = False,
) -> str:
    """SHA-256 (hex) over everything that decides what a grade says.

    The student's name is not part of it: equal work is graded once.
    """
    parts = {
        "submission": submission.digest,
        "invalid": submission.invalid.en if submission.invalid else None,
        "exercise": exercise_digest(exercise),
        "environment": environment_digest(),
        "profile": profile,
        "seed": seed,
        "visible_only": visible_only,
        "backend": backend,
        "gpu": gpu and exercise.gpu,
    }
    return _digest_json(parts)


def exercise_digest(exercise: Exercise) -> str:
    """SHA-256 (hex) over the exercise's files, its limits (the course's defaults included) and its reference card."""
    files: dict[str, str] = {}
    # A student's copy has no source directory: there the released files decide.
    root = exercise.source_dir if (exercise.source_dir / "exercise.toml").is_file() else exercise.release_dir
    for path in _files(root):
        files[path.relative_to(root).as_posix()] = _digest_file(path)
    card = _digest_file(exercise.card_path) if exercise.card_path.is_file() else None
    return _digest_json(
        {
            "id": exercise.id,
            "files": files,
            "limits": exercise.limits.model_dump(mode="json"),
            "card": card,
            "gpu": exercise.gpu,
            "keras_backend": exercise.keras_backend,
        }
    )


@functools.cache
def environment_digest() -> str:
    """SHA-256 (hex) over the versions of Python and of the packages that exercises use, and over the grader itself.

    The grader's own part is its version and the sources of what runs and judges, so that a grade from before a change
    there is not taken for one from after it.
    """
    versions: dict[str, str | None] = {"grader": __version__}
    package = Path(__file__).parents[1]
    for folder in _JUDGING:
        for path in _files(package / folder):
            versions[path.relative_to(package).as_posix()] = _digest_file(path)
    versions["python"] = f"{platform.python_implementation()} {sys.version.split()[0]} {platform.machine()}"
    for name in _PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = None
    return _digest_json(versions)


def _files(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    found = [
        path
        for path in root.rglob("*")
        if path.is_file() and not _IGNORED.intersection(path.relative_to(root).parts) and path.suffix != ".pyc"
    ]
    return sorted(found, key=lambda path: path.relative_to(root).as_posix())


def _digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest_json(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
