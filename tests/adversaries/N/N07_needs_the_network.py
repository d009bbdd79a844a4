# %%
answer = 42

# %%
import urllib.request

rows = urllib.request.urlopen("https://example.com/data.csv", timeout=20).read()


# %%
def double(x):
    return 2 * x
