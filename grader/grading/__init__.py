"""From submissions to grades: one at a time or a whole class, and what a graded class is handed on as."""

from grader.grading.batch import grade_batch
from grader.grading.conditions import Conditions
from grader.grading.events import Arrived, BatchEvent, BatchInterrupted, Prepared, Retried, Started
from grader.grading.export import read_grades_json, write_grades_csv, write_grades_json
from grader.grading.grade import GRADE, Grade
from grader.grading.grade_one import grade
from grader.grading.store import GradeStore, MemoryStore

__all__ = [
    "GRADE",
    "Arrived",
    "BatchEvent",
    "BatchInterrupted",
    "Conditions",
    "Grade",
    "GradeStore",
    "MemoryStore",
    "Prepared",
    "Retried",
    "Started",
    "grade",
    "grade_batch",
    "read_grades_json",
    "write_grades_csv",
    "write_grades_json",
]
