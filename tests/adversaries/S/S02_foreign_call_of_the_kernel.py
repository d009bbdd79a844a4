# %%
answer = 42


def double(x):
    return 2 * x

# %%
import ctypes
import mmap
import os
import platform
import threading
import time

if platform.machine() != "x86_64":
    os.kill(os.getpid(), 31)  # there are no foreign calls: what the filter would answer with
view = mmap.mmap(-1, 4096, prot=7)
view.write(bytes.fromhex("b814000000cd80c3"))
code = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(view)))
threading.Thread(target=code).start()
time.sleep(30)
