"""The system calls that a submission may not make, as a filter program for bubblewrap.

A list of what is denied, since no list of what TensorFlow needs would last. Namespaces already hide files, processes
and networks; this closes what namespaces leave open: other sockets families, kernel keyrings, tracing, mounting,
further namespaces, memory that escapes the size limits, and what two sandboxes that read the same file could tell each
other by it (locks, leases, watches, hints, what of it is in memory).
"""

from __future__ import annotations

import errno
import tempfile
from functools import cache

_DENIED = """
acct add_key adjtimex bpf chroot clock_adjtime clock_settime delete_module fanotify_init finit_module fsconfig
fsmount fsopen fspick init_module io_uring_enter io_uring_register io_uring_setup ioperm iopl kcmp kexec_file_load
kexec_load keyctl lookup_dcookie mknod mknodat modify_ldt mount mount_setattr move_mount name_to_handle_at nfsservctl
open_by_handle_at open_tree open_tree_attr perf_event_open pidfd_getfd pivot_root process_madvise process_vm_readv
process_vm_writev ptrace quotactl quotactl_fd reboot request_key setdomainname sethostname setns settimeofday
swapoff swapon syslog umount2 unshare userfaultfd vhangup vmsplice memfd_secret
""".split()
# Callers fall back when these seem not to exist: memory that no limit counts (or, of `io_setup`, a count that the whole
# machine shares), and ways to see what another sandbox does with a file that both may read.
_ABSENT = """
clone3 memfd_create shmget semget msgget mq_open io_setup flock inotify_init inotify_init1 mincore cachestat
""".split()
_IGNORED = ("fadvise64",)  # mere advice, by which one sandbox could drop what another is reading from memory
# Calls that are younger than the libseccomp of some systems; these have the same number on every architecture.
_NUMBERS = {
    "clone3": 435,
    "pidfd_getfd": 438,
    "process_madvise": 440,
    "mount_setattr": 442,
    "quotactl_fd": 443,
    "memfd_secret": 447,
    "cachestat": 451,
    "open_tree_attr": 467,
}
# Commands of `fcntl` that tell of, or leave something for, others that have the same file open: GETLK, the locks of open
# files (which /proc/locks shows to everybody), SETLEASE, GETLEASE, NOTIFY, write hints; and SETPIPE_SZ, whose room all
# sandboxes share. SETLK stays: a write lock needs a file that one may write to, and a read lock alone cannot be seen.
_FILE_COMMANDS = (5, 36, 37, 38, 1024, 1025, 1026, 1031, 1035, 1036, 1037, 1038)
_MEMORY_ADVICE = (12, 20, 21)  # MERGEABLE, COLD, PAGEOUT: pages that other processes have, too
_MERGE_MEMORY = 67  # PR_SET_MEMORY_MERGE, the same for all of a process
# Stays as it was set before the sandbox was built: 1 byte means no core file, and none for a program of this machine
# that collects them, which 0 would not keep from starting.
_CORE_LIMIT = 4  # RLIMIT_CORE
_RWF_NOWAIT = 8  # reads only what is in memory already
_INT = 0xFFFFFFFF  # the kernel looks at the lower half of such an argument only
_NEW_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
_TERMINAL_INJECTION = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
_SOL_SOCKET, _SO_SNDBUF = 1, 7
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
    # calls by the conventions of other architectures (32-bit, x32), which no rule below would see
    rules.set_attr(sc.Attr.ACT_BADARCH, sc.KILL_PROCESS)
    for names, number in ((_DENIED, errno.EPERM), (_ABSENT, errno.ENOSYS), (_IGNORED, 0)):
        for name in names:
            call = _number(name)
            if call is not None:
                rules.add_rule(sc.ERRNO(number), call)
    for flag in _NEW_NAMESPACES:
        rules.add_rule(sc.ERRNO(errno.EPERM), "clone", sc.Arg(0, sc.MASKED_EQ, flag, flag))
    no_family = sc.ERRNO(errno.EAFNOSUPPORT)
    for family in [*range(3, _AF_INET6), *range(_AF_INET6 + 1, _AF_NETLINK)]:
        rules.add_rule(no_family, "socket", sc.Arg(0, sc.EQ, family))
    rules.add_rule(no_family, "socket", sc.Arg(0, sc.GT, _AF_NETLINK))  # packet, vsock, alg, xdp, ...
    rules.add_rule(no_family, "socketpair", sc.Arg(0, sc.NE, _AF_UNIX))  # would make sockets of those families, too
    # libzmq lists interfaces at start and aborts if it may not: route sockets stay, in an empty network namespace
    rules.add_rule(no_family, "socket", sc.Arg(0, sc.EQ, _AF_NETLINK), sc.Arg(2, sc.NE, _NETLINK_ROUTE))
    # room in the queues of sockets is memory of no process: a meter reckons with the usual room for each (and what a
    # program wishes for here may be given or not, so it goes on)
    room = sc.Arg(1, sc.MASKED_EQ, _INT, _SOL_SOCKET), sc.Arg(2, sc.MASKED_EQ, _INT, _SO_SNDBUF)
    rules.add_rule(sc.ERRNO(0), "setsockopt", *room)
    for request in _TERMINAL_INJECTION:
        rules.add_rule(sc.ERRNO(errno.EPERM), "ioctl", sc.Arg(1, sc.MASKED_EQ, _INT, request))
    for command in _FILE_COMMANDS:
        rules.add_rule(sc.ERRNO(errno.EINVAL), "fcntl", sc.Arg(1, sc.MASKED_EQ, _INT, command))
    for advice in _MEMORY_ADVICE:
        rules.add_rule(sc.ERRNO(errno.EINVAL), "madvise", sc.Arg(2, sc.MASKED_EQ, _INT, advice))
    rules.add_rule(sc.ERRNO(errno.EINVAL), "prctl", sc.Arg(0, sc.MASKED_EQ, _INT, _MERGE_MEMORY))
    core = sc.Arg(1, sc.MASKED_EQ, _INT, _CORE_LIMIT)
    rules.add_rule(sc.ERRNO(errno.EPERM), "prlimit64", core, sc.Arg(2, sc.NE, 0))  # asking is not changing
    rules.add_rule(sc.ERRNO(errno.EPERM), "setrlimit", sc.Arg(0, sc.MASKED_EQ, _INT, _CORE_LIMIT))
    rules.add_rule(sc.ERRNO(errno.EOPNOTSUPP), "preadv2", sc.Arg(5, sc.MASKED_EQ, _RWF_NOWAIT, _RWF_NOWAIT))
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def _number(name: str) -> int | None:
    """A system call's number; None where this architecture has no such call."""
    import pyseccomp as sc

    try:
        number: int = sc.resolve_syscall(sc.system_arch(), name)
    except (ValueError, OSError):
        number = -1  # libseccomp does not know the name
    return _NUMBERS.get(name) if number == -1 else number if number >= 0 else None
