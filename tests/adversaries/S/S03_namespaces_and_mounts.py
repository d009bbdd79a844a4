# %%
answer = 42


def double(x):
    return 2 * x

# %%
import ctypes
import errno
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
X86 = platform.machine() == "x86_64"


def call(x86, arm, *arguments):
    """A system call by its number on this architecture: its result, or the error's number below zero."""
    number = x86 if X86 else arm
    if number is None:
        return -errno.ENOSYS
    plain = [ctypes.c_ulong(a & (2**64 - 1)) if isinstance(a, int) else a for a in arguments]
    result = libc.syscall(ctypes.c_long(number), *plain)
    return result if result >= 0 else -ctypes.get_errno()


def door(name, result, refused=(1, 13, 38)):
    """Anything but a refusal is a way through: an argument that is only wrong would be right for somebody else."""
    if result >= 0 or -result not in refused:
        print("ESCAPED:", name, result, os.strerror(max(0, -result)))


NEW = {"user": 0x10000000, "mount": 0x20000, "pid": 0x20000000, "net": 0x40000000, "ipc": 0x8000000, "uts": 0x4000000, "cgroup": 0x2000000, "time": 0x80}
for name, flag in NEW.items():
    door(f"unshare {name}", call(272, 97, flag), (1, 28, 38))
    door(f"unshare {name} among others", call(272, 97, flag | 0x10000000 | 0x200), (1, 28, 38))
    if name == "time":
        continue  # clone gives this bit another meaning
    for extra in (0x11, 0x11 | 0x10000000, (1 << 40) | 0x11):
        child = call(56, 220, flag | extra, 0, 0, 0, 0)
        if child == 0:
            os._exit(0)
        door(f"clone {name}", child, (1, 22, 28, 38))
arguments = (ctypes.c_uint64 * 11)(0x10000000, *[0] * 10)
child = call(435, 435, arguments, 88)
if child == 0:
    os._exit(0)
door("clone3", child)
for pid in ("1", "self"):
    for name in os.listdir(f"/proc/{pid}/ns"):
        try:
            fd = os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY)
        except OSError:
            continue
        door(f"setns {pid} {name}", call(308, 268, fd, 0))
        for request in (0xB701, 0xB702):  # the user namespace that owns it; its parent
            other = call(16, 29, fd, request)
            if other >= 0:
                door(f"setns to a relative of {name}", call(308, 268, other, 0))
door("setns by a pidfd", call(308, 268, max(0, call(434, 434, 1, 0)), 0x7E020000))
for name, result in {
    "mount tmpfs": call(165, 40, b"none", b"/tmp", b"tmpfs", 0, b""),
    "remount": call(165, 40, b"none", b"/", b"", 32, b""),
    "bind": call(165, 40, b"/", b"/tmp", b"", 4096, b""),
    "mount proc": call(165, 40, b"proc", b"/tmp", b"proc", 0, b""),
    "umount": call(166, 39, b"/tmp", 2),
    "pivot_root": call(155, 41, b"/tmp", b"/tmp"),
    "fsopen": call(430, 430, b"tmpfs", 0),
    "fspick": call(433, 433, -100, b"/", 0),
    "fsconfig": call(431, 431, 0, 0, b"", b"", 0),
    "fsmount": call(432, 432, 0, 0, 0),
    "open_tree": call(428, 428, -100, b"/", 1),
    "open_tree_attr": call(467, 467, -100, b"/", 1, 0, 0),
    "move_mount": call(429, 429, -100, b"/", -100, b"/tmp", 0),
    "mount_setattr": call(442, 442, -100, b"/", 0, b"\0" * 32, 32),
    "name_to_handle_at": call(303, 264, -100, b"/", b"\x80" + b"\0" * 200, b"\0" * 8, 0),
    "open_by_handle_at": call(304, 265, -100, b"\x08" + b"\0" * 200, 0),
}.items():
    door(name, result)

# %%
import shutil
import subprocess

for command in (
    "unshare -Ur true", "unshare -m true", "unshare -n true", "nsenter -t 1 -a true", "mount -t tmpfs none /tmp", "umount -l /tmp",
    "bwrap --bind / / true", "bwrap --unshare-all --ro-bind / / true", "fusermount -u /tmp", "pivot_root . .", "chroot / true",
    "setpriv --reuid 0 true", "capsh --user=root -- -c true", "ip link add a type dummy", "iptables -L", "losetup -f", "modprobe loop",
    "systemd-run true", "machinectl list", "strace true",
):
    if shutil.which(command.split()[0]) is not None:
        done = subprocess.run(command.split(), capture_output=True, stdin=subprocess.DEVNULL, timeout=5)
        if done.returncode == 0:
            print("ESCAPED:", command)
print("TRIED")
