"""The checks of this exercise as the other tools run them: on the submission's own names, in its own process."""

import numpy as np


def test_versions(env):
    assert sorted(env["versions"]) == ["numpy", "pandas", "sklearn", "tensorflow"]


def test_one_hot(env):
    np.testing.assert_allclose(env["one_hot"]([1, 0], 3), [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])


def test_one_hot_of_many(env):
    np.testing.assert_allclose(env["one_hot"](list(range(10)), 10), np.eye(10))


def test_column_means(env):
    means = env["column_means"]({"a": [1.0, 3.0], "b": [0.0, 5.0]})
    np.testing.assert_allclose([means["a"], means["b"]], [2.0, 2.5])


def test_accuracy(env):
    np.testing.assert_allclose(env["accuracy"], 1.0)
