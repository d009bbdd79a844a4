"""Finds the templates, styles and messages and renders pages: autoescaped, strict, with a Content-Security-Policy.

The defaults live in one place, ``reports/`` at the root of the repository; a wheel carries the same files to
``share/grader/reports``. A course overrides any of them by a file of the same name in its own ``reports/``.
"""

from __future__ import annotations

import base64
import hashlib
import sysconfig
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.course.models import Course
from grader.errors import CourseError, GraderError
from grader.files import write_whole
from grader.reporting.messages import Messages, load_messages
from grader.reporting.text import number, plain, points
from grader.vocabulary import Lang, Outcome

TONES: dict[Outcome, str] = {
    Outcome.PASSED: "good",
    Outcome.PARTIAL: "part",
    Outcome.FAILED: "poor",
    Outcome.SKIPPED: "calm",
    Outcome.INVALID: "calm",
    Outcome.GRADER_ERROR: "ours",
}
"""Colour family of each outcome in the style sheet; those that are not listed are ``poor``."""

MARKS: dict[Outcome, str] = {
    Outcome.PASSED: "✓",
    Outcome.PARTIAL: "◐",
    Outcome.FAILED: "✗",
    Outcome.SKIPPED: "–",
    Outcome.ERROR: "!",
    Outcome.TIMEOUT: "T",
    Outcome.MEMORY: "M",
    Outcome.OUTPUT: "O",
    Outcome.DISK: "D",
    Outcome.PROCESSES: "P",
    Outcome.VIOLATION: "‼",
    Outcome.INVALID: "?",
    Outcome.GRADER_ERROR: "◌",
}
"""One sign for each outcome, so that colour is never the only one."""


def default_folder() -> Path:
    """The folder of the default templates.

    Raises
    ------
    GraderError
        When the installation lacks them.
    """
    beside = Path(__file__).resolve().parents[2]
    candidates = [beside / "reports", beside / "share/grader/reports"]
    for scheme in (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user")):
        candidates.append(Path(sysconfig.get_path("data", scheme)) / "share/grader/reports")
    for folder in candidates:
        if (folder / "student.html.j2").is_file():
            return folder
    raise GraderError(
        "the report templates (student.html.j2) were found in none of "
        + ", ".join(str(folder) for folder in candidates)
        + "; install grader again"
    )


def folders(course: Course | None) -> tuple[Path, ...]:
    """Where templates are looked for, the course's own folder first."""
    default = default_folder()
    own = course.root.resolve() / "reports" if course is not None and course.root != Path() else default
    return (default,) if own == default or not own.is_dir() else (own, default)


def _harmless(value: object) -> object:
    """Every expression of every template passes here, before autoescape: data cannot carry control characters."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(maxsize=8)
def _environment(places: tuple[Path, ...]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([str(place) for place in places]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["points"] = points
    environment.filters["number"] = number
    environment.globals["mark"] = MARKS.__getitem__
    environment.globals["tone"] = lambda outcome: TONES.get(outcome, "poor")
    environment.globals["Outcome"] = Outcome
    return environment


@lru_cache(maxsize=8)
def messages_for(places: tuple[Path, ...], lang: Lang) -> Messages:
    """The catalogue of one language, read once."""
    return load_messages(lang, places)


@lru_cache(maxsize=8)
def _style(places: tuple[Path, ...]) -> tuple[Markup, str]:
    """The style sheet to inline, and the policy that admits it and nothing else."""
    file = next(place / "style.css" for place in places if (place / "style.css").is_file())
    css = file.read_text(encoding="utf-8")
    if "<" in css:
        raise CourseError(file, "found '<', which could end the style element; a style sheet needs none: remove it")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    return Markup(css), policy  # ours, and checked above


def render(template: str, course: Course | None, lang: Lang, **values: object) -> str:
    """Render one page; ``t``, ``lang``, ``style`` and ``policy`` are given to every template."""
    places = folders(course)
    style, policy = _style(places)
    page = _environment(places).get_template(template)
    return page.render(t=messages_for(places, lang), lang=lang, style=style, policy=policy, **values)


def write(path: Path, text: str) -> Path:
    """Write a page whole or not at all, so that an interrupted batch leaves no half page."""
    write_whole(path, text.encode("utf-8"))
    return path
