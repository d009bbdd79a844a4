"""One execution of a submission, from its bytes to a finished run that can still be asked questions."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import zmq.asyncio
from jupyter_client import AsyncKernelManager
from zmq.constants import SocketOption

from grader.course.models import Exercise, Limits
from grader.errors import GraderError, SandboxLost, SubmissionFault
from grader.running import run_messages
from grader.running.cells import clean_notebook, ready, run_cells
from grader.running.kernel_watch import named_end
from grader.running.link import Link
from grader.running.provisioner import SandboxProvisioner, make_manager, port_was_taken, provisioner_of
from grader.running.run import CellResult, Run
from grader.sandbox import Backend, Box, GpuUse
from grader.sandbox.privileges import is_root
from grader.scratch import scratch_folder
from grader.vocabulary import Outcome, Text

_START_SECONDS = 60.0
_PORT_TRIES = 3  # without a sandbox a kernel listens on ports, which any program may take first
_MAX_MESSAGE = 8 << 20  # bytes of one kernel message; what is longer ends the connection inside libzmq
_MAX_QUEUE = 16  # messages that libzmq keeps for us while nobody reads: bounds memory at _MAX_MESSAGE * _MAX_QUEUE


class Session:
    """A submission that has run and whose kernel may still answer.

    Attributes
    ----------
    exercise : Exercise
    main : bytes
        The submission as received.
    run : Run
    link : Link or None
        Request and reply with the probe; None when the kernel is gone.
    seed : int
    """

    def __init__(self, exercise: Exercise, main: bytes, seed: int, limits: Limits) -> None:
        self.exercise, self.main, self.seed, self.limits = exercise, main, seed, limits
        self.run: Run
        self.link: Link | None = None
        self._provisioner: SandboxProvisioner | None = None

    def interrupt(self) -> None:
        """Send SIGINT to the kernel."""
        if self._provisioner is not None:
            self._provisioner.interrupt()

    def kill(self) -> None:
        """End the sandbox and everything in it."""
        if self._provisioner is not None:
            self._provisioner.end()

    def explain_end(self) -> SubmissionFault | None:
        """What ended the sandbox, where a limit did."""
        process = self._provisioner.process if self._provisioner is not None else None
        if process is None:
            return None
        end = time.monotonic() + 1
        while process.poll() is None and time.monotonic() < end:
            time.sleep(0.005)
        outcome = named_end(process)
        return SubmissionFault(outcome, run_messages.ENDED[outcome]) if outcome in run_messages.ENDED else None

    def breach(self) -> Outcome | None:
        """The limit that everything inside together has run into so far."""
        process = self._provisioner.process if self._provisioner is not None else None
        return process.breach() if process is not None else None

    @property
    def lost(self) -> bool:
        """Whether the sandbox was taken away by our own fault: what came of the submission then means nothing."""
        return self._provisioner is not None and self._provisioner.was_lost()

    def cpu_seconds(self) -> float:
        """CPU time used inside so far."""
        if self._provisioner is None:
            return 0.0
        process = self._provisioner.process
        return process.cpu_seconds() if process is not None else self._provisioner.cpu_seconds

    def finished_run(self) -> Run:
        """The run with all that it has used, the questions of checks included."""
        return replace(self.run, cpu_seconds=self.cpu_seconds(), gpu=self.gpu_use())

    def gpu_use(self) -> GpuUse | None:
        """What was used of the GPU slot so far; None without one."""
        if self._provisioner is None:
            return None
        process = self._provisioner.process
        return process.gpu_use() if process is not None else self._provisioner.gpu_use


@contextmanager
def open_session(
    exercise: Exercise,
    main: bytes,
    extra: Mapping[str, bytes] | None = None,
    *,
    backend: Backend,
    seed: int = 0,
    data_dir: Path | None = None,
    limits: Limits | None = None,
    on_cell: Callable[[int, int], None] | None = None,
) -> Iterator[Session]:
    """Run a submission and keep it open for questions.

    Parameters
    ----------
    main : bytes
        A notebook (nbformat 4 JSON) or a module (UTF-8 source), as ``exercise.form`` says.
    extra : mapping, optional
        Further files of the submission, by path relative to the working directory.
    data_dir : Path, optional
        The exercise's public data.
    limits : Limits, optional
        Instead of the exercise's own.
    on_cell : callable, optional
        Progress: called with (number of the code cell, how many there are).

    Yields
    ------
    Session

    Raises
    ------
    GraderError
        When the sandbox or the kernel cannot be started; never because of what the submission does.
    """
    limits = limits or exercise.limits
    session = Session(exercise, main, seed, limits)
    with scratch_folder("run") as folder:
        os.chmod(folder, 0o711)
        files = _lay_out(exercise, main, extra or {}, folder)
        box = Box(
            limits,
            files,
            _shareable(data_dir, folder),
            seed,
            tuple(exercise.requires),
            backend.gpu if exercise.gpu else None,
            exercise.keras_backend,
        )
        loop = asyncio.new_event_loop()
        manager: AsyncKernelManager | None = None
        context = zmq.asyncio.Context()
        client: Any = None
        try:
            manager = make_manager(backend, box, folder)
            session._provisioner = provisioner_of(manager)
            client = loop.run_until_complete(_start(manager, context))
            began = time.monotonic()
            notebook = _notebook(exercise, main)
            cells = loop.run_until_complete(run_cells(client, manager, notebook, limits, on_cell=on_cell))
            seconds = time.monotonic() - began
            alive = session._provisioner.process is not None
            cpu = session.cpu_seconds()
            if alive:
                session.link = _connect(session, client)
            session.run = _run(exercise, main, cells, notebook, alive, seconds, cpu, backend.name)
            yield session
        finally:
            session.kill()
            if client is not None:
                client.stop_channels()
            if manager is not None:
                loop.run_until_complete(_clean_up(manager))
            context.destroy(linger=0)
            loop.close()


def _lay_out(exercise: Exercise, main: bytes, extra: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Write the submission's files where the sandbox will be built from."""
    files: dict[str, Path] = {}
    contents = dict(extra)
    if exercise.form == "module":
        contents[f"{exercise.name}.py"] = main
    for number, (name, content) in enumerate(contents.items()):
        path = folder / f"file-{number}"
        path.write_bytes(content)
        path.chmod(0o644)
        files[name] = path
    return files


