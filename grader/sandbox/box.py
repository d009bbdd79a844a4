"""What one sandbox is: the mounts, environment and limits of a run, and the bubblewrap command line that builds it.

One definition serves every way of starting a kernel, so that a cold start and a later warm one are confined alike.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.course.models import KerasBackend, Limits
from grader.sandbox.gpu import Slot, gpu_options, gpu_sources, gpu_variables

WORK = "/home/student"  # working directory of the submission: a size-capped tmpfs
PROBE_DIR = Path(__file__).resolve().parents[1] / "running" / "probe"  # the sandbox-side code
PROBE = "/opt/grader"  # where the folder that holds `grader_probe` appears, read-only
KERNEL_MODULE = "grader_probe.kernel"  # what is run there
HASH_SEED = "0"  # of every run: warm kernels are copies of one process

_SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/sbin")
_ETC = ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/fonts")


@dataclass(frozen=True)
class Box:
    """One sandbox.

    Attributes
    ----------
    limits : Limits
    files : dict[str, Path]
        Read-only files of the submission: path relative to the working directory -> file outside.
    data_dir : Path or None
        The exercise's public data, read-only at ``data/`` in the working directory.
    seed : int
        From which the kernel seeds its random generators.
    requires : tuple of str
        Import names of what the exercise needs beyond NumPy; a warm start has them imported already.
    gpu : Slot or None
        The GPU, or the part of one, that is in the sandbox; None keeps every GPU out of it.
    keras_backend : str or None
        What Keras computes with; the one that is installed for None.
    """

    limits: Limits
    files: Mapping[str, Path] = field(default_factory=dict)
    data_dir: Path | None = None
    seed: int = 0
    requires: tuple[str, ...] = ()
    gpu: Slot | None = None
    keras_backend: KerasBackend | None = None

    @property
    def like_template(self) -> bool:
        """Whether a fork of a template can serve: no template touches a GPU, and all have Keras's usual backend."""
        return self.gpu is None and self.keras_backend in (None, installed_keras_backend())


@functools.cache
def installed_keras_backend() -> KerasBackend | None:
    """What Keras can compute with here: TensorFlow, else JAX, else PyTorch."""
    backends: tuple[KerasBackend, ...] = ("tensorflow", "jax", "torch")
    return next((name for name in backends if importlib.util.find_spec(name) is not None), None)


def environment(box: Box) -> dict[str, str]:
    """The whole environment of the sandboxed process; nothing is inherited."""
    threads = str(box.limits.threads)
    keras = box.keras_backend or installed_keras_backend()
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": WORK,
        "TMPDIR": "/tmp",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": HASH_SEED,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": PROBE,
        "IPYTHONDIR": "/tmp/.ipython",
        "MPLCONFIGDIR": "/tmp/.matplotlib",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "KERAS_HOME": "/tmp/.keras",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "TF_DETERMINISTIC_OPS": "1",
        "HDF5_USE_FILE_LOCKING": "FALSE",  # there are no such locks in a sandbox, see seccomp.py
        "CUDA_VISIBLE_DEVICES": "",
        "OMP_NUM_THREADS": threads,
        # Threads that wait by spinning take the cores that others' work needs: boosted trees then take six times as long
        # beside two other submissions. Alone they would be faster so, but no grade may hang on who else is graded.
        "OMP_WAIT_POLICY": "PASSIVE",
        "OPENBLAS_NUM_THREADS": threads,
        "MKL_NUM_THREADS": threads,
        "TF_NUM_INTRAOP_THREADS": threads,
        "TF_NUM_INTEROP_THREADS": "1",
        "LOKY_MAX_CPU_COUNT": threads,
        "GRADER_WORK": WORK,
        **({"KERAS_BACKEND": keras} if keras else {}),
        **(gpu_variables(box.gpu) if box.gpu is not None else {}),
    }


def python_roots() -> list[Path]:
    """Folders outside the system's own that this Python needs: its environment and its base installation."""
    wanted = [Path(sys.prefix), Path(sys.base_prefix), *(Path(sysconfig.get_path(k)) for k in ("purelib", "platlib"))]
    roots: list[Path] = []
    for path in sorted({p.resolve() for p in wanted} | {Path(sys.prefix)}, key=lambda p: len(p.parts)):
        if not path.is_relative_to("/usr") and not any(path.is_relative_to(r) for r in roots):
            roots.append(path)
    return roots


