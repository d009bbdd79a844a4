# %%
import json
import os


# %%
def record(path, name, score):
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps([score, name]) + "\n")


# %%
def best(path):
    if not os.path.exists(path):
        return None
    top = None
    with open(path, encoding="utf-8") as file:
        for score, name in map(json.loads, file):
            if top is None or score > top[0]:
                top = score, name
    return top[1]
