"""Writes a new course, and a new exercise that is small and already works: its author changes it, step by step.

What a new exercise consists of lies as files in ``skeletons/``, a folder for each kind.
"""

from __future__ import annotations

import re
from pathlib import Path

from grader.course.loader import EXERCISE_FILE, ID_PATTERN
from grader.course.models import COURSE_FILE, Course, Form
from grader.errors import CourseError, GraderError

COURSE = """\
name = "{name}"
title = {{ en = "{title}", ko = "{title}" }}
languages = ["en", "ko"]
profile = "small"  # "full" grades with the real data sets: grader data fetch
seeds = 5          # how many seeds calibrate and validate use

[tracks]
# intro = {{ en = "First steps", ko = "첫걸음" }}

[limits]
# cell_seconds = 60
# memory_mb = 2048

[intake]
file_mb = 20
total_mb = 100
files = 200
cells = 1000
"""

SKELETONS = Path(__file__).with_name("skeletons")

KINDS: dict[str, tuple[Form, ...]] = {
    "function": ("notebook", "module"),
    "estimator": ("module", "notebook"),
    "pipeline": ("module", "notebook"),
    "plot": ("notebook",),
    "metric": ("module", "notebook"),
    "keras": ("notebook", "module"),
    "short-answer": ("notebook",),
    "module": ("module",),
    "agent": ("module", "notebook"),
    "generator": ("module", "notebook"),
    "service": ("module", "notebook"),
    "data-cleaning": ("notebook", "module"),
}
"""Each kind of skeleton with the forms that it can have; the first is what it has if nothing else is said."""


def write_new_exercise(course: Course, id: str, form: Form | None = None, kind: str = "function") -> Path:
    """Write the sources of a small, complete exercise under ``solutions/`` and return its folder.

    Once it is calibrated and released it passes ``grader validate`` as it stands.

    Parameters
    ----------
    form : "notebook" or "module", optional
        What students hand in; the usual form of the kind by default.
    kind : str
        A key of `KINDS`, which is also a folder of templates in ``skeletons/``.

    Raises
    ------
    CourseError
        The id is not one, or there is such a folder already.
    GraderError
        There is no such kind, or it cannot have this form.
    """
    wanted = id.strip("/").replace("_", "-")
    if not ID_PATTERN.fullmatch(wanted):
        raise CourseError(
            course.root / "solutions",
            f"{id!r} is not an id; expected lower-case words with hyphens, such as 'intro/unit1/first-steps'",
        )
    if kind not in KINDS:
        raise GraderError(f"there is no kind {kind!r} of exercise; there are: {', '.join(KINDS)}")
    form = form or KINDS[kind][0]
    if form not in KINDS[kind]:
        raise GraderError(f"an exercise of the kind {kind!r} cannot be a {form}; leave out --form {form}")
    folder = course.root / "solutions" / wanted.replace("-", "_")
    if folder.exists():
        raise CourseError(folder, "exists already; choose another id")
    for source in sorted((SKELETONS / kind).rglob("*")):
        if source.suffix not in (".py", ".toml"):
            continue
        text = source.read_text("utf-8")
        if source.name == EXERCISE_FILE:
            text = text.replace("@ID@", wanted).replace("@FORM@", form)
        path = folder / source.relative_to(SKELETONS / kind)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return folder


def init_course(directory: Path) -> Path:
    """Make an empty course in ``directory`` and return its root; existing files are never overwritten.

    Raises
    ------
    GraderError
        There is a course already.
    """
    root = directory.resolve()
    if (root / COURSE_FILE).exists():
        raise GraderError(f"{root / COURSE_FILE}: there is a course already; choose another folder")
    title = re.sub(r'["\\]|[^\w .,:()-]', "", root.name).replace("_", " ").strip() or "My course"
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "course"
    for folder in ("exercises", "solutions", "reference_models", "reports"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / COURSE_FILE).write_text(COURSE.format(name=name, title=title), "utf-8", newline="\n")
    ignore = root / ".gitignore"
    if not ignore.exists():
        ignore.write_text(".grader/\n.ipynb_checkpoints/\n__pycache__/\n", "utf-8", newline="\n")
    return root
