# %% [markdown] lang="en"
# Counts pairs of value and label in one contingency table with numpy, and reads the gain as a difference of joint entropies.

# %%
import numpy as np

FEATURES = ["slope", "surface", "speed_limit"]
ROAD = np.array(
    [
        ["steep", "bumpy", "yes", "slow"],
        ["steep", "smooth", "yes", "slow"],
        ["flat", "bumpy", "no", "fast"],
        ["steep", "smooth", "no", "fast"],
    ]
)


# %%
def entropy(counts):
    counts = np.array(counts, dtype=float).ravel()
    total = counts.sum()
    if total == 0:
        return 0.0
    terms = np.zeros_like(counts)
    seen = counts > 0
    terms[seen] = counts[seen] * (np.log2(total) - np.log2(counts[seen]))
    return terms.sum() / total


# %%
def info_gain(rows, j):
    table = np.array([[str(value) for value in row] for row in rows])
    values, value_of = np.unique(table[:, j], return_inverse=True)
    classes, class_of = np.unique(table[:, -1], return_inverse=True)
    joint = np.zeros((len(values), len(classes)))
    np.add.at(joint, (value_of, class_of), 1)
    # I(X; Y) = H(Y) + H(X) - H(X, Y)
    return entropy(joint.sum(axis=0)) + entropy(joint.sum(axis=1)) - entropy(joint)


# %%
gains = dict(zip(FEATURES, [info_gain(ROAD, j) for j in range(3)]))
root = FEATURES[int(np.argmax(list(gains.values())))]
