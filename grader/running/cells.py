"""Executes the cells of a notebook, one at a time, and says of each how it ended.

Built on nbclient's single-cell call. Its whole-notebook loop is not used: it reads outputs without any bound, and
after a timeout it either stops everything or waits again without end.
"""

from __future__ import annotations

import asyncio
import json
import queue
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.validator import ValidationError

from grader.course.models import Limits
from grader.errors import GraderError
from grader.running.kernel_watch import ENDING_LIMITS, KernelWatch, cause_of_end, until_exit
from grader.running.provisioner import CUT_MARK, provisioner_of
from grader.running.run import CellResult
from grader.running.text import plain_text
from grader.vocabulary import Outcome

_INTERRUPT_GRACE = 2.0  # seconds for a cell to end after its interrupt
_RAISED = {"MemoryError": Outcome.MEMORY, "_ArrayMemoryError": Outcome.MEMORY, "ResourceExhaustedError": Outcome.MEMORY}
_RAISED["OutOfMemoryError"] = Outcome.MEMORY  # of PyTorch, on a GPU
_ERRNO = {
    "[Errno 11]": Outcome.PROCESSES,
    "[Errno 12]": Outcome.MEMORY,
    "[Errno 27]": Outcome.DISK,
    "[Errno 28]": Outcome.DISK,
}


