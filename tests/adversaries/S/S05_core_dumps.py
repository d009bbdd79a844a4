# %%
answer = 42


def double(x):
    return 2 * x

# %%
import ctypes
import os
import resource
import signal

for wanted in ((1 << 30, 1 << 30), (0, 0), (0, 1), (1, 1 << 20)):
    try:
        resource.setrlimit(resource.RLIMIT_CORE, wanted)
        # 0 means no file, but a program that collects core files gets them all the same; only 1 means none at all
        if wanted[0] != 1:
            print("ESCAPED: core files of", wanted)
    except (OSError, ValueError):
        pass
for folder in (".", "/tmp", "/dev/shm"):
    os.chdir(folder)
    for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGQUIT, signal.SIGFPE, signal.SIGILL, signal.SIGBUS, signal.SIGTRAP, signal.SIGXCPU):
        child = os.fork()
        if child == 0:
            signal.signal(number, signal.SIG_DFL)
            ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # dumpable
            os.kill(os.getpid(), number)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        if os.WCOREDUMP(status):
            print("ESCAPED: core of signal", number)
    if any("core" in name for name in os.listdir(".")):
        print("ESCAPED: core file in", folder)
with open("/proc/sys/kernel/core_pattern") as file:
    print(file.read())
print("TRIED")
