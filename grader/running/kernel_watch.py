"""Notices at once that a kernel can answer no more, and names the limit that ended it.

A kernel's end shows on its process. A message longer than libzmq accepts shows on the connection: libzmq gives it up and
says nothing, and neither that message nor a later one would ever come.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import Any

import zmq.asyncio
from zmq.constants import Event
from zmq.error import ZMQError
from zmq.utils.monitor import recv_monitor_message

from grader.sandbox import Process
from grader.vocabulary import Outcome

ENDING_LIMITS = (Outcome.MEMORY, Outcome.DISK, Outcome.TIMEOUT)  # of a sandbox; a program may survive refused forks
_POLL_SECONDS = 0.05  # where the system has no descriptor that tells of a process's end
_LAST_WORDS = 0.05  # seconds for what a kernel sent before its end
_STATUS_SECONDS = 1.0
_RECONNECT_MS = 200
# SIGXCPU, SIGXFSZ and SIGSYS (of the filter of system calls), as bubblewrap says it
_SIGNALS = {128 + 24: Outcome.TIMEOUT, 128 + 25: Outcome.DISK, 128 + 31: Outcome.VIOLATION}


class KernelWatch:
    """Watches one kernel; use as an asynchronous context manager.

    Parameters
    ----------
    process : Process
    client : AsyncKernelClient
        Its channels shell and iopub are watched.

    Attributes
    ----------
    refused : bool
        A message was longer than libzmq accepts.
    """

    def __init__(self, process: Process, client: Any) -> None:
        self._process, self._client = process, client
        self._over = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.refused = False

    async def __aenter__(self) -> KernelWatch:
        self._tasks = [asyncio.create_task(self._until_ended())]
        for channel in (self._client.shell_channel, self._client.iopub_channel):
            self._tasks.append(asyncio.create_task(self._until_refused(channel.socket)))
        return self

    async def __aexit__(self, *exc: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def over(self) -> bool:
        """Whether no answer can be expected any more."""
        return self._over.is_set()

    async def wait(self) -> None:
        """Return when the kernel can answer no more."""
        await self._over.wait()

    async def _until_ended(self) -> None:
        await until_exit(self._process)
        await asyncio.sleep(_LAST_WORDS)
        self._over.set()

    async def _until_refused(self, socket: zmq.asyncio.Socket) -> None:
        monitor = socket.get_monitor_socket(Event.DISCONNECTED | Event.CONNECT_RETRIED)
        try:
            while True:
                event = (await recv_monitor_message(monitor))["event"]
                # libzmq connects again at once when the other side has closed, not when it has closed itself
                if event == Event.DISCONNECTED and not await monitor.poll(_RECONNECT_MS):
                    self.refused = self._process.poll() is None
                    self._over.set()
                    return
        finally:
            with suppress(ZMQError):
                socket.disable_monitor()


async def until_exit(process: Process) -> None:
    """Return when a program has ended."""
    if process.exit_fd is None:
        while process.poll() is None:
            await asyncio.sleep(_POLL_SECONDS)
        return
    loop = asyncio.get_running_loop()
    seen = asyncio.Event()
    fd = os.dup(process.exit_fd)  # a loop keeps one reader of a descriptor, and others may wait for the same end
    loop.add_reader(fd, seen.set)
    try:
        await seen.wait()
    finally:
        loop.remove_reader(fd)
        os.close(fd)


async def cause_of_end(process: Process) -> Outcome:
    """What ended a program that has just ended, or is about to."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_STATUS_SECONDS):
            while process.poll() is None:
                await asyncio.sleep(0.005)
    return named_end(process)


def named_end(process: Process) -> Outcome:
    """The limit that ended a program, as far as its sandbox or its exit status tells; ``error`` where none did."""
    return process.breach() or _SIGNALS.get(process.poll() or 0, Outcome.ERROR)
