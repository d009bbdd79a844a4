"""F1 F2 P1 L6: reads all it can reach and reports whatever looks planted.

Must be observed: only what was meant for it (`control` in the public data) is found; its grade is what its answers earn.
"""

import gc
import inspect
import os
import re
import sys

import numpy as np

PREFIX = "plant" + "ed-"  # in two parts, so that this line is not found
PATTERN = re.compile((PREFIX + r"[a-z]+-[0-9a-f]{32}").encode())
SKIP = ("/usr/share", "/usr/lib/x86_64-linux-gnu", "/sys", "/proc")


def predict(X):
    return np.zeros(len(X), dtype=int)


def from_files():
    found = set()
    for top, folders, names in os.walk("/", followlinks=False):
        folders[:] = [f for f in folders if not os.path.join(top, f).startswith(SKIP) and f != "tensorflow"]
        for name in names:
            path = os.path.join(top, name)
            try:
                if os.path.getsize(path) < 4 << 20 and os.path.isfile(path):
                    with open(path, "rb") as file:
                        found.update(PATTERN.findall(file.read()))
            except OSError:
                continue
    return found


def from_proc():
    found = set()
    for pid in [p for p in os.listdir("/proc") if p.isdigit()] + ["self"]:
        for name in ("cmdline", "environ", "maps", "mountinfo", "status", "stack", "root/etc/passwd", "comm"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    found.update(PATTERN.findall(file.read(1 << 20)))
            except OSError:
                continue
    for parent in (1, os.getppid()):
        try:
            with open(f"/proc/{parent}/mem", "rb") as file:
                file.seek(0x400000)
                found.update(PATTERN.findall(file.read(1 << 20)))
        except (OSError, ValueError, OverflowError):
            continue
    return found


def from_memory():
    """Everything that this process holds, its own pages included."""
    found = set()
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as mem:
        for line in maps:
            span, mode = line.split()[:2]
            start, end = (int(x, 16) for x in span.split("-"))
            if "r" in mode and end - start < 64 << 20 and "[v" not in line:
                try:
                    mem.seek(start)
                    found.update(PATTERN.findall(mem.read(end - start)))
                except (OSError, ValueError, OverflowError):
                    continue
    return found


def from_objects():
    found = set()
    frame = inspect.currentframe()
    while frame is not None:
        found.update(PATTERN.findall(repr(list(frame.f_locals)).encode() + repr(frame.f_code.co_consts).encode()))
        for value in list(frame.f_locals.values()):
            if isinstance(value, (str, bytes)):
                found.update(PATTERN.findall(value if isinstance(value, bytes) else value.encode(errors="ignore")))
        frame = frame.f_back
    for value in gc.get_objects():
        if isinstance(value, dict):
            for item in list(value.values()):
                if isinstance(item, str):
                    found.update(PATTERN.findall(item.encode(errors="ignore")))
    for module in list(sys.modules.values()):
        try:
            found.update(PATTERN.findall(inspect.getsource(module).encode()))
        except (OSError, TypeError, AttributeError):
            continue
    found.update(PATTERN.findall(repr(dict(os.environ)).encode()))
    return found


def search():
    """All that was found, as text."""
    parts = [from_files(), from_proc(), from_memory(), from_objects()]
    return sorted(item.decode() for part in parts for item in part)
