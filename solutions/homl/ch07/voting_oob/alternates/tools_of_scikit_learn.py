# %% [markdown] lang="en"
# Counts votes with a loop, draws with choice, judges out-of-bag rows by votes, and takes permutation importance and voting
# from scikit-learn.

# %%
from collections import Counter

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier, VotingClassifier
from sklearn.inspection import permutation_importance
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier


# %%
def hard_vote(P):
    winners = []
    for row in range(P.shape[1]):
        votes = Counter(int(np.argmax(model[row])) for model in P)
        winners.append(min(votes, key=lambda label: (-votes[label], label)))
    return np.array(winners)


# %%
def soft_vote(P):
    return np.argmax(np.einsum("mrc->rc", P), axis=-1)


# %%
def bootstrap(n, rng):
    inside = rng.choice(n, size=n, replace=True)
    unseen = np.ones(n, dtype=bool)
    unseen[inside] = False
    return inside.tolist(), np.flatnonzero(unseen).tolist()


# %%
def oob_accuracy(X, y, n_trees, rng):
    votes = [Counter() for _ in y]
    for _ in range(n_trees):
        inside, outside = bootstrap(len(y), rng)
        tree = DecisionTreeClassifier(random_state=int(rng.integers(1000))).fit(X[inside], y[inside])
        if outside:
            for row, label in zip(outside, tree.predict(X[outside]), strict=True):
                votes[row][label] += 1
    right = [found.most_common(1)[0][0] == label for found, label in zip(votes, y, strict=True) if found]
    return sum(right) / len(right)


# %%
def importance_map(X_train, y_train, X_valid, y_valid, rng):
    forest = RandomForestClassifier(20, random_state=int(rng.integers(1000))).fit(X_train, y_train)
    found = permutation_importance(forest, X_valid, y_valid, n_repeats=3, random_state=int(rng.integers(1000)))
    drops = np.maximum(found.importances_mean, 0)
    return drops.reshape(8, 8) / max(drops.sum(), 1e-300)


# %%
def vote_predict(X, y, X_new):
    members = [
        ("trees", ExtraTreesClassifier(100, min_samples_leaf=4, random_state=1)),
        ("neighbours", KNeighborsClassifier(21)),
        ("vectors", SVC()),
    ]
    return VotingClassifier(members).fit(X, y).predict(X_new)
