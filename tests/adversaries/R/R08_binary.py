# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import sys

for fd in (1, 2):
    os.write(fd, bytes(range(256)) * 100)
print("".join(map(chr, range(0xD800))))
print("\0\x1b[2J\x1b]0;owned\x07\x1b]8;;http://evil/\x07link\x1b]8;;\x07\r\b\b\x9b31m\u202egnp.exe\ufeff")
sys.stdout.write("\x1bP+q544e\x1b\\")
display({"text/html": "\0" * 10}, raw=True)

# %%
print("\ud800 a lone surrogate")