def _shareable(data_dir: Path | None, folder: Path) -> Path | None:
    """``data_dir``, or a copy that the sandbox's user may read where the original is private to the grader's."""
    if data_dir is None or not data_dir.is_dir():
        return None
    parts = [data_dir, *data_dir.rglob("*")]
    wanted = {path: 0o005 if path.is_dir() else 0o004 for path in parts}
    if not is_root() or all(path.stat().st_mode & bits == bits for path, bits in wanted.items()):
        return data_dir
    copy = folder / "data"
    shutil.copytree(data_dir, copy)
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    return copy


def _notebook(exercise: Exercise, main: bytes) -> Any:
    """What the kernel executes: the notebook itself, or one cell that imports the module."""
    if exercise.form == "notebook":
        return nbformat.reads(main.decode(), as_version=4)
    load = f"__import__('grader_probe').load_module({exercise.name!r})"
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(load)])


async def _start(manager: AsyncKernelManager, context: zmq.asyncio.Context, tries: int = _PORT_TRIES) -> Any:
    await manager.start_kernel()
    context.setsockopt(SocketOption.LINGER, 0)
    context.setsockopt(SocketOption.MAXMSGSIZE, _MAX_MESSAGE)
    context.setsockopt(SocketOption.RCVHWM, _MAX_QUEUE)
    client = manager.client(context=context)
    client.start_channels(hb=False)  # the process itself is watched; the heartbeat thread only delays the end
    client.allow_stdin = False
    try:
        await ready(client, manager, _START_SECONDS)
    except (TimeoutError, GraderError) as error:
        said = provisioner_of(manager).log_text()
        client.stop_channels()
        if provisioner_of(manager).was_lost():
            raise SandboxLost(
                "the template that started the submission's kernel died while the kernel started"
            ) from None
        if tries > 1 and port_was_taken(said):
            provisioner_of(manager).end()
            return await _start(manager, context, tries - 1)
        raise GraderError(f"the kernel did not start: {error}. It said: {said or 'nothing'}") from None
    return client


async def _clean_up(manager: AsyncKernelManager) -> None:
    await manager.cleanup_resources()
    left = asyncio.all_tasks() - {asyncio.current_task()}  # nbclient leaves its pollers behind when a kernel ends
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def _connect(session: Session, client: Any) -> Link | None:
    """Put the probe in charge of the kernel and connect to it."""
    provisioner = session._provisioner
    assert provisioner is not None and provisioner.data is not None
    name = repr(session.exercise.name) if session.exercise.form == "module" else "None"
    code = f"__import__('grader_probe').serve(globals(), {name})"
    client.execute(code, silent=True, store_history=False, allow_stdin=False, stop_on_error=False)
    data = _accept(provisioner.data, provisioner.token) if provisioner.token else provisioner.data
    if data is None:
        return None
    return Link(data, session.limits, session.interrupt, session.kill, session.explain_end, session.breach)


def _accept(listening: socket.socket, token: str) -> socket.socket | None:
    """The first connection that knows the token; nobody else on this machine may answer for the submission."""
    listening.settimeout(20)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            peer, _ = listening.accept()
        except TimeoutError:
            return None
        peer.settimeout(5)
        said = b""
        try:
            while len(said) < len(token) and (part := peer.recv(len(token) - len(said))):
                said += part
        except OSError:
            said = b""
        if said == token.encode():
            return peer
        peer.close()
    return None


def _run(
    exercise: Exercise,
    main: bytes,
    cells: list[CellResult],
    notebook: Any,
    alive: bool,
    seconds: float,
    cpu: float,
    backend: str,
) -> Run:
    first = next((c for c in cells if c.outcome is not Outcome.PASSED), None)
    outcome, message = Outcome.PASSED, Text("")
    if first is not None:
        # skipped without a cause before it: the notebook's total time was used up
        outcome = Outcome.TIMEOUT if first.outcome is Outcome.SKIPPED else first.outcome
        ended = not alive and outcome is Outcome.ERROR and not first.error
        messages, died = (
            (run_messages.MODULE_FAULTS, run_messages.MODULE_DIED)
            if exercise.form == "module"
            else (run_messages.FAULTS, run_messages.DIED)
        )
        template = died if ended else messages[outcome]
        if outcome is Outcome.ERROR and any(mark in first.error for mark in run_messages.NO_NETWORK):
            template = run_messages.OFFLINE
        message = template.format(n=first.number, error=first.error.split(":")[0] or outcome.value)
    if exercise.form == "module":
        notebook.cells[0].source = main.decode(errors="replace")
    return Run(outcome, message, alive, tuple(cells), clean_notebook(notebook), seconds, cpu, backend)
