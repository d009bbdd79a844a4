"""Reads a student's ZIP archive into memory, bounded while it unpacks. Headers are hints here, never trusted."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from grader.course.models import IntakeLimits
from grader.errors import InvalidSubmission
from grader.intake import messages as m
from grader.intake.entries import Entry, clean_name, ignored, read_regular, safe_parts
from grader.intake.messages import refusal

MAX_RATIO = 200  # unpacked to packed; deflate's own limit is about 1000
FREE_BYTES = 4_000_000  # below this no ratio is suspicious
CHUNK = 1 << 16

_DIRECTORY_RECORD = b"PK\x01\x02"
_ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".egg", ".alz")
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, OSError, IndexError)


def archive_entries(path: Path, limits: IntakeLimits) -> list[Entry]:
    """All files of an archive with their contents, sorted by path.

    Raises
    ------
    InvalidSubmission
        Anything about it is not as an honest archive's: see the messages. One bad member refuses the whole.
    """
    name = clean_name(path.name)
    data = read_regular(path, name, limits.total_mb)
    return read_archive(data, name, limits)


def read_archive(data: bytes, name: str, limits: IntakeLimits) -> list[Entry]:
    """As ``archive_entries``, from bytes."""
    members: list[tuple[str, zipfile.ZipInfo]] = []
    found: dict[str, bytes] = {}
    total = 0
    with _open(data, name, limits) as archive:
        taken: set[str] = set()
        for info in archive.infolist():
            path = _checked_path(info, name)
            if path is None:
                continue
            if path.casefold() in taken:
                raise refusal(m.SAME_NAME, name=path)
            taken.add(path.casefold())
            members.append((path, info))
        for path, _ in members:
            parts = path.casefold().split("/")
            if any("/".join(parts[:end]) in taken for end in range(1, len(parts))):  # a file that is also a folder
                raise refusal(m.SAME_NAME, name=path)
        if len(members) > limits.files:
            raise refusal(m.TOO_MANY_FILES, limit=limits.files)
        for path, info in members:
            content = _unpack(archive, info, path, name, limits, total, len(data))
            total += len(content)
            found[path] = content
    return [Entry(path, "file", _holding(found[path])) for path in sorted(found)]


def archive_names(path: Path, limits: IntakeLimits) -> list[str]:
    """Names in an archive as far as they can be told, so that a refusal can say which exercises it concerns."""
    try:
        name = clean_name(path.name)
        with _open(read_regular(path, name, limits.total_mb), name, limits) as archive:
            names = [safe_parts(info.orig_filename) for info in archive.infolist()[: 10 * limits.files]]
    except InvalidSubmission:
        return []
    return ["/".join(parts) for parts in names if parts and not ignored(parts)]


def _open(data: bytes, name: str, limits: IntakeLimits) -> zipfile.ZipFile:
    # zipfile makes an object for each record of the directory; count them before it does.
    if data.count(_DIRECTORY_RECORD) > 20 * limits.files:
        raise refusal(m.TOO_MANY_FILES, limit=limits.files)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (*_DAMAGE, NotImplementedError, RuntimeError) as error:
        raise refusal(m.BAD_ZIP if data else m.EMPTY, name=name) from error


def _checked_path(info: zipfile.ZipInfo, archive: str) -> str | None:
    """The member's path, None for folders and what tools leave behind."""
    raw = info.orig_filename  # `filename` has been cut at a NUL already
    folder = raw.endswith(("/", "\\"))
    parts = safe_parts(raw)
    if parts is None:
        if folder and not raw.strip("/\\."):
            return None  # an entry for the archive's own root
        raise refusal(m.UNSAFE_NAME, name=raw)
    path = "/".join(parts)
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        raise refusal(m.LINK, name=path)
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise refusal(m.NOT_A_FILE, name=path)
    if folder or ignored(parts):
        return None
    if info.flag_bits & 0x2041:  # encrypted, strongly encrypted, or with a masked directory
        raise refusal(m.ENCRYPTED_ZIP, name=archive)
    if path.lower().endswith(_ARCHIVES):
        raise refusal(m.NESTED_ZIP, name=path)
    # LZMA's dictionary size comes from the archive, up to 4 GB: only methods whose memory is bounded.
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refusal(m.METHOD_ZIP, name=archive)
    return path


def _unpack(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    path: str,
    name: str,
    limits: IntakeLimits,
    before: int,
    packed: int,
) -> bytes:
    """Contents of one member, counted as they come."""
    chunks: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as member:
            while chunk := member.read(CHUNK):
                size += len(chunk)
                total = before + size
                if total > FREE_BYTES and total > MAX_RATIO * packed:
                    raise refusal(m.BOMB, name=name)
                if size > limits.file_mb * 1e6:
                    raise refusal(m.FILE_TOO_LARGE, name=path, limit=limits.file_mb)
                if total > limits.total_mb * 1e6:
                    raise refusal(m.TOTAL_TOO_LARGE, limit=limits.total_mb)
                chunks.append(chunk)
    except InvalidSubmission:  # is a ValueError too
        raise
    except (*_DAMAGE, NotImplementedError, RuntimeError) as error:
        raise refusal(m.BAD_ZIP, name=name) from error
    return b"".join(chunks)


def _holding(content: bytes) -> Callable[[], bytes]:
    return lambda: content
