"""Visible checks of the moons: the search, the trees, the vote on the public test rows."""

import numpy as np
import pytest
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split

from grader.checks import Text

MANY = Text(
    "A tree with so many leaves learns the noise by heart: offer the search smaller numbers.",
    "리프가 이렇게 많은 트리는 잡음까지 외워요. 더 작은 수를 후보로 넣으세요.",
)
FEW = Text(
    "So few leaves cannot follow two crescents: offer the search larger numbers.",
    "리프가 이렇게 적으면 초승달 두 개를 따라갈 수 없어요. 더 큰 수를 후보로 넣으세요.",
)


def test_rows():
    """The test rows of the starter."""
    X, y = make_moons(n_samples=10_000, noise=0.4, random_state=42)
    _, X_test, _, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
    return X_test, y_test


test_rows.__test__ = False


def labels(expect, found, m):
    """The student's labels, once they are zeros and ones."""
    found = expect.array(found, (m,))
    expect.true(
        bool(np.isin(found, (0, 1)).all()),
        en="Predictions must be labels, 0 or 1: not shares of votes and not probabilities.",
        ko="예측은 0이나 1인 레이블이어야 해요. 득표율이나 확률이 아니에요.",
    )
    return found.astype(int)


def of_its_size(submission):
    """What is wrong with the number of leaves that the search found, if anything."""
    best = submission.estimator("tree_search").get("best_params_")
    leaves = best.get("max_leaf_nodes") if isinstance(best, dict) else None
    if not isinstance(leaves, int):
        return None
    return MANY if leaves > 100 else FEW if leaves < 4 else None


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Search over max_leaf_nodes, for example [4, 8, 12, 16, 20, 30], and call fit on the training rows.",
    ko="max_leaf_nodes를 예를 들어 [4, 8, 12, 16, 20, 30]에서 찾고, 훈련 세트로 fit을 부르세요.",
)
def test_tree_on_the_test_rows(submission, expect):
    """The tree that the search chose is right for 85 % of the test rows.

    ko: 탐색에서 고른 트리가 테스트 세트의 85 %를 맞힌다.
    """
    X_test, y_test = test_rows()
    found = labels(expect, submission.estimator("tree_search").predict(X_test), len(X_test))
    accuracy = float(np.mean(found == y_test))
    message = of_its_size(submission) if accuracy < 0.85 else None
    expect.at_least(accuracy, 0.85, what=Text("the accuracy", "정확도"), message=message, measured=True)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Stack the predictions of all trees and take the majority of each column.",
    ko="모든 트리의 예측을 쌓고 열마다 다수결로 정하세요.",
)
def test_vote_on_the_test_rows(submission, expect):
    """There are 300 trees, and `vote_acc` is the accuracy of `forest_predict` on the test rows.

    ko: 트리가 300개이고, `vote_acc`는 테스트 세트에서 잰 `forest_predict`의 정확도이다.
    """
    expect.true(
        submission.remote("trees").call("__len__") == 300,
        en="`trees` must be a list of 300 fitted trees.",
        ko="`trees`는 훈련한 트리 300개의 리스트여야 해요.",
    )
    X_test, y_test = test_rows()
    found = labels(expect, submission.call("forest_predict", X_test), len(X_test))
    expect.true(
        bool(np.ptp(found)),
        en="`forest_predict` says the same for every row.",
        ko="`forest_predict`가 모든 행에 같은 답을 해요.",
    )
    claimed = submission["vote_acc"]
    expect.type(claimed, float, what="vote_acc")
    expect.close(
        claimed,
        float(np.mean(found == y_test)),
        rtol=0,
        atol=1e-6,
        message=Text(
            "`vote_acc` is not the accuracy of `forest_predict` on the test rows.",
            "`vote_acc`가 테스트 세트에서 잰 `forest_predict`의 정확도와 달라요.",
        ),
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Trees of 100 rows each are right for 0.75 to 0.84 of the test rows, and their vote is clearly better.",
    ko="샘플 100개로 훈련한 트리는 테스트 세트의 0.75~0.84를 맞히고, 투표한 결과는 그보다 분명히 나아요.",
)
def test_crowd_beats_its_members(submission, expect):
    """The vote is better than the average tree.

    ko: 투표가 트리 하나의 평균보다 낫다.
    """
    mean, vote = submission["mean_tree_acc"], submission["vote_acc"]
    expect.type(mean, float, what="mean_tree_acc")
    expect.type(vote, float, what="vote_acc")
    expect.between(mean, 0.7, 0.84)
    expect.at_least(
        float(vote) - float(mean),
        0.03,
        what=Text("`vote_acc` minus `mean_tree_acc`", "`vote_acc`에서 `mean_tree_acc`를 뺀 값"),
    )
