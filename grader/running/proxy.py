"""What checks hold instead of a submission: its names, its objects, its files and its source, asked one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from grader.course.models import Exercise, Form
from grader.errors import GraderError, SubmissionFault
from grader.running import faults
from grader.running.figures import FigureFacts
from grader.running.keras_facts import RemoteModel, load_model
from grader.running.link import Link
from grader.running.oracle import Oracle, make_oracle
from grader.running.probe.codec import Rng
from grader.running.remote import Channel, Remote, RemoteEstimator
from grader.running.run import CellResult, Run
from grader.running.source import Source
from grader.vocabulary import Outcome

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Asked", "Rng", "SubmissionProxy"]


class Asked(Protocol):
    """What the proxy needs of a session."""

    exercise: Exercise
    run: Run
    link: Link | None
    seed: int

    @property
    def main(self) -> bytes: ...


class SubmissionProxy:
    """The face of a submission.

    Parameters
    ----------
    session : Asked
        A run whose kernel may still answer.
    timeout : float, optional
        Seconds for each call; the exercise's ``call_seconds`` by default. May be set later: ``proxy.timeout = 5``.

    Notes
    -----
    Every method that asks raises `SubmissionFault` when the submission fails to answer; that becomes the verdict.
    """

    def __init__(self, session: Asked, *, timeout: float | None = None, channel: Channel | None = None) -> None:
        self._session = session
        self._channel = channel or Channel(session.link, session.run, timeout)

    @property
    def timeout(self) -> float | None:
        """Seconds for each call, None for the exercise's own limit."""
        return self._channel.timeout

    @timeout.setter
    def timeout(self, seconds: float | None) -> None:
        self._channel.timeout = seconds

    @property
    def run(self) -> Run:
        """The execution of the submission's cells."""
        return self._session.run

    @property
    def cells(self) -> list[CellResult]:
        """How each code cell ended."""
        return list(self._session.run.cells)

    @cached_property
    def source(self) -> Source:
        """What the student wrote."""
        return Source(self._session.main, self._session.exercise.form)

    def __getitem__(self, name: str) -> Any:
        """A variable, as data or as a `Remote`."""
        return self._value(name, self._ask("get", name))

    def call(self, function: str, /, *args: Any, hold: bool = False, **kwargs: Any) -> Any:
        """Call a function by its (dotted) name; ``hold=True`` keeps even data inside and returns a `Remote`."""
        found = self._value(function, self._ask("call", function, args=args, kwargs=kwargs, hold=hold))
        if isinstance(found, Remote):
            found.asked_as = f"{function}(...)"
        return found

    def map(self, function: str, calls: Sequence[Any], /) -> list[Any]:
        """Call a function once for each entry of `calls` in one round trip.

        An entry that is a tuple or a list holds the positional arguments; anything else is the only one.
        """
        entries = [tuple(entry) if isinstance(entry, tuple | list) else (entry,) for entry in calls]
        found = self._ask("call_many", function, calls=entries)
        if not isinstance(found, list) or len(found) != len(entries):
            raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "another number of answers than of calls")
        return [self._value(function, value) for value in found]

    def new(self, name: str, /, *args: Any, **kwargs: Any) -> Remote:
        """Make an instance of a class and hold it inside."""
        return self._remote(self._ask("call", name, args=args, kwargs=kwargs, hold=True), name)

    def has(self, name: str) -> bool:
        """Whether the submission defines `name`, and not as the untouched stub."""
        return self._channel.ask("has", label=name, name=name) is True

    def remote(self, name: str) -> Remote:
        """Hold a variable inside, whatever it is."""
        found = self._remote(self._ask("get", name, hold=True), name)
        found.asked_as = name
        return found

    def estimator(self, name: str | Remote, /, **params: Any) -> RemoteEstimator:
        """An estimator.

        `name` is a class or a factory, which is called with `params`; or an instance, which is held as it is, or cloned
        when there are `params`; or a `Remote` that a call returned.
        """
        if isinstance(name, Remote):
            return RemoteEstimator(name)
        return RemoteEstimator(self._remote(self._ask("estimator", name, params=params, hold=True), name))

    def hold(self, value: Any) -> Remote:
        """Put data inside and hold it there.

        Pass it like any other argument; ``held.call("copy")`` then tells whether the submission has changed it.
        """
        return self._remote(self._channel.ask("hold", label="hold", value=value, hold=True), "hold")

    def oracle(self, function: Callable[..., Any], budget: int | None = None) -> Oracle:
        """A function of the check's that the submission may call while it is asked; it runs and is counted out here.

        Pass it like any other argument: ``submission.call("search", oracle)``; then read ``oracle.calls``. Beyond
        `budget` calls it raises inside. What it returns crosses to the submission, so it should say no more than the
        exercise allows.
        """
        return make_oracle(self._channel, function, budget)

    def measure(self, function: str, args: tuple[Any, ...], **options: Any) -> Any:
        """What calls of a function cost in time or memory, as the submission's process measures it: claims."""
        return self._ask("effort", function, args=args, kwargs={}, **options)

    def cpu_seconds(self) -> float:
        """CPU time that the whole sandbox has used so far, as the trusted side reads it; 0.0 where nobody counts it."""
        counted = getattr(self._session, "cpu_seconds", None)
        return float(counted()) if counted is not None else 0.0

    def model(self, name: str | Remote) -> RemoteModel:
        """A Keras model by name, or one that a call returned."""
        return RemoteModel(name if isinstance(name, Remote) else self.remote(name))

    def load_model(self, path: str) -> RemoteModel:
        """A Keras model from a file in the working directory; ``fresh().load_model(path)`` reads it in a new process."""
        return load_model(self._channel, path)

    def figure(self, name: str | Remote | Sequence[Any]) -> FigureFacts:
        """What a matplotlib figure shows; `name` may hold a figure, axes or an array or tuple of them."""
        target = self.remote(name) if isinstance(name, str) else name
        label = name if isinstance(name, str) else "figure"
        return FigureFacts.from_data(self._channel.ask("figure", label=label, target=target))

    def frame(self, name: str) -> pd.DataFrame:
        """A variable that must be a pandas DataFrame."""
        import pandas as pd

        value = self[name]
        if not isinstance(value, pd.DataFrame):
            found = value.type_name if isinstance(value, Remote) else type(value).__name__
            raise faults.wrong_kind(faults.NOT_A_FRAME, name, found)
        return value

    def files(self, pattern: str = "**/*") -> list[str]:
        """Names of the files that the submission wrote, relative to its working directory."""
        found = self._channel.ask("files", label=pattern, pattern=pattern)
        return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []

    def read(self, path: str) -> bytes:
        """Content of such a file."""
        limit = (self._session.exercise.limits.reply_mb << 20) - 1024
        try:
            content = self._channel.ask("read", label=path, path=path, limit=limit)
        except faults.SubmissionRaised as fault:
            if fault.outcome is Outcome.ERROR and "OSError" in fault.exceptions:
                raise SubmissionFault(Outcome.FAILED, faults.NO_FILE.format(name=path)) from None
            raise
        if not isinstance(content, bytes):
            raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "a file that is not bytes")
        return content

    def reload(self, path: str) -> RemoteEstimator:
        """Load a saved object (``.joblib``, ``.pkl``, ``.keras``) inside and hold it there; it is never loaded out here."""
        try:
            return RemoteEstimator(self._remote(self._channel.ask("load_file", label=path, path=path, hold=True), path))
        except faults.SubmissionRaised as fault:
            if fault.exception == "FileNotFoundError":
                raise SubmissionFault(Outcome.FAILED, faults.NO_FILE.format(name=path)) from None
            raise

    def public(self, module: str) -> Remote:
        """Import one of the exercise's public modules inside and hold it."""
        return self._remote(self._channel.ask("public", label=module, name=module, hold=True), module)

    def seed(self, value: int) -> None:
        """Seed every source of random numbers inside again."""
        self._channel.ask("seed", label="seed", value=value)

    def environment(self) -> dict[str, str]:
        """Versions of the packages inside; claims, like everything from there."""
        found = self._channel.ask("environment", label="environment")
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def fresh(self, *, bare: bool = False) -> SubmissionProxy:
        """A new Python process in the same sandbox that imports the module again; files stay.

        With ``bare=True`` nothing is imported: enough to read a file that a notebook wrote.

        Raises
        ------
        GraderError
            The exercise is a notebook.
        """
        exercise = self._session.exercise
        if exercise.form != "module" and not bare:
            raise GraderError(f"{exercise.id}: fresh() needs an exercise of form 'module', not 'notebook'")
        kernel = Channel(self._session.link, self.run, self.timeout)
        number = kernel.ask("fresh", label="fresh", name=exercise.name, seed=self._session.seed)
        if type(number) is not int or number < 1:
            raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "a process without a number")
        channel = Channel(self._session.link, self.run, self.timeout, to=number)
        if not bare:
            channel.ask("load", label=f"{exercise.name}.py", name=exercise.name)
        return SubmissionProxy(self._session, channel=channel)

    def close(self) -> None:
        """End a fresh process; the kernel itself ends with its session."""
        if self._channel.to:
            Channel(self._session.link, self.run).ask("end", label="fresh", number=self._channel.to)

    def _ask(self, op: str, name: str, **fields: Any) -> Any:
        try:
            return self._channel.ask(op, label=name, name=name, **fields)
        except faults.NameUndefined as fault:
            raise explain_missing(self, self._session.exercise.form, fault) from None

    def _value(self, name: str, value: Any) -> Any:
        if value is Ellipsis:
            raise SubmissionFault(Outcome.FAILED, faults.NOT_WRITTEN.format(name=name))
        return value

    def _remote(self, value: Any, name: str) -> Remote:
        if not isinstance(value, Remote):
            raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "a value where an object is held")
        if value.type_name == "ellipsis":
            raise SubmissionFault(Outcome.FAILED, faults.NOT_WRITTEN.format(name=name))
        return value


def explain_missing(proxy: SubmissionProxy, form: Form, fault: faults.NameUndefined) -> SubmissionFault:
    """A name is missing: say so, or say which cell stopped before it could be defined."""
    run = proxy.run
    stopped = next((cell for cell in proxy.cells if cell.outcome is not Outcome.PASSED), None)
    place = proxy.source.defined_in(fault.name.partition(".")[0])
    if run.outcome is Outcome.PASSED or stopped is None or (place is None and proxy.source.text):
        return fault
    if form == "module":
        return SubmissionFault(run.outcome, run.message, stopped.traceback)
    if place is not None:
        own = next((cell for cell in proxy.cells if cell.number == place), stopped)
        stopped = own if own.outcome not in (Outcome.PASSED, Outcome.SKIPPED) else stopped
    message = faults.STOPPED_BEFORE.format(name=fault.name, cell=stopped.number)
    outcome = stopped.outcome if stopped.outcome is not Outcome.SKIPPED else run.outcome
    return SubmissionFault(outcome, message, stopped.traceback)
