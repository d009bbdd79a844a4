"""Starts templates, tests that their forks work, and hands requests to them. See ``template/`` for their own side."""

from __future__ import annotations

import array
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from grader.course.models import Limits
from grader.errors import IsolationUnavailable, SandboxLost
from grader.sandbox.box import PROBE, PROBE_DIR, Box, environment, python_roots, template_options
from grader.sandbox.helper_limits import without_core_files
from grader.sandbox.privileges import staged, unprivileged
from grader.sandbox.process import memory_file
from grader.sandbox.spool import Spool
from grader.sandbox.template import TEMPLATE_DIR

Mode = Literal["nested", "plain"]
MODES: tuple[Mode, ...] = ("nested", "plain")  # best first: inside a sandbox of its own, or beside us
_PLACES = ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "KERAS_HOME")
_SPOOL_SEEN = "/run/grader"  # where a nested template sees the spool
RENEW_AFTER = 2_000  # forks; whatever a template may gather over time goes with it
_START_SECONDS = 120.0  # importing TensorFlow from a cold disk takes its time
_FRAMEWORKS = ("tensorflow", "keras", "torch", "jax")
_LEAN = (
    "numpy",
    "pandas",
    "scipy.stats",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "sklearn.base",
    "sklearn.cluster",
    "sklearn.compose",
    "sklearn.datasets",
    "sklearn.decomposition",
    "sklearn.ensemble",
    "sklearn.feature_extraction.text",
    "sklearn.impute",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.mixture",
    "sklearn.model_selection",
    "sklearn.neighbors",
    "sklearn.pipeline",
    "sklearn.preprocessing",
    "sklearn.svm",
    "sklearn.tree",
    "sklearn.utils.estimator_checks",
)


@dataclass(frozen=True)
class Libraries:
    """What one template has imported, and how many threads its libraries were told to use."""

    frameworks: tuple[str, ...] = ()
    threads: int = 2

    @classmethod
    def of(cls, requires: Iterable[str], limits: Limits) -> Libraries:
        """What submissions of an exercise need: the lean set, or that and the frameworks that it requires."""
        wanted = {name.partition(".")[0] for name in requires}
        if wanted & {"tensorflow", "keras"}:
            wanted |= {"tensorflow", "keras"}
        return cls(tuple(name for name in _FRAMEWORKS if name in wanted), limits.threads)

    @property
    def modules(self) -> tuple[str, ...]:
        return (*_LEAN, *self.frameworks)

    def __str__(self) -> str:
        return "+".join(("scikit-learn", *self.frameworks))


class Template:
    """A running template, our own or one that another process of ours has started.

    Attributes
    ----------
    control : socket.socket
        Takes requests; may be handed to other processes.
    mode : {"nested", "plain"}
    """

    def __init__(self, control: socket.socket, mode: Mode, popen: subprocess.Popen[bytes] | None = None) -> None:
        self.control, self.mode = control, mode
        self._popen = popen
        self._lock = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether requests can still be taken."""
        poller = select.poll()
        poller.register(self.control, 0)
        return not poller.poll(0)

    def request(self, request: Mapping[str, Any], fds: Sequence[int]) -> None:
        """Ask for a fork.

        Raises
        ------
        SandboxLost
            The template is gone.
        """
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))]
        try:
            with self._lock:
                self.control.sendmsg([json.dumps(request).encode()], rights)
        except OSError as error:
            raise SandboxLost(f"the template that starts kernels is gone ({error})") from None

    def close(self) -> None:
        """End it, and with it every kernel that it has forked."""
        self.control.close()
        if self._popen is not None:
            _end(self._popen)
            self._popen = None


def start_template(libraries: Libraries, mode: Mode, spool: Spool, *, renew_after: int = RENEW_AFTER) -> Template:
    """Start a template and wait until it has imported everything.

    Parameters
    ----------
    libraries : Libraries
    mode : {"nested", "plain"}
        Inside a sandbox of its own, or as an ordinary process without privileges.
    spool : Spool
    renew_after : int
        Forks after which it begins anew.

    Raises
    ------
    IsolationUnavailable
        It did not start; the message says what it said.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    variables = environment(Box(Limits(threads=libraries.threads)))
    program = [sys.executable, "-P", "-m", "grader_template", str(theirs.fileno()), str(renew_after)]
    program.append(",".join(libraries.modules))
    folders = {PROBE_DIR: f"{PROBE}/grader_probe", TEMPLATE_DIR: f"{PROBE}/grader_template", spool.path: _SPOOL_SEEN}
    inherited = [theirs.fileno()]
    with contextlib.ExitStack() as stack:
        stack.callback(theirs.close)
        if mode == "nested":
            stage = staged([*python_roots(), *folders])
            options = memory_file("\0".join(template_options(variables, folders, source=stage)).encode())
            stack.callback(os.close, options)
            inherited.append(options)
            command, variables = ["bwrap", "--args", str(options), "--", *program], {"PATH": "/usr/sbin:/usr/bin:/bin"}
        else:
            stage = {}
            own = dict.fromkeys(_PLACES, str(_home(spool)))
            command, variables = program, {**variables, **own, "PYTHONPATH": str(_importable(spool, folders))}
        log = stack.enter_context(tempfile.TemporaryFile())
        try:
            popen = subprocess.Popen(
                unprivileged(without_core_files(command), stage),
                pass_fds=inherited,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=variables,
            )
        except OSError as error:
            ours.close()
            raise IsolationUnavailable(f"a {mode} template did not start: {error}") from None
        theirs.close()
        ours.settimeout(_START_SECONDS)
        try:
            hello = json.loads(ours.recv(1 << 16) or b"{}")
        except (OSError, ValueError):
            hello = {}
        if not hello.get("ready"):
            _end(popen)
            ours.close()
            log.seek(0)
            said = log.read()[-2000:].decode(errors="replace").strip().rpartition("\n")[2]
            raise IsolationUnavailable(f"a {mode} template did not start: {said or 'it said nothing'}")
    ours.settimeout(None)
    return Template(ours, mode, popen)


def _end(popen: subprocess.Popen[bytes]) -> None:
    """End a template: with bubblewrap, the process under it is the first of its namespace and takes the rest along."""
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{popen.pid}/task/{popen.pid}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
    popen.kill()
    popen.wait()


def seen_from(mode: Mode, spool: Spool, path: Path) -> str:
    """How a template of this mode calls a path in the spool."""
    return f"{_SPOOL_SEEN}/{path.relative_to(spool.path)}" if mode == "nested" else str(path)


def _home(spool: Spool) -> Path:
    """Where a plain template may write; what it imports keeps caches."""
    place = spool.path / "home"
    place.mkdir(exist_ok=True)
    place.chmod(0o777)  # the spool itself lets nobody list it
    return place


def _importable(spool: Spool, folders: Mapping[Path, str]) -> Path:
    """A folder from which a plain template imports our sandbox-side packages."""
    place = spool.path / "packages"
    place.mkdir(mode=0o755, exist_ok=True)
    for folder, seen in folders.items():
        link = place / Path(seen).name
        if folder != spool.path and not link.is_symlink():
            link.symlink_to(folder)
    return place
