"""Both sides of every way by which two submissions that run at the same time could signal each other.

Each channel is a pair of functions: ``say`` does something for as long as it is held, ``hear`` looks for its effect and
returns what it saw. Refusals are what is hoped for; they look the same whether the other side spoke or not.
"""

import array
import ctypes
import fcntl
import glob
import os
import select
import signal
import socket
import struct
import time

libc = ctypes.CDLL(None, use_errno=True)
SHARED = os.__file__  # one inode for every sandbox of this machine
FOLDER = os.path.dirname(SHARED)
KEY = 0x6C65616B
held = []


def call(number, *args):
    """A system call by its number: its result, or the error's number below zero."""
    result = libc.syscall(number, *(ctypes.c_long(a) if isinstance(a, int) else a for a in args))
    return result if result >= 0 else -ctypes.get_errno()


def shared_file():
    return os.open(SHARED, os.O_RDONLY)


def lock_record(kind):
    return struct.pack("hhqqi4x", kind, os.SEEK_SET, KEY, 8, 0)


# --- locks, leases, hints -------------------------------------------------------------------------------------------


def say_flock():
    held.append(shared_file())
    fcntl.flock(held[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)


def hear_flock():
    fd = shared_file()
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(fd)
    return "free"


def say_record_lock():
    held.append(shared_file())
    fcntl.fcntl(held[-1], fcntl.F_SETLK, lock_record(fcntl.F_RDLCK))


def hear_record_lock():
    fd = shared_file()
    try:
        return fcntl.fcntl(fd, fcntl.F_GETLK, lock_record(fcntl.F_WRLCK)).hex()
    finally:
        os.close(fd)


def say_open_file_lock():
    held.append(shared_file())
    fcntl.fcntl(held[-1], 37, lock_record(fcntl.F_RDLCK))


def hear_open_file_lock():
    fd = shared_file()
    try:
        return fcntl.fcntl(fd, 36, lock_record(fcntl.F_WRLCK)).hex()
    finally:
        os.close(fd)


def hear_list_of_locks():
    with open("/proc/locks") as file:
        return [line for line in file.read().splitlines() if str(KEY) in line]


def say_lease():
    held.append(shared_file())
    fcntl.fcntl(held[-1], fcntl.F_SETLEASE, fcntl.F_RDLCK)


def hear_lease():
    fd = shared_file()
    try:
        return fcntl.fcntl(fd, fcntl.F_GETLEASE)
    finally:
        os.close(fd)


def say_hint():
    held.append(shared_file())
    for command in (1036, 1038):
        fcntl.fcntl(held[-1], command, struct.pack("Q", 3))


def hear_hint():
    fd = shared_file()
    try:
        return fcntl.fcntl(fd, 1035, struct.pack("Q", 0)).hex()
    finally:
        os.close(fd)


# --- watches: set up by the first look, told by the second --------------------------------------------------------------

watching = {}


def say_read():
    for _ in range(3):
        fd = shared_file()
        os.read(fd, 100)
        os.close(fd)
    os.listdir(FOLDER)


def hear_dnotify():
    if "dnotify" not in watching:
        signal.signal(signal.SIGUSR1, lambda *_: watching.update(dnotify=watching["dnotify"] + 1))
        fd = os.open(FOLDER, os.O_RDONLY)
        held.append(fd)
        fcntl.fcntl(fd, 10, signal.SIGUSR1)  # F_SETSIG
        fcntl.fcntl(fd, fcntl.F_NOTIFY, fcntl.DN_ACCESS | fcntl.DN_MULTISHOT)
        watching["dnotify"] = 0
    time.sleep(0.05)
    return watching["dnotify"]


def hear_inotify():
    if "inotify" not in watching:
        fd = libc.inotify_init1(os.O_NONBLOCK)
        if fd < 0:
            raise OSError(ctypes.get_errno(), "inotify_init1")
        watching["inotify"] = fd
        libc.inotify_add_watch(fd, SHARED.encode(), 0xFFF)
    readable, _, _ = select.select([watching["inotify"]], [], [], 0.05)
    return len(os.read(watching["inotify"], 4096)) if readable else 0


def hear_fanotify():
    return call({"x86_64": 300}.get(os.uname().machine, 262), 0, os.O_RDONLY)


def hear_access_time():
    return os.stat(SHARED).st_atime_ns


# --- what is in memory ---------------------------------------------------------------------------------------------------


def say_drop():
    """Drop a file that both may read from memory (nobody else reads it)."""
    fd = os.open(rare_file(), os.O_RDONLY)
    os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(fd)


def rare_file():
    return min(glob.glob(FOLDER + "/turtledemo/*.py") + glob.glob(FOLDER + "/idlelib/*.def"))


def warm_up_rare_file():
    with open(rare_file(), "rb") as file:
        file.read()


def hear_read_without_waiting():
    fd = os.open(rare_file(), os.O_RDONLY)
    try:
        return os.preadv(fd, [bytearray(1)], 0, os.RWF_NOWAIT)
    finally:
        os.close(fd)


def hear_cachestat():
    fd = os.open(rare_file(), os.O_RDONLY)
    found = (ctypes.c_uint64 * 5)()
    result = call(451, fd, (ctypes.c_uint64 * 2)(0, 0), found, 0)
    os.close(fd)
    return result, list(found)


def hear_mincore():
    libc.mmap.restype, libc.mmap.argtypes = ctypes.c_void_p, [ctypes.c_void_p, *[ctypes.c_long] * 5]
    fd = os.open(rare_file(), os.O_RDONLY)
    address = libc.mmap(None, 4096, 1, 2, fd, 0)
    os.close(fd)
    there = ctypes.create_string_buffer(1)
    return call(27 if os.uname().machine == "x86_64" else 232, address, 4096, there), there.raw.hex()


# --- kernel objects ------------------------------------------------------------------------------------------------------

NUMBERS = {
    "x86_64": {"shmget": 29, "semget": 64, "msgget": 68, "mq_open": 240, "add_key": 248, "request_key": 249},
    "aarch64": {"shmget": 194, "semget": 190, "msgget": 186, "mq_open": 180, "add_key": 217, "request_key": 218},
}.get(os.uname().machine, {})


def say_ipc():
    call(NUMBERS["shmget"], KEY, 4096, 0o1666)
    call(NUMBERS["semget"], KEY, 1, 0o1666)
    call(NUMBERS["msgget"], KEY, 0o1666)
    call(NUMBERS["mq_open"], b"leak", os.O_CREAT | os.O_RDWR, 0o666, None)
    with open("/dev/shm/leak", "w") as file:
        file.write("leak")
    with open("/tmp/leak", "w") as file:
        file.write("leak")


def hear_ipc():
    found = [call(NUMBERS[name], KEY, 0, 0) for name in ("shmget", "semget")]
    found += [call(NUMBERS["msgget"], KEY, 0), call(NUMBERS["mq_open"], b"leak", os.O_RDONLY, 0, None)]
    return found + [os.path.exists(path) for path in ("/dev/shm/leak", "/tmp/leak")]


def say_keyring():
    for ring in (-3, -4, -5):  # session, user, user session
        call(NUMBERS["add_key"], b"user", b"leak", b"1", 1, ring)


def hear_keyring():
    keys = []
    for path in ("/proc/keys", "/proc/key-users"):
        with open(path) as file:
            keys.append(file.read())
    return call(NUMBERS["request_key"], b"user", b"leak", None, -5), keys


def say_listening():
    listening = socket.socket(socket.AF_UNIX)
    listening.bind("\0leak")
    listening.listen()
    tcp = socket.socket()
    tcp.bind(("127.0.0.1", 47_011))
    tcp.listen()
    held.extend((listening, tcp))


def hear_listening():
    found = []
    for family, address in ((socket.AF_UNIX, "\0leak"), (socket.AF_INET, ("127.0.0.1", 47_011))):
        with socket.socket(family) as knocking:
            found.append(knocking.connect_ex(address))
    with open("/proc/net/unix") as file:
        return found + ["leak" in file.read()]


def say_merge():
    """Pages of the same content, offered to be merged; a write to a merged page is slow."""
    import mmap

    view = mmap.mmap(-1, 1 << 20)
    view[:] = b"leak" * (1 << 18)
    held.append(view)
    view.madvise(12)


def hear_merge():
    import mmap

    with mmap.mmap(-1, 1 << 20) as view:
        view.madvise(12)
    return call(157, 67, 1, 0, 0, 0) if os.uname().machine == "x86_64" else call(167, 67, 1, 0, 0, 0)


def say_room():
    held.extend(os.pipe())
    fcntl.fcntl(held[-1], 1031, 1 << 20)  # the room of pipes is counted per user of the machine


def hear_room():
    ends = os.pipe()
    try:
        return fcntl.fcntl(ends[0], 1031, 1 << 20)
    finally:
        for end in ends:
            os.close(end)


def hold_descriptors():
    """Send descriptors that nobody receives, until the system refuses: it counts them per user of the machine."""
    sent = 0
    try:
        while sent < 100_000:
            ends = socket.socketpair()
            held.extend(ends)
            for _ in range(4):
                socket.send_fds(ends[0], [b"x"], [0] * 250)
                sent += 250
    except OSError:
        return sent
    return sent


# --- the two sides -------------------------------------------------------------------------------------------------------

CHANNELS = {
    "flock": (say_flock, hear_flock),
    "record lock": (say_record_lock, hear_record_lock),
    "open file lock": (say_open_file_lock, hear_open_file_lock),
    "list of locks": (say_open_file_lock, hear_list_of_locks),
    "lease": (say_lease, hear_lease),
    "write hint": (say_hint, hear_hint),
    "dnotify": (say_read, hear_dnotify),
    "inotify": (say_read, hear_inotify),
    "fanotify": (say_read, hear_fanotify),
    "access time": (say_read, hear_access_time),
    "preadv2": (say_drop, hear_read_without_waiting),
    "cachestat": (say_drop, hear_cachestat),
    "mincore": (say_drop, hear_mincore),
    "interprocess communication": (say_ipc, hear_ipc),
    "keyring": (say_keyring, hear_keyring),
    "listening sockets": (say_listening, hear_listening),
    "merged pages": (say_merge, hear_merge),
    "room of pipes": (say_room, hear_room),
}


def channels():
    """Their names."""
    return list(CHANNELS)


def say(name):
    """Speak on one channel; the error that the system answers with is no secret."""
    try:
        CHANNELS[name][0]()
    except (OSError, ValueError) as error:
        return f"{type(error).__name__} {getattr(error, 'errno', '')}"
    return "said"


def hear(name):
    """Listen on one channel."""
    try:
        return repr(CHANNELS[name][1]())
    except (OSError, ValueError) as error:
        return f"{type(error).__name__} {getattr(error, 'errno', '')}"
