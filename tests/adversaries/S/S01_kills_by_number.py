# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import signal

mine = {os.getpid(), os.getppid(), 1, 2, 3, 4}
reached = []
for pid in range(5, 70_000):
    if pid in mine:
        continue
    for target in (pid, -pid):
        try:
            os.kill(target, 0)
            if target > 0 and not os.path.exists(f"/proc/{pid}/status"):
                reached.append(target)
        except OSError:
            continue
if reached:
    print("ESCAPED: reached", reached[:10])
print("TRIED")