class CellClient(NotebookClient):  # type: ignore[misc]
    """nbclient with a ceiling on what is kept of the outputs; beyond it the sandbox is ended."""

    room: int  # bytes of output still accepted
    watch: KernelWatch
    flooded: bool = False
    reply: Mapping[str, Any] = {}  # how the kernel itself says that the last cell ended

    async def _check_raise_for_error(self, cell: Any, cell_index: int, exec_reply: dict[str, Any] | None) -> None:
        content = exec_reply["content"] if exec_reply is not None else {}
        self.reply = content if isinstance(content, dict) else {}

    async def _async_poll_kernel_alive(self) -> None:
        """Runs beside each cell; nbclient's own looks once a second."""
        await self.watch.wait()
        self.task_poll_for_reply.cancel()  # raises DeadKernelError where the cell is awaited

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        if self.flooded:
            return None
        self.room -= _size(msg)
        if self.room < 0:
            self.flooded = True
            provisioner_of(self.km).end()
            self.task_poll_for_reply.cancel()
            return None
        if not _well_formed(msg) or msg["msg_type"].startswith("comm_"):
            return None  # widgets have nobody to talk to
        try:
            return super().process_message(msg, cell, cell_index)
        except (ValidationError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
            return None  # display data of other types than a notebook can hold


def _size(msg: dict[str, Any]) -> int:
    """About how many bytes a message is, without writing its long strings out again."""
    size = 100 + sum(len(b) for b in msg.get("buffers", []))
    left = [msg.get("content"), msg.get("metadata")]
    while left:  # no recursion: how deep it is nested is the sender's choice
        value = left.pop()
        if isinstance(value, str):
            size += len(value)
        elif isinstance(value, dict):
            left += [*value, *value.values()]
        elif isinstance(value, list):
            left += value
        else:
            size += 8
    return size


def _well_formed(msg: dict[str, Any]) -> bool:
    """Whether nbclient can read a message; what runs in a kernel can send any."""
    content = msg.get("content")
    if not isinstance(msg.get("msg_type"), str) or not isinstance(content, dict):
        return False
    transient, count = content.get("transient") or {}, content.get("execution_count")
    return isinstance(transient, dict) and (count is None or type(count) is int)


async def ready(client: Any, manager: AsyncKernelManager, seconds: float) -> None:
    """Wait until the kernel answers on its shell channel and its outputs reach us.

    Raises
    ------
    TimeoutError
        When it does not answer in time.
    GraderError
        When it died.
    """
    process = provisioner_of(manager).process
    if process is None:
        raise GraderError("the kernel has been ended")
    answer, end = asyncio.create_task(_answer(client)), asyncio.create_task(until_exit(process))
    try:
        await asyncio.wait((answer, end), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        if end.done():
            raise GraderError("the kernel ended while it started")
        raise TimeoutError("the kernel does not answer")
    finally:
        for task in (answer, end):
            task.cancel()
        await asyncio.gather(answer, end, return_exceptions=True)


async def _answer(client: Any) -> None:
    while True:
        request = client.kernel_info()
        with suppress(queue.Empty):
            while (await client.get_shell_msg(timeout=1))["parent_header"].get("msg_id") != request:
                continue
            while True:
                msg = await client.get_iopub_msg(timeout=0.3)
                idle = msg["content"].get("execution_state") == "idle"
                if idle and msg["parent_header"].get("msg_id") == request:
                    return


async def run_cells(
    client: Any,
    manager: AsyncKernelManager,
    notebook: Any,
    limits: Limits,
    *,
    on_cell: Callable[[int, int], None] | None = None,
) -> list[CellResult]:
    """Execute every code cell of ``notebook`` in place.

    A cell that raises or takes too long does not stop the ones after it, as long as the kernel answers. After the
    kernel has ended, or when the total time is used up, the rest is marked ``skipped``.

    Parameters
    ----------
    on_cell : callable, optional
        Called with (number of the code cell, how many there are) before each.
    """
    runner = CellClient(notebook, km=manager, allow_errors=True, raise_on_iopub_timeout=True, store_widget_state=False)
    runner.kc, runner.room = client, int(limits.output_mb * (1 << 20))
    runner.reset_execution_trackers()
    process = provisioner_of(manager).process
    if process is None:
        raise GraderError("the kernel has been ended")
    end = time.monotonic() + limits.total_seconds
    runner.timeout_func = lambda _cell: max(0.1, min(limits.cell_seconds, end - time.monotonic()))
    results: list[CellResult] = []
    code = [i for i, c in enumerate(notebook.cells) if c.cell_type == "code"]
    gone = False
    async with KernelWatch(process, client) as runner.watch:
        for number, index in enumerate(code, start=1):
            cell = notebook.cells[index]
            if gone or time.monotonic() >= end:
                cell.outputs = []
                results.append(CellResult(index, number, Outcome.SKIPPED, 0.0))
                continue
            if on_cell is not None:
                on_cell(number, len(code))
            began = time.monotonic()
            before = process.breach()
            error, trace = "", ""
            try:
                runner.reply = {}
                await runner.async_execute_cell(cell, index)
                outcome, error, trace = _judge(cell, runner.reply)
            except CellTimeoutError:
                outcome = Outcome.TIMEOUT
                provisioner_of(manager).interrupt()
                try:
                    await ready(client, manager, _INTERRUPT_GRACE)
                except (TimeoutError, GraderError):
                    gone = True
            except DeadKernelError:
                gone = True
                flooded = runner.flooded or runner.watch.refused
                outcome = Outcome.OUTPUT if flooded else await cause_of_end(process)
            if outcome not in (Outcome.PASSED, Outcome.OUTPUT):
                # a limit that was reached before, and survived, explains nothing that fails now
                found = process.breach()
                outcome = found if found not in (None, before) else outcome
                gone = gone or found in ENDING_LIMITS
            if outcome is Outcome.TIMEOUT and _was_cut(cell):
                outcome = Outcome.OUTPUT
            results.append(CellResult(index, number, outcome, time.monotonic() - began, error, trace))
    if gone:
        provisioner_of(manager).end()
    return results


def _judge(cell: Any, reply: Mapping[str, Any]) -> tuple[Outcome, str, str]:
    """How a cell ended: outcome, the error in one line, its traceback.

    Out of memory, a kernel cannot always show the error that it reports in its reply.
    """
    shown = [output for output in cell.get("outputs", []) if output.get("output_type") == "error"]
    for said in [*shown, reply] if reply.get("status") == "error" else shown:
        name, value = str(said.get("ename", "")), str(said.get("evalue", ""))
        outcome = _RAISED.get(name, Outcome.ERROR)
        for mark, meaning in _ERRNO.items():
            if name in ("OSError", "BlockingIOError") and mark in value:
                outcome = meaning
        if name in ("XlaRuntimeError", "JaxRuntimeError") and value.startswith("RESOURCE_EXHAUSTED"):
            outcome = Outcome.MEMORY
        if name == "RuntimeError" and "can't start new thread" in value:
            outcome = Outcome.PROCESSES
        lines = said.get("traceback")
        trace = "\n".join(map(str, lines)) if isinstance(lines, list) else ""
        return outcome, plain_text(f"{name}: {value}" if value else name, 500), plain_text(trace, 8000)
    return Outcome.PASSED, "", ""


def _was_cut(cell: Any) -> bool:
    streams = (o.get("text", "") for o in cell.get("outputs", []) if o.get("output_type") == "stream")
    return any(CUT_MARK in text for text in streams)


def clean_notebook(notebook: Any) -> dict[str, Any]:
    """The executed notebook as plain JSON data (nbformat 4); NaN and infinities, which JSON has no word for, become text."""
    return json.loads(nbformat.writes(notebook), parse_constant=str)  # type: ignore[no-any-return]
