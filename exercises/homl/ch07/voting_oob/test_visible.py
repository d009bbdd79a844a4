"""Visible checks of voting and bagging: the worked example, a small bootstrap, two clouds."""

import numpy as np
import pytest

from grader.checks import Rng, Text

# The worked example in six rows: as it is, or with the two classes exchanged.
TURNED = np.array([False, True, False, False, True, True])
P = np.array([[[p, 1 - p] if not turned else [1 - p, p] for turned in TURNED] for p in (0.6, 0.55, 0.05)])
TWO = Text(
    "`bootstrap` should return two things: the rows that were drawn and the rows that were not.",
    "`bootstrap`은 뽑힌 행과 뽑히지 않은 행, 두 가지를 돌려주어야 해요.",
)

SURE = Text(
    "How sure the third model is has decided: in a hard vote each model has one vote, however sure it is.",
    "셋째 모델이 얼마나 확신하는지가 결과를 정했어요. 직접 투표에서는 아무리 확신해도 모델마다 한 표예요.",
)
UNSURE = Text(
    "Only the classes that the models chose were used: a soft vote also counts how sure each model is.",
    "모델이 고른 클래스만 썼어요. 간접 투표에서는 모델이 얼마나 확신하는지도 세어야 해요.",
)
ROWS = Text(
    "One class for each of the six rows is wanted: the mean runs over the models, not over the rows.",
    "행 여섯 개마다 클래스가 하나씩 있어야 해요. 평균은 행이 아니라 모델 방향으로 내세요.",
)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Count for each class how many models find it the most probable.",
    ko="클래스마다 그 클래스의 확률을 가장 높게 본 모델이 몇 개인지 세세요.",
)
def test_hard_vote_by_hand(submission, expect):
    """Hard voting on the worked example, and turned round.

    ko: 예제의 직접 투표, 그리고 클래스를 바꾼 예제.
    """
    found = submission.call("hard_vote", P)
    expect.close(found, TURNED.astype(int), mistakes={SURE: 1 - TURNED.astype(int)})


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Average the probabilities over the models first, then choose.",
    ko="먼저 모델들의 확률을 평균 내고, 그다음에 고르세요.",
)
def test_soft_vote_by_hand(submission, expect):
    """Soft voting on the worked example, and turned round.

    ko: 예제의 간접 투표, 그리고 클래스를 바꾼 예제.
    """
    found = submission.call("soft_vote", P)
    expect.shape(found, (6,), message=ROWS)
    expect.close(found, 1 - TURNED.astype(int), mistakes={UNSURE: TURNED.astype(int)})


@pytest.mark.points(3)
@pytest.mark.hint(
    en="rng.integers(n, size=n) draws with replacement; np.setdiff1d finds what is missing.",
    ko="rng.integers(n, size=n)은 중복을 허용해 뽑아요. 빠진 번호는 np.setdiff1d로 찾으세요.",
)
def test_bootstrap_of_fifty_rows(submission, expect):
    """Fifty rows are drawn, and the rest is out of bag.

    ko: 행 50개를 뽑고, 나머지는 OOB이다.
    """
    drawn = submission.call("bootstrap", 50, Rng(7))
    expect.type(drawn, (tuple, list), what="bootstrap(...)")
    expect.true(len(drawn) == 2, en=TWO.en, ko=TWO.ko)
    inside, outside = drawn
    expect.shape(inside, (50,))
    expect.integer_valued(inside)
    expect.between(inside, 0, 49)
    kept = np.unique(np.asarray(inside, dtype=int))
    expect.true(
        len(kept) < 50,
        en="Every row was drawn exactly once: a bootstrap draws with replacement, so that some come twice and others never.",
        ko="모든 행이 꼭 한 번씩 뽑혔어요. 부트스트랩은 중복을 허용해 뽑으므로 두 번 나오는 행도, 안 나오는 행도 있어야 해요.",
    )
    expect.integer_valued(outside)
    expect.true(
        not np.isin(outside, kept).any(),
        en="Some rows are inside and out of bag at once: out of bag are only rows that were never drawn.",
        ko="뽑힌 행이면서 OOB인 행이 있어요. OOB는 한 번도 뽑히지 않은 행뿐이에요.",
    )
    expect.multiset(outside, np.setdiff1d(np.arange(50), kept))


@pytest.mark.points(2)
@pytest.mark.needs("test_bootstrap_of_fifty_rows")
@pytest.mark.hint(
    en="Add up predict_proba of a tree in its out-of-bag rows only, then compare the largest entry with y.",
    ko="트리의 predict_proba를 그 트리의 OOB 행에만 더하고, 가장 큰 항목을 y와 비교하세요.",
)
def test_two_clouds_out_of_bag(submission, expect, rng):
    """Two clouds far apart are told apart out of bag; with exchanged labels in half of them they are not.

    ko: 멀리 떨어진 두 무리는 OOB로도 구별된다. 절반의 레이블을 바꾸면 구별되지 않는다.
    """
    y = np.repeat(["left", "right"], 40)
    X = rng.normal(size=(80, 2)) + np.where(y == "left", -4.0, 4.0)[:, np.newaxis]
    expect.at_least(submission.call("oob_accuracy", X, y, 30, Rng(1)), 0.95, what="oob_accuracy")
    mixed = np.where(rng.permutation(80) % 2 == 0, "left", "right")
    known = Text(
        "Here the labels are mere chance, and still they are known: the trees judge rows that they were fitted to.",
        "여기서는 레이블이 우연일 뿐인데도 맞혔어요. 트리가 훈련에 쓴 행을 채점하고 있어요.",
    )
    expect.at_most(submission.call("oob_accuracy", X, mixed, 30, Rng(1)), 0.75, what="oob_accuracy", message=known)
