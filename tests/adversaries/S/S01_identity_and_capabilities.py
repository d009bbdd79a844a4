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


for name, attempt in {
    "setuid": lambda: os.setuid(0),
    "seteuid": lambda: os.seteuid(0),
    "setresuid": lambda: os.setresuid(0, 0, 0),
    "setgid": lambda: os.setgid(0),
    "setgroups": lambda: os.setgroups([0]),
    "setuid to the user outside": lambda: os.setuid(61184),
    "chown": lambda: (open("/tmp/own", "w").close(), os.chown("/tmp/own", 0, 0)),
    "nice": lambda: os.nice(-5),
    "priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, -5),
    "real time": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
    "deadline": lambda: os.sched_setscheduler(0, 6, os.sched_param(0)),
}.items():
    try:
        attempt()
        print("ESCAPED:", name)
    except OSError:
        pass


class Capabilities(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


full = (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
if libc.capset(ctypes.byref(Capabilities(0x20080522, 0)), full) == 0:
    print("ESCAPED: capset")
for capability in range(41):
    if libc.prctl(47, 2, capability, 0, 0) == 0:  # PR_CAP_AMBIENT_RAISE
        print("ESCAPED: ambient capability", capability)
    if libc.prctl(23, capability, 0, 0, 0) == 1:  # PR_CAPBSET_READ
        print("ESCAPED: capability in the bounding set", capability)
for name, arguments in {"no_new_privs": (38, 0), "securebits": (28, 0x2F), "keep capabilities": (8, 1), "seccomp off": (22, 0)}.items():
    if libc.prctl(*arguments, 0, 0, 0) == 0 and name not in ("keep capabilities",):
        print("ESCAPED:", name)
for entry in os.listdir("/proc"):
    if entry.isdigit():
        with open(f"/proc/{entry}/status") as file:
            status = dict(line.strip("\n").split(":\t", 1) for line in file if ":\t" in line)
        for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
            if int(status[name], 16):
                print("ESCAPED:", entry, name, status[name])
        if status["NoNewPrivs"] != "1" or status["Seccomp"] != "2":
            print("ESCAPED: process", entry, status["NoNewPrivs"], status["Seccomp"])
with open("/proc/self/uid_map") as file:
    if len(file.read().split()) != 3:
        print("ESCAPED: more than one user is mapped")
for name in ("uid_map", "gid_map", "setgroups"):
    try:
        with open(f"/proc/self/{name}", "w") as file:
            file.write("0 0 1" if name != "setgroups" else "allow")
        print("ESCAPED:", name)
    except OSError:
        pass
print("TRIED")
