# %% [markdown] lang="en"
# Three loops of their own, paths filled in place, the rows shuffled instead of their numbers.

# %%
import math

import numpy as np


# %%
def learning_schedule(t, t0=5.0, t1=50.0):
    return 1 / ((t + t1) / t0)


# %%
def predictions(X, theta):
    return theta[0] + np.asarray(X) @ theta[1:]


def report(X, y, path):
    start, end = (
        (predictions(X, theta) - y).var() + (predictions(X, theta) - y).mean() ** 2 for theta in path[[0, -1]]
    )
    if not np.isfinite(end) or end > 10 * start:
        raise FloatingPointError(f"mean squared error went from {start} to {end}")
    return path


def new_path(X, steps, theta0):
    path = np.zeros((steps + 1, X.shape[1] + 1))
    if theta0 is not None:
        path[0] = theta0
    return path


# %%
def batch_gd(X, y, eta=0.1, n_epochs=1000, theta0=None):
    path = new_path(X, n_epochs, theta0)
    for step in range(n_epochs):
        errors = predictions(X, path[step]) - y
        path[step + 1, 0] = path[step, 0] - 2 * eta * errors.mean()
        path[step + 1, 1:] = path[step, 1:] - 2 * eta * (errors[:, None] * X).mean(axis=0)
    return report(X, y, path)


# %%
def sgd(X, y, rng, n_epochs=50, t0=5.0, t1=50.0, theta0=None):
    m = len(y)
    path = new_path(X, n_epochs * m, theta0)
    order = list(range(m))
    for epoch in range(n_epochs):
        rng.shuffle(order)
        for i, row in enumerate(order):
            t = epoch * m + i
            error = path[t, 0] + X[row] @ path[t, 1:] - y[row]
            path[t + 1] = path[t] - learning_schedule(t, t0, t1) * 2 * error * np.append(1.0, X[row])
    return report(X, y, path)


# %%
def minibatch_gd(X, y, rng, batch_size=20, n_epochs=50, t0=5.0, t1=50.0, theta0=None):
    n_batches = math.ceil(len(y) / batch_size)
    path = new_path(X, n_epochs * n_batches, theta0)
    table = np.column_stack([np.ones(len(y)), X, y])
    t = 0
    for _ in range(n_epochs):
        rng.shuffle(table, axis=0)
        for batch in range(n_batches):
            rows = table[batch * batch_size : (batch + 1) * batch_size]
            A, b = rows[:, :-1], rows[:, -1]
            path[t + 1] = path[t] - learning_schedule(t, t0, t1) * 2 * np.mean(A * (A @ path[t] - b)[:, None], axis=0)
            t += 1
    return report(X, y, path)
