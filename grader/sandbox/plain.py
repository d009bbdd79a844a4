"""No isolation: a student's own machine, or submissions that the user has said to trust."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from grader.processes import PR_SET_PDEATHSIG
from grader.sandbox.box import HASH_SEED, KERNEL_MODULE, PROBE_DIR, Box
from grader.sandbox.gpu import Slot, gpu_variables
from grader.sandbox.gpu_use import GpuMeter, GpuUse
from grader.sandbox.guarantees import WITHOUT_ISOLATION
from grader.sandbox.process import feed
from grader.scratch import Scratch
from grader.vocabulary import Outcome

# What a kernel does first, so that it ends with the grader however that ends. Linux sees to it, also while the submission
# never comes back to the interpreter; a grader that was killed before Linux was asked is not the parent any more. Elsewhere
# ipykernel looks at the parent's number from time to time.
_KERNEL_OF_PARENT = f"""
import os, signal, sys
if sys.platform == "linux":
    import ctypes
    ctypes.CDLL(None).prctl({PR_SET_PDEATHSIG}, signal.SIGKILL, 0, 0, 0)
if os.name == "posix" and os.getppid() != int(os.environ["JPY_PARENT_PID"]):
    os._exit(1)
from {KERNEL_MODULE} import main
main()
"""


@dataclass
class PlainProcess:
    """A program started without isolation, leader of its own process group."""

    popen: subprocess.Popen[bytes]
    scratch: Scratch
    gpu: GpuMeter | None = None
    lost: bool = False
    exit_fd: int | None = None

    def poll(self) -> int | None:
        return self.popen.poll()

    def interrupt(self) -> None:
        if os.name == "posix" and self.popen.poll() is None:  # elsewhere a stuck cell ends with its kernel
            self.popen.send_signal(signal.SIGINT)

    def kill(self) -> None:
        if os.name == "posix":
            try:
                os.killpg(self.popen.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
        self.popen.kill()
        self.popen.wait()
        self.scratch.remove()

    def breach(self) -> Outcome | None:
        return None

    def gpu_use(self) -> GpuUse | None:
        return self.gpu.use() if self.gpu is not None else None

    def cpu_seconds(self) -> float:
        return 0.0


class PlainBackend:
    """No isolation: a student's own machine, or submissions that the user has said to trust.

    The program gets a fresh working folder and a fixed hash seed, and nothing keeps it from the rest of the machine.
    """

    name = "none"
    isolated = False
    warm = False
    guarantees = WITHOUT_ISOLATION
    gpu: Slot | None = None
    cold_starts: tuple[str, ...] = ()

    def close(self) -> None:
        """Nothing is kept running."""

    def start(self, box: Box, order: bytes, fds: Sequence[int], log: BinaryIO) -> PlainProcess:
        scratch = Scratch("plain")
        work = scratch.path / "work"
        work.mkdir()
        for name, path in box.files.items():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, work / name)
        if box.data_dir is not None and box.data_dir.is_dir():
            shutil.copytree(box.data_dir, work / "data")
        package = scratch.path / "probe" / "grader_probe"
        shutil.copytree(PROBE_DIR, package, ignore=shutil.ignore_patterns("__pycache__"))
        threads = str(box.limits.threads)
        env = {
            **os.environ,
            "PYTHONPATH": str(package.parent),
            "PYTHONHASHSEED": HASH_SEED,
            "PYTHONDONTWRITEBYTECODE": "1",
            "IPYTHONDIR": str(scratch.path / "ipython"),
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "OMP_NUM_THREADS": threads,
            "GRADER_WORK": str(work),
            "CUDA_VISIBLE_DEVICES": "",
            **({"KERAS_BACKEND": box.keras_backend} if box.keras_backend else {}),
            **(gpu_variables(box.gpu) if box.gpu is not None else {}),
        }
        posix = os.name == "posix"
        if posix:
            env["JPY_PARENT_PID"] = str(os.getpid())
        popen = subprocess.Popen(
            [sys.executable, "-P", "-c", _KERNEL_OF_PARENT],
            pass_fds=list(fds) if posix else (),
            start_new_session=posix,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=work,
            env=env,
        )
        feed(popen, order)
        # Without a process namespace of its own, nothing tells its memory from others'; its time is known.
        return PlainProcess(popen, scratch, GpuMeter(box.gpu) if box.gpu is not None else None)
