"""Checks that students do not have.

All need the visible one, since who predicts the same for every row is right about units and neighbouring rows too.
"""

import numpy as np
import pytest


@pytest.fixture
def fit(submission):
    """Fit a new pipeline inside and hold it."""
    return lambda X, y: submission.estimator(submission.call("build_pipeline", hold=True)).fit(X, y)


@pytest.mark.points(3)
@pytest.mark.needs("test_learns_and_predicts")
@pytest.mark.hint(
    en='SimpleImputer(strategy="median") learns the median of each column.',
    ko='SimpleImputer(strategy="median")이 열마다 중간값을 학습해요.',
)
def test_gaps_get_the_median(fit, expect, rng):
    """A gap counts as the median of the training data, not as the mean.

    ko: 빠진 값은 평균이 아니라 훈련 데이터의 중간값으로 채운다.
    """
    # one column whose median lies among the zeros, and whose mean lies among the ones
    X = np.concatenate([rng.uniform(0, 1, 40), rng.uniform(99, 101, 20)])[:, None]
    y = (X[:, 0] > 50).astype(int)
    X = np.concatenate([X, rng.uniform(40, 41, 10)[:, None]])
    y = np.concatenate([y, np.ones(10, int)])
    expect.same(fit(X, y).predict(np.array([[100.0], [np.nan]])), np.array([1, 0]))


@pytest.mark.points(2)
@pytest.mark.needs("test_learns_and_predicts")
@pytest.mark.hint(
    en="Neighbours are found by distance: what happens to it when one column is in millimetres?",
    ko="이웃은 거리로 찾아요. 한 열의 단위를 밀리미터로 바꾸면 거리가 어떻게 될까요?",
)
def test_units_do_not_matter(fit, expect, rng):
    """The predictions do not depend on a column's unit.

    ko: 열의 단위를 바꾸어도 예측이 같다.
    """
    X, new = rng.normal(size=(80, 2)), rng.normal(size=(60, 2))
    y = (X[:, 0] > 0).astype(int)
    unit = np.array([1.0, 10_000.0])
    plain = fit(X, y).predict(new)
    expect.same(fit(X * unit, y).predict(new * unit), plain)
    expect.shape(plain, (60,))
    right = float(np.mean(np.asarray(plain) == (new[:, 0] > 0)))
    expect.at_least(right, 0.8, what="share of right answers", measured=True)


@pytest.mark.points(2)
@pytest.mark.needs("test_learns_and_predicts")
@pytest.mark.hint(
    en="What fills gaps and scales has to be learned in fit alone: leave it to the pipeline.",
    ko="빠진 값을 채우고 크기를 맞추는 값은 fit에서만 학습해야 해요. 파이프라인에 맡기세요.",
)
def test_rows_are_judged_alone(fit, expect, rng):
    """What is predicted for a row does not depend on the other new rows.

    ko: 한 행의 예측은 함께 들어온 다른 행에 따라 달라지지 않는다.
    """
    X, new = rng.normal(size=(60, 3)), rng.normal(size=(20, 3))
    new[::4, 1] = np.nan
    new[:5], new[5:10] = new[:5] + 5, new[5:10] - 5
    fitted = fit(X, (X.sum(axis=1) > 0).astype(int))
    together = fitted.predict(np.concatenate([new, rng.normal(100, 50, size=(20, 3))]))
    expect.type(together, np.ndarray, what="predict(X)")
    expect.shape(together, (40,))
    expect.same(together[:20], fitted.predict(new))
    expect.same(together[1:3], np.array([1, 1]))
    expect.same(together[6:8], np.array([0, 0]))
