"""Hidden checks of a line through a table."""

import numpy as np
import pytest


@pytest.mark.points(2)
def test_mean_of_group_b(submission, expect):
    """The mean of group b.

    ko: b 그룹의 평균.
    """
    expect.close(submission["summary"]["b"], 31.0)


@pytest.mark.points(2)
def test_pipeline_standardizes_first(submission, expect):
    """The pipeline standardizes before it classifies.

    ko: 파이프라인은 분류하기 전에 표준화한다.
    """
    kinds = [kind for _, kind in submission.estimator("pipeline").steps()]
    expect.same(kinds, ["StandardScaler", "LogisticRegression"])


@pytest.mark.points(2)
def test_pipeline_classifies(submission, expect):
    """The pipeline tells small from large.

    ko: 파이프라인은 작은 값과 큰 값을 구분한다.
    """
    predictions = submission.estimator("pipeline").predict(np.array([[1.0], [18.0]]))
    expect.same(predictions, np.array([False, True]))
