# %%
answer = 42


def double(x):
    return 2 * x

# %%
handle = display("x", display_id=True)
while True:
    handle.update("y" * 10_000)
