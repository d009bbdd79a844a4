# %%
answer = 42


def double(x):
    return 2 * x

# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for name, number in (("memfd_create", 319), ("memfd_secret", 447)):
    fd = libc.syscall(number, b"leak", 0)
    if fd >= 0:
        print("ESCAPED:", name)
total = 0
for folder in ("/dev/shm", "/tmp", ".", "/dev", "/", "/run", "/var/tmp", "/dev/mqueue"):
    try:
        with open(os.path.join(folder, "fill"), "wb", 0) as file:
            while True:
                total += file.write(bytes(1 << 20))
    except OSError:
        continue
print(total >> 20, "MiB")
if total > (2 * 32 + 64 + 1) << 20:
    print("ESCAPED: more scratch than there is")
print("TRIED")
