# %%
import numpy as np
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import pairwise_distances_argmin, pairwise_distances_argmin_min
from sklearn.svm import SVC


# %%
def choose(X):
    centers = MiniBatchKMeans(50, n_init=10, batch_size=len(X), random_state=1).fit(X).cluster_centers_
    rows = pairwise_distances_argmin(centers, X)
    spare = np.setdiff1d(np.arange(len(X)), rows)
    _, first = np.unique(rows, return_index=True)
    again = np.setdiff1d(np.arange(50), first)
    rows[again] = spare[: len(again)]
    return rows


# %%
def propagate(X, idx, labels, share=0.5):
    group, distance = pairwise_distances_argmin_min(X, X[idx])
    result = np.full(len(X), -1)
    for g, label in enumerate(labels):
        members = np.flatnonzero(group == g)
        if len(members):
            near = distance[members] <= np.quantile(distance[members], share)
            result[members[near]] = label
    return result


# %%
class Committee:
    """A support vector machine that has learnt from propagated labels."""

    def __init__(self, X, labels):
        self.machine = SVC(C=5, gamma="scale").fit(X, labels)

    def predict(self, X):
        return self.machine.predict(X).tolist()


def train(X, idx, ask):
    answers = {i: ask(i) for i in np.asarray(idx).tolist()}
    spread = propagate(X, idx, np.array(list(answers.values())), 0.9)
    return Committee(X[spread >= 0], spread[spread >= 0])
