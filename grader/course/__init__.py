"""A course and its exercises: loading, the solution as the single source, what students get. Pure data in and out."""

from __future__ import annotations

from grader.course.check_discovery import CheckPlace, find_checks
from grader.course.loader import find_course, load_course, load_exercise
from grader.course.models import Course, Exercise
from grader.course.release import check_release, release
from grader.course.skeleton import init_course, write_new_exercise
from grader.course.source import (
    Cell,
    Source,
    alternates,
    build_reference,
    build_starter,
    read_source,
)

__all__ = [
    "Cell",
    "CheckPlace",
    "Course",
    "Exercise",
    "Source",
    "alternates",
    "build_reference",
    "build_starter",
    "check_release",
    "find_checks",
    "find_course",
    "init_course",
    "load_course",
    "load_exercise",
    "read_source",
    "release",
    "write_new_exercise",
]
