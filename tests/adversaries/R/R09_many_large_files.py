# %%
answer = 42


def double(x):
    return 2 * x

# %%
for number in range(1000):
    with open(f"part{number}", "wb") as file:
        file.write(bytes(4 << 20))
