"""Imports what is asked for, says so, then forks a supervisor for each request: ``FD FORKS MODULE,MODULE,...``.

After so many forks it begins anew.
"""

from __future__ import annotations

import array
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import traceback

from grader_probe.gpu import cuda_initialised

from .supervisor import supervise

# What a kernel imports before its first cell; the debugger stays out: it costs 90 ms and starts threads.
_KERNEL = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "comm",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "tornado.platform.asyncio",
    "tornado.queues",
    "zmq.eventloop.zmqstream",
    "grader_probe.kernel",
    "grader_probe.server",
    "grader_template.selftest",
)
_REQUEST_BYTES, _DESCRIPTORS = 1 << 20, 32
_TAKEN, _CLOSED = b"t", b"c"


def main() -> None:
    """Import, then serve until the other side closes the socket."""
    control, most_forks = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    absent = []
    for name in filter(None, [*sys.argv[3].split(","), *_KERNEL]):
        try:
            importlib.import_module(name)
        except ImportError as error:
            absent.append(f"{name}: {error}")
    if cuda_initialised(maps=True):
        sys.exit("importing these libraries opened a GPU: a fork of this process could not use it")
    gc.collect()
    gc.freeze()  # what is here now stays in pages that all forks share
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # supervisors need no mourning
    at_first = (_threads(), _descriptors())
    control.send(json.dumps({"ready": True, "threads": at_first[0], "absent": absent}).encode())
    forks = 0
    poller = select.poll()
    poller.register(control, select.POLLIN)
    while True:
        poller.poll()
        if cuda_initialised():
            _begin_anew(control)
        if not _fork(control):
            os._exit(0)
        forks += 1
        if forks >= most_forks or (_threads(), _descriptors()) > at_first:
            _begin_anew(control)


def _begin_anew(control: socket.socket) -> None:
    """Something is or grows here that must not be in forks: import afresh, on the same socket. Requests wait meanwhile."""
    os.set_inheritable(control.fileno(), True)
    os.execv(sys.executable, [sys.executable, "-m", "grader_template", *sys.argv[1:]])


def _fork(control: socket.socket) -> bool:
    """Fork a supervisor for the request that waits; False where there will be none any more.

    The fork itself takes the request: no byte of it is ever in the memory that later submissions are copies of.
    """
    read, write = os.pipe()
    if os.fork() == 0:
        os.close(read)
        _supervise(control, write)
    os.close(write)
    said = os.read(read, 1)  # once the request is taken; nothing at all where the fork has failed
    os.close(read)
    return said != _CLOSED


def _supervise(control: socket.socket, taken: int) -> None:
    fds: list[int] = []
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        message, ancillary, _, _ = control.recvmsg(
            _REQUEST_BYTES, socket.CMSG_SPACE(4 * _DESCRIPTORS), socket.MSG_DONTWAIT
        )
        os.write(taken, _TAKEN if message else _CLOSED)
        os.close(taken)
        control.close()
        fds = _received(ancillary)
        if message:
            supervise(json.loads(message), fds)
    except BaseException:
        if len(fds) > 1:
            os.write(fds[1], traceback.format_exc().encode())
    finally:
        os._exit(0)


def _received(ancillary: list[tuple[int, int, bytes]]) -> list[int]:
    fds = array.array("i")
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            fds.frombytes(data[: len(data) - len(data) % fds.itemsize])
    return list(fds)


def _threads() -> int:
    return len(os.listdir("/proc/self/task"))


def _descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


if __name__ == "__main__":
    main()