def grader_package_paths() -> list[Path]:
    """Where this very package lies inside the folders that a sandbox sees, so that they can be covered."""
    package = Path(__file__).resolve().parent.parent
    return [package] if any(package.is_relative_to(r) for r in [Path("/usr"), *python_roots()]) else []


Bind = Callable[..., list[str]]  # (path, where it appears) -> bubblewrap's option that binds it read-only


def _binder(source: Mapping[Path, str]) -> Bind:
    def bind(path: Path, dest: str | None = None) -> list[str]:
        return ["--ro-bind", source.get(path, str(path)), dest or str(path)]

    return bind


def _confined(variables: Mapping[str, str]) -> list[str]:
    """Namespaces, identity and environment of everything that bubblewrap starts for us."""
    argv = ["--unshare-all", "--unshare-user", "--new-session", "--clearenv"]
    argv += ["--uid", "1000", "--gid", "1000", "--hostname", "sandbox", "--cap-drop", "ALL"]
    for name, value in variables.items():
        argv += ["--setenv", name, value]
    return argv


def _system(bind: Bind) -> list[str]:
    """The operating system, read-only."""
    argv: list[str] = []
    for path in map(Path, _SYSTEM):
        if path.is_symlink():
            argv += ["--symlink", os.readlink(path), str(path)]
        elif path.exists():
            argv += bind(path)
    for path in map(Path, _ETC):
        if path.exists():
            argv += bind(path)
    argv += ["--proc", "/proc", "--dev", "/dev"]
    if Path("/sys/devices/system/cpu").exists():
        argv += bind(Path("/sys/devices/system/cpu"))  # joblib counts cores there
    return argv


def _scratch(size: int) -> list[str]:
    """The only places that can be written to, and how many bytes each may hold."""
    argv = ["--size", str(64 << 20), "--tmpfs", "/dev/shm"]
    for path in ("/tmp", WORK):
        argv += ["--size", str(size), "--tmpfs", path]
    return argv


def _python(bind: Bind) -> list[str]:
    """This Python with its packages, without the grader among them."""
    argv: list[str] = []
    for path in python_roots():
        argv += bind(path)
    for path in grader_package_paths():
        argv += ["--tmpfs", str(path), "--remount-ro", str(path)]
    return argv


def bubblewrap_options(box: Box, *, source: Mapping[Path, str] | None = None) -> list[str]:
    """What bubblewrap is told about ``box``: every option but the descriptors and the program to run.

    Parameters
    ----------
    source : mapping, optional
        Where a file or folder must be bound from when it is not reachable under its own name.
    """
    bind = _binder(source or {})
    argv = [*_confined(environment(box)), "--disable-userns", "--die-with-parent", *_system(bind)]
    if box.gpu is not None:
        argv += gpu_options(box.gpu, bind)
    argv += [*_scratch(box.limits.scratch_mb << 20), *_python(bind)]
    argv += bind(PROBE_DIR, f"{PROBE}/grader_probe")
    if box.data_dir is not None and box.data_dir.is_dir():
        argv += bind(box.data_dir, f"{WORK}/data")
    for name, path in box.files.items():
        argv += bind(path, f"{WORK}/{name}")
    return [*argv, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", WORK]


def template_options(
    variables: Mapping[str, str], folders: Mapping[Path, str], *, source: Mapping[Path, str] | None = None
) -> list[str]:
    """What bubblewrap is told about the sandbox of a template, inside which those of submissions are built.

    Parameters
    ----------
    variables : mapping
        Its environment.
    folders : mapping
        Further folders that it sees, read-only, and where.
    source : mapping, optional
        As for :func:`bubblewrap_options`.
    """
    bind = _binder(source or {})
    argv = [*_confined(variables), *_system(bind), *_scratch(64 << 20), *_python(bind)]
    for path, dest in folders.items():
        argv += bind(path, dest)
    return [*argv, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", WORK]


def bound_sources(box: Box) -> list[Path]:
    """Every folder or file outside the system's own that :func:`bubblewrap_options` binds."""
    sources = [*python_roots(), PROBE_DIR, *box.files.values(), *(gpu_sources(box.gpu) if box.gpu is not None else ())]
    return sources + ([box.data_dir] if box.data_dir is not None and box.data_dir.is_dir() else [])
