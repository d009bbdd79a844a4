"""A second Python process in the same sandbox that serves the submission's module anew; requests are relayed to it."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time

from . import WORK_DIR
from .bounds import REQUEST_BOUNDS
from .records import ProcessEnded
from .wire import Stream

_GRACE_SECONDS = 1.0
_START_SECONDS = 30.0


class Child:
    """One such process, seen from the process that started it."""

    def __init__(self, seed):
        package_root = os.path.dirname(sys.modules[__package__.partition(".")[0]].__path__[0])
        code = f"import sys; sys.path.insert(0, {package_root!r}); from {__package__}.server import main; main()"
        command = [sys.executable, "-P", "-c", code, str(seed)]
        if os.name == "posix":
            self._sock = self._start_with_descriptor(command)
        else:
            self._sock = self._start_with_address(command)
        self._stream = Stream(self._sock, REQUEST_BOUNDS)

    def _start_with_descriptor(self, command):
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            self._process = _start([*command, str(number)], pass_fds=[number])
        return ours

    def _start_with_address(self, command):
        token = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as listening:
            listening.settimeout(_START_SECONDS)
            host, port = listening.getsockname()
            self._process = _start([*command, f"{host}:{port}:{token}"])
            ours, _ = listening.accept()
        ours.settimeout(_START_SECONDS)
        with ours.makefile("rb", buffering=0) as said:
            if said.read(len(token)) != token.encode():
                raise ConnectionError("somebody else answered for the fresh process")
        return ours

    def relay(self, header, buffers):
        """Pass a request on and bring its answer back; an interrupt is passed on as well."""
        header = {key: value for key, value in header.items() if key != "to"}
        try:
            self._stream.send(header, buffers)
            return self._stream.receive()
        except KeyboardInterrupt:
            try:
                self._process.send_signal(signal.SIGINT)
                return self._stream.receive(time.monotonic() + _GRACE_SECONDS)
            except (TimeoutError, EOFError, OSError, ValueError):
                self.end()
                raise KeyboardInterrupt from None
        except (EOFError, OSError):
            self.end()
            raise ProcessEnded from None

    def end(self):
        """End the process."""
        self._sock.close()
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()


def _start(command, **options):
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=WORK_DIR, stdin=quiet, stdout=quiet, stderr=quiet, **options)
