"""The checks of this exercise as the other tools run them: on the submission's own names, in its own process."""

import numpy as np


def test_slope(env):
    np.testing.assert_allclose(env["slope"], 3.0, rtol=1e-6)


def test_mean_of_group_a(env):
    np.testing.assert_allclose(env["summary"]["a"], 28.0)


def test_mean_of_group_b(env):
    np.testing.assert_allclose(env["summary"]["b"], 31.0)


def test_pipeline_standardizes_first(env):
    kinds = [type(step).__name__ for _, step in env["pipeline"].steps]
    assert kinds == ["StandardScaler", "LogisticRegression"]


def test_pipeline_classifies(env):
    predictions = env["pipeline"].predict(np.array([[1.0], [18.0]]))
    assert predictions.tolist() == [False, True]
