# %%
import numpy as np


# %%
def train(X, y):
    return X, y


# %%
def predict(state, X):
    points, classes = state
    squares = ((X[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
    nearest = np.argsort(squares, axis=1)[:, :15]
    return (classes[nearest].mean(axis=1) > 0.5).astype(int)
