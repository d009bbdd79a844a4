"""Looks for GPUs that submissions can use on this machine, and says what keeps the others from being used."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grader.sandbox.gpu import PROC_GPUS, Bound, Gpu, Kind, Slot, divide
from grader.sandbox.gpu_use import list_gpus, total_memory_mb
from grader.sandbox.privileges import SANDBOX_UID, is_root

# Where every loader looks by itself.
_STANDARD = ("usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu", "usr/lib64", "usr/lib")
_ELSEWHERE = ("usr/local/nvidia/lib64", "usr/local/nvidia/lib", "usr/lib/wsl/lib", "run/opengl-driver/lib")
_SYSTEM = ("/usr/", "/lib/", "/lib64/")  # in every sandbox already
_DRIVER_FILES = ("libcuda*.so*", "libnvidia-*.so*", "libnvcuvid.so*")
_NVIDIA_NODES = ("nvidiactl", "nvidia-uvm", "nvidia-uvm-tools")  # drivers from 570 on fail without the last
_NVIDIA_SYS = ("sys/module/nvidia", "sys/module/nvidia_uvm", "sys/bus/pci/devices", "sys/devices/system/node")
_DRI_SYS = ("sys/class/drm", "sys/class/kfd", "sys/devices/virtual/kfd", "sys/dev/char", "sys/devices/system/node")
_VENDORS: dict[str, Kind] = {"0x1002": "amd", "0x8086": "intel"}


@dataclass(frozen=True)
class Problem:
    """A GPU that is there and cannot be used, and what to do about it."""

    found: str
    remedy: str


@dataclass(frozen=True)
class Survey:
    """What a look at the machine found."""

    gpus: tuple[Gpu, ...]
    problems: tuple[Problem, ...]


def survey(root: Path = Path("/"), environ: Mapping[str, str] | None = None) -> Survey:
    """Look for GPUs.

    Parameters
    ----------
    root : Path
        Under which ``dev``, ``proc``, ``sys`` and ``usr`` are looked for: a stand-in for the machine in tests.
    environ : mapping, optional
        Of this process by default: ``CUDA_VISIBLE_DEVICES`` keeps the grader to some of the NVIDIA GPUs, and
        ``LD_LIBRARY_PATH`` may name the driver's libraries.
    """
    environ = os.environ if environ is None else environ
    problems: list[Problem] = []
    usable: list[Gpu] = []
    for gpu in [*_nvidia(root, environ, problems), *_dri(root, problems)]:
        permitted = _permitted(gpu, problems)
        if permitted is not None:
            memory = total_memory_mb(gpu.uuid) if gpu.kind == "nvidia" and root == Path("/") else _vram_mb(gpu)
            usable.append(replace(permitted, memory_mb=memory))
    return Survey(tuple(usable), tuple(problems))


def gpu_slots(per_gpu: int = 1) -> list[Slot]:
    """The slots of this machine; empty where it has no GPU that can be used."""
    return divide(survey().gpus, per_gpu) if per_gpu > 0 else []


# --- NVIDIA ---------------------------------------------------------------------------------------------------------


def _nvidia(root: Path, environ: Mapping[str, str], problems: list[Problem]) -> list[Gpu]:
    numbers = sorted(int(m[1]) for p in _devices(root, "nvidia*") if (m := re.fullmatch(r"nvidia(\d+)", p.name)))
    windows = [p.name for p in _devices(root, "dxg")]  # Windows' own GPU, seen from its Linux subsystem
    if not numbers and not windows:
        return []
    folder = _library_folder(root, environ)
    if folder is None:
        found = "an NVIDIA GPU, but not libcuda.so.1"
        problems.append(Problem(found, "Install the driver's user side, or name its folder in LD_LIBRARY_PATH."))
        return []
    standard = folder.relative_to(root).as_posix() in _STANDARD
    seen = "/" + folder.relative_to(root).as_posix()
    libraries = () if standard else (seen,)
    bound = standard or (root == Path("/") and f"{seen}/".startswith(_SYSTEM))
    files = () if bound else tuple(_driver_files(root, folder))
    if not numbers:
        gpu = Gpu("nvidia", "GPU of the Windows host", (_node(root, "dxg"),), files, libraries)
        return _visible([gpu], environ)
    absent = [name for name in _NVIDIA_NODES[:2] if not _is_device(root / "dev" / name)]
    if absent:
        found = f"an NVIDIA GPU without /dev/{' and /dev/'.join(absent)}"
        problems.append(Problem(found, "As root: nvidia-modprobe -u -c=0, or run nvidia-persistenced."))
        return []
    common = [_node(root, name) for name in _NVIDIA_NODES if _is_device(root / "dev" / name)]
    known = dict(_nvidia_information(root))
    if root == Path("/") and len(numbers) == 1 and not known.get(numbers[0], ("", ""))[1]:
        listed = list_gpus()  # nothing under /proc tells: in some containers, or before the first use
        if len(listed) == 1:
            known[numbers[0]] = (listed[0][1], listed[0][0], known.get(numbers[0], ("", "", ""))[2])
    gpus = []
    for number in numbers:
        if any((root / f"proc/driver/nvidia/capabilities/gpu{number}/mig").glob("gi*")):
            found = f"/dev/nvidia{number} is divided by MIG"
            problems.append(Problem(found, f"Turn that off for slots: nvidia-smi -i {number} -mig 0"))
            continue
        name, uuid, bus = known.get(number, (f"/dev/nvidia{number}", "", ""))
        system = [*_present(root, _NVIDIA_SYS), *_pci(root, bus)]
        nodes = (_node(root, f"nvidia{number}"), *common)
        gpus.append(Gpu("nvidia", name, nodes, (*files, *system), libraries, uuid=uuid, bus=bus))
    return _visible(gpus, environ)


def _nvidia_information(root: Path) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """(number of the device node, (model, UUID, place on the PCI bus)) of each GPU that the driver tells of."""
    for path in sorted((root / PROC_GPUS.lstrip("/")).glob("*/information")):
        found = {}
        for line in path.read_text(errors="replace").splitlines():
            key, _, value = line.partition(":")
            found[key.strip()] = value.strip()
        if found.get("Device Minor", "").isdigit():
            uuid = found.get("GPU UUID", "")
            known = uuid if re.fullmatch(r"GPU-[0-9a-f-]{36}", uuid) else ""  # question marks until the first use
            yield int(found["Device Minor"]), (found.get("Model", "") or "NVIDIA GPU", known, path.parent.name)


def _visible(gpus: list[Gpu], environ: Mapping[str, str]) -> list[Gpu]:
    """Those that ``CUDA_VISIBLE_DEVICES`` allows to this process itself, read as the driver reads it."""
    wanted = environ.get("CUDA_VISIBLE_DEVICES")
    if wanted is None:
        return gpus
    by_bus = sorted(gpus, key=lambda gpu: gpu.bus)
    chosen: list[Gpu] = []
    for word in map(str.strip, wanted.split(",")):
        if word.isdigit():
            match = by_bus[int(word) : int(word) + 1]
        else:
            match = [gpu for gpu in by_bus if word.startswith("GPU-") and gpu.uuid.startswith(word)]
        if len(match) != 1 or match[0] in chosen:
            break
        chosen += match
    return chosen


def _library_folder(root: Path, environ: Mapping[str, str]) -> Path | None:
    """The folder with the driver's library; one in which every loader looks is preferred."""
    named = [name.lstrip("/") for name in environ.get("LD_LIBRARY_PATH", "").split(":") if name.startswith("/")]
    for name in (*_STANDARD, *named, *_ELSEWHERE):
        if (root / name / "libcuda.so.1").exists():
            return root / name
    return None


