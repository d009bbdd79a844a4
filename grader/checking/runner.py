"""Runs an exercise's checks on one session, with pytest inside this process, hundreds of times if need be."""

from __future__ import annotations

import contextlib
import io
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from grader.checking.asking.answers import KnownAnswers, LiveAnswers
from grader.checking.asking.shipped import load_shipped
from grader.checking.band import ReferenceCard
from grader.checking.plugin import CheckPlugin, CheckReport, Context
from grader.checking.verdict import Verdict
from grader.checking.verdicts import broken_file, passed, verdict_of
from grader.course.check_discovery import HIDDEN, VISIBLE
from grader.course.models import Exercise, Profile
from grader.errors import CourseError, GraderError
from grader.running.proxy import Asked, SubmissionProxy

_OPTIONS = (
    "-p no:cacheprovider -p no:terminal -p no:faulthandler -p no:logging -p no:doctest -p no:junitxml -p no:pastebin "
    "-p no:stepwise -p no:warnings -p no:unraisableexception -p no:threadexception -p no:setuponly -p no:setupplan "
    "--continue-on-collection-errors --noconftest --import-mode=importlib --assert=plain --capture=no"
).split()
_ENVIRONMENT = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD", "PYTEST_CURRENT_TEST")


def run_checks(
    exercise: Exercise,
    session: Asked,
    *,
    seed: int,
    reference: Any,
    card: ReferenceCard | None,
    answers: KnownAnswers | None = None,
    visible_only: bool = False,
    mode: Literal["grade", "calibrate"] = "grade",
    profile: Profile = "small",
    data_dir: Path | None = None,
) -> list[Verdict]:
    """Run every check of an exercise on a submission that has run.

    Parameters
    ----------
    exercise : Exercise
    session : Session
        The finished run; its kernel is asked where it still lives.
    seed : int
        For the fixtures ``rng`` and ``seed``.
    reference : object or None
        The fixture ``reference``.
    card : ReferenceCard or None
        Bands of the metrics.
    answers : KnownAnswers, optional
        Whom the questions of `Expect.agree` are put to beside the submission; the reference alone by default, and without
        one the answers that lie beside the exercise.
    visible_only : bool
        Run only the checks that students have.
    mode : "grade" or "calibrate"
        While calibrating, metrics are recorded with their baselines and always pass.
    profile : "small" or "full"
    data_dir : Path, optional
        The exercise's public data, for ``hidden.py``.

    Returns
    -------
    list of Verdict
        In order of definition, visible checks first, each for itself: `grader.checking.marking.mark` charges what several
        of them owe to one mistake. What goes wrong on our side is a ``grader_error`` among them.

    Raises
    ------
    GraderError
        pytest itself could not run.
    """
    data = data_dir or exercise.release_dir / "data"
    if answers is None:
        answers = LiveAnswers(reference) if reference is not None else load_shipped(exercise.release_dir)
    proxy, measuring = SubmissionProxy(session), mode == "calibrate"
    context = Context(exercise, proxy, reference, card, seed, profile, data, answers, measuring)
    plugin = CheckPlugin(context, passed, partial=visible_only)
    files = check_files(exercise, visible_only)
    _run_pytest(plugin, files)
    verdicts = [verdict_of(report, session.run) for report in plugin.reports.values()]
    if plugin.broken:
        missing = max(0.0, exercise.points - sum(v.max_points for v in verdicts)) / len(plugin.broken)
        verdicts += [broken_file(path, error, missing) for path, error in plugin.broken]
    if not verdicts:
        raise CourseError(files[0], "there is no check in this file; write functions named test_...")
    return verdicts


def collect_points(exercise: Exercise) -> dict[str, tuple[float, bool]]:
    """Points of each check and whether students have it, by name, without running anything.

    Raises
    ------
    CourseError
        A test file cannot be imported.
    """
    return {name: (report.points, report.visible) for name, report in _collect(exercise).items()}


def _collect(exercise: Exercise) -> dict[str, CheckReport]:
    plugin = CheckPlugin(None, passed)
    _run_pytest(plugin, check_files(exercise, visible_only=False), "--collect-only")
    if plugin.broken:
        path, error = plugin.broken[0]
        raise CourseError(exercise.source_dir / path.name, f"cannot be imported: {error}") from error
    return plugin.reports


def check_files(exercise: Exercise, visible_only: bool) -> list[Path]:
    """The test files of an exercise; a student's copy has the visible one only.

    Raises
    ------
    CourseError
        There is none.
    """
    names = (VISIBLE,) if visible_only else (VISIBLE, HIDDEN)
    for folder in (exercise.source_dir, exercise.release_dir):
        files = [folder / name for name in names if (folder / name).is_file()]
        if folder != Path() and files:
            return files
    raise CourseError(exercise.source_dir / VISIBLE, "there is no such file; an exercise needs checks")


def _run_pytest(plugin: CheckPlugin, files: list[Path], *options: str) -> None:
    folder = files[0].parent
    arguments = [*_OPTIONS, *options, f"--rootdir={folder}", "-c", os.devnull, *map(str, files)]
    said = io.StringIO()
    with _quiet(said), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = pytest.main(arguments, plugins=[plugin])
    if plugin.interrupted:
        raise KeyboardInterrupt
    if plugin.crash is not None:
        if isinstance(plugin.crash, GraderError):
            raise plugin.crash
        raise GraderError(f"the checks of {folder} crashed pytest: {plugin.crash!r}") from plugin.crash
    if code in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERNAL_ERROR):
        raise GraderError(f"pytest could not run the checks of {folder}: {said.getvalue().strip() or code}")


@contextlib.contextmanager
def _quiet(said: io.StringIO) -> Iterator[None]:
    """Keep pytest to our options alone, and what checks print off the screen."""
    before = {name: os.environ.pop(name, None) for name in _ENVIRONMENT}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            yield
    finally:
        os.environ.pop("PYTEST_DISABLE_PLUGIN_AUTOLOAD", None)
        os.environ.update({name: value for name, value in before.items() if value is not None})
