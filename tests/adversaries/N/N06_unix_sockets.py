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
import array
import stat

PATHS = """
/var/run/docker.sock /run/docker.sock /run/containerd/containerd.sock /run/podman/podman.sock /run/crio/crio.sock
/run/systemd/private /run/systemd/notify /run/systemd/journal/socket /run/dbus/system_bus_socket /run/user/0/bus
/run/user/1000/bus /dev/log /tmp/.X11-unix/X0 /tmp/ssh-agent /run/snapd.socket /run/libvirt/libvirt-sock
/run/postgresql/.s.PGSQL.5432 /run/mysqld/mysqld.sock /run/redis/redis.sock /run/grader /run/grader-stage /run/acpid.socket
/var/run/nscd/socket /run/udev/control /run/lvm/lvmpolld.socket /run/firecracker.socket /run/uuidd/request
""".split()


def call(address, kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_UNIX, kind) as out:
        out.settimeout(1)
        out.connect(address)
        return "connected"


KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET)
for path in PATHS:
    for kind in KINDS:
        door(path, lambda: call(path, kind))

# %%
ABSTRACT = ["grader-adversaries-canary", "/tmp/.X11-unix/X0", "/tmp/.ICE-unix/1", "/com/ubuntu/upstart", "docker", "containerd-shim"]
ABSTRACT += ["/containerd-shim/moby/1/shim.sock", "kernel-1", "grader", "dbus-session", "ISCSIADM_ABSTRACT_NAMESPACE"]
for name in ABSTRACT:
    for kind in KINDS:
        for padded in (name, name + "\0" * (107 - len(name))):
            door(f"abstract {name}", lambda: call("\0" + padded, kind))
with open("/proc/net/unix") as file:
    named = [line.split()[7] for line in file.readlines()[1:] if len(line.split()) > 7]
foreign = [name for name in named if not name.startswith(("/home/student", "/tmp", "/kernel-", "kernel-", "@kernel")) and not os.path.exists(name)]
for name in foreign:
    if "grader-run" not in name:  # the name under which our own channel was bound, out of reach
        print("ESCAPED: knows of", name)
    door(f"listed {name}", lambda: call(name.replace("@", "\0", 1)))

# %%
for top, folders, files in os.walk("/", followlinks=False):
    folders[:] = [f for f in folders if f not in ("proc", "sys", "usr", "site-packages", "lib")]
    for name in files:
        path = os.path.join(top, name)
        try:
            if stat.S_ISSOCK(os.lstat(path).st_mode):
                door(f"found {path}", lambda: call(path))
        except OSError:
            continue

# %%
# a descriptor of the outside through a socket that leads there: whoever holds the other end would have to send one
for number in range(3, 300):
    try:
        if not stat.S_ISSOCK(os.fstat(number).st_mode):
            continue
        with socket.socket(fileno=os.dup(number)) as held:
            if held.family == socket.AF_INET and held.getsockname()[0] != "127.0.0.1":
                print("ESCAPED: inherited", held)
            if number != int(os.environ["GRADER_PROBE_FD"]) and held.family == socket.AF_UNIX:
                peer = struct.unpack("3i", held.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
                if peer[1] == 0 and peer[0] > 0:
                    print("ESCAPED: a socket to root", number, peer)
    except OSError:
        continue
with socket.socket(fileno=os.dup(int(os.environ["GRADER_PROBE_FD"]))) as data:
    pipes = os.pipe()
    rights = array.array("i", [*pipes, os.open("/", os.O_RDONLY)])
    try:
        message, received, _, _ = data.recvmsg(1, socket.CMSG_SPACE(64), socket.MSG_DONTWAIT | socket.MSG_PEEK)
        if received:
            print("ESCAPED: was handed descriptors", received)
    except OSError:
        pass
print("TRIED")