def _driver_files(root: Path, folder: Path) -> Iterator[Bound]:
    """The driver's own libraries in a folder that may hold other things, which are nobody's business."""
    for pattern in _DRIVER_FILES:
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                yield str(path.resolve()), "/" + path.relative_to(root).as_posix()


# --- others: render nodes -------------------------------------------------------------------------------------------


def _dri(root: Path, problems: list[Problem]) -> Iterator[Gpu]:
    """AMD's and Intel's GPUs, where what computes on them is there: a screen alone needs a render node, too."""
    for node in _devices(root, "dri/renderD*"):
        about = root / "sys/class/drm" / node.name / "device"
        kind = _VENDORS.get(_line(about / "vendor"))
        system = [*_present(root, _DRI_SYS), *_pci(root, about.resolve().name)]
        render = _node(root, f"dri/{node.name}")
        if kind == "amd":
            roots = tuple((str(p.resolve()), f"/opt/{p.name}") for p in sorted((root / "opt").glob("rocm*")))
            if _is_device(root / "dev/kfd"):
                nodes = (_node(root, "kfd"), render)
                yield Gpu("amd", f"AMD GPU {node.name}", nodes, (*roots, *system), ("/opt/rocm/lib",) if roots else ())
            else:
                problems.append(Problem(f"{node.name} of AMD without /dev/kfd", "Install the amdgpu driver with ROCm."))
        elif kind == "intel" and any((root / name / "libze_loader.so.1").exists() for name in _STANDARD):
            yield Gpu("intel", f"Intel GPU {node.name}", (render,), tuple(system))


