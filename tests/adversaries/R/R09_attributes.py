# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os

held = 0
try:
    for number in range(2000):
        name = f"/tmp/a{number}"
        open(name, "w").close()
        for attribute in range(4):
            os.setxattr(name, f"user.{attribute}", b"x" * 60_000)
            held += 60_000
except OSError as error:
    print(error)
print("held", held >> 20, "MiB")
