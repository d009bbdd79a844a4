# %%
answer = 42


def double(x):
    return 2 * x

# %%
import threading

from IPython.display import publish_display_data


def flood():
    while True:
        publish_display_data({"text/plain": "x" * 1_000_000})


kernel = get_ipython().kernel
threading.Timer(0.5, flood).start()
