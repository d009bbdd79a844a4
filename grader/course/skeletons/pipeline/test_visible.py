"""Checks that students have too."""

import numpy as np
import pytest


@pytest.mark.points(3)
def test_learns_and_predicts(submission, expect):
    """The pipeline learns and predicts, gaps included.

    ko: 빠진 값이 있어도 학습하고 예측한다.
    asks: It returns an unfitted scikit-learn pipeline
    asks-ko: 아직 훈련하지 않은 사이킷런 파이프라인을 돌려줍니다.
    hint: make_pipeline(step, step, step) puts steps in a row; do not call fit here.
    hint-ko: make_pipeline(단계, 단계, 단계)로 단계를 이어 붙이세요. 여기서 fit을 호출하지는 마세요.
    """
    pipeline = submission.call("build_pipeline", hold=True)
    expect.type(pipeline, "Pipeline", what="build_pipeline()")
    X = np.array([[0.0, 1.0]] * 6 + [[5.0, np.nan]] * 6)
    y = np.array([0] * 6 + [1] * 6)
    new = np.array([[0.5, 1.0], [4.5, np.nan]])
    expect.agree(lambda code: code.estimator(code.call("build_pipeline", hold=True)).fit(X, y).predict(new), np.array([0, 1]))
