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
# own ports, which libzmq uses inside this very process, are no way out: the canary's is not among them
LOOPBACK = ["127.0.0.1", "127.0.0.2", "127.1.2.3", "0.0.0.0", "localhost", "::1", "::", "::ffff:127.0.0.1", "0", "127.1"]


def knock(host, port):
    with socket.create_connection((host, port), timeout=3) as out:
        return out.getpeername()


for host in LOOPBACK:
    door(f"{host}:48711", lambda: knock(host, 48711))
for port in (22, 53, 80, 111, 443, 631, 2375, 2376, 3306, 5432, 5555, 6379, 8000, 8080, 8888, 9000, 9090, 10250, 11211, 27017):
    door(f"127.0.0.1:{port}", lambda: knock("127.0.0.1", port))

# %%
# everything that listens in here belongs to a process in here
inodes = set()
for pid in [p for p in os.listdir("/proc") if p.isdigit()]:
    try:
        for number in os.listdir(f"/proc/{pid}/fd"):
            link = os.readlink(f"/proc/{pid}/fd/{number}")
            if link.startswith("socket:["):
                inodes.add(link[8:-1])
    except OSError:
        continue
for name in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6", "icmp", "udplite"):
    try:
        with open(f"/proc/net/{name}") as file:
            rows = [line.split() for line in file.readlines()[1:]]
    except OSError:
        continue
    for row in rows:
        if row[3] == "0A" and row[9] not in inodes:
            print("ESCAPED: somebody else listens", name, row[1])


def scan(start, stop):
    found = []
    for port in range(start, stop):
        with socket.socket() as out:
            out.settimeout(0.2)
            if out.connect_ex(("127.0.0.1", port)) == 0 and out.getpeername() != out.getsockname():
                found.append(port)
    return found


listening = {int(row.split()[1].split(":")[1], 16) for row in open("/proc/net/tcp").readlines()[1:]}
strangers = [port for port in scan(1, 12000) + scan(48000, 49000) if port not in listening]
if strangers:
    print("ESCAPED: ports", strangers)
print("TRIED")
