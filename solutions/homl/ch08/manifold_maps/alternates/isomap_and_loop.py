# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits, make_swiss_roll
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, Isomap

X_roll, _ = make_swiss_roll(1000, noise=0.2, random_state=42)
X_digits, y_digits = load_digits(return_X_y=True)
X_digits, y_digits = X_digits[:1000], y_digits[:1000]

# %%
emb_roll = -Isomap(n_neighbors=12, n_components=2).fit_transform(X_roll)[:, ::-1]

# %%
reduced = PCA(30, random_state=1).fit_transform(X_digits / 16)
emb_digits = TSNE(perplexity=20, init="random", max_iter=500, random_state=3).fit_transform(reduced).astype(np.float64)

# %%
fig = plt.figure()
axes = fig.add_subplot()
for digit in range(10):
    mine = y_digits == digit
    axes.plot(*emb_digits[mine].T, ".", color=plt.colormaps["tab10"](digit), label=f"숫자 {digit}")
axes.legend(ncols=2)
