"""Visible checks of the scaler: fitting, the worked example, the way back."""

import numpy as np
import pytest

from grader.checks import Text

X = np.array([[1.0, 10.0], [3.0, 10.0], [5.0, 40.0]])
VARIANCE = Text(
    "The columns are divided by the variance: its square root, the standard deviation, is wanted.",
    "열을 분산으로 나누었어요. 분산의 제곱근인 표준편차로 나누세요.",
)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Column means along axis 0; the standard deviation with ddof=0.",
    ko="평균은 axis=0 방향으로, 표준편차는 ddof=0으로 구하세요.",
)
def test_values_by_hand(submission, expect):
    """Two columns computed by hand.

    ko: 손으로 계산한 두 열.
    """
    scaler = submission.estimator("ScalerClone").fit(X)
    root2, root15 = np.sqrt(2.0), np.sqrt(1.5)
    expect.close(
        scaler.transform(X),
        np.array([[-root15, -1 / root2], [0.0, -1 / root2], [root15, root2]]),
        atol=1e-9,
        inputs=X,
        mistakes=[((X - X.mean(axis=0)) / X.var(axis=0), VARIANCE)],
        message=Text(
            "Each column minus its mean, divided by its standard deviation (division by n, not by n − 1).",
            "열마다 평균을 빼고 표준편차로 나눈 값이어야 해요. 표준편차는 n − 1이 아니라 n으로 나눠요.",
        ),
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Undo the steps in reverse order: multiply by `scale_`, then add `mean_`.",
    ko="반대 순서로 되돌리세요. `scale_`을 곱한 다음 `mean_`을 더하면 돼요.",
)
def test_round_trip(submission, expect):
    """`inverse_transform` brings the data back.

    ko: `inverse_transform`으로 원래 값이 돌아온다.
    """
    scaler = submission.estimator("ScalerClone").fit(X)
    forgotten = Text(
        "The mean is still missing: add `mean_` after multiplying.", "평균이 빠졌어요. 곱한 다음 `mean_`을 더하세요."
    )
    back = scaler.call("inverse_transform", scaler.transform(X))
    expect.close(back, X, atol=1e-9, mistakes=[(X - X.mean(axis=0), forgotten)])


@pytest.mark.points(2)
@pytest.mark.needs("test_round_trip")
@pytest.mark.hint(
    en="End `fit` with `return self`, so that `scaler.fit(X).transform(X)` works.",
    ko="`scaler.fit(X).transform(X)`처럼 이어 쓸 수 있도록 `fit`을 `return self`로 끝내세요.",
)
def test_fit_returns_the_scaler(submission, expect):
    """`fit` returns the scaler itself.

    ko: `fit`은 변환기 자신을 반환한다.
    """
    returned = submission.estimator("ScalerClone").call("fit", X)
    expect.type(returned, "ScalerClone", message=Text("`fit` must return `self`.", "`fit`은 `self`를 반환해야 해요."))
