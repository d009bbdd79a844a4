"""Processes that do not outlive the one that started them."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import wait

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """See to it that this process, started by `multiprocessing`, does not outlive its parent, however that one ends."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "this is no child of multiprocessing"
    if sys.platform == "linux":
        # The system's own doing: a check that never comes back to the interpreter cannot keep this process alive.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent.pid:  # it ended before that
            os._exit(1)
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="watch the parent", daemon=True).start()
