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
HOSTS = """
1.1.1.1 8.8.8.8 9.9.9.9 10.0.0.1 10.0.2.2 172.17.0.1 172.16.0.1 192.168.0.1 192.168.1.1 100.64.0.1 198.18.0.1 203.0.113.7
224.0.0.1 255.255.255.255 0.0.0.0 240.0.0.1 169.254.1.1
""".split()
HOSTS6 = "2606:4700:4700::1111 2001:4860:4860::8888 fe80::1 fd00::1 ff02::1 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::".split()


def connect(family, kind, address, protocol=0):
    with socket.socket(family, kind, protocol) as out:
        out.settimeout(5)
        out.connect(address)
        out.send(b"anybody there?")
        return "sent" if kind == socket.SOCK_DGRAM else "connected"




for host in HOSTS:
    for port in (80, 443, 22, 53, 48711):
        door(f"tcp {host}:{port}", lambda: connect(socket.AF_INET, socket.SOCK_STREAM, (host, port)))
for host in HOSTS6:
    door(f"tcp6 {host}", lambda: connect(socket.AF_INET6, socket.SOCK_STREAM, (host, 443, 0, 0)))

# %%
for host in (h for h in HOSTS if h != "0.0.0.0"):  # which is ourselves
    for port in (53, 123, 443, 514):
        door(f"udp {host}:{port}", lambda: connect(socket.AF_INET, socket.SOCK_DGRAM, (host, port)))


def broadcast():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        return out.sendto(b"hello", ("255.255.255.255", 9))


def multicast():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton("224.0.0.251") + socket.inet_aton("0.0.0.0"))
        return out.sendto(b"hello", ("224.0.0.251", 5353))


door("broadcast", broadcast)
door("multicast", multicast)
for host in HOSTS6:
    door(f"udp6 {host}", lambda: connect(socket.AF_INET6, socket.SOCK_DGRAM, (host, 53, 0, 0)))


def fast_open():
    with socket.socket() as out:
        out.settimeout(5)
        return out.sendto(b"GET /", 0x20000000, ("1.1.1.1", 80))  # MSG_FASTOPEN


def multipath():
    return connect(socket.AF_INET, socket.SOCK_STREAM, ("1.1.1.1", 443), 262)


def sctp():
    return connect(socket.AF_INET, socket.SOCK_STREAM, ("1.1.1.1", 443), 132)


def raw_call():
    """connect(2) without Python and without libc's wrapper."""
    out = libc.syscall(41, 2, 1, 0)
    address = struct.pack("!H4s8x", 443, socket.inet_aton("1.1.1.1"))
    address = struct.pack("=H", 2) + address
    if libc.syscall(42, out, address, len(address)) == 0:
        return "connected"
    os.close(out)
    return None


for action in (fast_open, multipath, sctp, raw_call):
    door(action.__name__, action)

# %%
with open("/proc/net/dev") as file:
    interfaces = [line.split(":")[0].strip() for line in file.readlines()[2:]]
if set(interfaces) - {"lo"}:
    print("ESCAPED: interfaces", interfaces)
for name in ("route", "arp", "ipv6_route"):
    with open(f"/proc/net/{name}") as file:
        lines = [line for line in file if not line.startswith(("Iface", "IP address")) and not line.rstrip().endswith("lo")]
    if lines:
        print("ESCAPED:", name, lines)
print("TRIED")
