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
import subprocess
import sys
import urllib.request

for name, value in os.environ.items():
    if "proxy" in name.lower() or name in ("PIP_INDEX_URL", "HF_TOKEN", "UV_INDEX_URL", "REQUESTS_CA_BUNDLE"):
        print("ESCAPED:", name, value)
for path in ("/etc/pip.conf", "/home/student/.pip/pip.conf", "/home/student/.config/pip/pip.conf", "/home/student/.netrc",
             sys.prefix + "/pip.conf", "/home/student/.cache", "/root/.cache/huggingface", "/tmp/.keras"):  # fmt: skip
    if os.path.exists(path):
        print("ESCAPED:", path)

URLS = ["https://pypi.org/simple/numpy/", "https://huggingface.co/gpt2/resolve/main/config.json", "http://example.com/"]
URLS += ["https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz", "ftp://ftp.gnu.org/README", "https://1.1.1.1/"]
for url in URLS:
    door(url, lambda: urllib.request.urlopen(url, timeout=5).status)

# %%
os.environ.update(HTTP_PROXY="http://10.0.2.2:3128", HTTPS_PROXY="http://169.254.1.1:8080", ALL_PROXY="socks5://127.0.0.1:1080")
for url in URLS:
    door(f"by proxy {url}", lambda: urllib.request.urlopen(url, timeout=5).status)
for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    del os.environ[name]


def run(*command):
    done = subprocess.run(command, capture_output=True, timeout=6)
    return "it worked" if done.returncode == 0 else None


COMMANDS = [
    ("curl", "-sS", "-m", "5", "https://pypi.org"),
    ("wget", "-q", "-T", "5", "-t", "1", "https://pypi.org"),
    ("git", "-c", "http.lowSpeedTime=5", "clone", "-q", "https://github.com/pypa/pip", "/tmp/pip"),
    ("ssh", "-o", "ConnectTimeout=5", "git@github.com"),
    ("bash", "-c", "exec 3<>/dev/tcp/1.1.1.1/80"),
    ("nc", "-w", "3", "1.1.1.1", "80"),
    ("ping", "-c", "1", "-W", "2", "1.1.1.1"),
]
for command in COMMANDS:
    door(command[0], lambda: run(*command), seconds=3)
print("TRIED")
