# %%
answer = 42
kept = []


def double(x):
    while True:
        kept.append(open("/dev/null"))
