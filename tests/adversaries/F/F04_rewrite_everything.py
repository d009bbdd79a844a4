# %%
import ctypes
import errno
import mmap
import os
import sys

answer = 42
assert open("/proc/1/comm").read().strip() == "bwrap", "this removes whatever it can"


def double(x):
    return 2 * x


libc = ctypes.CDLL(None, use_errno=True)
import numpy

PROBE = next(p for p in sys.path if os.path.isdir(os.path.join(p, "grader_probe")))
OURS = [
    "data/public.csv",
    os.path.join(PROBE, "grader_probe", "server.py"),
    os.path.join(PROBE, "grader_probe", "__init__.py"),
    numpy.__file__,
    os.__file__,
    os.path.realpath(sys.executable),
    "/usr/bin/env",
    "/etc/ld.so.cache",
]


def attempt(name, action):
    try:
        action()
    except (OSError, ValueError):
        return
    print("ESCAPED:", name)


# %%
for path in OURS:
    with open(path, "rb") as file:
        before = file.read(64)
    folder = os.path.dirname(os.path.abspath(path))
    attempt(f"{path} opened for writing", lambda: os.close(os.open(path, os.O_WRONLY)))
    attempt(f"{path} truncated", lambda: os.truncate(path, 0))
    attempt(f"{path} removed", lambda: os.unlink(path))
    attempt(f"{path} moved", lambda: os.rename(path, "/tmp/moved"))
    attempt(f"{path} replaced", lambda: os.rename(__import__("tempfile").mkstemp()[1], path))
    attempt(f"{path} linked", lambda: os.link(path, "/tmp/linked"))
    attempt(f"{path} made writable", lambda: os.chmod(path, 0o777))
    attempt(f"{path} owned", lambda: os.chown(path, 1000, 1000))
    attempt(f"{path} dated", lambda: os.utime(path, (0, 0)))
    attempt(f"{path} marked", lambda: os.setxattr(path, "user.seen", b"1"))
    attempt(f"new file beside {path}", lambda: open(os.path.join(folder, "planted.py"), "x").close())
    attempt(f"{folder} moved", lambda: os.rename(folder, folder + "-old"))
    fd = os.open(path, os.O_RDONLY)
    attempt(f"{path} through /proc/self/fd", lambda: os.close(os.open(f"/proc/self/fd/{fd}", os.O_RDWR)))
    attempt(f"{path} mapped for writing", lambda: mmap.mmap(fd, 16, mmap.MAP_SHARED, mmap.PROT_WRITE))
    attempt(f"{path} fallocate", lambda: os.posix_fallocate(fd, 0, 1 << 20))
    # a private mapping may be written to, and must stay private
    private = mmap.mmap(fd, 16, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE)
    private[:4] = b"evil"
    with open(path, "rb") as file:
        if file.read(64) != before:
            print("ESCAPED:", path, "has changed")
    for number, name in ((165, "mount"), (429, "move_mount"), (442, "mount_setattr"), (166, "umount2")):
        if libc.syscall(number, path.encode(), path.encode(), None, 32 | 4096, None) == 0:
            print("ESCAPED:", name, path)

# %%
for folder in ("/", "/usr", "/usr/lib", "/etc", "/opt", "/dev", "/home", "/work", "/root", "/sys/devices/system/cpu", PROBE, "data"):
    attempt(f"a file in {folder}", lambda: open(os.path.join(folder, "planted"), "w").close())
    attempt(f"a folder in {folder}", lambda: os.mkdir(os.path.join(folder, "planted-folder")))
for path in ("/tmp/../var", "/var/tmp", "/run", "/mnt"):
    attempt(path, lambda: open(path + "/planted", "w").close())
try:
    os.rename("data", "mine")
    print("ESCAPED: the data folder was moved")
except OSError as error:
    assert error.errno in (errno.EBUSY, errno.EROFS, errno.EXDEV), error
print("TRIED")
