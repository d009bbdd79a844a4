# %%
answer = 42


def double(x):
    return 2 * x

# %%
class Long:
    def __repr__(self):
        return "x" * (50 << 20)


Long()
