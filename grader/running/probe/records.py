"""Turns whatever a submission raises into a small record of plain text, even where the exception itself is hostile."""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback

from . import PROBE_DIR, WORK_DIR
from .bounds import TooLarge

MAX_MESSAGE = 2000
MAX_TRACEBACK = 8000

_FULL_DISK = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_LIBRARY = re.compile(r".*[/\\](?:site-packages|dist-packages|python3\.\d+)[/\\]")


class Undefined(Exception):
    """The submission does not define a name that was asked for."""

    def __init__(self, name):
        super().__init__(name)
        self.name = name


class Unsuitable(Exception):
    """A value is not of the kind that was asked about: ``not_a_figure`` or ``not_a_model``."""

    def __init__(self, kind, value):
        super().__init__(kind)
        self.kind, self.found = kind, type_name(type(value))


class ProcessEnded(Exception):
    """A fresh process is gone."""


def error_record(error):
    """Describe `error` as a dict of text: kind, type, names of its classes, message, traceback, flag."""
    if isinstance(error, Undefined):
        return {"kind": "undefined", "message": clip(error.name, 300)}
    if isinstance(error, ProcessEnded):
        return {"kind": "ended"}
    if isinstance(error, Unsuitable):
        return {"kind": error.kind, "message": error.found}
    if isinstance(error, TooLarge):
        return {"kind": "too_large", "message": clip(safe_text(error), MAX_MESSAGE)}
    return {
        "kind": "raised",
        "type": type_name(type(error)),
        "names": [type_name(base) for base in type(error).__mro__[:32]],
        "message": clip(safe_text(error), MAX_MESSAGE),
        "traceback": clip(_traceback(error), MAX_TRACEBACK),
        "flag": _flag(error),
    }


def type_name(kind):
    """The name of a class, also where its metaclass plays tricks."""
    try:
        return clip(str(type.__dict__["__name__"].__get__(kind)), 200)
    except BaseException:
        return "object"


def safe_text(value):
    """``str(value)``, or a placeholder where that raises."""
    try:
        text = str(value)
    except BaseException:
        return "(its message cannot be shown)"
    return text if type(text) is str else "(its message cannot be shown)"


def clip(text, limit):
    """At most `limit` characters; the middle goes, since both ends of a traceback matter."""
    if len(text) <= limit:
        return text
    head = limit // 3
    return f"{text[:head]}\n[...]\n{text[-(limit - head - 7) :]}"


def _flag(error):
    if isinstance(error, NotImplementedError):
        return "not_implemented"
    if isinstance(error, MemoryError) or type(error).__name__ in ("ResourceExhaustedError", "OutOfMemoryError"):
        return "memory"
    if type(error).__name__ in ("XlaRuntimeError", "JaxRuntimeError") and str(error).startswith("RESOURCE_EXHAUSTED"):
        return "memory"
    if isinstance(error, OSError) and error.errno in _FULL_DISK:
        return "disk"
    if isinstance(error, OSError) and error.errno == errno.EAGAIN and not isinstance(error, TimeoutError):
        return "processes"
    if isinstance(error, RuntimeError) and error.args[:1] == ("can't start new thread",):
        return "processes"
    for kind, name in ((RecursionError, "recursion"), (SystemExit, "exit"), (KeyboardInterrupt, "interrupted")):
        if isinstance(error, kind):
            return name
    return ""


def _traceback(error):
    try:
        described = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
        _tidy(described, 0)
        return "".join(described.format())
    except BaseException:
        return ""


def _tidy(described, depth):
    """Drop our own frames and the machine's paths, in this exception and in those it came from."""
    if described is None or depth > 8:
        return
    own = str(PROBE_DIR)
    frames = [frame for frame in described.stack if not frame.filename.startswith(own)]
    described.stack = traceback.StackSummary.from_list(
        [(_file_name(frame.filename), frame.lineno, frame.name, frame.line) for frame in frames]
    )
    _tidy(described.__cause__, depth + 1)
    _tidy(described.__context__, depth + 1)


def _file_name(path):
    if "ipykernel_" in path or path.startswith("<ipython-input"):
        shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
        kind_and_name = shell.compile.format_code_name(path) if shell is not None else None
        return " ".join(kind_and_name) if kind_and_name else "notebook"
    if path.startswith(WORK_DIR + os.sep):
        return path[len(WORK_DIR) + 1 :]
    return _LIBRARY.sub("", path)
