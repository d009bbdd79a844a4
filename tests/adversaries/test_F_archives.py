"""F8: hostile uploads, through intake and grading: each is refused with a sentence, or graded for what is honest in it.

Nothing is unpacked to disk anywhere, no upload takes long or much memory, and the others of the class are graded.
"""

from __future__ import annotations

import io
import os
import random
import resource
import stat
import struct
import tarfile
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.course import build_reference
from grader.course.models import Course
from grader.grading.grade import Grade
from grader.grading.grade_one import grade
from grader.intake import read_class, read_submission
from grader.sandbox import Backend
from grader.vocabulary import Outcome
from tests.adversaries.conftest import CANARY, Canaries

HONEST = b"import numpy as np\nanswer = 42\ndef double(x):\n    return 2 * np.asarray(x)\n"
CHEAT = b"raise SystemExit\n"
MAX_SECONDS = 20  # of the grader's own computing, which says the same on a busy machine
MAX_GROWTH = 400 << 10  # KiB of the grader's own memory


def pack(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def special(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


def renamed(data: bytes, old: bytes, new: bytes, count: int = -1) -> bytes:
    """The archive with a name replaced by one of the same length, as zipfile would not write it."""
    assert len(old) == len(new) and old in data
    return data.replace(old, new, count)


def tar_of(name: str, link: str = "") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        if link:
            info.type, info.linkname = tarfile.SYMTYPE, link
            archive.addfile(info)
        else:
            info.size = len(HONEST)
            archive.addfile(info, io.BytesIO(HONEST))
    return buffer.getvalue()


def many_entries(count: int) -> bytes:
    """A directory of ``count`` records that all point at one member: some 50 bytes each."""
    name = b"unit.py"
    raw = zlib.compress(HONEST)[2:-4]
    crc = zlib.crc32(HONEST)
    local = (
        struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(raw), len(HONEST), len(name), 0) + name + raw
    )
    parts = [local]
    for number in range(count):
        entry = b"f%06d" % number
        fields = (20, 20, 0, 8, 0, 33, crc, len(raw), len(HONEST), len(entry), 0, 0, 0, 0, 0, 0)
        parts.append(struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", *fields) + entry)
    size = sum(map(len, parts[1:]))
    parts.append(struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, size, len(local), 0))
    return b"".join(parts)


def mirror_bomb(levels: int = 5) -> bytes:
    data = b"\0" * 1_000_000
    for _ in range(levels):
        data = pack(*((f"{number}.zip", data) for number in range(10)))
    return data


def two_directories() -> bytes:
    """Two archives in one file: tools that start from the other end see other contents."""
    return pack(("unit.py", CHEAT)) + pack(("unit.py", HONEST))


def local_name_differs() -> bytes:
    """The member's own header says another name than the directory does."""
    return renamed(pack(("unit.py", HONEST)), b"unit.py", b"../x.py", 1)


def unicode_path() -> bytes:
    """A second name in an extra field (0x7075), which some tools prefer."""
    info = zipfile.ZipInfo("unit.py")
    name = f"../../../../tmp/{CANARY}".encode()
    info.extra = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, zlib.crc32(b"unit.py")) + name
    return pack((info, HONEST))


def zip64_lies() -> bytes:
    info = zipfile.ZipInfo("unit.py")
    info.extra = struct.pack("<HHQQ", 1, 16, 1 << 62, 1 << 62)
    return pack((info, HONEST))


def noise() -> bytes:
    return b"PK\3\4" + random.Random(0).randbytes(200_000) + b"PK\5\6" + bytes(18)


