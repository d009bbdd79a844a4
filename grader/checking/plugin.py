"""The pytest plugin of one run of checks: collects an exercise's checks, gives them their fixtures, keeps what they said.

Theory of operation: `grader.checking.runner` makes one plugin object per submission and runs pytest in this process
with it. The plugin makes the modules itself, so nothing is imported by name and no file is written; it answers
``pytest_runtest_makereport`` with an empty report, because the verdicts are made from the exceptions themselves and
never from rendered text.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checking.asking.answers import KnownAnswers
from grader.checking.band import Bands, ReferenceCard
from grader.checking.docstrings import read_docstring
from grader.checking.expect import Expect
from grader.checking.expect.agree import Asking, settle
from grader.checking.modules import Hidden, load_module, module_name
from grader.checking.values import discreet
from grader.course.check_discovery import MARKS
from grader.course.models import Exercise, Profile
from grader.errors import CourseError, GraderError, SubmissionFault
from grader.vocabulary import Text

# Fixtures: with one of them a question may rest on more than the checks' own files, such as the submission or the card.
_BEYOND_THE_FILES = frozenset({"submission", "reference", "remembered", "band"})


@dataclass(frozen=True)
class Context:
    """What all checks of one run share."""

    exercise: Exercise
    submission: Any
    reference: Any
    card: ReferenceCard | None
    seed: int
    profile: Profile
    data: Path
    answers: KnownAnswers
    measuring: bool = False


@dataclass
class CheckReport:
    """What pytest saw of one check. ``error`` is the first exception of set-up, call or tear-down."""

    name: str
    title: Text
    points: float
    visible: bool
    hint: Text | None
    asks: Text | None
    needs: tuple[str, ...]
    expect: Expect
    error: BaseException | None = None
    phase: str = "call"
    seconds: float = 0.0


class Module(pytest.Module):
    """A test file that is executed for each run."""

    def _getobj(self) -> Any:
        return load_module(self.path, module_name(self.path))


class CheckPlugin:
    """Fixtures, hooks and results of one run.

    Parameters
    ----------
    context : Context or None
        None to collect only.
    judge : callable
        Says of a finished check whether it passed; later checks may need it.

    Attributes
    ----------
    reports : dict of str to CheckReport
        In order of definition.
    broken : list of (Path, exception)
        Test files that could not be collected.
    """

    def __init__(self, context: Context | None, judge: Callable[[CheckReport], bool], partial: bool = False) -> None:
        self.context, self._judge, self._partial = context, judge, partial
        self.reports: dict[str, CheckReport] = {}
        self.broken: list[tuple[Path, BaseException]] = []
        self.crash: BaseException | None = None
        self.interrupted = False
        self._memory: dict[str, tuple[Any, SubmissionFault | None]] = {}

    # collecting

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the marks."""
        for mark in MARKS:
            config.addinivalue_line("markers", f"{mark}(...): see the documentation of checks")

    def pytest_pycollect_makemodule(self, module_path: Path, parent: Any) -> Module:
        """Make modules that are executed for each run."""
        return Module.from_parent(parent, path=module_path)

    def pytest_collectreport(self, report: Any) -> None:
        """Keep what went wrong while a file was collected."""
        if report.failed:
            error = getattr(report, "_error", None) or GraderError(str(report.longrepr))
            self.broken.append((Path(report.nodeid), error))

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: Any) -> Generator[None, Any, Any]:
        """Keep the exception itself beside pytest's rendering of it."""
        report = yield
        call = getattr(report, "call", None)
        if report.failed and call is not None and call.excinfo is not None:
            report._error = call.excinfo.value
        return report

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Read title, points and hints of every check."""
        cases: Counter[str] = Counter()
        for item in items:
            cases[item.nodeid.partition("[")[0]] += 1
            self.reports[item.name] = self._describe(item, cases[item.nodeid.partition("[")[0]])

    def _describe(self, item: pytest.Item, case: int) -> CheckReport:
        points = _number(item, "points", 1.0)
        needs = tuple(str(name) for mark in item.iter_markers("needs") for name in mark.args)
        measuring = self.context.measuring if self.context else False
        visible = item.path.name == "test_visible.py"
        doc = read_docstring(getattr(getattr(item, "function", None), "__doc__", None))
        expect = Expect(measuring=measuring)
        expect.asking = self._asking(item)
        return CheckReport(
            name=item.name,
            title=titled(doc.title, _told_name(item, visible, case)),
            points=points,
            visible=visible,
            hint=doc.hint,
            asks=doc.asks,
            needs=needs,
            expect=expect,
        )

    def _asking(self, item: pytest.Item) -> Asking | None:
        context = self.context
        if context is None:
            return None
        apart = _BEYOND_THE_FILES.isdisjoint(getattr(item, "fixturenames", _BEYOND_THE_FILES))
        return Asking(
            item.name,
            context.submission,
            context.answers,
            context.exercise.tolerance,
            rests_on=self._checks_digest if apart else "",
        )

    @cached_property
    def _checks_digest(self) -> str:
        """Digest of what checks rest on that do not look at the submission by themselves: their files, data, seed, profile."""
        context = self._context
        digest = hashlib.sha256(repr((context.exercise.id, context.profile, context.seed)).encode())
        for path in sorted(context.exercise.source_dir.rglob("*")):
            if path.is_file() and path.parent.name != "__pycache__":
                digest.update(repr((path.name, path.read_bytes())).encode())
        return digest.hexdigest()

    # running

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Item) -> Generator[None, Any, Any]:
        """Once a check has put all its questions, let it fail where one of them was answered otherwise."""
        result = yield
        settle(self.reports[pyfuncitem.name].expect)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Let what a hidden check says, its fixtures included, repeat nothing of what the submission answered."""
        with discreet(not self.reports[item.name].visible):
            return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip what needs a check that did not pass; set how long each call may take."""
        report = self.reports[item.name]
        for name in report.needs:
            cases = [other for other in self.reports.values() if name in (other.name, other.name.partition("[")[0])]
            if not cases and not self._partial:
                raise CourseError(item.path, f"check {item.name!r} needs {name!r}, and there is no such check")
            order = list(self.reports)
            if any(order.index(other.name) >= order.index(item.name) for other in cases):
                raise CourseError(item.path, f"check {item.name!r} needs {name!r}, which comes later; move it up")
            missing = next((other for other in cases if not self._judge(other) and not explained(other)), None)
            if missing is not None:
                raise NeedNotMet(missing.title)
        if self.context is not None and item.get_closest_marker("timeout"):
            self.context.submission.timeout = _number(item, "timeout", 0.0)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        """Give the next check the exercise's own time for calls again."""
        if self.context is not None and item.get_closest_marker("timeout"):
            self.context.submission.timeout = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Keep the exception; pytest only needs to know whether to go on."""
        report = self.reports[item.name]
        report.seconds += call.duration
        if call.excinfo is not None and report.error is None:
            report.error, report.phase = call.excinfo.value, call.when
        said = "passed" if call.excinfo is None else "failed"
        return pytest.TestReport(item.nodeid, item.location, {}, said, None, call.when)  # type: ignore[arg-type]

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Remember it: pytest itself only returns an exit code. It also calls this where collecting failed."""
        self.interrupted = isinstance(excinfo.value, KeyboardInterrupt)

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Keep a crash of pytest or of a hook, and keep it off the screen."""
        self.crash = excinfo.value
        return True

    # fixtures

    @pytest.fixture(scope="session")
    def submission(self) -> Any:
        """What the student handed in, ready to be asked."""
        return self._context.submission

    @pytest.fixture(scope="session")
    def reference(self) -> Any:
        """The reference solution, with the same face as the submission."""
        if self._context.reference is None:
            raise GraderError("a check uses the fixture 'reference', and none is open; hidden checks only can use it")
        return self._context.reference

    @pytest.fixture(scope="session")
    def band(self) -> Bands:
        """Bands of the metrics that ``exercise.toml`` declares."""
        context = self._context
        return Bands(context.exercise, context.card, context.measuring)

    @pytest.fixture(scope="session")
    def hidden(self) -> Hidden:
        """Hidden data, by attribute."""
        context = self._context
        return Hidden(context.exercise.source_dir / "hidden.py", context.profile, context.data)

    @pytest.fixture(scope="session")
    def seed(self) -> int:
        """The run's seed."""
        return self._context.seed

    @pytest.fixture(scope="session")
    def profile(self) -> str:
        """``"small"`` or ``"full"``."""
        return self._context.profile

    @pytest.fixture(scope="session")
    def remembered(self) -> Callable[[str, Callable[[], Any]], Any]:
        """Ask once per submission: ``remembered("state", lambda: submission.call("train", X))``."""
        return self._remember

    @pytest.fixture
    def expect(self, request: pytest.FixtureRequest) -> Expect:
        """Expectations that explain themselves."""
        return self.reports[request.node.name].expect

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """Random numbers that depend on the run's seed and the check's name only."""
        name = hashlib.sha256(request.node.name.encode()).digest()
        rng = np.random.default_rng([self._context.seed, int.from_bytes(name[:8], "big")])
        asking = self.reports[request.node.name].expect.asking
        if asking is not None:
            asking.rng = rng
        return rng

    @property
    def _context(self) -> Context:
        if self.context is None:
            raise GraderError("checks are being collected only, not run")
        return self.context

    def _remember(self, key: str, make: Callable[[], Any]) -> Any:
        if key not in self._memory:
            try:
                self._memory[key] = (make(), None)
            except SubmissionFault as error:
                self._memory[key] = (None, error)
        value, fault = self._memory[key]
        if fault is not None:
            raise fault
        return value


