"""A callable whose body runs on the trusted side: each call crosses the data socket, so that it can be counted there."""

from __future__ import annotations

import os
import threading

from .bounds import Bounds
from .codec import decode, encode

MOST_BYTES = 16 << 20  # of the arguments of one call


class OracleRefused(RuntimeError):
    """The oracle does not answer: its budget is used up, or it did not like the arguments."""


class Oracle:
    """Stands for a function of the check's while the submission is being asked.

    Parameters
    ----------
    server : Server
    number : int
        Known to the other side.
    """

    _turn = threading.Lock()  # threads of the submission take turns on the one socket

    def __init__(self, server, number):
        self._server, self._number = server, number
        self._process = os.getpid()

    def __call__(self, *args, **kwargs):
        """The answer of the trusted side.

        Raises
        ------
        OracleRefused
        TypeError
            An argument is not data.
        KeyboardInterrupt
            The time of the request is over.
        """
        if os.getpid() != self._process:
            raise OracleRefused("this function answers in the process that was given it only")
        try:
            body, parts = encode({"args": args, "kwargs": kwargs}, None, Bounds(total=MOST_BYTES))
        except ValueError as error:
            raise TypeError(f"this function takes numbers, texts, arrays and tables only: {error}") from None
        with self._turn:
            reply, buffers = self._server.consult(self._number, body, parts)
        if "stop" in reply:
            raise KeyboardInterrupt
        if "refused" in reply:
            raise OracleRefused(str(reply["refused"]))
        return decode(reply["ok"], buffers, bounds=Bounds(total=1 << 30))

    def __reduce__(self):
        raise TypeError("this function cannot be copied or stored")

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self
