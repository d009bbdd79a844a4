# %%
import ctypes
import os

answer = 42


def double(x):
    return 2 * x


libc = ctypes.CDLL(None, use_errno=True)
NAMES = [
    b"", b".", b"..", b"/", b"//", b"-rf", b"--", b"%s%n%x", b"new\nline", b"tab\t", b"\x1b[2J", b"\xff\xfe", b"\xed\xa0\x80",
    b"a" * 255, b"a" * 256, b"a/" * 2047, b"/" * 4095, b"/" * 4096, b"a" * 8192, b"x\xcc\x88", "\u202ecsv.exe".encode(),
    b"con", b"nul.txt", b"a:stream", b"C:\\x", b"..\\..\\x", b"{{7*7}}", b"$(id)", b"`id`", b";id", b"*", b"?", b"~root",
    b"<img src=x onerror=alert(1)>", b"../" * 600 + b"etc/passwd", b"data/../" * 500 + b"../../etc/passwd",
]  # fmt: skip
CALLS = {
    "open": (2, lambda p: (p, 0)), "openat": (257, lambda p: (-100, p, 0)), "stat": (4, lambda p: (p, BUFFER)),
    "newfstatat": (262, lambda p: (-100, p, BUFFER, 0x1000)), "access": (21, lambda p: (p, 4)),
    "readlink": (89, lambda p: (p, BUFFER, 4096)), "unlink": (87, lambda p: (p,)), "mkdir": (83, lambda p: (p, 0o700)),
    "rmdir": (84, lambda p: (p,)), "creat": (85, lambda p: (p, 0o600)), "rename": (82, lambda p: (p, b"/usr/planted")),
    "link": (86, lambda p: (p, b"/usr/planted")), "linkat": (265, lambda p: (-100, p, -100, b"/usr/planted", 0x1000)),
    "symlink": (88, lambda p: (p, b"/usr/planted")), "execve": (59, lambda p: (p + b"\0", None, None)),
    "statx": (332, lambda p: (-100, p, 0x1000, 0xFFF, BUFFER)), "renameat2": (316, lambda p: (-100, p, -100, b"/opt/x", 2)),
    "truncate": (76, lambda p: (p, 0)), "chmod": (90, lambda p: (p, 0o777)), "utimes": (235, lambda p: (p, None)),
    "inotify": (254, lambda p: (0, p, 2)), "uselib": (134, lambda p: (p,)), "quotactl": (179, lambda p: (0, p, 0, BUFFER)),
    "acct": (163, lambda p: (p,)), "swapon": (167, lambda p: (p, 0)), "mknod": (133, lambda p: (p, 0o60666, 0x800)),
}  # fmt: skip
BUFFER = ctypes.create_string_buffer(1 << 16)
LOOKS = {"open", "openat", "stat", "newfstatat", "access", "readlink", "statx", "inotify"}

# %%
passwd = b"root:x:0"
for name, (number, arguments) in CALLS.items():
    if name == "execve":
        continue  # would replace this process where it succeeds
    for path in NAMES:
        found = libc.syscall(number, *arguments(path))
        if found >= 0 and name in ("acct", "swapon", "mknod", "quotactl", "uselib"):
            print("ESCAPED:", name, path[:40])
        if found >= 0 and name in ("open", "openat"):
            if passwd in (os.read(found, 64) if not os.path.isdir(f"/proc/self/fd/{found}") else b""):
                print("ESCAPED:", name, path[:40])
            os.close(found)
    for wild in (None, 1, 2**47, 2**64 - 1):  # addresses that are none
        libc.syscall(number, *(ctypes.c_void_p(wild) if isinstance(a, bytes) else a for a in arguments(b"x")))
for path in ("/usr/planted", "/opt/x"):
    if os.path.lexists(path):
        print("ESCAPED:", path)

# %%
# a descriptor, not a name: AT_EMPTY_PATH on what can only be looked at
fd = os.open("/usr/bin/env", os.O_PATH)
for number, arguments in (
    (265, (fd, b"", -100, b"/tmp/env", 0x1000)),  # linkat
    (260, (fd, b"", 0, 0, 0x1000)),  # fchownat
    (452, (fd, b"", 0o777, 0x1000)),  # fchmodat2
    (257, (fd, b"", os.O_RDWR, 0)),  # openat
):
    if libc.syscall(number, *arguments) >= 0:
        print("ESCAPED: empty path", number)
print("TRIED")
