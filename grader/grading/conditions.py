"""What decides a grade beside the submission itself, and the digests by which it is known.

`Conditions` is what a command line chooses; the rest is read off the exercise's files, the packages of this machine and
the grader's own code. A grade or proof whose digest is the same need not be worked out again, so whatever can change what
is computed or said must move a digest here, and nowhere else.
"""

from __future__ import annotations

import functools
import hashlib
import json
import platform
import sys
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Literal

from grader.course.models import Course, Exercise, Profile
from grader.course.proof_record import record_path
from grader.intake.submission import Submission
from grader.sandbox import Backend

BackendKind = Literal["sandbox", "none"]

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
_NOT_JUDGING = {"cli", "demo", "reporting"}  # how a grade is asked for and shown
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Conditions:
    """Under which submissions are graded.

    Attributes
    ----------
    seed : int
        Of every run, and of the checks' ``rng``.
    profile : {"small", "full"}
        Which data, sizes and cards.
    visible_only : bool
        Whether only the checks that students have are run.
    backend : {"sandbox", "none"}
        Whether submissions are isolated.
    gpu : bool
        Whether exercises that ask for a GPU get one.
    """

    seed: int = 0
    profile: Profile = "small"
    visible_only: bool = False
    backend: BackendKind = "sandbox"
    gpu: bool = False

    @classmethod
    def under(
        cls,
        course: Course,
        *,
        isolated: bool,
        gpu: bool,
        seed: int = 0,
        visible_only: bool = False,
    ) -> Conditions:
        """The conditions of a course on this machine."""
        return cls(seed, course.profile, visible_only, "sandbox" if isolated else "none", gpu)

    @classmethod
    def on(cls, course: Course, backend: Backend, *, seed: int = 0, visible_only: bool = False) -> Conditions:
        """The conditions of a course with this backend."""
        return cls.under(
            course, isolated=backend.isolated, gpu=backend.gpu is not None, seed=seed, visible_only=visible_only
        )

    def of(self, exercise: Exercise) -> Conditions:
        """What they come to for one exercise, which may ask for a GPU that is not there."""
        return replace(self, profile=exercise.profile_on(self.profile, self.gpu), gpu=self.gpu and exercise.gpu)


def task_digest(submission: Submission, exercise: Exercise, conditions: Conditions) -> str:
    """SHA-256 (hex) over everything that decides what a grade says.

    The student's name is not part of it: equal work is graded once.
    """
    return digest_of(
        {
            "submission": submission.digest,
            "invalid": submission.invalid.en if submission.invalid else None,
            "exercise": exercise_digest(exercise),
            "environment": environment_digest(),
            "conditions": asdict(conditions.of(exercise)),
        }
    )


def exercise_digest(exercise: Exercise) -> str:
    """SHA-256 (hex) over the exercise's files, its limits (the course's defaults included) and its reference card."""
    # A student's copy has no source directory: there the released files decide.
    root = exercise.source_dir if (exercise.source_dir / "exercise.toml").is_file() else exercise.release_dir
    record = record_path(exercise) if any(mutant.known for mutant in exercise.mutant) else None
    return digest_of(
        {
            "id": exercise.id,
            "files": files_digest(root),
            "limits": exercise.limits.model_dump(mode="json"),
            "card": _digest_if_there(exercise.card_path),
            "record": _digest_if_there(record) if record is not None else None,  # where known mistakes show
            "gpu": exercise.gpu,
            "keras_backend": exercise.keras_backend,
        }
    )


@functools.cache
def environment_digest() -> str:
    """SHA-256 (hex) over the versions of Python and of the packages that exercises use, and over the grader itself."""
    versions: dict[str, str | None] = {
        "grader": own_code_digest(),
        "python": f"{platform.python_implementation()} {sys.version.split()[0]} {platform.machine()}",
    }
    for name in _PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = None
    return digest_of(versions)


@functools.cache
def own_code_digest(package: Path = _PACKAGE) -> str:
    """SHA-256 (hex) over the grader's own code and data, but for how a grade is asked for and shown."""
    return files_digest(package, _NOT_JUDGING)


def files_digest(root: Path, without: set[str] | frozenset[str] = frozenset()) -> str:
    """SHA-256 (hex) over names and contents of the files below a folder, what is compiled, hidden or an editor's copy left out.

    Parameters
    ----------
    without : set of str
        Folders directly below ``root`` that do not count.
    """
    found: dict[str, str] = {}
    if root.is_dir():
        for path in root.rglob("*"):
            parts = path.relative_to(root).parts
            if parts[0] in without or any(map(_is_left_out, parts)) or not path.is_file():
                continue
            found["/".join(parts)] = _digest_file(path)
    return digest_of(found)


def _is_left_out(name: str) -> bool:
    return name.startswith(".") or name.endswith(("~", ".pyc")) or name == "__pycache__"


def digest_of(value: object) -> str:
    """SHA-256 (hex) over plain data; the order of keys does not matter."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _digest_if_there(path: Path) -> str | None:
    return _digest_file(path) if path.is_file() else None


def _digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
