"""The system calls that a submission may not make, as a filter program for bubblewrap.

A list of what is denied, since no list of what TensorFlow needs would last. Namespaces already hide files, processes
and networks; this closes what namespaces leave open: other sockets families, kernel keyrings, tracing, mounting,
further namespaces, and memory that escapes the size limits.
"""

from __future__ import annotations

import errno
import tempfile
from functools import cache

_DENIED = """
acct add_key adjtimex bpf chroot clock_adjtime clock_settime delete_module fanotify_init finit_module fsconfig
fsmount fsopen fspick init_module io_uring_enter io_uring_register io_uring_setup ioperm iopl kcmp kexec_file_load
kexec_load keyctl lookup_dcookie mknod mknodat mount mount_setattr move_mount name_to_handle_at nfsservctl
open_by_handle_at open_tree perf_event_open pidfd_getfd pivot_root process_madvise process_vm_readv
process_vm_writev ptrace quotactl quotactl_fd reboot request_key setdomainname sethostname setns settimeofday
swapoff swapon syslog umount2 unshare userfaultfd vhangup vmsplice memfd_secret
""".split()
_ABSENT = ("clone3", "memfd_create", "shmget", "mq_open")  # callers fall back when these seem not to exist
_NEW_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
_TERMINAL_INJECTION = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
_AF_UNIX, _AF_INET6, _AF_NETLINK, _NETLINK_ROUTE = 1, 10, 16, 0


@cache
def program() -> bytes:
    """The compiled filter for this machine's architecture.

    Raises
    ------
    ImportError, OSError
        Where libseccomp is not installed.
    """
    import pyseccomp as sc

    rules = sc.SyscallFilter(sc.ALLOW)
    for name in _DENIED:
        try:
            rules.add_rule(sc.ERRNO(errno.EPERM), name)
        except (ValueError, OSError, RuntimeError):
            continue  # a call that this architecture or libseccomp does not know cannot be made by name either
    for name in _ABSENT:
        rules.add_rule(sc.ERRNO(errno.ENOSYS), name)
    for flag in _NEW_NAMESPACES:
        rules.add_rule(sc.ERRNO(errno.EPERM), "clone", sc.Arg(0, sc.MASKED_EQ, flag, flag))
    no_family = sc.ERRNO(errno.EAFNOSUPPORT)
    for family in [*range(3, _AF_INET6), *range(_AF_INET6 + 1, _AF_NETLINK)]:
        rules.add_rule(no_family, "socket", sc.Arg(0, sc.EQ, family))
    rules.add_rule(no_family, "socket", sc.Arg(0, sc.GT, _AF_NETLINK))  # packet, vsock, alg, xdp, ...
    rules.add_rule(no_family, "socketpair", sc.Arg(0, sc.NE, _AF_UNIX))  # would make sockets of those families, too
    # libzmq lists interfaces at start and aborts if it may not: route sockets stay, in an empty network namespace
    rules.add_rule(no_family, "socket", sc.Arg(0, sc.EQ, _AF_NETLINK), sc.Arg(2, sc.NE, _NETLINK_ROUTE))
    for request in _TERMINAL_INJECTION:
        rules.add_rule(sc.ERRNO(errno.EPERM), "ioctl", sc.Arg(1, sc.MASKED_EQ, 0xFFFFFFFF, request))
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()
