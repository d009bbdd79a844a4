# %% [markdown] lang="en"
# AdaBoost with labels -1 and +1 and log-weights; gradient boosting that keeps residuals and validation errors as it goes.

# %%
import numpy as np
from sklearn import tree


# %%
class StumpAdaBoost:
    def __init__(self, n=50, lr=1.0):
        self.n, self.lr = n, lr

    def fit(self, X, y):
        self.classes_ = np.array(sorted(set(np.asarray(y).tolist())))
        signs = np.where(np.asarray(y) == self.classes_[1], 1, -1)
        logs = np.zeros(len(signs))
        self.weights_, self.errors_, self.alphas_, self.stumps = [np.exp(logs) / len(signs)], [], [], []
        while len(self.stumps) < self.n:
            weight = self.weights_[-1]
            stump = tree.DecisionTreeClassifier(max_depth=1, random_state=0)
            right = stump.fit(X, signs, weight).predict(X) * signs > 0
            error = float(weight @ ~right)
            if not error < 0.5 - 1e-9:
                if not self.stumps:
                    raise ValueError("useless stump")
                return self
            perfect = bool(right.all())
            alpha = 1.0 if perfect else self.lr * (np.log1p(-error) - np.log(error))
            logs = logs + np.where(right, 0.0, alpha)
            logs -= logs.max()
            self.stumps.append(stump)
            self.errors_.append(error)
            self.alphas_.append(alpha)
            self.weights_.append(np.exp(logs) / np.exp(logs).sum())
            if perfect:
                return self
        return self

    def decision_function(self, X):
        return sum(alpha * stump.predict(X) for alpha, stump in zip(self.alphas_, self.stumps, strict=True))

    def predict(self, X):
        return np.where(self.decision_function(X) > 0, self.classes_[1], self.classes_[0])

    def staged_predict(self, X):
        total, stages = np.zeros(len(X)), []
        for alpha, stump in zip(self.alphas_, self.stumps, strict=True):
            total = total + alpha * stump.predict(X)
            stages.append(self.classes_[1 * (total > 0)])
        return stages


# %%
class GBRegressorLite:
    def __init__(self, n=100, lr=0.1, depth=2):
        self.n, self.lr, self.depth = n, lr, depth

    def fit(self, X, y, X_valid=None, y_valid=None):
        self.start = sum(y) / len(y)
        residual = np.array(y, dtype=float) - self.start
        missing = None if X_valid is None else np.array(y_valid, dtype=float) - self.start
        self.trees, errors = [], []
        for _ in range(self.n):
            grown = tree.DecisionTreeRegressor(max_depth=self.depth, random_state=0)
            residual -= self.lr * grown.fit(X, residual).predict(X)
            self.trees.append(grown)
            if missing is not None:
                missing -= self.lr * grown.predict(X_valid)
                errors.append(missing @ missing)
        self.best_n_ = errors.index(min(errors)) + 1 if errors else self.n
        return self

    def staged_predict(self, X):
        stages = [np.full(len(X), self.start)]
        for grown in self.trees:
            stages.append(stages[-1] + self.lr * grown.predict(X))
        return np.vstack(stages[1:])

    def predict(self, X):
        return self.start + self.lr * sum(grown.predict(X) for grown in self.trees[: self.best_n_])
