# %%
answer = 42

# %%
while True:
    pass

# %%
def double(x):
    return [2 * v for v in x.tolist()]