def _vram_mb(gpu: Gpu) -> int | None:
    """Memory of a GPU whose driver says so in a file."""
    for source, seen in gpu.files:
        if seen.startswith("/sys/devices/pci"):
            said = _line(Path(source) / "mem_info_vram_total")
            return int(said) >> 20 if said.isdigit() else None
    return None


# --- files ----------------------------------------------------------------------------------------------------------


def _is_device(path: Path) -> bool:
    try:
        return path.is_char_device()
    except OSError:
        return False


def _devices(root: Path, pattern: str) -> list[Path]:
    return sorted(path for path in (root / "dev").glob(pattern) if _is_device(path))


def _node(root: Path, name: str) -> Bound:
    return str(root / "dev" / name), f"/dev/{name}"


def _present(root: Path, names: Iterable[str]) -> list[Bound]:
    return [(str(root / name), f"/{name}") for name in names if (root / name).exists()]


def _pci(root: Path, bus: str) -> list[Bound]:
    """The GPU's own folder among the machine's devices; links elsewhere in ``/sys`` lead there."""
    link = root / "sys/bus/pci/devices" / bus
    if not bus or not link.exists():
        return []
    real = link.resolve()
    return [(str(real), "/" + real.relative_to(root.resolve()).as_posix())]


def _line(path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _permitted(gpu: Gpu, problems: list[Problem]) -> Gpu | None:
    """``gpu`` with the groups that its nodes ask for; None where the sandbox's user may not open them."""
    groups: list[int] = []
    for source, seen in gpu.nodes:
        about = os.stat(source)
        if about.st_mode & 0o006 == 0o006:
            continue
        by_group = about.st_mode & 0o060 == 0o060 and (is_root() or about.st_gid in (os.getegid(), *os.getgroups()))
        if by_group:
            groups.append(about.st_gid)
        elif is_root() or about.st_uid != os.geteuid() or about.st_mode & 0o600 != 0o600:
            who = f"uid {SANDBOX_UID}, which runs submissions," if is_root() else "this user"
            found = f"{seen} (mode {stat.filemode(about.st_mode)}) cannot be opened by {who}"
            problems.append(Problem(found, f"As root: chmod 666 {seen}, or let its group read and write it."))
            return None
    return replace(gpu, groups=tuple(dict.fromkeys(groups)))
