"""Visible checks of the projection report: layout, the course of the error, one statement."""

import numpy as np
import pytest

from grader.checks import Text

COLUMNS = ["d", "acc_logit", "acc_forest", "mse", "seconds"]


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Append one dictionary for each d to a list, then `pd.DataFrame(rows)`.",
    ko="d마다 딕셔너리 하나를 리스트에 넣고 `pd.DataFrame(rows)`로 만드세요.",
)
def test_layout_of_the_report(submission, expect):
    """`report` has a row for each of 2, 10, 28 and 64 dimensions and all columns.

    ko: `report`에 2, 10, 28, 64차원의 행과 모든 열이 있다.
    """
    report = submission.frame("report")
    expect.columns(report, COLUMNS, dtypes={name: "number" for name in COLUMNS})
    expect.close(report["d"].to_numpy(), [2, 10, 28, 64])
    guessed = Text(
        "An accuracy is hardly better than guessing: does one PCA, fitted to X_train, project both sets?",
        "정확도가 찍은 것과 다를 바 없어요. X_train으로 훈련한 PCA 하나로 두 세트를 모두 투영했나요?",
    )
    for name in ("acc_logit", "acc_forest"):
        expect.between(report[name].to_numpy(), 0.2, 1.0, message=guessed)
    for name in ("mse", "seconds"):
        expect.finite(report[name].to_numpy())
    expect.true(
        bool((report["seconds"] > 0).all()),
        en="`seconds` should say how long fitting took.",
        ko="`seconds`에는 훈련에 걸린 시간이 있어야 해요.",
    )


@pytest.mark.points(3)
@pytest.mark.needs("test_layout_of_the_report")
@pytest.mark.hint(
    en="Every further dimension brings the reconstruction nearer; 64 of 64 lose nothing.",
    ko="차원이 늘수록 재구성은 원본에 가까워져요. 64개를 모두 쓰면 잃는 것이 없어요.",
)
def test_error_falls_to_nothing(submission, expect):
    """The reconstruction error falls from row to row and ends at 0.

    ko: 재구성 오차가 행마다 줄어 0으로 끝난다.
    """
    mse = submission.frame("report")["mse"].to_numpy(dtype=float)
    expect.finite(mse)
    projected = Text(
        "Two dimensions cannot keep everything: compare 64 pixels with 64 pixels, not projected rows with projected rows.",
        "2차원으로 모두 지킬 수는 없어요. 투영한 값끼리가 아니라 픽셀 64개끼리 비교하세요.",
    )
    other = Text(
        "With all 64 dimensions nothing is lost: this is not the difference between rows and what comes back of them.",
        "64차원을 모두 쓰면 잃는 것이 없어요. 원래 행과 되돌린 행의 차이가 아닌 다른 것을 쟀어요.",
    )
    expect.at_least(mse[0], 0.01, what=Text("mse of 2 dimensions", "2차원의 mse"), message=projected)
    expect.at_most(mse[-1], 1e-9, what=Text("mse of 64 dimensions", "64차원의 mse"), message=other)
    expect.decreasing(mse, strict=True)


@pytest.mark.points(2)
@pytest.mark.needs("test_error_falls_to_nothing")
@pytest.mark.hint(
    en="abs(ipca_mse - mse) <= 0.01 * mse, with the mse of 28 dimensions.",
    ko="28차원의 mse로 abs(ipca_mse - mse) <= 0.01 * mse인지 보세요.",
)
def test_statement_about_batches(submission, expect):
    """`ipca_equal` says what `ipca_mse` and the report say.

    ko: `ipca_equal`은 `ipca_mse`와 `report`의 값에 맞는다.
    """
    report = submission.frame("report")
    mse = float(report["mse"].to_numpy(dtype=float)[2])
    found, equal = submission["ipca_mse"], submission["ipca_equal"]
    expect.type(found, float, what="ipca_mse")
    expect.type(equal, bool, what="ipca_equal")
    expect.between(found, 0.0005, 0.05)
    expect.true(
        equal == (abs(np.real(found) - mse) <= 0.01 * mse),
        en="`ipca_equal` does not go with `ipca_mse` and the report: it compares these two errors, nothing else.",
        ko="`ipca_equal`이 `ipca_mse`와 `report`의 값에 맞지 않아요. 다른 것이 아니라 이 두 오차를 비교하세요.",
    )
