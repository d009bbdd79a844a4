# %%
answer = 42


def double(x):
    return 2 * x

# %%
import ctypes
import socket

libc = ctypes.CDLL(None, use_errno=True)
for name, number, arguments in (
    ("semget", 64, (0, 32_000, 0o600)),
    ("msgget", 68, (0, 0o600)),
    ("shmget", 29, (0, 1 << 30, 0o600)),
    ("mq_open", 240, (b"leak", 0o102, 0o600, 0)),
    ("add_key", 248, (b"user", b"leak", b"x" * 30_000, 30_000, -4)),
    ("io_setup", 206, (4096, ctypes.byref(ctypes.c_ulong(0)))),
    ("memfd_create", 319, (b"leak", 0)),
    ("bpf", 321, (0, ctypes.create_string_buffer(128), 128)),
    ("perf_event_open", 298, (ctypes.create_string_buffer(128), 0, -1, -1, 0)),
):
    if libc.syscall(number, *arguments) >= 0:
        print("ESCAPED:", name)
print("TRIED")
