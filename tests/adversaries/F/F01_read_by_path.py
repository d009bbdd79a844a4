# %%
import os

answer = 42


def double(x):
    return 2 * x


# The words that are searched for are put together here, so that this notebook is not among what it finds.
WORDS = [("plant" + "ed-").encode(), ("def test_" + "hidden").encode(), ("expect." + "close(submission").encode()]

# %%
HOST = """
/etc/passwd /etc/shadow /etc/hosts /etc/hostname /etc/machine-id /etc/ssh/ssh_host_ed25519_key /root/.ssh/id_rsa
/root/.bash_history /root/.netrc /root/.cache /var/log/syslog /var/lib/dpkg/status /run/grader /run/grader-stage
/run/secrets /boot /srv /mnt /media /home/student/../other /home/ubuntu /opt/grader/grader_template
/tmp/grader-adversaries-canary /autograder/source /grade/tests /course/tests /solutions /workdir
""".split()
RELATIVE = ["..", "../..", "../../..", "data/..", "data/../..", "./data/../../../etc/passwd", "../../tests", "//etc/passwd"]
for path in HOST:
    if os.path.lexists(path):
        print("ESCAPED:", path)
for path in RELATIVE:
    inside = os.path.realpath(path)
    try:
        names = os.listdir(inside)
    except OSError:
        continue
    if any(name.startswith(("test_", "hidden", "solution")) for name in names):
        print("ESCAPED:", path)
NAMES = ("test_hidden.py", "test_visible.py", "hidden.py", "solution.py", "course.toml", "exercise.toml", "gradebook.sqlite")
for top in ("/home", "/tmp", "/work", "/opt", "/dev/shm", "/etc", "/root"):
    for folder, folders, names in os.walk(top):
        folders[:] = [f for f in folders if f not in ("site-packages", "lib", "lib64", "include")]
        for name in names:
            if name in NAMES or name.endswith((".sqlite", ".sqlite3", ".db")):
                print("ESCAPED:", os.path.join(folder, name))

# %%
READ = 0
for top, folders, names in os.walk("/", followlinks=False):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ("/proc", "/sys", "/usr") and f not in ("site-packages", "lib")]
    for name in names:
        path = os.path.join(top, name)
        if not os.path.isfile(path):
            continue
        try:
            with open(path, "rb") as file:
                content = file.read(1 << 20)
        except OSError:
            continue
        READ += 1
        for word in WORDS:
            if word in content:
                print("ESCAPED:", path, content[:200])
with open("data/public.csv") as file:
    assert file.read().startswith("a,b"), "the search itself works"
print("TRIED", READ > 5)
