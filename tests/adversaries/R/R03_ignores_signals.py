# %%
answer = 42


def double(x):
    return 2 * x

# %%
import signal

for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except OSError:
        continue
signal.alarm(1)
while True:
    pass
