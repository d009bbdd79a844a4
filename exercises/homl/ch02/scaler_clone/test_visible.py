"""Visible checks of the scaler: fitting, the worked example, the way back."""

import numpy as np
import pytest

from grader.checks import Text

OWN = Text(
    "A scaler of scikit-learn's does the work: compute mean and standard deviation yourself.",
    "사이킷런의 변환기가 대신 계산하고 있어요. 평균과 표준편차를 직접 계산하세요.",
)
X = np.array([[1.0, 10.0], [3.0, 10.0], [5.0, 40.0]])
SCALED = np.array([[-np.sqrt(1.5), -np.sqrt(0.5)], [0.0, -np.sqrt(0.5)], [np.sqrt(1.5), np.sqrt(2.0)]])


@pytest.mark.points(3)
def test_values_by_hand(submission, expect):
    """Two columns computed by hand, by arithmetic of your own.

    ko: 손으로 계산한 두 열을 직접 계산한다.
    asks: Compute the values yourself: nothing from `sklearn.preprocessing`
    asks-ko: 값은 직접 계산하세요. `sklearn.preprocessing`에 있는 것은 쓰지 않습니다
    hint: Column means along axis 0; the standard deviation with ddof=0.
    hint-ko: 평균은 axis=0 방향으로, 표준편차는 ddof=0으로 구하세요.
    """
    expect.source(submission).avoids("sklearn.preprocessing", message=OWN)
    expect.agree(lambda code: code.estimator("ScalerClone").fit(X).transform(X), SCALED)


@pytest.mark.points(2)
def test_round_trip(expect):
    """`inverse_transform` brings the data back.

    ko: `inverse_transform`으로 원래 값이 돌아온다.
    asks: `inverse_transform(self, X)`: the way back
    asks-ko: `inverse_transform(self, X)`: 원래 값으로 되돌립니다
    hint: Undo the steps in reverse order: multiply by `scale_`, then add `mean_`.
    hint-ko: 반대 순서로 되돌리세요. `scale_`을 곱한 다음 `mean_`을 더하면 돼요.
    """

    def there_and_back(code):
        scaler = code.estimator("ScalerClone").fit(X)
        return scaler.call("inverse_transform", scaler.transform(X))

    expect.agree(there_and_back, X)


@pytest.mark.points(2)
@pytest.mark.needs("test_round_trip")
def test_fit_returns_the_scaler(expect):
    """`fit` returns the scaler itself.

    ko: `fit`은 변환기 자신을 반환한다.
    asks: and **returns `self`**
    asks-ko: **`self`를 반환**합니다
    hint: End `fit` with `return self`, so that `scaler.fit(X).transform(X)` works.
    hint-ko: `scaler.fit(X).transform(X)`처럼 이어 쓸 수 있도록 `fit`을 `return self`로 끝내세요.
    """
    expect.agree(lambda code: code.estimator("ScalerClone").call("fit", X))
