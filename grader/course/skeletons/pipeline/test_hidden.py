"""Checks that students do not have.

All need the visible one, since who predicts the same for every row is right about units and neighbouring rows too.
"""

import numpy as np
import pytest


def fitted(code, X, y):
    """A new pipeline, fitted inside and held there."""
    return code.estimator(code.call("build_pipeline", hold=True)).fit(X, y)


@pytest.mark.points(3)
@pytest.mark.needs("test_learns_and_predicts")
def test_gaps_get_the_median(expect, rng):
    """A gap counts as the median of the training data, not as the mean.

    ko: 빠진 값은 평균이 아니라 훈련 데이터의 중간값으로 채운다.
    asks: fills gaps (`np.nan`) with the median of the column in the training data
    asks-ko: 빠진 값(`np.nan`)을 훈련 데이터에서 구한 그 열의 중간값으로 채우고
    hint: SimpleImputer(strategy="median") learns the median of each column.
    hint-ko: SimpleImputer(strategy="median")이 열마다 중간값을 학습해요.
    """
    # one column whose median lies among the zeros, and whose mean lies among the ones
    X = np.concatenate([rng.uniform(0, 1, 40), rng.uniform(99, 101, 20)])[:, None]
    y = (X[:, 0] > 50).astype(int)
    X = np.concatenate([X, rng.uniform(40, 41, 10)[:, None]])
    y = np.concatenate([y, np.ones(10, int)])
    expect.agree(lambda code: fitted(code, X, y).predict(np.array([[100.0], [np.nan]])), np.array([1, 0]))


@pytest.mark.points(2)
@pytest.mark.needs("test_learns_and_predicts")
def test_units_do_not_matter(expect, rng):
    """The predictions do not depend on a column's unit.

    ko: 열의 단위를 바꾸어도 예측이 같다.
    asks: scales each column to mean 0 and standard deviation 1
    asks-ko: 열마다 평균이 0, 표준편차가 1이 되도록 바꾸고
    hint: Neighbours are found by distance: what happens to it when one column is in millimetres?
    hint-ko: 이웃은 거리로 찾아요. 한 열의 단위를 밀리미터로 바꾸면 거리가 어떻게 될까요?
    """
    X, new = rng.normal(size=(80, 2)), rng.normal(size=(60, 2))
    y = (X[:, 0] > 0).astype(int)
    unit = np.array([1.0, 10_000.0])
    expect.agree(lambda code: fitted(code, X * unit, y).predict(new * unit))


@pytest.mark.points(2)
@pytest.mark.needs("test_learns_and_predicts")
def test_rows_are_judged_alone(expect, rng):
    """What is predicted for a row does not depend on the other new rows.

    ko: 한 행의 예측은 함께 들어온 다른 행에 따라 달라지지 않는다.
    asks: of the column in the training data
    asks-ko: 훈련 데이터에서 구한
    hint: What fills gaps and scales has to be learned in fit alone: leave it to the pipeline.
    hint-ko: 빠진 값을 채우고 크기를 맞추는 값은 fit에서만 학습해야 해요. 파이프라인에 맡기세요.
    """
    X, new = rng.normal(size=(60, 3)), rng.normal(size=(20, 3))
    new[::4, 1] = np.nan
    new[:5], new[5:10] = new[:5] + 5, new[5:10] - 5
    y = (X.sum(axis=1) > 0).astype(int)
    together = np.concatenate([new, rng.normal(100, 50, size=(20, 3))])
    expect.agree(lambda code: fitted(code, X, y).predict(together)[:20])
