"""Visible checks of the projection report: layout, the course of the error, one statement."""

import numpy as np
import pandas as pd
import pytest

from grader.checks import Text

COLUMNS = ["acc_forest", "acc_logit", "d", "mse", "seconds"]
COURSE = Text(
    "The error does not fall from row to row to 0, or it is 0 in 2 dimensions already.",
    "오차가 행마다 줄어 0이 되지 않거나, 2차원에서 이미 0이에요.",
)
STATEMENT = Text(
    "`ipca_equal` does not go with `ipca_mse` and the report.", "`ipca_equal`이 `ipca_mse`와 `report`의 값에 맞지 않아요."
)


def table(code):
    """The report as a table, be it a list of dictionaries: one question minds the type."""
    return pd.DataFrame(code["report"])


def errors(code):
    """The reconstruction errors by number of dimensions: another check minds the order and the index."""
    report = table(code)
    sizes = report["d"] if "d" in report else report.index
    return report["mse"].astype(float).set_axis(sizes.astype(int))[[2, 10, 28, 64]].to_numpy()


@pytest.mark.points(2)
def test_layout_of_the_report(expect):
    """`report` has a row for each of 2, 10, 28 and 64 dimensions and all columns.

    ko: `report`에 2, 10, 28, 64차원의 행과 모든 열이 있다.
    asks: one row for each `d` in 2, 10, 28, 64, in this order, with the columns `d`, `acc_logit`, `acc_forest`, `mse`, `seconds`
    asks-ko: `d` = 2, 10, 28, 64마다 한 행씩 이 순서로 놓고, 열은 `d`, `acc_logit`, `acc_forest`, `mse`, `seconds`입니다
    hint: Append one dictionary for each d to a list, then `pd.DataFrame(rows)`.
    hint-ko: d마다 딕셔너리 하나를 리스트에 넣고 `pd.DataFrame(rows)`로 만드세요.
    """

    def seconds(code):
        return bool((table(code)["seconds"].astype(float) > 0).all())

    expect.agree(lambda code: sorted(map(str, table(code).columns)), COLUMNS)
    expect.agree(lambda code: table(code)["d"].tolist(), [2, 10, 28, 64])
    expect.agree(seconds, True)
    expect.agree(lambda code: type(code["report"]).__name__, "DataFrame")


@pytest.mark.points(3)
def test_error_falls_to_nothing(expect):
    """The reconstruction error falls from row to row and ends at 0.

    ko: 재구성 오차가 행마다 줄어 0으로 끝난다.
    asks: With `d=64` nothing is lost, and it is 0 up to rounding.
    asks-ko: `d=64`이면 잃는 것이 없으므로 반올림 오차를 빼면 0입니다.
    hint: Compare 64 pixels with the 64 pixels that come back. Every further dimension brings them nearer.
    hint-ko: 픽셀 64개를 되돌린 픽셀 64개와 비교하세요. 차원이 늘수록 서로 가까워져요.
    """

    def course(code):
        mse = errors(code)
        return {"falls": bool(np.all(np.diff(mse) < 0)), "0 for 64": bool(mse[3] < 1e-9), "0 for 2": bool(mse[0] < 1e-9)}

    expect.agree(course, {"falls": True, "0 for 64": True, "0 for 2": False}, message=COURSE)


@pytest.mark.points(2)
def test_statement_about_batches(expect):
    """`ipca_equal` says what `ipca_mse` and the report say.

    ko: `ipca_equal`은 `ipca_mse`와 `report`의 값에 맞는다.
    asks: `True` if `ipca_mse` differs from the `mse` of PCA with 28 components by no more than 1 % of the latter
    asks-ko: `ipca_mse`와 주성분 28개짜리 PCA의 `mse`의 차이가 뒤의 값의 1 % 이하이면 `True`, 아니면 `False`
    hint: abs(ipca_mse - mse) <= 0.01 * mse, with the mse of 28 dimensions.
    hint-ko: 28차원의 mse로 abs(ipca_mse - mse) <= 0.01 * mse인지 보세요.
    """

    def goes_with(code):
        batches, mse, equal = float(code["ipca_mse"]), errors(code)[2], code["ipca_equal"]
        return isinstance(equal, bool | np.bool_) and bool(equal) == (abs(batches - mse) <= 0.01 * mse)

    expect.agree(goes_with, True, message=STATEMENT)
