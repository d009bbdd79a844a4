# %%
import ctypes
import errno
import os
import socket
import struct
import time

answer = 42


def double(x):
    return 2 * x


libc = ctypes.CDLL(None, use_errno=True)


def door(name, action, seconds=1.5):
    """One way out: it must be shut, and at once."""
    began = time.monotonic()
    try:
        found = action()
    except (OSError, ValueError) as error:
        found = None
        print(name, type(error).__name__, error)
    if found is not None:
        print("ESCAPED:", name, found)
    if time.monotonic() - began > seconds:
        print("ESCAPED: (hangs)", name)


# %%
VSOCK = 40


def vsock(cid, port, kind=socket.SOCK_STREAM):
    out = libc.syscall(41, VSOCK, kind, 0)
    if out < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    address = struct.pack("=HHII4x", VSOCK, 0, port, cid)
    if libc.syscall(42, out, address, len(address)) == 0:
        return "connected"
    return "opened"


for cid in (0, 1, 2, 3, 0xFFFFFFFF):
    for port in (22, 52, 1024, 5000, 8080):
        door(f"vsock {cid}:{port}", lambda: vsock(cid, port))
door("vsock datagram", lambda: vsock(2, 1, socket.SOCK_DGRAM))
door("vsock sequence", lambda: vsock(2, 1, socket.SOCK_SEQPACKET))
if hasattr(socket, "AF_VSOCK"):
    door("vsock by Python", lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM))

# %%
# io_uring makes sockets where a filter of system calls does not look
for number, args in ((425, (8, ctypes.create_string_buffer(256))), (426, (3, 1, 0, 0, None, 0)), (427, (3, 0, None, 0))):
    if libc.syscall(number, *args) >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS):
        print("ESCAPED: io_uring", number, os.strerror(ctypes.get_errno()))
for path in ("/dev/vsock", "/dev/vhost-vsock", "/dev/vport0p1", "/dev/virtio-ports", "/dev/hvc0", "/dev/ttyS0", "/dev/vmci"):
    if os.path.lexists(path):
        print("ESCAPED:", path)
print("TRIED")
