# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import resource

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
for wanted in ((hard, hard * 2), (10**6, 10**6), (-1, -1)):
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, wanted)
        print("ESCAPED: limit of open files", wanted)
    except (ValueError, OSError):
        pass
kept = []
try:
    while True:
        kept.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass
if len(kept) > 512:
    print("ESCAPED:", len(kept), "open files")
for fd in kept:
    os.close(fd)
print("TRIED")
