# %% [markdown] lang="en"
# Keeps weights and intercepts apart, starts from zero weights, works with log-probabilities and integer labels inside.

# %%
import numpy as np


# %%
def log_softmax(logits):
    return logits - np.logaddexp.reduce(logits, axis=-1)[..., None]


def softmax(logits):
    return np.exp(log_softmax(np.asarray(logits, dtype=float)))


# %%
def loss_and_gradient(theta, X, Y, alpha=0.0):
    log_proba = log_softmax(X @ theta)
    residual = (np.exp(log_proba) - Y) / X.shape[0]
    gradient = np.einsum("ij,ik->jk", X, residual)
    gradient[1:] += alpha * theta[1:]
    loss = -(Y * log_proba).sum(axis=1).mean() + 0.5 * alpha * np.linalg.norm(theta[1:]) ** 2
    return loss, gradient


# %%
def scale_splits(X_train, X_valid, X_test):
    parts = [np.array(part, dtype=float) for part in (X_train, X_valid, X_test)]
    centre = parts[0].mean(0)
    spread = np.sqrt(((parts[0] - centre) ** 2).mean(0))
    spread[spread == 0] = 1
    return [(part - centre) / spread for part in parts]


# %%
class SoftmaxGD:
    def __init__(self, eta=0.1, n_epochs=1000, alpha=0.0, early_stopping=False, seed=0):
        self.eta, self.n_epochs, self.alpha = eta, n_epochs, alpha
        self.early_stopping, self.seed = early_stopping, seed

    def log_proba(self, X, coef, intercept):
        return log_softmax(np.asarray(X, dtype=float) @ coef + intercept)

    def fit(self, X, y, X_valid=None, y_valid=None):
        X = np.asarray(X, dtype=float)
        self.labels, codes = np.unique(y, return_inverse=True)
        n_classes, rows = len(self.labels), np.arange(len(X))
        coef, intercept = np.zeros((X.shape[1], n_classes)), np.zeros(n_classes)
        path, self.loss_ = [], []
        for _ in range(self.n_epochs):
            log_proba = self.log_proba(X, coef, intercept)
            self.loss_.append(-log_proba[rows, codes].mean() + self.alpha / 2 * (coef**2).sum())
            if self.early_stopping:
                valid_codes = np.searchsorted(self.labels, y_valid)
                valid = self.log_proba(X_valid, coef, intercept)
                path.append((-valid[np.arange(len(valid)), valid_codes].mean(), coef, intercept))
                if len(path) > 1 and path[-1][0] >= path[-2][0]:
                    coef, intercept = path[-2][1:]
                    break
            residual = np.exp(log_proba)
            residual[rows, codes] -= 1
            residual /= len(X)
            coef = coef - self.eta * (X.T @ residual + self.alpha * coef)
            intercept = intercept - self.eta * residual.sum(axis=0)
        self.coef, self.intercept = coef, intercept
        return self

    def predict_proba(self, X):
        return np.exp(self.log_proba(X, self.coef, self.intercept))

    def predict(self, X):
        return self.labels[np.argmax(self.log_proba(X, self.coef, self.intercept), axis=1)]
