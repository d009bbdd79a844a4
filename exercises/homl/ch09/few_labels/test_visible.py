"""Visible checks of learning with few labels: row numbers, propagation by hand, a first training."""

import numpy as np
import pytest

from grader.checks import Text

FORM = Text("`choose` should return 50 integers, the numbers of rows.", "`choose`는 행 번호인 정수 50개를 반환해야 해요.")
DIFFERENT = Text("These are not 50 different numbers of rows.", "서로 다른 행 번호 50개가 아니에요.")
CROWD = Text(
    "More than 20 of the 50 rows lie in the same dense cloud, where one would do: choose representatives.",
    "50개 가운데 20개가 넘는 행이 빽빽한 무리 하나에 몰려 있어요. 무리마다 대표 샘플을 고르세요.",
)
INTEGERS = Text("`propagate` should return integers.", "`propagate`는 정수를 반환해야 해요.")
TWICE = Text("Perhaps a row was asked for a second time.", "같은 행을 두 번 물었는지 확인하세요.")
BUDGET = Text(
    "More than 50 rows were asked for, or rows outside `idx`.", "50개가 넘는 행이나 `idx`에 없는 행의 레이블을 물었어요."
)
FAR = Text("Rows far from their representatives get a wrong answer.", "대표 샘플에서 먼 행을 틀리게 예측해요.")


def clouds(rng):
    """400 rows in one dense cloud, and three rows in each of 59 others."""
    centers = 20 * rng.permutation(60)[:, np.newaxis] + rng.normal(size=(60, 3))
    X = np.concatenate([np.repeat(centers[:1], 400, axis=0), np.repeat(centers[1:], 3, axis=0)])
    return X + 0.1 * rng.normal(size=X.shape)


def valid(code, X):
    """The numbers of rows that are chosen, leaving out what is none."""
    return set(np.ravel(code.call("choose", X)).tolist()) & set(range(len(X)))


@pytest.mark.points(2)
def test_fifty_different_rows(expect, rng):
    """`choose` returns 50 different row numbers.

    ko: `choose`는 서로 다른 행 번호 50개를 반환한다.
    asks: Returns 50 **different row numbers** of `X`, integers
    asks-ko: `X`의 **서로 다른 행 번호** 50개(정수)를 반환합니다
    hint: Return numbers of rows, not centres and not numbers of clusters, and none of them twice.
    hint-ko: 센트로이드나 클러스터 번호가 아니라 행 번호를 반환하고, 같은 번호를 두 번 넣지 마세요.
    """
    X = clouds(rng)
    twins = np.repeat(rng.normal(size=(40, 3)), 2, axis=0)

    def form(code):
        rows = np.asarray(code.call("choose", X))
        return rows.shape, rows.dtype.kind in "iu"

    expect.agree(form, ((50,), True), message=FORM)
    for table in (X, twins):
        expect.agree(lambda code: len(valid(code, table)) == 50, True, message=DIFFERENT)


@pytest.mark.points(5)
def test_rows_of_all_clouds(expect, rng):
    """The chosen rows are spread over the clouds.

    ko: 고른 행이 여러 무리에 고루 퍼져 있다.
    asks: Find 50 clusters with k-means and have the row nearest to each centre labelled.
    asks-ko: k-평균으로 클러스터 50개를 찾고, 센트로이드마다 가장 가까운 행에 레이블을 붙입니다.
    hint: 50 clusters, and of each the row that is nearest to its centre: a dense cloud needs no more than one or two.
    hint-ko: 클러스터 50개를 찾고 센트로이드마다 가장 가까운 행을 고르세요. 빽빽한 무리에서도 한두 개면 충분해요.
    """
    X = clouds(rng)

    def spread(code):
        rows = valid(code, X)
        crowd = [row for row in rows if row < 400]
        return {"rows": len(rows) > 40, "crowded": len(crowd) > 20, "the first": rows == set(range(50))}

    expect.agree(spread, {"rows": True, "crowded": False, "the first": False}, message=CROWD)


@pytest.mark.points(3)
def test_propagation_by_hand(expect):
    """Labels of a few rows, worked out by hand.

    ko: 손으로 구한 몇 행의 레이블.
    asks: With `share=0.5` the result is `[7, 7, -1, 2, -1]`
    asks-ko: `share=0.5`이면 결과는 `[7, 7, -1, 2, -1]`입니다
    hint: Group each row with its nearest chosen row, then compare its distance with the quantile of its own group.
    hint-ko: 각 행을 가장 가까운 고른 행의 무리에 넣은 다음, 거리를 그 무리의 분위수와 비교하세요.
    """
    X, between = np.array([[0.0], [1.0], [3.0], [10.0], [14.0]]), np.array([[0.0], [5.0], [10.0], [12.0]])
    for args, right in (
        ((X, np.array([0, 3]), np.array([7, 2])), [7, 7, -1, 2, -1]),
        ((X, np.array([3, 0]), np.array([2, 7]), 1.0), [7, 7, 7, 2, 2]),
        ((between, np.array([2, 0]), np.array([4, 6]), 1.0), [6, 4, 4, 4]),
    ):
        expect.agree(lambda code: code.call("propagate", *args), np.array(right))
    expect.agree(lambda code: np.asarray(code.call("propagate", *args)).dtype.kind in "iu", True, message=INTEGERS)


@pytest.mark.points(4)
def test_training_asks_for_the_chosen_rows(expect, rng):
    """`train` asks at most 50 times, for chosen rows only, and its model tells clouds apart.

    ko: `train`은 고른 행에 대해서만 많아야 50번 묻고, 훈련한 모델은 여러 무리를 구별한다.
    asks: **at most 50 calls**, and only for rows of `idx`
    asks-ko: **많아야 50번**, `idx`에 있는 행에 대해서만 물을 수 있습니다
    hint: Call `ask(int(i))` once for each i of idx; return an object with `predict`.
    hint-ko: idx의 i마다 `ask(int(i))`를 한 번씩 부르고, `predict`가 있는 객체를 반환하세요.
    """
    y = rng.permutation(np.arange(150) % 3)
    X = np.array([[0.0, 0.0], [20.0, 0.0], [0.0, 20.0]])[y] + rng.normal(size=(150, 2))
    chosen = rng.choice(100, 50, replace=False)
    # Two sides of a line, of 25 chosen rows each, with tails towards the middle: far rows stand by themselves.
    line = np.concatenate([np.linspace(0, 20, 25), np.linspace(100, 80, 25), np.arange(21.0, 41), np.arange(79.0, 59, -1)])
    side = np.repeat([3, 7, 3, 7], [25, 25, 20, 20])

    def train(code, X, y, idx):
        """The model, and the labels that are left: `pop` gives each of them once only."""
        labels = code.hold(dict(enumerate(y.tolist())))
        with expect.explains(KeyError, TWICE):
            model = code.call("train", X, idx, labels.get("pop"), hold=True)
        return model, labels.call("copy")

    def asked(code):
        rows = set(range(150)) - set(train(code, X, y, chosen)[1])
        return {"too many": len(rows) > 50, "outside of idx": bool(rows - set(chosen.tolist()))}

    def predicted(code):
        return np.asarray(train(code, X, y, chosen)[0].call("predict", X[100:]))

    def far(code):
        model = train(code, line[:, np.newaxis], side, np.arange(50))[0]
        return np.asarray(model.call("predict", np.array([[0.0], [39], [61], [100]])))

    expect.agree(asked, {"too many": False, "outside of idx": False}, message=BUDGET)
    expect.agree(predicted, y[100:])
    expect.agree(far, np.array([3, 3, 7, 7]), message=FAR)
