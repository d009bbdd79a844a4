# %%
import os
import re
import subprocess

answer = 42
assert open("/proc/1/comm").read().strip() == "bwrap", "this writes to the kernel's settings"


def double(x):
    return 2 * x


PIDS = [p for p in os.listdir("/proc") if p.isdigit()]
names = set()
for pid in PIDS:
    try:
        names.add(open(f"/proc/{pid}/comm").read().strip())
    except OSError:
        pass
if not names <= {"bwrap", "cat", "python", "python3", "python3.11"} or len(PIDS) > 4:
    print("ESCAPED: processes", names, PIDS)

# %%
# nothing that any process here was told names a place, a secret or a person outside
SECRET = re.compile(
    rb"planted-|grader-run|solutions|submissions|hidden|test_visible|mallory|TOKEN|SECRET|PASSWORD|API_KEY|AWS_|SSH_|GITHUB"
    rb"|sudo|/root/\.(?!pyenv)|postgres|sqlite"
)
for pid in PIDS:
    for name in ("cmdline", "environ", "comm", "wchan", "cgroup", "sessionid", "loginuid", "limits"):
        try:
            with open(f"/proc/{pid}/{name}", "rb") as file:
                text = file.read(1 << 20)
        except OSError:
            continue
        found = SECRET.findall(text)
        if found:
            print("ESCAPED:", pid, name, found, text[:300])
    try:
        with open(f"/proc/{pid}/maps", "rb") as file:
            mapped = set(re.findall(rb" (/.*)", file.read()))
    except OSError:
        continue
    foreign = [p for p in mapped if not re.match(rb"/(usr|lib|lib64|work|root/\.pyenv|opt|memfd:|tmp|dev/(shm|zero))", p) and not os.path.exists(p)]
    if foreign:
        print("ESCAPED: maps", pid, foreign[:5])
parent = open("/proc/self/status").read()
if re.search(r"TracerPid:\s*[1-9]", parent):
    print("ESCAPED: traced")

# %%
# what a descriptor of any process leads to: pipes, sockets, our own scratch; never an ordinary file outside
for pid in PIDS:
    try:
        numbers = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        continue
    for number in numbers:
        path = f"/proc/{pid}/fd/{number}"
        try:
            link = os.readlink(path)
        except OSError:
            continue
        if link.startswith("/") and not link.startswith(("/dev/", "/proc/", "/memfd:")) and not os.path.exists(link):
            print("ESCAPED: descriptor", pid, number, link)
            try:
                with open(path, "ab") as file:
                    file.write(b"x" * 100)
                    print("ESCAPED: written to", link)
            except OSError:
                pass

        if link.startswith("/memfd:"):  # memory that the grader may read: of a fixed and small size
            try:
                with open(path, "r+b", 0) as file:
                    file.seek(1 << 20)
                    file.write(b"x")
                    print("ESCAPED: shared memory grows", pid, number, link)
            except OSError:
                pass

# %%
KERNEL = "kcore kmsg kallsyms keys key-users sched_debug timer_list slabinfo vmallocinfo iomem sysrq-trigger bus sysvipc/shm".split()
for name in KERNEL:
    try:
        with open(f"/proc/{name}", "rb") as file:
            text = file.read(4096)
    except OSError:
        continue
    addresses = re.findall(rb"[1-9a-f]{8}[0-9a-f]{8} [tTdD] ", text) if name == "kallsyms" else []
    if addresses or name in ("kcore", "kmsg", "sysrq-trigger"):
        print("ESCAPED: /proc/" + name, text[:200])
for name in (
    "sys/kernel/core_pattern sys/kernel/modprobe sys/kernel/hostname sys/vm/overcommit_memory sys/kernel/yama/ptrace_scope "
    "sys/fs/binfmt_misc/register sys/net/ipv4/ping_group_range sys/user/max_user_namespaces sysrq-trigger"
).split():
    try:
        with open(f"/proc/{name}", "r+") as file:
            file.write(file.read() or "x")
        print("ESCAPED: /proc/" + name, "can be written")
    except OSError:
        pass
try:
    print("ps", subprocess.run(["ps", "axww"], capture_output=True, text=True, timeout=2).stdout.count("\n") > 8 and "ESCAPED")
except (OSError, subprocess.SubprocessError):
    pass
print("TRIED")
