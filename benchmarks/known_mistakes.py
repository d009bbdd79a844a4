"""What telling known mistakes costs: wrong submissions graded with and without them, side by side, one after the other.

    python -m benchmarks.known_mistakes [--exercises ID ...] [--students 30] [--wrong 5]

Each student makes two mistakes at once in one exercise, other pairs from student to student. Every submission is graded
twice in turn: with the mistakes of the exercise known, and with none. The first round of a class fills the memory of
answers; its ratio and that of the rounds after it are printed apart.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from grader.course import build_reference, find_course, load_course
from grader.course.models import Course, Exercise, Mutant
from grader.errors import CourseError, GraderError
from grader.grading.grade_one import grade
from grader.intake.submission import Submission
from grader.sandbox import Backend, choose_backend


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exercises", nargs="*", help="ids; those with known mistakes by default")
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--wrong", type=int, default=5, help="wrong answers of each student, one an exercise at most")
    options = parser.parse_args()
    try:
        course = load_course(find_course(Path.cwd()))
        chosen = [course.exercise(each) for each in options.exercises or ()]
    except GraderError as error:
        parser.error(str(error))
    chosen = chosen or [each for each in course.exercises.values() if any(m.known for m in each.mutant)]
    chosen = chosen[: options.wrong]
    backend = choose_backend(warm=chosen)
    try:
        first: list[tuple[float, float]] = []
        later: list[tuple[float, float]] = []
        for exercise in chosen:
            for number, main_part in enumerate(itertools.islice(wrong(exercise), options.students)):
                submission = handed_in(exercise, number, main_part)
                known, unknown = (timed(course, each, submission, backend) for each in (exercise, without(exercise)))
                (later if number >= options.students // 3 else first).append((known, unknown))
            print(f"{exercise.id}: {ratio(first + later):.2f} so far", flush=True)
    finally:
        backend.close()
    for name, pairs in (("while answers are gathered", first), ("once they are remembered", later)):
        if pairs:
            told = statistics.median(known for known, _ in pairs), statistics.median(unknown for _, unknown in pairs)
            print(f"{name}: {ratio(pairs):.2f} times ({told[0]:.2f} s and {told[1]:.2f} s in the middle, {len(pairs)})")


def wrong(exercise: Exercise) -> Iterator[bytes]:
    """Solutions with two known mistakes each, as far as they can be made in one text."""
    known = [mutant for mutant in exercise.mutant if mutant.known and not mutant.alternate]
    for one, other in itertools.combinations(known, 2):
        both = Mutant(name="both", replace=[*one.replace, *other.replace], told=one.told)
        try:
            yield build_reference(exercise.model_copy(update={"mutant": [both]}), mutant="both")
        except CourseError:
            continue


def handed_in(exercise: Exercise, number: int, main_part: bytes) -> Submission:
    return Submission(f"s{number:02}", exercise.id, main_part, hashlib.sha256(main_part).hexdigest())


def without(exercise: Exercise) -> Exercise:
    """The exercise as if none of its mistakes were known."""
    return exercise.model_copy(update={"mutant": []})


def timed(course: Course, exercise: Exercise, submission: Submission, backend: Backend) -> float:
    """Seconds of one grade."""
    began = time.perf_counter()
    grade(course, exercise, submission, backend=backend)
    return time.perf_counter() - began


def ratio(pairs: list[tuple[float, float]]) -> float:
    """All seconds with known mistakes over all without."""
    return sum(known for known, _ in pairs) / sum(unknown for _, unknown in pairs)


if __name__ == "__main__":
    main()
