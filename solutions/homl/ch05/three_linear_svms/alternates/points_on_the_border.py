# %% [markdown] lang="en"
# Finds two points of each border by interpolation of the decision function; averaged SGD with another seed;
# b hardly counts among the weights of the LinearSVC.

# %%
import numpy as np
import pandas as pd
from sklearn.datasets import load_iris
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC

flowers = load_iris(as_frame=True).frame.query("target < 2")
X = flowers[["petal length (cm)", "petal width (cm)"]].to_numpy()
y = flowers["target"].to_numpy()
scaler = StandardScaler().fit(X)
X_scaled = scaler.transform(X)
m = len(X)

# %%
sgd = SGDClassifier(alpha=0.2 / m, average=True, max_iter=5000, tol=1e-5, random_state=7)
svc = SVC(C=5, kernel="poly", degree=1, gamma=1)
linear_svc = LinearSVC(C=5.0, loss="hinge", dual=True, intercept_scaling=20, max_iter=1_000_000)
for model in (sgd, svc, linear_svc):
    model.fit(X_scaled, y)


# %%
def line(model):
    found = []
    for length in (2.0, 4.0):
        low, high = model.decision_function(scaler.transform([[length, 0.0], [length, 3.0]]))
        found.append(3.0 * low / (low - high))
    slope = (found[1] - found[0]) / 2
    return pd.Series([slope, found[0] - 2 * slope]).tolist()


boundaries = {"SVC": line(svc), "LinearSVC": np.array(line(linear_svc)), "SGD": line(sgd)}
