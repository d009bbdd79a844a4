"""How much a message may hold, and what is raised when it holds more or is not well formed."""

from __future__ import annotations

from dataclasses import dataclass


class CodecError(ValueError):
    """A message is malformed: an unknown tag, a lying size, a type that may not cross."""


class TooLarge(CodecError):
    """A value is well formed but larger, deeper or longer than the bounds allow."""


@dataclass(frozen=True)
class Bounds:
    """What one message may hold.

    Attributes
    ----------
    total : int
        Bytes of all buffers and of the header together.
    header : int
        Bytes of the JSON header.
    buffers : int
        Number of raw buffers.
    items : int
        Number of values, elements of lists and arrays of text included.
    depth : int
        Nesting of containers.
    text : int
        Characters of one piece of text.
    sparse : int
        Elements that a sparse matrix would have if it were made dense.
    """

    total: int = 64 << 20
    header: int = 16 << 20
    buffers: int = 1 << 16
    items: int = 1 << 22
    depth: int = 32
    text: int = 8 << 20
    sparse: int = 1 << 28


REQUEST_BOUNDS = Bounds(total=1 << 32, header=1 << 28, buffers=1 << 22, items=1 << 27, depth=64, text=1 << 28)
MAX_INT_BITS = 4096


def clean_text(text: str) -> str:
    """Replace lone surrogates, which no file and no terminal accepts."""
    if text.isascii():
        return str(text)
    return text.encode("utf-8", "replace").decode("utf-8")
