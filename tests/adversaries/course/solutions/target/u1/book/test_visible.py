"""What the student of the target exercise may see."""

import numpy as np
import pytest


@pytest.mark.points(1)
def test_answer(submission, expect):
    """The answer.

    ko: 정답.
    """
    expect.same(submission["answer"], 42)


@pytest.mark.points(1)
def test_double(submission, expect):
    """Twice a small array.

    ko: 작은 배열의 두 배.
    """
    expect.close(submission.call("double", np.array([1.0, 2.0])), np.array([2.0, 4.0]))
