# %%
answer = 42


def double(x):
    return 2 * x


# %%
%pip install --quiet --retries 0 --disable-pip-version-check left-pad
!{__import__("sys").executable} -m pip download --retries 0 --disable-pip-version-check -d /tmp/wheels six

# %%
import importlib.util
import os
import subprocess
import sys

done = subprocess.run([sys.executable, "-m", "pip", "install", "--retries", "0", "six"], capture_output=True, timeout=10)
if os.path.isdir("/tmp/wheels") and os.listdir("/tmp/wheels"):
    print("ESCAPED: downloaded")
# a package of one's own can be written, but only where it can be seen by nobody else
try:
    open(os.path.join(os.path.dirname(os.__file__), "planted.py"), "w").close()
    print("ESCAPED: installed")
except OSError:
    pass
print("TRIED")
