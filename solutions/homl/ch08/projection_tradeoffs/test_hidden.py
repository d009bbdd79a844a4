"""Hidden checks of the projection report: every number is computed anew."""

import numpy as np
import pytest

from grader.checks import Text


@pytest.mark.points(5)
@pytest.mark.hint(
    en="np.log is the natural logarithm. Compute the example for 100 points first.",
    ko="np.log는 자연로그예요. 먼저 점 100개짜리 예를 계산해 보세요.",
)
def test_johnson_lindenstrauss(submission, expect):
    """The number of dimensions for 5,000 points and 10 %.

    ko: 점 5,000개와 10 %에 필요한 차원의 수.
    """
    found = submission["jl_dim"]
    expect.type(found, int, what="jl_dim")
    bound = 4 * np.log(5000) / (0.1**2 / 2 - 0.1**3 / 3)
    decimal = Text(
        "That is with a decimal logarithm: use the natural one.", "상용로그로 계산한 값이에요. 자연로그를 쓰세요."
    )
    binary = Text(
        "That is with a logarithm to base 2: use the natural one.",
        "밑이 2인 로그로 계산한 값이에요. 자연로그를 쓰세요.",
    )
    half = Text("The term with the third power of epsilon is missing.", "엡실론의 세제곱이 든 항이 빠졌어요.")
    rounded = Text("Round down.", "내림하세요.")
    digits = Text(
        "That is the number for as many points as there are digits: the task names another number of points.",
        "숫자 이미지의 개수로 계산한 값이에요. 문제에 적힌 점의 수로 계산하세요.",
    )
    expect.close(
        found,
        int(bound),
        mistakes=[
            (int(bound / np.log(10)), decimal),
            (int(bound / np.log(2)), binary),
            (int(4 * np.log(5000) / (0.1**2 / 2)), half),
            (int(bound) + 1, rounded),
            (int(bound / np.log(5000) * np.log(1797)), digits),
        ],
    )


def column(submission, expect, name):
    """One column of the report."""
    report = submission.frame("report")
    expect.columns(report, ["d", "acc_logit", "acc_forest", "mse", "seconds"], dtypes={name: "number"})
    expect.shape(report[name].to_numpy(), (4,))
    return report[name].to_numpy(dtype=float)


@pytest.mark.points(4)
@pytest.mark.needs("test_layout_of_the_report")
@pytest.mark.hint(
    en="Fit to projected training rows, score on projected test rows.",
    ko="투영한 훈련 세트에 훈련하고, 투영한 테스트 세트로 점수를 재세요.",
)
@pytest.mark.parametrize("name", ["acc_logit", "acc_forest"])
def test_accuracies(submission, reference, expect, hidden, name):
    """Accuracy of a classifier in each number of dimensions.

    ko: 차원의 수마다 잰 분류기의 정확도.
    """
    found, truth = column(submission, expect, name), reference.frame("report")[name].to_numpy()
    told = Text(
        "{d} dimensions: not the accuracy on the test rows, as computed anew from the split above.",
        "{d}차원: 위에서 나눈 테스트 세트로 다시 잰 정확도와 달라요.",
    )
    seen = Text(
        "Nearly every row is right, even in 2 dimensions: this is the accuracy on the training rows.",
        "2차원에서도 거의 모두 맞혔어요. 훈련 세트에서 잰 정확도예요.",
    )
    expect.true(found.min() < 0.99, message=seen)
    close = np.abs(found - truth) <= 0.02
    expect.items([(bool(ok), told.format(d=d)) for ok, d in zip(close, hidden.sizes, strict=True)])


@pytest.mark.points(5)
@pytest.mark.needs("test_error_falls_to_nothing")
@pytest.mark.hint(
    en="inverse_transform first, then compare 64 pixels of the test rows with 64 pixels.",
    ko="먼저 inverse_transform을 하고, 테스트 세트의 픽셀 64개를 픽셀 64개와 비교하세요.",
)
def test_reconstruction_error(submission, expect, hidden):
    """The reconstruction error of the test rows.

    ko: 테스트 세트의 재구성 오차.
    """
    leaked = Text(
        "The error is that of a PCA which has seen the test rows: fit it to X_train alone.",
        "테스트 세트를 이미 본 PCA의 오차예요. X_train으로만 훈련하세요.",
    )
    trained = Text("This is the error of the training rows.", "훈련 세트의 오차예요.")
    summed = Text(
        "This is a sum over the pixels: take the mean over rows and pixels.",
        "픽셀에 걸쳐 더한 값이에요. 행과 픽셀에 걸쳐 평균 내세요.",
    )
    root = Text("This is the root of the mean squared error.", "평균 제곱 오차의 제곱근이에요.")
    expect.close(
        column(submission, expect, "mse"),
        hidden.mse,
        rtol=2e-3,
        atol=1e-9,
        mistakes=[
            (hidden.leaked, leaked),
            (hidden.trained, trained),
            (64 * hidden.mse, summed),
            (np.sqrt(hidden.mse), root),
        ],
    )


@pytest.mark.points(4)
@pytest.mark.needs("test_statement_about_batches")
@pytest.mark.hint(
    en="IncrementalPCA(28, batch_size=200).fit(X_train), or partial_fit with 200 rows at a time.",
    ko="IncrementalPCA(28, batch_size=200).fit(X_train) 또는 200행씩 partial_fit을 쓰세요.",
)
def test_error_in_batches(submission, expect, hidden):
    """The reconstruction error of PCA in batches.

    ko: 조금씩 나누어 훈련한 PCA의 재구성 오차.
    """
    whole = Text("This is the error of PCA on all rows at once.", "모든 행을 한꺼번에 넣은 PCA의 오차예요.")
    trained = Text("This is the error of the training rows.", "훈련 세트의 오차예요.")
    leaked = Text(
        "The error is that of a PCA which has seen the test rows: feed it X_train alone.",
        "테스트 세트를 이미 본 PCA의 오차예요. X_train만 넣으세요.",
    )
    mistakes = [(float(hidden.mse[2]), whole), (hidden.ipca_trained, trained), (hidden.ipca_leaked, leaked)]
    expect.close(submission["ipca_mse"], hidden.ipca_mse, rtol=2e-3, mistakes=mistakes)
