# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs

centers = np.array([[0.2, 2.3], [-1.5, 2.3], [-2.8, 1.8], [-2.8, 2.8], [-2.8, 1.3]])
X, _ = make_blobs(2000, centers=centers, cluster_std=[0.4, 0.3, 0.1, 0.1, 0.1], random_state=7)


# %%
def silhouette(X, labels):
    X = np.asarray(X, dtype=float)
    clusters = {name: X[labels == name] for name in set(np.asarray(labels).tolist())}
    result = []
    for row, name in zip(X, labels, strict=True):
        own, others = None, []
        for other, rows in clusters.items():
            distances = np.linalg.norm(rows - row, axis=1)
            if other == name:
                own = distances.sum() / (len(rows) - 1) if len(rows) > 1 else None
            else:
                others.append(distances.mean())
        b = min(others)
        if own is None or max(own, b) == 0:
            result.append(0.0)
        else:
            result.append((b - own) / max(own, b))
    return np.array(result)


# %%
def scan(X, ks):
    table = []
    for k in ks:
        model = KMeans(n_clusters=k, n_init=10, random_state=0)
        labels = model.fit_predict(X)
        table.append((-model.score(X), np.mean(silhouette(X, labels))))
    inertias, means = zip(*table, strict=True)
    return np.array(inertias), np.array(means)


# %%
found = {k: scan(X, [k]) for k in range(2, 9)}
best_k = max(found, key=lambda k: found[k][1][0])

# %%
fig = plt.figure()
left = fig.add_subplot()
left.plot(list(found), [pair[0][0] for pair in found.values()], color="tab:blue", label="이너셔")
left.set_xlabel("클러스터 수")
left.set_ylabel("이너셔")
right = left.twinx()
right.plot(list(found), [pair[1][0] for pair in found.values()], color="tab:red", label="실루엣")
right.set_ylabel("실루엣 평균")
