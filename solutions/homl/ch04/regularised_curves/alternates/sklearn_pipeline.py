# %% [markdown] lang="en"
# scikit-learn's pipeline in place of the formulas, centring in place of a free bias, a legend of its own.

# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.metrics import root_mean_squared_error
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

rng = np.random.default_rng(3)
x = 6 * rng.random((100, 1)) - 3
y = 0.5 * x[:, 0] ** 2 + x[:, 0] + 2 + rng.normal(size=100)
x_train, y_train = x[:60], y[:60]
x_valid, y_valid = x[60:], y[60:]
sizes = np.arange(12, 61, 4)


# %%
def ridge_closed(X, y, alpha):
    centre = X.mean(axis=0)
    # rows that stand for the penalty make it an ordinary least squares problem
    rows = np.vstack([X - centre, np.sqrt(alpha) * np.eye(X.shape[1])])
    targets = np.concatenate([y - y.mean(), np.zeros(X.shape[1])])
    weights = np.linalg.lstsq(rows, targets, rcond=None)[0]
    return np.append(y.mean() - centre @ weights, weights)


# %%
def soft_threshold(z, t):
    return np.where(z > t, z - t, np.where(z < -t, z + t, 0))


# %%
def powers(x, degree):
    return PolynomialFeatures(degree, include_bias=False).fit_transform(x)


# %%
def rmse_curves(x_train, y_train, x_valid, y_valid, degree, sizes, alpha):
    train, valid = [], []
    for s in sizes:
        model = make_pipeline(PolynomialFeatures(degree, include_bias=False), StandardScaler(), Ridge(alpha))
        model.fit(x_train[:s], y_train[:s])
        train.append(root_mean_squared_error(y_train[:s], model.predict(x_train[:s])))
        valid.append(root_mean_squared_error(y_valid, model.predict(x_valid)))
    return train, valid


# %%
by_degree = {d: rmse_curves(x_train, y_train, x_valid, y_valid, d, [60], 0.01)[1][0] for d in range(1, 11)}
degree_rmse = list(by_degree.values())
best_degree = min(by_degree, key=by_degree.get)

# %%
table = pd.DataFrame(rmse_curves(x_train, y_train, x_valid, y_valid, 10, sizes, 0.01), columns=sizes).T
axes = table[[1, 0]].plot(xlabel="훈련 세트의 크기", ylabel="RMSE(제곱근 평균 제곱 오차)")
axes.legend(["검증 세트", "훈련 세트"])
fig = axes.figure
