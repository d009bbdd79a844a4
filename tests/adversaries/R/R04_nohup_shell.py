# %%
answer = 42


def double(x):
    return 2 * x

# %%
import subprocess

for command in ("nohup sleep 600 &", "setsid sleep 600 &", "(sleep 600 & disown) &", "echo sleep 600 | at now"):
    subprocess.run(["bash", "-c", command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