# what is handed in as unit.zip -> whether it can be graded, and then only for the honest file
ARCHIVES: dict[str, tuple[Callable[[], bytes], bool]] = {
    "honest": (lambda: pack(("unit.py", HONEST)), True),
    "climbs out": (lambda: pack((f"../../../../tmp/{CANARY}", CHEAT), ("unit.py", HONEST)), False),
    "absolute": (lambda: pack((f"/tmp/{CANARY}", CHEAT), ("unit.py", HONEST)), False),
    "climbs out by backslashes": (lambda: pack(("..\\..\\..\\tmp\\grader", CHEAT), ("unit.py", HONEST)), False),
    "drive letter": (lambda: pack(("C:\\unit.py", CHEAT), ("unit.py", HONEST)), False),
    "dots in the middle": (lambda: pack(("a/../../unit.py", CHEAT), ("unit.py", HONEST)), False),
    "null byte": (lambda: renamed(pack(("unit.py.Xx", CHEAT)), b"unit.py.Xx", b"unit.py\0Xx"), False),
    "newline": (lambda: pack(("unit\n.py", CHEAT), ("unit.py", HONEST)), False),
    "link": (lambda: pack((special("unit.py", stat.S_IFLNK | 0o777), b"/etc/passwd")), False),
    "linked folder": (lambda: pack((special("data", stat.S_IFLNK), b"/etc"), ("unit.py", HONEST)), False),
    "device": (lambda: pack((special("unit.py", stat.S_IFBLK), b"")), False),
    "pipe": (lambda: pack((special("unit.py", stat.S_IFIFO), b"")), False),
    "twice": (lambda: pack(("unit.py", HONEST), ("unit.py", CHEAT)), False),
    "case collision": (lambda: pack(("unit.py", HONEST), ("UNIT.py", CHEAT)), False),
    "composed and decomposed": (lambda: pack(("caf\u00e9.py", CHEAT), ("cafe\u0301.py", CHEAT), ("unit.py", HONEST)), False),
    "file that is a folder": (lambda: pack(("unit.py", HONEST), ("unit.py/x", CHEAT)), False),
    "a million entries": (lambda: many_entries(1_000_000), False),
    "5,000 entries": (lambda: many_entries(5_000), False),
    "bomb": (lambda: pack(("unit.py", b"#" * 300_000_000)), False),
    "bomb beside": (lambda: pack(("unit.py", HONEST), ("notes.txt", bytes(300_000_000))), False),
    "bomb of bombs": (mirror_bomb, False),
    "two directories": (two_directories, True),
    "header says another name": (local_name_differs, False),
    "second name": (unicode_path, True),
    "sizes beyond measure": (zip64_lies, True),
    "set-uid": (lambda: pack((special("unit.py", stat.S_IFREG | 0o6777), HONEST)), True),
    "noise": (noise, False),
    "cut off": (lambda: pack(("unit.py", HONEST))[:-30], False),
    "tar under another name": (lambda: tar_of("unit.py"), False),
    "shadows": (lambda: pack(("unit.py", HONEST), *((f"{n}.py", CHEAT) for n in ("numpy", "zmq", "json"))), True),
    "a file called data": (lambda: pack(("unit.py", HONEST), ("data", CHEAT)), True),
    "in the data folder": (lambda: pack(("unit.py", HONEST), ("data/public.csv", CHEAT), ("data/x/y", CHEAT)), True),
    "in the probe's place": (lambda: pack(("unit.py", HONEST), ("opt/grader/grader_probe/x.py", CHEAT)), True),
    "deep folders": (lambda: pack(("unit.py", HONEST), ("/".join("abcdefghijk") + "/x.txt", CHEAT)), True),
    "as many files as may be": (lambda: pack(("unit.py", HONEST), *((f"f/{n}.txt", b"x") for n in range(150))), True),
    "checks of their own": (
        lambda: pack(("unit.py", HONEST), ("test_hidden.py", b"def test_hidden(): pass"), ("exercise.toml", b"points=0")),
        True,
    ),
}  # fmt: skip


@pytest.fixture
def unchanged(canaries: Canaries) -> Iterator[None]:
    """Fails where an upload left something in a temporary folder, or touched what it must not."""
    before = {name for place in ("/tmp", "/var/tmp", "/") for name in os.listdir(place)}
    yield
    canaries.check()
    after = {name for place in ("/tmp", "/var/tmp", "/") for name in os.listdir(place)}
    new = after - before
    assert not new & {"unit.py", "x", "x.py", "passwd", "notes.txt", "grader"}, new


def _grade(course: Course, path: Path, backend: Backend) -> Grade:
    exercise = course.exercise("target/u1/unit")
    submission = read_submission(path, exercise, course.intake, student="mallory")
    return grade(course, exercise, submission, backend=backend)


@pytest.mark.sandbox
@pytest.mark.parametrize("kind", ARCHIVES)
def test_hostile_archive(kind: str, backend: Backend, target: Course, unchanged: None, tmp_path: Path) -> None:
    build, gradable = ARCHIVES[kind]
    path = tmp_path / "unit.zip"
    path.write_bytes(build())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    result = _grade(target, path, backend)
    assert time.process_time() - began < MAX_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MAX_GROWTH
    details = result.extra.get("details", "")
    if gradable:
        assert (result.outcome, result.points) == (Outcome.PASSED, 4), (result.message.en, details)
    else:
        assert result.outcome is Outcome.INVALID, (result.outcome, result.message.en, details)
        assert result.message.en and result.message.ko
        assert "\n" not in result.message.en and "\0" not in result.message.en


@pytest.mark.parametrize("name", ["unit.tar", "unit.tar.gz", "unit.tgz", "unit.7z", "unit.rar", "unit.gz"])
def test_other_archives_are_not_opened(name: str, backend: Backend, target: Course, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(tar_of(f"../../../../tmp/{CANARY}") + tar_of("unit.py", link="/etc/passwd"))
    result = _grade(target, path, backend)
    assert result.outcome is Outcome.INVALID
    assert "unit.py" in result.message.en, "says what to hand in instead"


@pytest.mark.sandbox
def test_one_hostile_upload_costs_nobody_else(
    backend: Backend, target: Course, unchanged: None, tmp_path: Path
) -> None:
    exercise = target.exercise("target/u1/unit")
    for number, (build, _) in enumerate(ARCHIVES.values()):
        (tmp_path / f"mallory{number}.zip").write_bytes(build())
    (tmp_path / "honest.py").write_bytes(build_reference(exercise))
    found = read_class(tmp_path, target, exercise=exercise)
    assert len({s.student for s in found.submissions}) == len(ARCHIVES) + 1
    honest = next(s for s in found.submissions if s.student == "honest")
    assert grade(target, exercise, honest, backend=backend).outcome is Outcome.PASSED
