# %%
import numpy as np
from scipy.stats import multivariate_normal
from sklearn.decomposition import PCA


# %%
def dbscan(X, eps, m):
    n = len(X)
    neighbours = [np.flatnonzero(np.sqrt(((X - row) ** 2).sum(axis=1)) <= eps) for row in X]
    core = [len(found) >= m for found in neighbours]
    labels = [None] * n
    current = 0
    for first in range(n - 1, -1, -1):
        if not core[first] or labels[first] is not None:
            continue
        waiting = [first]
        while waiting:
            here = waiting.pop()
            if labels[here] is None:
                labels[here] = current
                waiting.extend(there for there in neighbours[here] if core[there])
        current += 1
    for here in range(n):
        if not core[here]:
            near = [there for there in neighbours[here] if core[there]]
            labels[here] = labels[min(near, key=lambda j: np.linalg.norm(X[j] - X[here]))] if near else -1
    return labels


# %%
def em_gmm(X, k, seed=0, start=None):
    m, n = X.shape
    rng = np.random.RandomState(seed)
    if start is None:
        means = [X[rng.randint(m)]]
        while len(means) < k:
            nearest = np.min([((X - mean) ** 2).sum(axis=1) for mean in means], axis=0)
            means.append(X[rng.choice(m, p=nearest / nearest.sum())])
    else:
        means = list(start)
    centred = X - X.mean(axis=0)
    covariances = [centred.T @ centred / m] * k
    weights = [1 / k] * k
    trace = []
    while True:
        logs = np.array(
            [np.log(weights[j]) + multivariate_normal.logpdf(X, means[j], covariances[j]).reshape(m) for j in range(k)]
        )
        top = logs.max(axis=0)
        sums = np.exp(logs - top).sum(axis=0)
        trace.append(np.mean(top + np.log(sums)))
        if len(trace) >= 2 and trace[-1] < trace[-2] + 1e-5:
            break
        r = np.exp(logs - top) / sums
        for j in range(k):
            weights[j] = r[j].mean()
            means[j] = np.average(X, axis=0, weights=r[j])
            covariances[j] = np.cov(X.T, aweights=r[j], ddof=0).reshape(n, n) + np.diag([1e-6] * n)
    return np.array(weights), np.array(means), np.array(covariances), np.array(trace)


# %%
def best_k_bic(X, ks):
    m, n = X.shape
    table = {}
    for k in ks:
        likelihood = m * max(em_gmm(X, k, seed=s)[3][-1] for s in (3, 4, 5, 6))
        table[k] = -2 * likelihood + np.log(m) * (k * (1 + n + n * (n + 1) / 2) - 1)
    return min(table, key=table.get), list(table.values())


# %%
def anomaly_score(X_train, X):
    """Distance to the nearest ordinary rows after a PCA."""
    pca = PCA(min(25, X_train.shape[1])).fit(X_train)
    known, new = pca.transform(X_train), pca.transform(X)
    distances = np.sqrt(((new[:, None, :] - known[None, :, :]) ** 2).sum(axis=2))
    return np.sort(distances, axis=1)[:, :3].mean(axis=1)
