"""The checks of this exercise as the other tools run them: on the submission's own names, in its own process."""

import numpy as np

X = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 60.0]])


def test_mean_of_each_row(env):
    np.testing.assert_allclose(env["row_means"](np.array([[1.0, 3.0], [5.0, 9.0]])), [2.0, 7.0])


def test_total(env):
    np.testing.assert_allclose(env["total"], 66.0)


def test_columns_have_mean_zero(env):
    np.testing.assert_allclose(env["standardize"](X).mean(axis=0), np.zeros(2), atol=1e-9)


def test_columns_have_variance_one(env):
    np.testing.assert_allclose(env["standardize"](X).std(axis=0), np.ones(2), atol=1e-9)


def test_shape_is_kept(env):
    assert env["standardize"](X).shape == (3, 2)
