"""Visible checks of learning with few labels: row numbers, propagation by hand, a first training."""

import numpy as np
import pytest

from grader.checks import Text


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Return numbers of rows, not centres and not numbers of clusters.",
    ko="센트로이드나 클러스터 번호가 아니라 행 번호를 반환하세요.",
)
def test_fifty_different_rows(submission, expect, rng):
    """`choose` returns 50 different row numbers, spread over the clouds.

    ko: `choose`는 서로 다른 행 번호 50개를 여러 무리에 걸쳐 반환한다.
    """
    clouds = 20 * rng.permutation(60)[:, np.newaxis] + rng.normal(size=(60, 3))
    X = np.concatenate([np.repeat(clouds[:1], 400, axis=0), np.repeat(clouds[1:], 3, axis=0)])
    X = X + 0.1 * rng.normal(size=X.shape)
    rows = submission.call("choose", X)
    expect.type(rows, (np.ndarray, list, tuple), what="choose(...)")
    centres = Text(
        "These look like centres, one value for each column: return the numbers of the rows that are nearest to them.",
        "열마다 값이 하나씩 있는 센트로이드 같아요. 센트로이드에 가장 가까운 행의 번호를 반환하세요.",
    )
    several = isinstance(rows, np.ndarray) and rows.shape == (50, X.shape[1])
    expect.shape(rows, (50,), message=centres if several else None)
    expect.dtype(rows, "int")
    expect.between(rows, 0, len(X) - 1)
    expect.true(
        sorted(np.asarray(rows).tolist()) != list(range(50)),
        en="These are the numbers 0 to 49: the first rows, or numbers of clusters taken for numbers of rows.",
        ko="0부터 49까지의 번호예요. 맨 앞의 행을 골랐거나 클러스터 번호를 행 번호로 썼어요.",
    )
    expect.true(
        len(set(np.asarray(rows).tolist())) == 50,
        en="Some rows were chosen twice.",
        ko="두 번 고른 행이 있어요.",
    )
    in_the_crowd = int((np.asarray(rows) < 400).sum())
    expect.true(
        in_the_crowd <= 20,
        en="More than 20 of the 50 rows lie in the same dense cloud, where one would do: choose representatives.",
        ko="50개 가운데 20개가 넘는 행이 빽빽한 무리 하나에 몰려 있어요. 무리마다 대표 샘플을 고르세요.",
    )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Group each row with its nearest chosen row, then compare its distance with the quantile of its own group.",
    ko="각 행을 가장 가까운 고른 행의 무리에 넣은 다음, 거리를 그 무리의 분위수와 비교하세요.",
)
def test_propagation_by_hand(submission, expect):
    """Labels of five rows, worked out by hand.

    ko: 손으로 구한 다섯 행의 레이블.
    """
    X = np.array([[0.0], [1.0], [3.0], [10.0], [14.0]])
    everybody = Text(
        "Every row got a label, also those far from their representative.",
        "대표 샘플에서 먼 행까지 모두 레이블을 받았어요.",
    )
    far = Text("The far rows got the label, not the near ones.", "가까운 행이 아니라 먼 행이 레이블을 받았어요.")
    places = Text("These are places in `idx`, not labels.", "레이블이 아니라 `idx`에서의 위치예요.")
    strict = Text(
        "A row at a distance of exactly the quantile gets the label too.", "거리가 정확히 분위수인 행도 레이블을 받아요."
    )
    itself = Text(
        "The chosen row itself belongs to its group: its distance 0 counts in the quantile.",
        "고른 행 자신도 무리의 한 행이에요. 그 거리 0도 넣어서 분위수를 구하세요.",
    )
    expect.close(
        submission.call("propagate", X, np.array([0, 3]), np.array([7, 2])),
        np.array([7, 7, -1, 2, -1]),
        dtype="int",
        mistakes=[
            (np.array([7, 7, 7, 2, 2]), everybody),
            (np.array([-1, 7, 7, -1, 2]), far),
            (np.array([0, 0, -1, 1, -1]), places),
            (np.array([7, -1, -1, 2, -1]), strict),
            (np.array([7, 7, -1, 2, 2]), itself),
        ],
    )
    expect.close(submission.call("propagate", X, np.array([3, 0]), np.array([2, 7]), 1.0), np.array([7, 7, 7, 2, 2]))


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Call `ask(int(i))` once for each i of idx; return an object with `predict`.",
    ko="idx의 i마다 `ask(int(i))`를 한 번씩 부르고, `predict`가 있는 객체를 반환하세요.",
)
def test_training_asks_for_the_chosen_rows(submission, expect, rng):
    """`train` asks at most 50 times, for chosen rows only, and its model tells three clouds apart.

    ko: `train`은 고른 행에 대해서만 많아야 50번 묻고, 훈련한 모델은 세 무리를 구별한다.
    """
    y = rng.permutation(np.arange(150) % 3)
    X = np.array([[0.0, 0.0], [9.0, 0.0], [0.0, 9.0]])[y] + rng.normal(size=(150, 2))
    idx = rng.choice(100, 50, replace=False)
    ask = submission.oracle(lambda i: int(y[i]))
    model = submission.call("train", X, idx, ask, hold=True)
    expect.calls(ask, at_most=50, at_least=3)
    asked = [args[0] if args else None for args, _ in ask.log]
    expect.true(
        all(isinstance(i, int | np.integer) and i in idx for i in asked),
        en="Labels of rows outside `idx` were asked for.",
        ko="`idx`에 없는 행의 레이블을 물었어요.",
    )
    found = model.call("predict", X[100:])
    expect.type(found, (np.ndarray, list, tuple), what="predict(...)")
    expect.shape(found, (50,))
    expect.true(
        len(set(np.asarray(found).tolist())) > 1,
        en="The model gives the same answer for every row: it has learnt nothing from the columns.",
        ko="모델이 모든 행에 같은 답을 해요. 열에서 배운 것이 없어요.",
    )
    expect.at_least(float(np.mean(np.asarray(found) == y[100:])), 0.9, what=Text("accuracy", "정확도"))
