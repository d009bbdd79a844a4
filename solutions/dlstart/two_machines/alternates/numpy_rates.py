# %% [markdown] lang="en"
# Reads the matrices as arrays, takes F1 from precision and recall, and solves for the break-even price by bisection.

# %%
import numpy as np

CM = {"A": np.array([[30, 10], [30, 30]]), "B": np.array([[30, 30], [10, 30]])}


# %%
def scores(cm):
    cm = np.asarray(cm, dtype=float)
    correct, found = np.trace(cm), cm[0, 0]
    called, expired = cm[:, 0].sum(), cm[0].sum()
    precision = found / called if called > 0 else 0.0
    recall = found / expired if expired > 0 else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both > 0 else 0.0
    return np.array([correct / cm.sum(), precision, recall, f1])


metrics = {"A": list(scores(CM["A"])), "B": list(scores(CM["B"]))}

# %%
choice = {"counter": "a", "stock": "b"}


# %%
def expected_cost(cm, c_fp, c_fn):
    prices = np.array([[0.0, c_fn], [c_fp, 0.0]])
    return np.average(prices, weights=np.asarray(cm))


# %%
def break_even(cm_1, cm_2):
    low, high = 1e-9, 1e9

    def difference(c_fn):
        return expected_cost(cm_1, 1.0, c_fn) - expected_cost(cm_2, 1.0, c_fn)

    rising = difference(high) > difference(low)
    for _ in range(300):
        middle = (low + high) / 2
        if (difference(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return middle
