"""Code that is run when somebody asks what nobody remembers: its session, and the past that it must be told again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

from grader.checking.asking.answer_store import Answer, FaultRecord, fault_of, fault_record
from grader.checking.asking.history import Asked, Live, request_digest
from grader.errors import GraderError, SubmissionFault
from grader.running import faults
from grader.running.faults import NameUndefined, SubmissionRaised
from grader.running.probe.bounds import Bounds
from grader.running.probe.codec import decode, encode
from grader.running.proxy import SubmissionProxy, explain_missing
from grader.running.session import Session
from grader.vocabulary import Outcome

REMEMBERED_BOUNDS = Bounds(total=1 << 30, header=1 << 28)
_ITS_OWN = frozenset({Outcome.PASSED, Outcome.FAILED, Outcome.ERROR})  # no limit had a say in it
_BY_ITSELF = _ITS_OWN | {Outcome.SKIPPED}  # of the cells of a run

Opener = Callable[[], AbstractContextManager[Session]]


class LiveCode:
    """The reference or a known mistake, run as often as it must be.

    Parameters
    ----------
    open_session : callable
        Runs the code and keeps it open, as a context manager.
    name : str
        For messages.
    may_fail : bool
        Whether it may fail to run, or to answer again as before: a known mistake may.
    """

    def __init__(self, open_session: Opener, name: str, may_fail: bool) -> None:
        self._open_session, self._name, self._may_fail = open_session, name, may_fail
        self._stack = ExitStack()
        self._live: Live | None = None
        self._dead: FaultRecord | None = None  # why it cannot be asked at all

    @property
    def is_open(self) -> bool:
        """Whether a session is open."""
        return self._live is not None

    def rest(self) -> None:
        """End the session, if one is open."""
        stack, self._stack = self._stack, ExitStack()
        live, self._live = self._live, None
        if live is not None:
            live.end()
        stack.close()

    def end_process(self, process: int) -> None:
        """End a fresh process, known by its number outside, where it runs."""
        live = self._live
        number = live.processes.pop(process, None) if live is not None else None
        if live is not None and live.link is not None and live.link.alive and number is not None:
            live.link.request("end", label="fresh", number=number)

    def ask(self, asked: Asked) -> Answer:
        """Put a question, after those that it rests on and that the open session has not heard.

        Raises
        ------
        GraderError
            An argument of an earlier question was changed; or the code does not run or cannot be asked again, and may
            not fail.
        """
        if self._dead is not None:
            return Answer(fault=self._dead, lasting=False)
        live = self._live or self._open()
        if live is None:
            return Answer(fault=self._dead, lasting=False)
        for earlier in asked.ancestors():
            if earlier.heard is not live:
                failed = self._replay(earlier, live)
                if failed is not None:
                    return Answer(fault=fault_record(failed), lasting=False)
        return self._put(asked, live)

    def count_as_heard(self, asked: Asked) -> None:
        """Do not ask again what the open session has been asked before, though by an earlier question."""
        if self._live is not None and asked.key in self._live.keys:
            asked.heard = self._live

    def _open(self) -> Live | None:
        """A new session; None where a limit stopped the run, or the code ended its own process: there is nobody to ask."""
        session = self._stack.enter_context(self._open_session())
        run = session.run
        if not self._may_fail and (run.outcome is not Outcome.PASSED or session.link is None):
            self.rest()
            raise GraderError(f"{self._name}: the reference does not run: {run.message.en}")
        if session.link is None or not {run.outcome, *(cell.outcome for cell in run.cells)} <= _BY_ITSELF:
            fault = SubmissionFault(Outcome.ERROR, faults.KERNEL_GONE)
            if run.outcome is not Outcome.PASSED:
                traceback = next((cell.traceback for cell in run.cells if cell.outcome is run.outcome), "")
                fault = SubmissionFault(run.outcome, run.message, traceback)
            self._dead = fault_record(fault)
            self.rest()
            return None
        self._live = Live(session, session.link)
        return self._live

    def _replay(self, question: Asked, live: Live) -> SubmissionFault | None:
        """Ask again, for what comes of it; a fault where something else does than before, and nobody can go on."""
        name = question.label or question.op
        again = encode(question.fields, lambda held: {"$held": held.identity}, REMEMBERED_BOUNDS, generators=True)
        if request_digest(*again) != question.sent:
            raise GraderError(
                f"{self._name}: an argument of {name!r} was changed in place after the reference was asked; change a copy"
            )
        answer = self._put(question, live)
        numbers: list[int] = []
        value = None
        if answer.fault is None:
            value = decode(answer.body, answer.parts, bounds=REMEMBERED_BOUNDS, refer=lambda r: numbers.append(r[0]))
        if len(numbers) == len(question.made) and answer.lasting and (answer.fault is None or not question.process):
            for held, number in zip(question.made, numbers, strict=True):
                held.put(live, number, live.processes.get(question.to, 0))
            if question.process:
                live.processes[question.process] = value  # type: ignore[assignment]
            return None
        fault = fault_of(answer.fault) if answer.fault is not None else None
        if self._may_fail:
            return fault or SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "another answer than before")
        if fault is not None:
            raise not_answered(self._name, fault)
        raise GraderError(
            f"{self._name}: the reference answers {name!r} differently when it is "
            "asked again; delete .grader/answers of the course, and give its random numbers a seed"
        )

    def _put(self, asked: Asked, live: Live) -> Answer:
        assert live.link is not None and live.session is not None
        asked.heard = live
        live.keys.add(asked.key)
        try:
            body, parts = live.link.request_raw(
                asked.op,
                label=asked.label,
                timeout=asked.timeout,
                to=live.processes[asked.to] if asked.to else 0,
                unwrap=lambda held: {"$held": held.number},
                **asked.fields,
            )
        except NameUndefined as fault:  # as whoever asks a submission reads it
            told = explain_missing(SubmissionProxy(live.session), live.session.exercise.form, fault)
            return Answer(fault=fault_record(told), lasting=told.outcome in _ITS_OWN)
        except SubmissionFault as fault:
            own = isinstance(fault, SubmissionRaised) and fault.outcome is Outcome.ERROR
            return Answer(fault=fault_record(fault), lasting=own or fault.outcome is Outcome.FAILED)
        return Answer(body, parts)


def not_answered(name: str, fault: SubmissionFault) -> GraderError:
    """What a fault of the reference's is."""
    return GraderError(f"{name}: the reference does not answer: {fault} {fault.details}")
