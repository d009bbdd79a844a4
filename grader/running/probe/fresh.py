"""A second Python process in the same sandbox that serves the submission's module anew; requests are relayed to it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time

from . import WORK_DIR
from .wire import Stream

_GRACE_SECONDS = 1.0


class Child:
    """One such process, seen from the process that started it."""

    def __init__(self, seed):
        from .server import REQUEST_BOUNDS

        ours, theirs = socket.socketpair()
        package_root = os.path.dirname(sys.modules[__package__.partition(".")[0]].__path__[0])
        code = f"import sys; sys.path[:0] = [{package_root!r}, '']; from {__package__}.fresh import main; main()"
        command = [sys.executable, "-c", code, str(theirs.fileno()), str(seed)]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            command, cwd=WORK_DIR, pass_fds=[theirs.fileno()], stdin=quiet, stdout=quiet, stderr=quiet
        )
        theirs.close()
        self._sock = ours
        self._stream = Stream(ours, REQUEST_BOUNDS)

    def relay(self, header, buffers):
        """Pass a request on and bring its answer back; an interrupt is passed on as well."""
        header = {key: value for key, value in header.items() if key != "to"}
        try:
            self._stream.send(header, buffers)
            return self._stream.receive()
        except KeyboardInterrupt:
            self._process.send_signal(signal.SIGINT)
            try:
                return self._stream.receive(time.monotonic() + _GRACE_SECONDS)
            except (TimeoutError, EOFError):
                self.end()
                raise KeyboardInterrupt from None
        except (EOFError, OSError):
            self.end()
            raise RuntimeError("the fresh Python process has ended") from None

    def end(self):
        """End the process."""
        self._sock.close()
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()


def main():
    """Serve over the inherited socket whose number is the first argument."""
    from .seeding import seed_now_and_on_import
    from .server import Server

    seed_now_and_on_import(int(sys.argv[2]))
    Server(socket.socket(fileno=int(sys.argv[1])), {}).run()
