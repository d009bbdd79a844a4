# %%
answer = 42


def double(x):
    return 2 * x

# %%
import signal

signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
while True:
    pass
