"""Frames over a stream socket: ``u32 big-endian header length | UTF-8 JSON header | raw buffers``.

Both sides use it. A read that meets its deadline keeps what it has and can be continued; sizes are checked before
memory is set aside for them.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Generator, Sequence
from typing import Any, NoReturn

from .bounds import Bounds, CodecError, TooLarge

Frame = tuple[dict[str, Any], list[bytearray]]


class Stream:
    """A socket that carries frames.

    Parameters
    ----------
    sock : socket.socket
        Connected stream socket; its timeout is changed here.
    bounds : Bounds
        What an arriving frame may hold.
    """

    def __init__(self, sock: socket.socket, bounds: Bounds) -> None:
        self._sock = sock
        self._bounds = bounds
        self._reading: Generator[memoryview, None, Frame] | None = None
        self._wanted = memoryview(b"")

    def send(
        self,
        header: dict[str, Any],
        buffers: Sequence[Any],
        deadline: float | None = None,
        longest_header: int | None = None,
    ) -> None:
        """Send one frame.

        Parameters
        ----------
        deadline : float, optional
            On the clock of ``time.monotonic``.
        longest_header : int, optional
            Bytes that the other side accepts as a header.

        Raises
        ------
        TooLarge
            The header is longer than that; nothing was sent.
        TimeoutError
            The peer does not read; the stream is then of no more use.
        OSError
            The peer is gone.
        """
        views = [memoryview(buffer).cast("B") if len(buffer) else memoryview(b"") for buffer in buffers]
        text = json.dumps({**header, "buffers": [len(view) for view in views]}, allow_nan=False).encode()
        if longest_header is not None and len(text) > longest_header:
            raise TooLarge(f"the answer takes {len(text)} bytes of text")
        for view in (memoryview(struct.pack("!I", len(text)) + text), *views):
            start = 0
            while start < len(view):
                self._sock.settimeout(_left(deadline))
                start += self._sock.send(view[start : start + (1 << 20)])

    def receive(self, deadline: float | None = None) -> Frame:
        """Read one frame; after a TimeoutError the next call goes on where this one stopped.

        Raises
        ------
        TimeoutError
        EOFError
            The peer has closed the connection.
        CodecError, TooLarge
            What arrives is not a frame, or is larger than the bounds; the stream is then of no more use.
        """
        if self._reading is None:
            self._reading = self._parts()
            self._wanted = next(self._reading)
        try:
            while True:
                while len(self._wanted):
                    self._sock.settimeout(_left(deadline))
                    got = self._sock.recv_into(self._wanted)
                    if not got:
                        raise EOFError("the other side has closed the connection")
                    self._wanted = self._wanted[got:]
                self._wanted = next(self._reading)
        except StopIteration as end:
            self._reading = None
            frame: Frame = end.value
            return frame
        except ConnectionError:
            raise EOFError("the other side has closed the connection") from None

    def has_input(self) -> bool:
        """Whether something has arrived that nobody has read; True for a closed connection as well."""
        self._sock.settimeout(0)
        try:
            self._sock.recv(1, socket.MSG_PEEK)
        except (BlockingIOError, TimeoutError):
            return False
        except OSError:
            return True
        return True

    def _parts(self) -> Generator[memoryview, None, Frame]:
        prefix = bytearray(4)
        yield memoryview(prefix)
        (length,) = struct.unpack("!I", prefix)
        if length > min(self._bounds.header, self._bounds.total):
            raise TooLarge(f"a header of {length} bytes")
        text = bytearray(length)
        yield memoryview(text)
        header, sizes = parse_header(bytes(text), self._bounds)
        buffers = []
        for size in sizes:
            buffer = bytearray(size)
            yield memoryview(buffer)
            buffers.append(buffer)
        return header, buffers


def connect(descriptor: str, address: str) -> socket.socket:
    """The socket to the other side: connected to ``host:port:token`` where there is an address, or inherited."""
    if not address:
        return socket.socket(fileno=int(descriptor))
    host, port, token = address.rsplit(":", 2)
    sock = socket.create_connection((host, int(port)), timeout=20)
    sock.sendall(token.encode())
    return sock


def parse_header(text: bytes, bounds: Bounds) -> tuple[dict[str, Any], list[int]]:
    """Parse a header and the sizes of the buffers that follow it.

    Raises
    ------
    CodecError
        It is not a JSON object with a list ``buffers`` of sizes.
    TooLarge
        The buffers would be larger than the bounds.
    """
    try:
        header = json.loads(text.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise CodecError(f"the header is not JSON ({type(error).__name__})") from None
    if not isinstance(header, dict):
        raise CodecError("the header is not an object")
    sizes = header.pop("buffers", None)
    if not isinstance(sizes, list) or not all(type(size) is int and size >= 0 for size in sizes):
        raise CodecError("the header does not list the sizes of its buffers")
    if len(sizes) > bounds.buffers or sum(sizes) > bounds.total:
        raise TooLarge(f"{len(sizes)} buffers of {sum(sizes)} bytes")
    return header, sizes


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the deadline has passed")
    return left
