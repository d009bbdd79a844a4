"""Opens the reference for a run's checks: remembered answers first, a real session only when they do not suffice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from grader.checking.reference import CachingLink, reference_proxy
from grader.course import build_reference
from grader.course.models import Course, Exercise
from grader.datasets.public import public_data
from grader.references.card import data_digest
from grader.references.versions import versions
from grader.running.proxy import SubmissionProxy
from grader.running.session import open_session
from grader.sandbox import Backend


@contextmanager
def open_reference(
    course: Course, exercise: Exercise, *, backend: Backend, seed: int
) -> Iterator[SubmissionProxy | None]:
    """The reference with a submission's face, for the length of one submission's checks.

    Its answers are kept under ``.grader/answers`` in the course. None where there is no solution: a student's copy.
    """
    if not (exercise.source_dir / "solution.py").is_file():
        yield None
        return
    main = build_reference(exercise)
    data_dir = public_data(course, exercise)
    identity = hashlib.sha256(main)
    computed_on = "gpu" if exercise.gpu and backend.gpu is not None else "cpu"
    for part in (exercise.id, seed, data_digest(data_dir), sorted(versions(exercise).items()), computed_on):
        identity.update(repr(part).encode())
    link = CachingLink(
        lambda: open_session(exercise, main, backend=backend, seed=seed, data_dir=data_dir),
        identity.hexdigest(),
        course.root / ".grader" / "answers",
        exercise.id,
    )
    try:
        yield reference_proxy(exercise, main, seed, link)
    finally:
        link.close()
