"""Opens the reference and the known mistakes for a run's checks: remembered answers first, a session only where needed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from grader.checking.asking.answers import LiveAnswers
from grader.checking.asking.caching_link import CachedProxy, CachingLink, reference_proxy
from grader.course import build_reference
from grader.course.models import Course, Exercise, Limits
from grader.course.proof_record import Showing
from grader.datasets.public import public_data
from grader.references.card import data_digest
from grader.references.versions import versions
from grader.running.session import Session, open_session
from grader.sandbox import Backend

_MISTAKE_SECONDS = 30.0
_MISTAKE_TOTAL_SECONDS = 120.0


@contextmanager
def open_reference(course: Course, exercise: Exercise, *, backend: Backend, seed: int) -> Iterator[CachedProxy | None]:
    """The reference with a submission's face, for the length of one submission's checks.

    Its answers are kept under ``.grader/answers`` in the course. None where there is no solution: a student's copy.
    """
    if not _has_solution(exercise):
        yield None
        return
    code = _Code(_Conditions(course, exercise, backend, seed))
    link = code.link()
    try:
        yield reference_proxy(exercise, code.main, seed, link)
    finally:
        link.close()


@contextmanager
def open_mistakes(
    course: Course, exercise: Exercise, *, backend: Backend, seed: int
) -> Iterator[dict[str, CachedProxy]]:
    """The known mistakes of an exercise with a submission's face, by name, for the length of one submission's checks.

    None of them is built or run before it is asked something, and what it answers is kept beside the reference's answers.
    It raises what its code raises, as a submission does. ``proxy.link`` tells it that a question begins, and may end its
    session at any time. There are none where there is no solution.
    """
    conditions = _Conditions(course, exercise, backend, seed)
    names = [mutant.name for mutant in exercise.mutant if mutant.known] if _has_solution(exercise) else []
    with ExitStack() as stack:
        found = {}
        for name in names:
            code = _Code(conditions, name)
            link = code.link()
            stack.callback(link.close)
            found[name] = reference_proxy(exercise, lambda code=code: code.main, seed, link)  # type: ignore[misc]
        yield found


@contextmanager
def open_answers(
    course: Course,
    exercise: Exercise,
    *,
    backend: Backend,
    seed: int,
    shows: Mapping[str, Mapping[str, Showing]] | None = None,
) -> Iterator[LiveAnswers]:
    """Whoever knows an answer beside the submission: `open_reference` and `open_mistakes`; `shows` as `LiveAnswers` takes it."""
    with (
        open_reference(course, exercise, backend=backend, seed=seed) as reference,
        open_mistakes(course, exercise, backend=backend, seed=seed) as mistakes,
    ):
        yield LiveAnswers(reference, mistakes, shows)


def hurried(limits: Limits) -> Limits:
    """The limits of a known mistake: those of its exercise, and no more than 30 s for a cell or call, 120 s for a run.

    One that loops must not hold up a grade for as long as a submission may. Whether a mistake is asked at all is decided by
    the CPU seconds on its record (`grader.proving.known_mistakes.TOO_SLOW`); these limits are of the clock, and lie so far
    above that a busy machine does not run into them.
    """
    return limits.model_copy(
        update={
            "cell_seconds": min(limits.cell_seconds, _MISTAKE_SECONDS),
            "call_seconds": min(limits.call_seconds, _MISTAKE_SECONDS),
            "total_seconds": min(limits.total_seconds, _MISTAKE_TOTAL_SECONDS),
        }
    )


def _has_solution(exercise: Exercise) -> bool:
    return (exercise.source_dir / "solution.py").is_file()


class _Conditions:
    """What the answers of an exercise depend on beside the code."""

    def __init__(self, course: Course, exercise: Exercise, backend: Backend, seed: int) -> None:
        self.course, self.exercise, self.backend, self.seed = course, exercise, backend, seed

    @cached_property
    def data_dir(self) -> Path | None:
        return public_data(self.course, self.exercise)

    @cached_property
    def parts(self) -> tuple[object, ...]:
        computed_on = "gpu" if self.exercise.gpu and self.backend.gpu is not None else "cpu"
        found = sorted(versions(self.exercise).items())
        return self.exercise.id, self.seed, data_digest(self.data_dir), found, computed_on


class _Code:
    """The reference, or a known mistake by its name."""

    def __init__(self, conditions: _Conditions, mutant: str | None = None) -> None:
        self._conditions, self._mutant = conditions, mutant

    @cached_property
    def main(self) -> bytes:
        return build_reference(self._conditions.exercise, mutant=self._mutant)

    def link(self) -> CachingLink:
        """A link that asks nothing yet."""
        exercise, folder = self._conditions.exercise, self._conditions.course.root / ".grader" / "answers"
        name = exercise.id if self._mutant is None else f"{exercise.id}, mutant {self._mutant!r}"
        return CachingLink(self._open, self._identity, folder, name, faults=self._mutant is not None)

    def _identity(self) -> str:
        digest = hashlib.sha256(self.main)
        for part in self._conditions.parts:
            digest.update(repr(part).encode())
        return digest.hexdigest()

    def _open(self) -> AbstractContextManager[Session]:
        its = self._conditions
        return open_session(
            its.exercise,
            self.main,
            backend=its.backend,
            seed=its.seed,
            data_dir=its.data_dir,
            limits=hurried(its.exercise.limits) if self._mutant is not None else None,
        )
