# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import select

reading, _ = os.pipe()
while True:
    try:
        select.select([reading], [], [])
    except KeyboardInterrupt:
        continue
