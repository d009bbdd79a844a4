# %%
import ctypes
import os
import shutil
import stat
import struct
import subprocess

answer = 42


def double(x):
    return 2 * x


libc = ctypes.CDLL(None, use_errno=True)


def elf(code):
    """A static x86-64 program, set-uid and executable."""
    start = 0x400000
    header = b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, start + 120, 64, 0, 0, 64, 56, 1, 0, 0, 0)
    segment = struct.pack("<IIQQQQQQ", 1, 7, 0, start, start, 120 + len(code), 120 + len(code), 4096)
    return header + segment + code


def exits_with(number, *args):
    """Machine code that makes one system call and exits with 7 where it succeeded, 1 where it did not."""
    code = b""
    for register, value in zip((b"\xbf", b"\xbe", b"\xba"), (*args, 0, 0, 0)):
        code += register + struct.pack("<I", value)
    code += b"\xb8" + struct.pack("<I", number) + b"\x0f\x05"  # the call
    code += b"\x48\x85\xc0" + b"\x78\x07" + b"\xbf\x07\x00\x00\x00" + b"\xeb\x05" + b"\xbf\x01\x00\x00\x00"
    return code + b"\xb8\x3c\x00\x00\x00\x0f\x05"


# %%
CALLS = {
    "setuid(0)": (105, 0),
    "setgid(0)": (106, 0),
    "unshare(user)": (272, 0x10000000),
    "chroot": (161, 0x400000),
    "personality + ptrace(traceme)": (101, 0, 0, 0),
    "keyctl": (250, 0, 0, 0),
    "io_uring_setup": (425, 8, 0x400000),
    "socket(vsock)": (41, 40, 1, 0),
    "x32 getpid": (0x40000000 + 101, 0, 0, 0),
}
ran = 0
for place in ("/tmp", "/home/student", "/dev/shm"):
    for number, (name, call) in enumerate(CALLS.items()):
        path = f"{place}/program{number}"
        with open(path, "wb") as file:
            file.write(elf(exits_with(*call)))
        os.chmod(path, 0o6755)
        done = subprocess.run([path], capture_output=True, timeout=2)
        ran += done.returncode == 1
        if done.returncode == 7:
            print("ESCAPED:", name, "in", place)
        os.remove(path)
assert ran, "none of the programs ran at all"

# %%
# a set-uid copy of a program of the system has no more rights than we have
shutil.copy(shutil.which("id"), "/tmp/id")
os.chmod("/tmp/id", 0o6755)
said = subprocess.run(["/tmp/id"], capture_output=True, text=True, timeout=2).stdout
if "uid=0" in said or "euid=0" in said:
    print("ESCAPED:", said)
status = subprocess.run(["/usr/bin/env", "cat", "/proc/self/status"], capture_output=True, text=True, timeout=2).stdout
for line in status.splitlines():
    name, _, value = line.partition(":")
    if name.startswith("Cap") and int(value, 16) or name == "NoNewPrivs" and value.strip() != "1":
        print("ESCAPED:", line)
    if name == "Seccomp" and value.strip() != "2":
        print("ESCAPED:", line)
for top, folders, names in os.walk("/usr", followlinks=False):
    for name in names:
        path = os.path.join(top, name)
        mode = os.lstat(path).st_mode
        if stat.S_ISREG(mode) and mode & (stat.S_ISUID | stat.S_ISGID) and not os.statvfs(path).f_flag & os.ST_NOSUID:
            print("ESCAPED: set-uid", path)

# %%
# programs without a file: in shared memory, or through an empty path
for number in (319, 447):  # memfd_create, memfd_secret
    fd = libc.syscall(number, b"program", 0)
    if fd >= 0:
        print("ESCAPED: memory file", number)
with open("/tmp/script", "w") as file:
    file.write("#!/bin/sh\nexit 5\n")
os.chmod("/tmp/script", 0o755)
assert subprocess.run(["/tmp/script"], timeout=2).returncode == 5
print("TRIED")
