"""One submission's supervisor: has its sandbox built, forks its kernel into it, tells how the kernel ended."""

from __future__ import annotations

import array
import base64
import fcntl
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
import types
from typing import Any

from .system import drop_privileges, filter_calls, renumber, set_dumpable, setns

_NS_GET_USERNS = 0xB701
_OTHERS = ("ipc", "net", "uts", "cgroup", "mnt")  # namespaces that the kernel enters itself, `mnt` last
_REAP_MS = 10_000


class Sandbox:
    """What bubblewrap has built for one submission: its first process, and descriptors of its namespaces."""

    def __init__(self, builder: list[str], options: bytes, program: bytes, log: int) -> None:
        info_read, info_write = os.pipe()
        options_fd, filter_fd = _memory_file(options), _memory_file(program)
        self.popen = subprocess.Popen(
            [*builder, "--args", str(options_fd), "--info-fd", str(info_write), "--seccomp", str(filter_fd), "cat"],
            pass_fds=[options_fd, info_write, filter_fd],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        )
        for fd in (info_write, options_fd, filter_fd):
            os.close(fd)
        with open(info_read, "rb") as pipe:
            info = pipe.read()
        assert self.popen.stdin is not None and self.popen.stdout is not None
        self.popen.stdin.write(b"x")
        self.popen.stdin.flush()
        if self.popen.stdout.read(1) != b"x":  # cat answers as soon as everything is in place
            raise RuntimeError("bubblewrap could not build a sandbox")
        init = int(json.loads(info)["child-pid"])
        self.init = os.pidfd_open(init)
        names = (*_OTHERS, "pid", "user")
        self.namespaces = {name: os.open(f"/proc/{init}/ns/{name}", os.O_RDONLY | os.O_CLOEXEC) for name in names}
        # the user namespace that owns the others: an unprivileged bubblewrap puts a second one inside it
        self.owner = fcntl.ioctl(self.namespaces["mnt"], _NS_GET_USERNS)

    def enter_processes(self) -> None:
        """From now on children of this process are born in the sandbox's process namespace."""
        setns(self.owner)
        setns(self.namespaces["pid"])

    def enter(self) -> None:
        """Enter all the rest, for good."""
        for name in _OTHERS:
            setns(self.namespaces[name])
        if os.fstat(self.owner).st_ino != os.fstat(self.namespaces["user"]).st_ino:
            setns(self.namespaces["user"])

    def end(self) -> None:
        """Kill process 1, and with it everything inside."""
        try:
            signal.pidfd_send_signal(self.init, signal.SIGKILL)
        except ProcessLookupError:
            pass


def supervise(request: dict[str, Any], fds: list[int]) -> None:
    """Carry one submission from its request to its end.

    Parameters
    ----------
    request : dict
        ``builder`` (bubblewrap under its limits), ``options`` (its own, separated by NUL, base64), ``filter`` (seccomp
        program, base64), ``environment``, ``work`` (working directory), ``fds`` (the numbers under which the kernel
        knows its descriptors), ``order`` (for the kernel) or ``run`` (a module whose ``main`` is called instead).
    fds : list of int
        Our end of the control socket, the log, then the kernel's descriptors.
    """
    control = socket.socket(fileno=fds[0])
    log, theirs = fds[1], fds[2:]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    control.send(b"here")  # with our credentials: the grader puts this process under its limits before it says go
    if control.recv(16) != b"go":
        return
    sandbox = Sandbox(
        request["builder"], base64.b64decode(request["options"]), base64.b64decode(request["filter"]), log
    )
    sandbox.enter_processes()
    set_dumpable(False)
    kernel = os.fork()
    if kernel == 0:
        _become(request, sandbox, dict(zip(theirs, request["fds"])), log)
    for fd in (*theirs, log, sandbox.owner, *sandbox.namespaces.values()):
        os.close(fd)
    watched = os.pidfd_open(kernel)
    descriptors = array.array("i", [sandbox.init, watched])
    control.sendmsg([b"started"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, descriptors)])
    poller = select.poll()
    poller.register(watched, select.POLLIN)
    poller.register(control, select.POLLIN)
    poller.poll()  # the kernel ended, or the grader closed its end (or said anything at all)
    sandbox.end()
    status = os.waitpid(kernel, 0)[1]  # our own child first: while it is a zombie, its namespace cannot end
    poller = select.poll()
    poller.register(sandbox.init, select.POLLIN)
    poller.poll(_REAP_MS)
    sandbox.popen.wait()
    try:
        control.send(json.dumps({"status": status}).encode())
    except OSError:
        return


def _become(request: dict[str, Any], sandbox: Sandbox, numbers: dict[int, int], log: int) -> None:
    """Turn this process, a fresh fork inside the sandbox's process namespace, into the kernel. Never returns."""
    status = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        sandbox.enter()
        os.setsid()
        os.umask(0o022)
        null, said = os.open(os.devnull, os.O_RDONLY), os.dup(log)
        renumber({null: 0, log: 1, said: 2, **numbers})
        drop_privileges()
        set_dumpable(True)  # as after an exec: the kernel's own children may look at it
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
        filter_calls(base64.b64decode(request["filter"]))
        os.chdir(request["work"])
        os.environ.clear()
        os.environ.update(request["environment"])
        sys.modules["__main__"] = types.ModuleType("__main__")
        if "run" in request:
            importlib.import_module(request["run"]).main()
        else:
            from grader_probe.kernel import become

            become(request["order"])
        status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 0
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(status)


def _memory_file(content: bytes) -> int:
    """A descriptor that reads ``content`` from its start."""
    fd = os.memfd_create("grader", 0)
    os.write(fd, content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd
