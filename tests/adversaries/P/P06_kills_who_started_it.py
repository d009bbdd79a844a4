# %%
import numpy as np
import os, signal, ctypes
if os.readlink("/proc/1/exe").rpartition("/")[2] != "bwrap":
    raise SystemExit("outside a sandbox")

answer = 42


def double(x):
    return 2 * np.asarray(x)
# %%
libc = ctypes.CDLL(None, use_errno=True)
mine = {int(name) for name in os.listdir('/proc') if name.isdigit()} | {int(t) for t in os.listdir('/proc/self/task')}
for pid in range(2, 70_000):
    if pid in mine:
        continue
    try:
        os.kill(pid, 0)
        print("ESCAPED: can signal", pid, open(f"/proc/{pid}/cmdline").read()[:50])
    except OSError:
        pass
for number in (os.getppid(), 1):
    try:
        os.kill(number, signal.SIGKILL) if number else None
    except OSError:
        pass
for request in (16, 0x4206):  # PTRACE_ATTACH, PTRACE_SEIZE
    if libc.ptrace(request, 1, 0, 0) == 0:
        print("ESCAPED: traces process 1")
print("TRIED")
# %%
os.kill(-1, signal.SIGKILL)
