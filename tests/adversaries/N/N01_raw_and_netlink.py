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
def opened(family, kind, protocol=0):
    """A socket of this kind; to have it is enough."""
    found = libc.syscall(41, ctypes.c_ulong(family), ctypes.c_ulong(kind), ctypes.c_ulong(protocol))
    if found < 0:
        return None
    os.close(found)
    return "opened"


for protocol in (1, 6, 17, 58, 89, 255):  # ICMP, TCP, UDP, ICMPv6, OSPF, RAW
    door(f"raw {protocol}", lambda: opened(socket.AF_INET, socket.SOCK_RAW, protocol))
    door(f"raw6 {protocol}", lambda: opened(socket.AF_INET6, socket.SOCK_RAW, protocol))
    door(f"packet {protocol}", lambda: opened(17, socket.SOCK_RAW, protocol))


def ping():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP) as out:
        out.settimeout(1)
        return out.sendto(struct.pack("!BBHHH", 8, 0, 0xF7FF, 0, 0), ("1.1.1.1", 0))


def ping6():
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM, 58) as out:
        return out.sendto(struct.pack("!BBHHH", 128, 0, 0, 0, 0), ("2606:4700:4700::1111", 0))


door("ping", ping)
door("ping6", ping6)

# %%
# every other family, in every spelling: the kernel looks at the lower 32 bits only
FINE = {1, 2, 10}  # unix, IPv4, IPv6: of this sandbox alone
for family in [f for f in range(3, 48) if f not in FINE]:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        for high in (0, 1 << 32, 1 << 63):
            if family == 16:
                continue  # netlink, below
            door(f"family {family} {kind} {high}", lambda: opened(family | high, kind))
        pair = (ctypes.c_int * 2)()
        if libc.syscall(53, family, kind, 0, pair) == 0:
            print("ESCAPED: pair of family", family, kind)
        elif ctypes.get_errno() not in (errno.EAFNOSUPPORT, errno.EPERM):
            print("ESCAPED: the kernel was asked for a pair of family", family, os.strerror(ctypes.get_errno()))

# %%
for protocol in [*range(1, 32), 1 << 31]:  # diagnosis of sockets, audit, device events, generic, crypto, ...
    for high in (0, 1 << 32, 1 << 63):
        door(f"netlink {protocol}", lambda: opened(16, socket.SOCK_RAW, protocol | high))
        door(f"netlink {protocol} {high}", lambda: opened(16 | 1 << 32, socket.SOCK_RAW, protocol))


def ask_route(kind, flags, body):
    """A request of the one netlink protocol that there is: what it answers, 0 for done."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as route:
        route.settimeout(1)
        route.bind((0, 0))
        route.send(struct.pack("=IHHII", 16 + len(body), kind, flags | 0x5, 1, 0) + body)
        reply = route.recv(65536)
        if struct.unpack_from("=IHHII", reply)[1] == 2:  # an error, or success as error 0
            return struct.unpack_from("=i", reply, 16)[0]
        return None


link = struct.pack("=BxHiII", 0, 0, 1, 0x1, 0x1)
address = struct.pack("=BBBBI", 2, 24, 0, 0, 1) + struct.pack("=HH4s", 8, 2, socket.inet_aton("10.9.8.7"))
route = struct.pack("=BBBBBBBBI", 2, 0, 0, 0, 254, 3, 0, 1, 0) + struct.pack("=HH4s", 8, 5, socket.inet_aton("127.0.0.1"))
dummy = struct.pack("=BxHiII", 0, 0, 0, 0, 0) + struct.pack("=HH", 16, 18 | 0x8000) + struct.pack("=HH6sxx", 10, 1, b"dummy\0")
veth = struct.pack("=BxHiII", 0, 0, 0, 0, 0) + struct.pack("=HH", 16, 18 | 0x8000) + struct.pack("=HH5sxxx", 9, 1, b"veth\0")
for name, kind, body in (
    ("link up", 16, link),
    ("new address", 20, address),
    ("new route", 24, route),
    ("new dummy", 16, dummy),
    ("new veth", 16, veth),
    ("new rule", 32, struct.pack("=BBBBBBBBI", 2, 0, 0, 0, 254, 0, 0, 1, 0)),
    ("new neighbour", 28, struct.pack("=BxxxiHBB", 2, 1, 2, 0, 0)),
    ("move to another namespace", 19, struct.pack("=BxHiII", 0, 0, 1, 0, 0) + struct.pack("=HHI", 8, 19, 1)),
):
    door(name, lambda: "done" if ask_route(kind, 0x600, body) == 0 else None)
for path in ("/dev/net/tun", "/dev/vsock", "/dev/vhost-net", "/dev/vhost-vsock", "/dev/ppp", "/dev/rfkill", "/dev/infiniband"):
    if os.path.lexists(path):
        print("ESCAPED:", path)
for path in ("/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/ipv4/ping_group_range", "/proc/sys/net/core/somaxconn"):
    door(path, lambda: open(path, "w").write("1"))
print("TRIED")
