"""Loads a course exercise by exercise, so that a broken one stops none of the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.course import find_course, load_course
from grader.course.ids import stands_for
from grader.course.models import Course
from grader.errors import CourseError


def load_each(root: Path | None, ids: Sequence[str] | None = None) -> tuple[Course, dict[str, str]]:
    """The course with every exercise that can be loaded, and what is wrong with the others, by id.

    Parameters
    ----------
    root : Path, optional
        The course's folder; found upwards from the working directory by default.
    ids : sequence of str, optional
        Only these exercises, units or tracks, as ids or folders.

    Raises
    ------
    CourseError
        The course itself cannot be loaded.
    """
    folder = root.resolve() if root is not None else find_course(Path.cwd().resolve())
    try:
        return load_course(folder), {}
    except CourseError:
        course = load_course(folder, ["none-of-them"])  # an error in course.toml itself is raised here again
        broken: dict[str, str] = {}
        loaded = dict(course.exercises)
        for path in sorted((folder / "solutions").rglob("exercise.toml")):
            name = path.parent.relative_to(folder / "solutions").as_posix().replace("_", "-")
            if ids and not any(stands_for(each, name) for each in ids):
                continue
            try:
                loaded.update(load_course(folder, [name]).exercises)
            except CourseError as problem:
                broken[name] = str(problem)
        if not loaded and not broken:
            raise  # nothing that was asked for exists
        return course.model_copy(update={"exercises": loaded}), broken
