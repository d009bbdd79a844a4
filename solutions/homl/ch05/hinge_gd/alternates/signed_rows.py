# %% [markdown] lang="en"
# Works with rows that are multiplied by their labels and carry a bias column, and looks for the best epoch afterwards.

# %%
import numpy as np


# %%
class LinearSVMGD:
    def __init__(self, C=1.0, eta=0.001, n_epochs=2000):
        self.params = C, eta, n_epochs

    def fit(self, X, y):
        C, eta, n_epochs = self.params
        self.low, self.high = sorted(set(np.asarray(y).tolist()))
        signs = np.array([1.0 if label == self.high else -1.0 for label in np.asarray(y).tolist()])
        rows = np.hstack([X, np.ones((len(X), 1))]) * signs[:, None]
        shrink = np.append(np.ones(X.shape[1]), 0.0)
        theta = np.zeros(X.shape[1] + 1)
        path = []
        for _ in range(n_epochs):
            path.append(theta)
            slope = shrink * theta
            for row in rows[rows @ theta < 1.0]:
                slope = slope - C * row
            theta = theta - eta * slope
        path = np.array(path)
        hinge = np.clip(1 - path @ rows.T, 0, None).sum(axis=1)
        self.objective_ = 0.5 * np.sum((path * shrink) ** 2, axis=1) + C * hinge
        best = path[np.argmin(self.objective_)]
        self.coef_, self.intercept_ = best[:-1], best[-1]
        self.support_mask_ = ~(rows @ best > 1)
        return self

    def decision_function(self, X):
        return np.einsum("ij,j->i", X, self.coef_) + self.intercept_

    def predict(self, X):
        return np.array([self.high if score > 0 else self.low for score in self.decision_function(X)])
