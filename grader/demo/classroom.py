"""Builds a demo class whose verdicts are known beforehand: right, wrong, half-finished and broken submissions.

Everything is made from the course's own sources, the same every time. ``build_class`` writes the folders that a class
would hand in, ``compare`` says where grades and expectations part.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course.models import Course, Exercise, Mutant
from grader.course.proof_record import load_record
from grader.demo.submissions import BROKEN, Work, half_finished
from grader.errors import CourseError
from grader.files import write_whole
from grader.grading.grade import Grade
from grader.grading.grade_one import missing_packages
from grader.vocabulary import Outcome

ZIPPED, FORMULA, MARKUP = "한지민", "=cmd|x", "<script>"
STUDENTS = (
    ZIPPED, FORMULA, MARKUP, "김하늘", "이서준", "박지우", "최민서", "정도윤", "강예린", "조현우", "윤소율", "장태민", "임나은",
    "ada", "alan", "barbara", "carl", "dorothy", "edsger", "frances", "grace", "hedy", "james",
)  # fmt: skip
EMPTY = "empty-handed"

_MANY = 20  # exercises; beyond them the class hands in less for each, so that a demonstration stays short
_NOT_ALL = (Outcome.PARTIAL, Outcome.FAILED)
# What a wrong answer can come to when it stops the run or a call rather than giving a wrong value.
_WRONG = (*_NOT_ALL, Outcome.ERROR, Outcome.TIMEOUT)


@dataclass(frozen=True)
class Expected:
    """What the grade of one student's submission of one exercise must say.

    Attributes
    ----------
    work : str
        What was handed in, for people: ``reference``, ``mutant: scales with the whole matrix``.
    outcomes : tuple of Outcome
        One of these.
    failing : frozenset of str or None
        Exactly these checks do not pass (checks that were skipped for them aside); None where any may fail.
    run : Outcome or None
        How the run itself ends, where that is the point.
    """

    student: str
    exercise_id: str
    work: str
    outcomes: tuple[Outcome, ...]
    failing: frozenset[str] | None = None
    run: Outcome | None = None

    def to_json(self) -> dict[str, Any]:
        """Data for ``expected.json``."""
        return {
            "student": self.student,
            "exercise": self.exercise_id,
            "work": self.work,
            "outcome": [outcome.value for outcome in self.outcomes],
            "run": None if self.run is None else self.run.value,
            "failing_checks": None if self.failing is None else sorted(self.failing),
        }


def build_class(course: Course, out: Path) -> list[Expected]:
    """Write ``out/submissions`` and ``out/expected.json``.

    Every exercise gets right and wrong submissions; work that needs a package which is not installed is expected to be
    skipped. What lay in ``out/submissions`` under the same names is overwritten, nothing else is touched.

    Returns
    -------
    list of Expected
        One for each submission, in the order of students.
    """
    portfolios: dict[str, dict[str, Work]] = {student: {} for student in STUDENTS}
    for exercise, work in _all_work(course):
        _hand_out(portfolios, exercise.id, work)
    for student, exercise, work in _broken_work(course):
        portfolios[student] = {exercise.id: work}
    expected: list[Expected] = []
    root = out / "submissions"
    for student, works in portfolios.items():
        if not works:  # a course with few exercises keeps fewer students busy
            continue
        files: dict[str, bytes] = {}
        for exercise_id, work in works.items():
            exercise = course.exercises[exercise_id]
            files[exercise.folder + exercise.suffix] = work.content
            expected.append(_expect(student, exercise, work))
        if student == ZIPPED:
            write_whole(root / f"{student}.zip", _zipped(files))
        else:
            for name, content in files.items():
                write_whole(root / student / name, content)
    (root / EMPTY).mkdir(parents=True, exist_ok=True)
    text = json.dumps([item.to_json() for item in expected], ensure_ascii=False, indent=1)
    write_whole(out / "expected.json", (text + "\n").encode())
    return expected


def compare(expected: Iterable[Expected], grades: Sequence[Grade]) -> list[str]:
    """Sentences about every grade that is not what was expected; empty when all agree."""
    found = {(grade.student, grade.exercise_id): grade for grade in grades}
    wanted = {(item.student, item.exercise_id): item for item in expected}
    differences: list[str] = []
    for key, item in wanted.items():
        where = f"{item.student} · {item.exercise_id} ({item.work})"
        grade = found.get(key)
        if grade is None:
            differences.append(f"{where}: was not graded")
            continue
        if grade.outcome not in item.outcomes:
            names = " or ".join(outcome.value for outcome in item.outcomes)
            differences.append(f"{where}: expected {names}, found {grade.outcome.value}")
        if item.run is not None and (grade.run is None or grade.run.outcome is not item.run):
            found_run = "no run" if grade.run is None else grade.run.outcome.value
            differences.append(f"{where}: expected a run that ends with {item.run.value}, found {found_run}")
        if item.failing is not None and (failing := failing_checks(grade, item.failing)) != item.failing:
            differences.append(f"{where}: expected failing checks {_listed(item.failing)}, found {_listed(failing)}")
    for (student, exercise_id), grade in found.items():
        if (student, exercise_id) not in wanted and not (student == EMPTY and grade.outcome is Outcome.INVALID):
            differences.append(f"{student} · {exercise_id}: was graded but never handed in")
    return differences


def failing_checks(grade: Grade, named: frozenset[str] = frozenset()) -> frozenset[str]:
    """Names of the checks that did not pass, skipped ones left out.

    Cases of a parametrised check count under its name, unless ``named`` has the case itself.
    """
    good = (Outcome.PASSED, Outcome.SKIPPED)
    failing = [verdict.check for verdict in grade.verdicts if verdict.outcome not in good]
    return frozenset(check if check in named else check.split("[")[0] for check in failing)


def _all_work(course: Course) -> list[tuple[Exercise, Work]]:
    """All ordinary work, kind by kind, so that each student gets a mixture."""
    by_exercise = [(exercise, _work_of(exercise)) for exercise in course.exercises.values()]
    if len(by_exercise) > _MANY:  # right and wrong work of each, and in turn one of what else there is
        by_exercise = [
            (exercise, [*works[:2], *works[2:][i % max(1, len(works) - 2) :][:1]])
            for i, (exercise, works) in enumerate(by_exercise)
        ]
    longest = max((len(works) for _, works in by_exercise), default=0)
    return [(exercise, works[i]) for i in range(longest) for exercise, works in by_exercise if i < len(works)]


def _work_of(exercise: Exercise) -> list[Work]:
    """What the class hands in for one exercise: right answers, mutants, and work that is not finished."""
    from grader.course import build_reference, build_starter
    from grader.course.source import alternates

    none: frozenset[str] = frozenset()
    works = [Work("reference", build_reference(exercise), (Outcome.PASSED,), none)]
    mutants = [
        Work(
            f"mutant: {mutant.name}", build_reference(exercise, mutant=mutant.name), _WRONG, _failing(exercise, mutant)
        )
        for mutant in exercise.mutant[:2]
    ]
    if "tensorflow" in exercise.requires or "keras" in exercise.requires:
        return works + mutants[:1]  # each costs the import of TensorFlow
    works += mutants[:1]
    works += [
        Work(f"alternate: {name}", build_reference(exercise, alternate=name), (Outcome.PASSED,), none)
        for name in alternates(exercise)[:1]
    ]
    works += mutants[1:2]
    half = half_finished(exercise)
    if half is not None:
        works.append(Work("half-finished", half, _WRONG))
    untouched = (Outcome.FAILED, Outcome.ERROR) if exercise.starter_points == 0 else _WRONG
    works.append(Work("untouched starter", build_starter(exercise), untouched))
    return works


def _failing(exercise: Exercise, mutant: Mutant) -> frozenset[str] | None:
    """Checks that a mutant fails, by the proof record; None where that does not say it."""
    try:
        record = load_record(exercise, "small")
    except CourseError:
        return None  # damaged: `grader validate --check-records` says so
    attempts = record.attempts if record is not None and exercise.charge_once else ()
    tried = next((each for each in attempts if each.kind == "mutant" and each.name == mutant.name), None)
    if tried is None:
        return None
    return frozenset(show.check for show in tried.shows) if mutant.known else frozenset(tried.fails)


def _broken_work(course: Course) -> list[tuple[str, Exercise, Work]]:
    """A student for each way to hand in something broken, on the notebook with the shortest limits."""
    notebooks = [
        exercise
        for exercise in course.exercises.values()
        if exercise.form == "notebook" and exercise.defines and not missing_packages(exercise)
    ]
    if not notebooks:
        return []
    exercise = min(notebooks, key=lambda e: (e.limits.cell_seconds, len(e.requires), e.id))
    return [(student, exercise, make(exercise)) for student, make in BROKEN.items()]


def _hand_out(portfolios: dict[str, dict[str, Work]], exercise_id: str, work: Work) -> None:
    """Give work to the student who has least and has nothing for this exercise yet."""
    takers = [student for student, works in portfolios.items() if exercise_id not in works]
    if takers:
        student = min(takers, key=lambda name: len(portfolios[name]))
        portfolios[student][exercise_id] = work


def _expect(student: str, exercise: Exercise, work: Work) -> Expected:
    if missing_packages(exercise) and work.outcomes != (Outcome.INVALID,):
        return Expected(student, exercise.id, work.name, (Outcome.SKIPPED,), frozenset())
    return Expected(student, exercise.id, work.name, work.outcomes, work.failing, work.run)


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)  # the same bytes every time
    return buffer.getvalue()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
