"""Opens the reference of an exercise for the fixture ``reference``: lazily, since most answers are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from grader.checking.reference import ReferenceProxy, digest
from grader.course.models import Course, Exercise, Profile
from grader.references.digests import data_digest, installed_versions, source_digest
from grader.running.session import Session

if TYPE_CHECKING:
    from grader.sandbox import Backend


@contextmanager
def open_reference(
    course: Course, exercise: Exercise, *, backend: Backend, seed: int, profile: Profile | None = None
) -> Iterator[ReferenceProxy]:
    """The reference solution with the face of a submission.

    Nothing runs until a check asks something that has not been answered before under the same sources, data, seed and
    package versions. Answers are kept under ``.grader/references`` of the course.
    """
    from grader.course import build_reference
    from grader.datasets.public import public_data
    from grader.running.session import open_session

    profile = profile or course.profile
    data = public_data(course, exercise, profile)

    def start() -> AbstractContextManager[Session]:
        return open_session(exercise, build_reference(exercise), backend=backend, seed=seed, data_dir=data)

    versions = installed_versions()
    base = digest([exercise.id, source_digest(exercise), data_digest(data), profile, seed, versions])
    with ReferenceProxy(start, base, seed, course.root / ".grader" / "references") as proxy:
        yield proxy
