"""Sends an object that holds open sockets to another process of ours, over a pipe that both have.

`Connection.send` would do it with a listening socket in the file system and a thread that serves it; killed, they stay.
"""

from __future__ import annotations

import io
import pickle
import socket
from collections.abc import Sequence
from multiprocessing import reduction
from multiprocessing.connection import Connection
from typing import Any


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.sockets: list[socket.socket] = []

    def persistent_id(self, obj: Any) -> int | None:
        if not isinstance(obj, socket.socket):
            return None
        self.sockets.append(obj)
        return len(self.sockets) - 1


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, sockets: Sequence[socket.socket]) -> None:
        super().__init__(file)
        self._sockets = sockets

    def persistent_load(self, pid: Any) -> socket.socket:
        found: socket.socket = self._sockets[pid]
        return found


def send_with_sockets(pipe: Connection, message: Any, pid: int) -> None:
    """Send `message` to process `pid`, which calls `receive_with_sockets`; its sockets arrive as duplicates.

    Raises
    ------
    OSError
        The other end is closed.
    """
    file = io.BytesIO()
    pickler = _Pickler(file)
    pickler.dump(message)
    pipe.send(len(pickler.sockets))
    pipe.send_bytes(file.getvalue())
    for held in pickler.sockets:
        reduction.send_handle(pipe, held.fileno(), pid)


def receive_with_sockets(pipe: Connection) -> Any:
    """What the parent handed over.

    Raises
    ------
    EOFError
        It has closed its end.
    """
    number, content = pipe.recv(), pipe.recv_bytes()
    sockets = [socket.socket(fileno=reduction.recv_handle(pipe)) for _ in range(number)]
    return _Unpickler(io.BytesIO(content), sockets).load()
