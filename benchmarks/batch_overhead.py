"""What grading costs beside the student's own code: times a batch per submission, with and without the sandbox.

    python benchmarks/batch_overhead.py [ID...] [--copies 4] [--workers 1]

Hands in the reference of each exercise several times (each copy differs by a comment, so that none is known by its
digest), once in the sandbox and once without, in turn within one process. The share is ``Grade.grader_seconds`` over
``Grade.seconds``: starting the sandbox and the kernel, asking, checking, tearing down. Ratios are printed only between
numbers of the same invocation; nothing here is compared with a figure from another machine or day.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from grader.course import build_reference, find_course, load_course
from grader.course.models import Course, Exercise
from grader.grading import Conditions, Grade, MemoryStore, grade_batch
from grader.grading.grade_one import missing_packages
from grader.intake import read_submission
from grader.intake.submission import Submission
from grader.vocabulary import Outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ids", nargs="*", metavar="ID", help="exercises; all without TensorFlow by default")
    parser.add_argument("--copies", type=int, default=4, help="submissions of each exercise and backend")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--scratch", type=Path, default=Path("build/benchmark"), help="where submissions are written")
    options = parser.parse_args()
    course = load_course(find_course(Path.cwd()))
    exercises = [course.exercises[name] for name in options.ids] or [
        exercise
        for exercise in course.exercises.values()
        if "tensorflow" not in exercise.requires and not missing_packages(exercise)
    ]
    print(f"{'exercise':<36}{'backend':<12}{'wall s':>8}{'s each':>8}{'own s':>8}{'outside':>9}{'ratio':>8}")
    for exercise in exercises:
        # The reference's answers are asked once and remembered: that cost belongs to a class, not to a submission.
        run(course, exercise, options, trust=False, copies=1, first=0)
        sandboxed, wall = run(course, exercise, options, trust=False, copies=options.copies, first=1)
        plain, plain_wall = run(course, exercise, options, trust=True, copies=options.copies, first=1)
        each = show(exercise, "bubblewrap", sandboxed, wall, None)
        show(exercise, "none", plain, plain_wall, each)


def run(
    course: Course, exercise: Exercise, options: argparse.Namespace, *, trust: bool, copies: int, first: int
) -> tuple[list[Grade], float]:
    """Grade ``copies`` of the reference; returns the grades and the batch's wall time in seconds."""
    submissions = [handed_in(course, exercise, options.scratch, number) for number in range(first, first + copies)]
    began = time.perf_counter()
    conditions = Conditions.under(course, isolated=not trust, gpu=False)
    grades = grade_batch(course, submissions, MemoryStore(), workers=options.workers, conditions=conditions)
    wall = time.perf_counter() - began
    for grade in grades:
        if grade.outcome is not Outcome.PASSED:
            raise SystemExit(f"{exercise.id}: the reference came to {grade.outcome.value}; run grader validate first")
    return grades, wall


def handed_in(course: Course, exercise: Exercise, scratch: Path, number: int) -> Submission:
    """The reference with a comment that makes it a submission of its own."""
    content = build_reference(exercise)
    if exercise.form == "module":
        content += f"\n# copy {number}\n".encode()
    else:
        notebook = json.loads(content)
        notebook["cells"][0]["metadata"]["copy"] = number
        content = json.dumps(notebook).encode()
    path = scratch / f"copy-{number}" / f"{exercise.name}{exercise.suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return read_submission(path, exercise, course.intake, student=f"copy-{number}")


def show(exercise: Exercise, backend: str, grades: list[Grade], wall: float, beside: float | None) -> float:
    """Print one row; returns the median seconds of a submission. ``beside`` is the other backend's."""
    each = statistics.median(grade.seconds for grade in grades)
    outside = sum(grade.grader_seconds for grade in grades) / sum(grade.seconds for grade in grades)
    own = statistics.median(grade.seconds - grade.grader_seconds for grade in grades)
    ratio = "" if beside is None else f"{each / beside:8.2f}"
    print(f"{exercise.id:<36}{backend:<12}{wall:8.2f}{each:8.2f}{own:8.2f}{outside:9.0%}{ratio}", flush=True)
    return each


if __name__ == "__main__":
    main()
