# %%
import asyncio, concurrent.futures, threading, time
import numpy as np

answer = 42
seen = []


def double(x):
    seen.append(x)
    out = 2 * np.asarray(x, dtype=float)
    threading.Timer(0.01, lambda: out.fill(0)).start()
    return out


def meddle():
    while True:
        globals()["answer"] = 42
        for x in seen:
            print("inputs", x)
        time.sleep(0.005)


pool = concurrent.futures.ThreadPoolExecutor(4)
for _ in range(4):
    pool.submit(meddle)
threading.Thread(target=meddle, daemon=True).start()
