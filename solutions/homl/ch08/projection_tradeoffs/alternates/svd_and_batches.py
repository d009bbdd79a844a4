# %% [markdown] lang="en"
# One decomposition by hand for all numbers of dimensions, pipelines, a table by columns, partial_fit.

# %%
import math
import time

import numpy as np
import pandas as pd
from sklearn.datasets import load_digits
from sklearn.decomposition import IncrementalPCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.random_projection import johnson_lindenstrauss_min_dim

digits = load_digits()
X_train, X_test, y_train, y_test = train_test_split(
    digits.data / 16, digits.target, stratify=digits.target, random_state=42
)

# %%
jl_dim = johnson_lindenstrauss_min_dim(5000, eps=0.1)

# %%
mean = X_train.mean(axis=0)
axes = np.linalg.svd(X_train - mean, full_matrices=False)[2]
sizes = [2, 10, 28, 64]
report = pd.DataFrame(0.0, index=sizes, columns=["seconds", "mse", "acc_forest", "acc_logit"])
for d in sizes:
    V = axes[:d].T
    train, test = (X_train - mean) @ V, (X_test - mean) @ V
    began = time.time()
    models = LogisticRegression(max_iter=2000), RandomForestClassifier(100, random_state=42)
    right = [np.mean(model.fit(train, y_train).predict(test) == y_test) for model in models]
    lost = ((X_test - mean) ** 2).sum() - (test**2).sum()
    report.loc[d] = [time.time() - began + 1e-9, max(lost, 0) / X_test.size, right[1], right[0]]
report.insert(0, "d", sizes)

# %%
ipca = IncrementalPCA(n_components=28)
for first in range(0, math.ceil(len(X_train) / 200) * 200, 200):
    ipca.partial_fit(X_train[first : first + 200])
back = ipca.inverse_transform(ipca.transform(X_test))
ipca_mse = ((back - X_test) ** 2).mean().item()
ipca_equal = math.isclose(ipca_mse, report.loc[28, "mse"], rel_tol=0.01)
