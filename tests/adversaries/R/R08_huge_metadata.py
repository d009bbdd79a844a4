# %%
answer = 42


def double(x):
    return 2 * x

# %%
display({"text/plain": "x"}, raw=True, metadata={"x": "y" * (6 << 20)})
