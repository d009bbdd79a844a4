"""The system calls that Python has no function for: entering namespaces and giving up privileges."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 4, 22, 24, 38, 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_SECCOMP_MODE_FILTER = 2
_CAPABILITY_VERSION_3 = 0x20080522
_LAST_CAPABILITY = 64


class _Program(ctypes.Structure):
    """``struct sock_fprog``."""

    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


class _CapabilityHeader(ctypes.Structure):
    """``struct __user_cap_header_struct``."""

    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def _checked(result: int, call: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")


def setns(descriptor: int) -> None:
    """Enter the namespace behind ``descriptor``."""
    _checked(_libc.setns(descriptor, 0), "setns")


def _prctl(option: int, first: int = 0, second: object = None) -> None:
    zero = ctypes.c_ulong(0)
    _checked(_libc.prctl(option, ctypes.c_ulong(first), second or zero, zero, zero), f"prctl {option}")


def set_dumpable(value: bool) -> None:
    """Whether processes of the same user may look into this one."""
    _prctl(_PR_SET_DUMPABLE, int(value))


def drop_privileges() -> None:
    """Give up every capability, in every set, and the ability to gain any by running a program."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(_LAST_CAPABILITY):
        if _libc.prctl(_PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0) < 0:
            break  # the kernel knows no more of them
    header, nothing = _CapabilityHeader(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    _checked(_libc.capset(ctypes.byref(header), nothing), "capset")


def filter_calls(program: bytes) -> None:
    """Load a compiled seccomp filter; it cannot be taken off again."""
    buffer = ctypes.create_string_buffer(program, len(program))
    pointer = ctypes.cast(buffer, ctypes.c_void_p)
    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(_Program(len(program) // 8, pointer)))


def close_all_but(kept: Iterable[int]) -> None:
    """Close every descriptor of this process except ``kept``."""
    keep = set(kept)
    for name in os.listdir("/proc/self/fd"):
        if int(name) not in keep:
            try:
                os.close(int(name))
            except OSError:
                continue  # the one that listed the folder


def renumber(wanted: dict[int, int]) -> None:
    """Make each descriptor (key) available under another number (value) and close everything else.

    Descriptors 0, 1 and 2 are keys like any other.
    """
    above = max([*wanted.values(), *wanted]) + 1
    safe = {os.dup2(old, above + step, inheritable=False): new for step, (old, new) in enumerate(wanted.items())}
    for old, new in safe.items():
        os.dup2(old, new, inheritable=new <= 2)
    close_all_but(wanted.values())
