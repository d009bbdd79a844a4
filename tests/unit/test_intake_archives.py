"""Archives: what an honest one holds is read, everything else is refused while it is read."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course.models import IntakeLimits
from grader.errors import InvalidSubmission
from grader.intake.archives import archive_entries, read_archive
from grader.intake.entries import safe_parts

LIMITS = IntakeLimits(file_mb=6, total_mb=10, files=10, cells=50)


def packed(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content, compress_type=method)
    return buffer.getvalue()


def contents(data: bytes, limits: IntakeLimits = LIMITS) -> dict[str, bytes]:
    return {entry.path: entry.read() for entry in read_archive(data, "kim.zip", limits)}


def refusal(data: bytes, limits: IntakeLimits = LIMITS) -> str:
    with pytest.raises(InvalidSubmission) as caught:
        contents(data, limits)
    assert caught.value.reason.ko
    return caught.value.reason.en


def with_mode(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


def test_files_are_read_and_what_tools_leave_behind_is_not() -> None:
    data = packed(
        ("homl/", b""),
        ("homl/ch04/a.py", b"x"),
        ("b\\c.py", b"y"),
        ("./d.py", b"z"),
        ("__MACOSX/._a.py", b"?"),
        ("homl/.ipynb_checkpoints/a-checkpoint.ipynb", b"?"),
        (".DS_Store", b"?"),
        ("Thumbs.db", b"?"),
        ("__pycache__/a.cpython-311.pyc", b"?"),
    )
    assert contents(data) == {"homl/ch04/a.py": b"x", "b/c.py": b"y", "d.py": b"z"}


def test_korean_names_that_macos_decomposed_are_composed() -> None:
    assert list(contents(packed(("\u1112\u1161\u11ab.py", b"x")))) == ["한.py"]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../a.py",
            "a/../../b.py",
            "/etc/passwd",
            "C:\\a.py",
            "c:a.py",
            "..\\a.py",
            "\\\\host\\a",
            "a\nb.py",
            "x" * 300,
        ),
        *("/".join("d" * 20) + "/a.py", ".ipynb_checkpoints/../../a.py"),
    ],
)
def test_names_that_lead_out_or_cannot_be_used_are_refused(name: str) -> None:
    assert "leads out" in refusal(packed(("ok.py", b"x"), (name, b"x")))


def test_a_name_with_a_null_byte_is_refused() -> None:
    data = packed(("a.py_.txt", b"x")).replace(b"a.py_.txt", b"a.py\0.txt")
    assert "leads out" in refusal(data)


@pytest.mark.parametrize(
    "names", [("a.py", "a.py"), ("a.py", "A.PY"), ("x", "x/a.py"), ("\uac00.py", "\u1100\u1161.py")]
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_collide_are_refused(names: tuple[str, str]) -> None:
    assert "same file name twice" in refusal(packed(*((name, b"x") for name in names)))


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (stat.S_IFLNK | 0o777, "a link"),
        (stat.S_IFIFO | 0o644, "ordinary file"),
        (stat.S_IFCHR | 0o644, "ordinary file"),
    ],
)
def test_members_that_are_not_files_are_refused(mode: int, words: str) -> None:
    assert words in refusal(packed((with_mode("a.py", mode), b"/etc/passwd")))


@pytest.mark.parametrize("name", ["more.zip", "a/b.TAR.GZ", "c.7z"])
def test_archives_within_archives_are_refused(name: str) -> None:
    assert "inside your archive" in refusal(packed((name, packed(("a.py", b"x")))))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_whose_memory_the_archive_chooses_are_refused(method: int) -> None:
    assert "compression method" in refusal(packed(("a.py", b"x"), method=method))


def test_an_archive_with_a_password_is_refused() -> None:
    data = bytearray(packed(("a.py", b"x")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert "password" in refusal(bytes(data))


def test_a_bomb_is_refused_while_it_unpacks() -> None:
    assert "far more" in refusal(packed(("a.py", bytes(5_000_000))))


def test_many_files_are_limited_by_their_sum() -> None:
    noise = [(f"{i}.bin", bytes((i * 7 + j * j) % 251 for j in range(50_000)) * 40) for i in range(6)]
    assert "larger than 10 MB together" in refusal(packed(*noise, method=zipfile.ZIP_STORED))


def test_a_large_file_is_refused_by_name() -> None:
    limits = IntakeLimits(file_mb=0.001, total_mb=10, files=10)
    assert refusal(packed(("a.py", b"ab" * 600)), limits).startswith("a.py is larger than 0.001 MB")


@pytest.mark.parametrize("claimed", [0, 10, 1 << 30])
def test_a_size_in_a_header_is_not_believed(claimed: int) -> None:
    content = bytes(range(256)) * 100
    data = bytearray(packed(("a.py", content)))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, claimed)
    if claimed < len(content):
        assert "damaged" in refusal(bytes(data))  # never cut short in silence
    else:
        assert contents(bytes(data)) == {"a.py": content}


def test_too_many_files_are_refused_before_they_are_read() -> None:
    assert "more than 10 files" in refusal(packed(*((f"{i}.py", b"x") for i in range(11))))
    assert "more than 10 files" in refusal(packed(*((f".{i}", b"") for i in range(500))))


def test_overlapping_members_stay_within_the_total() -> None:
    """Many directory records that point at one member, as in Fifield's bomb without nesting."""
    data = packed(*((f"{i}.py", b"") for i in range(10)), ("big", bytes(range(256)) * 8000), method=zipfile.ZIP_STORED)
    big = data.index(b"PK\x01\x02", data.rindex(b"PK\x01\x02"))
    offset = struct.unpack_from("<I", data, big + 42)[0]
    forged, at = bytearray(data), -1
    while (at := forged.find(b"PK\x01\x02", at + 1)) != -1:
        struct.pack_into("<III", forged, at + 16, *struct.unpack_from("<III", data, big + 16))
        struct.pack_into("<I", forged, at + 42, offset)
    with pytest.raises(InvalidSubmission):
        contents(bytes(forged))


@pytest.mark.parametrize("data", [b"", b"PK", b"hello" * 100, packed(("a.py", b"x" * 100))[:-10]])
def test_what_is_not_an_archive_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kim.zip"
    path.write_bytes(data)
    with pytest.raises(InvalidSubmission):
        archive_entries(path, LIMITS)


ORIGINAL = packed(("homl/a.py", b"x = 1\n" * 50), ("b.ipynb", b"{}"))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(ORIGINAL) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_archive_is_read_or_refused_and_nothing_else(changes: list[tuple[int, int]]) -> None:
    data = bytearray(ORIGINAL)
    for place, value in changes:
        data[place] = value
    try:
        found = contents(bytes(data))
    except InvalidSubmission:
        return
    assert sum(map(len, found.values())) <= LIMITS.total_mb * 1e6


@given(st.text(st.sampled_from("abC.:/\\\0\n ~한\u1100\u1161"), max_size=30) | st.text(max_size=30))
def test_a_name_that_passes_stays_inside(name: str) -> None:
    parts = safe_parts(name)
    if parts is None:
        return
    path = PurePosixPath(*parts)
    assert not path.is_absolute() and ".." not in path.parts and path.parts == parts
    assert Path("/base", *parts).resolve().is_relative_to("/base")
    assert safe_parts("/".join(parts)) == parts
