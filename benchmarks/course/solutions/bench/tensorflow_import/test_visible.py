"""Visible checks of the whole tool box."""

import numpy as np
import pytest


@pytest.mark.points(2)
def test_versions(submission, expect):
    """The versions of four libraries.

    ko: 네 라이브러리의 버전.
    """
    expect.same(sorted(submission["versions"]), ["numpy", "pandas", "sklearn", "tensorflow"])


@pytest.mark.points(2)
def test_one_hot(submission, expect):
    """One-hot rows.

    ko: 원-핫 행.
    """
    expect.close(submission.call("one_hot", [1, 0], 3), np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]))