def explained(report: CheckReport) -> bool:
    """Whether known mistakes answer as the submission does wherever a check failed; what needs it is asked then."""
    expect = report.expect
    return (
        report.error is not None
        and report.error is expect.first_failure
        and all(difference.mistakes for difference in expect.differences)
    )


class NeedNotMet(Exception):
    """A check that this one needs did not pass."""

    def __init__(self, title: Text) -> None:
        super().__init__(title.en)
        self.title = title


def titled(title: Text, name: str) -> Text:
    """A check's title with its case; its name in words where it has no title."""
    case = name[name.index("[") :] if "[" in name else ""
    plain = name.partition("[")[0].removeprefix("test_").replace("_", " ")
    en = title.en or plain[:1].upper() + plain[1:]
    return Text(f"{en} {case}".strip(), f"{title.ko} {case}".strip() if title.ko else "")


def _told_name(item: pytest.Item, visible: bool, case: int) -> str:
    """A check's name as students may read it: pytest names cases after their values, which a hidden check keeps secret."""
    if visible or "[" not in item.name or all(_names_cases(mark) for mark in item.iter_markers("parametrize")):
        return item.name
    return f"{item.name.partition('[')[0]}[{case}]"


def _names_cases(mark: pytest.Mark) -> bool:
    """Whether the author named each case of a parametrisation."""
    ids = mark.kwargs.get("ids")
    values = mark.args[1] if len(mark.args) > 1 else mark.kwargs.get("argvalues")
    named = isinstance(values, list | tuple) and all(getattr(value, "id", None) for value in values)
    return named or (ids is not None and not callable(ids))


def _number(item: pytest.Item, mark: str, default: float) -> float:
    found = item.get_closest_marker(mark)
    if found is None:
        return default
    value = found.args[0] if found.args else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise CourseError(item.path, f"{mark}({value!r}) of {item.name!r} is not a number of at least 0")
    return float(value)
