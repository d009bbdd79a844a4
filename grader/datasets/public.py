"""The public data of one exercise as a folder: what a student finds under ``data/`` and a sandbox gets read-only."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from grader.course.models import Course, DataFile, Exercise, Profile
from grader.errors import CourseError
from grader.scratch import scratch_folder


def provide_data(exercise: Exercise, profile: Profile, into: Path) -> list[Path]:
    """Write the public files of ``exercise`` into the folder ``into``; files of other names are left alone.

    Raises
    ------
    CourseError
        When a listed file is neither kept beside the exercise nor made by its dataset.
    """
    from grader.datasets import ensure

    into.mkdir(parents=True, exist_ok=True)
    made = sorted({d.source for d in exercise.data if d.source != "file"})
    written: list[Path] = []
    with scratch_folder("data") as folder:
        if made:
            ensure(made, profile, folder)
        for item in exercise.data:
            kept = exercise.source_dir / "data" / item.name
            source = kept if item.source == "file" else folder / item.name
            if not source.is_file():
                where = exercise.source_dir / "exercise.toml"
                raise CourseError(where, f"no file {item.name!r} in {_origin(item, kept)}", key="data")
            target = into / item.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            written.append(target)
    return written


def public_data(course: Course, exercise: Exercise, profile: Profile | None = None) -> Path | None:
    """A folder with the public files of ``exercise``, made once and kept; None when it has none.

    What a release has built is used as it is; otherwise the folder is made under ``.grader/`` in the course.
    """
    if not exercise.data:
        return None
    profile = profile or course.profile
    released = exercise.release_dir / "data"
    names = [d.name for d in exercise.data]
    if profile == "small" and _complete(released, names) and not _newer(exercise, released):
        return released
    cache = course.root / ".grader" / "data" / profile / exercise.folder
    if not _complete(cache, names) or _newer(exercise, cache):
        cache.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="making-", dir=cache.parent))
        os.chmod(fresh, 0o755)
        provide_data(exercise, profile, fresh)
        try:
            shutil.rmtree(cache, ignore_errors=True)
            fresh.rename(cache)
        except OSError:  # another worker was faster
            shutil.rmtree(fresh, ignore_errors=True)
    return cache


def _complete(folder: Path, names: Sequence[str]) -> bool:
    return all((folder / name).is_file() for name in names)


def _newer(exercise: Exercise, folder: Path) -> bool:
    """Whether a file kept beside the exercise has changed since ``folder`` was made."""
    kept = [exercise.source_dir / "data" / d.name for d in exercise.data if d.source == "file"]
    return any(k.is_file() and k.read_bytes() != (folder / k.name).read_bytes() for k in kept)


def _origin(item: DataFile, kept: Path) -> str:
    return str(kept.parent) if item.source == "file" else f"dataset {item.source!r}"
