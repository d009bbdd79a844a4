"""Hidden checks of the projection report: a bound by hand, accuracies and errors beside those of the reference."""

import numpy as np
import pandas as pd
import pytest


def column(code, name):
    """One column of the report by number of dimensions: another check minds the order and the index."""
    report = pd.DataFrame(code["report"])
    sizes = report["d"] if "d" in report else report.index
    return report[name].astype(float).set_axis(sizes.astype(int))[[2, 10, 28, 64]].to_numpy()


@pytest.mark.points(4)
def test_johnson_lindenstrauss(expect):
    """The number of dimensions for 5,000 points and 10 %.

    ko: 점 5,000개와 10 %에 필요한 차원의 수.
    asks: this number for $m = 5000$ points and $\\varepsilon = 0.1$, rounded **down** to a whole number
    asks-ko: 점이 $m = 5000$개이고 $\\varepsilon = 0.1$일 때의 값을 정수로 **내림**한 것입니다
    hint: np.log is the natural logarithm. Compute the example for 100 points first.
    hint-ko: np.log는 자연로그예요. 먼저 점 100개짜리 예를 계산해 보세요.
    """
    expect.agree(lambda code: code["jl_dim"], 7300, rtol=0, atol=0)
    expect.agree(lambda code: isinstance(code["jl_dim"], int | np.integer), True)


@pytest.mark.points(5)
def test_accuracy_of_logistic_regression(expect):
    """Accuracy of logistic regression in each number of dimensions.

    ko: 차원의 수마다 잰 로지스틱 회귀의 정확도.
    asks: accuracy on the projected test rows of `LogisticRegression(max_iter=2000)`, fitted to the projected training rows
    asks-ko: 투영한 훈련 세트에 훈련한 `LogisticRegression(max_iter=2000)`의, 투영한 테스트 세트에서의 정확도
    hint: Fit to projected training rows, score on projected test rows, with one PCA for both.
    hint-ko: 투영한 훈련 세트에 훈련하고, 같은 PCA로 투영한 테스트 세트로 점수를 재세요.
    """
    expect.agree(lambda code: column(code, "acc_logit"), rtol=0, atol=0.006)


@pytest.mark.points(4)
def test_accuracy_of_the_forest(expect):
    """Accuracy of the forest in each number of dimensions.

    ko: 차원의 수마다 잰 랜덤 포레스트의 정확도.
    asks: the same for `RandomForestClassifier(100, random_state=42)`
    asks-ko: `RandomForestClassifier(100, random_state=42)`로 구한 같은 값
    hint: Fit to projected training rows, score on projected test rows, with one PCA for both.
    hint-ko: 투영한 훈련 세트에 훈련하고, 같은 PCA로 투영한 테스트 세트로 점수를 재세요.
    """
    # Turned round, a component splits elsewhere: a forest on other signs is as right.
    expect.agree(lambda code: column(code, "acc_forest"), rtol=0, atol=0.02)


@pytest.mark.points(5)
def test_reconstruction_error(expect):
    """The reconstruction error of the test rows.

    ko: 테스트 세트의 재구성 오차.
    asks: bring the projected **test** rows back to 64 pixels and take the mean squared difference to what they were
    asks-ko: 투영한 **테스트** 세트를 다시 픽셀 64개로 되돌려, 원래 값과의 차이를 제곱해 모든 행과 픽셀에 걸쳐 평균 낸 값입니다
    hint: inverse_transform first, then compare 64 pixels of the test rows with 64 pixels.
    hint-ko: 먼저 inverse_transform을 하고, 테스트 세트의 픽셀 64개를 픽셀 64개와 비교하세요.
    """
    expect.agree(lambda code: column(code, "mse"), rtol=2e-3, atol=1e-9)


@pytest.mark.points(5)
def test_error_in_batches(expect):
    """The reconstruction error of PCA in batches.

    ko: 조금씩 나누어 훈련한 PCA의 재구성 오차.
    asks: Feed it `X_train` with `n_components=28`, 200 rows at a time, in order
    asks-ko: `n_components=28`로 하고 `X_train`을 순서대로 200행씩 넣으세요
    hint: IncrementalPCA(28, batch_size=200).fit(X_train), or partial_fit with 200 rows at a time.
    hint-ko: IncrementalPCA(28, batch_size=200).fit(X_train) 또는 200행씩 partial_fit을 쓰세요.
    """
    # Batches of another size change the fourth digit.
    expect.agree(lambda code: float(code["ipca_mse"]), rtol=1e-4)
