"""Reads ``.npy`` and ``.npz`` out of bytes that an enemy may have written: no pickles, no sizes that are not there."""

from __future__ import annotations

import io
import math
import re
import struct
import zipfile
import zlib

import numpy as np
from numpy.typing import NDArray

MOST_BYTES = 256 << 20  # of all arrays of a file together
MOST_ARRAYS = 1000
_HEADER = re.compile(
    rb"\{'descr': '([<>|][biufcSU]\d{1,6})', 'fortran_order': (True|False), 'shape': \(((?:\d{1,15}(?:, \d{1,15}){0,31},?)?)\), \}\s*"
)


class Unreadable(ValueError):
    """The bytes are not such a file, or hold what is not taken: objects, records, too much."""


def read_npy(content: bytes) -> NDArray[np.generic]:
    """One array of numbers, booleans or texts.

    Raises
    ------
    Unreadable
    """
    if content[:6] != b"\x93NUMPY" or len(content) < 12:
        raise Unreadable("it does not begin like an .npy file")
    wide = content[6] >= 2
    (length,) = struct.unpack_from("<I" if wide else "<H", content, 8)
    start = (12 if wide else 10) + length
    match = _HEADER.fullmatch(content[12 if wide else 10 : start])
    if match is None:
        raise Unreadable("its header describes no plain array")
    try:
        dtype = np.dtype(match[1].decode())
    except (TypeError, ValueError):
        raise Unreadable("its header names no type of numbers") from None
    shape = tuple(int(part) for part in match[3].decode().replace(" ", "").split(",") if part)
    if math.prod(shape) * dtype.itemsize != len(content) - start or len(shape) > 32:
        raise Unreadable("its header does not agree with its size")
    order = "F" if match[2] == b"True" else "C"
    flat = np.frombuffer(content, dtype, offset=start) if dtype.itemsize else np.zeros(math.prod(shape), dtype)
    return flat.reshape(shape, order=order)  # type: ignore[call-overload,no-any-return]


def read_npz(content: bytes) -> dict[str, NDArray[np.generic]]:
    """The arrays of an ``.npz`` file by name.

    Raises
    ------
    Unreadable
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ARRAYS or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise Unreadable("it holds too much")
            found: dict[str, NDArray[np.generic]] = {}
            for entry in entries:
                with archive.open(entry) as member:
                    part = member.read(entry.file_size + 1)  # what is longer than it says is cut, and does not agree
                found[entry.filename.removesuffix(".npy")] = read_npy(part)
            return found
    except Unreadable:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        struct.error,
    ) as error:
        raise Unreadable(f"it cannot be unpacked ({type(error).__name__})") from None
