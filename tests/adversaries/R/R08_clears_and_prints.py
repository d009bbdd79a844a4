# %%
answer = 42


def double(x):
    return 2 * x

# %%
from IPython.display import clear_output

while True:
    print("x" * 10_000)
    clear_output()
