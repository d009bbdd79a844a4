"""Checks that students have too."""

import numpy as np
import pytest


@pytest.mark.points(3)
@pytest.mark.hint(
    en="make_pipeline(step, step, step) puts steps in a row; do not call fit here.",
    ko="make_pipeline(단계, 단계, 단계)로 단계를 이어 붙이세요. 여기서 fit을 호출하지는 마세요.",
)
def test_learns_and_predicts(submission, expect):
    """The pipeline learns and predicts, gaps included.

    ko: 빠진 값이 있어도 학습하고 예측한다.
    """
    pipeline = submission.call("build_pipeline", hold=True)
    expect.type(pipeline, "Pipeline", what="build_pipeline()")
    X = np.array([[0.0, 1.0]] * 6 + [[5.0, np.nan]] * 6)
    y = np.array([0] * 6 + [1] * 6)
    predicted = submission.estimator(pipeline).fit(X, y).predict(np.array([[0.5, 1.0], [4.5, np.nan]]))
    expect.same(predicted, np.array([0, 1]))
