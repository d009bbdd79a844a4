"""Visible checks of the moons: the tuned tree, the vote and its accuracy on the public test rows."""

import numpy as np
import pytest
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split

from grader.checks import Text

X, y = make_moons(n_samples=10_000, noise=0.4, random_state=42)
X_TRAIN, X_TEST, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
NOT_SO_GOOD = Text("The tree is right for less than 85 % of the test rows.", "트리가 테스트 세트의 85 %보다 적게 맞혀요.")
NOT_300 = Text("`trees` does not hold 300 trees.", "`trees`에 든 트리가 300개가 아니에요.")
NOT_LABELS = Text("Predictions must be labels, 0 or 1, and not always the same.", "예측은 0과 1인 레이블이어야 하고, 늘 같으면 안 돼요.")
NOT_ITS_ACCURACY = Text("This is not its accuracy on the test rows.", "테스트 세트에서 잰 `forest_predict`의 정확도와 달라요.")
NO_GAIN = Text("`vote_acc` is not 0.05 larger than `mean_tree_acc`.", "`vote_acc`가 `mean_tree_acc`보다 0.05 이상 크지 않아요.")


def kind(predictions):
    """In a word what predictions are."""
    values = np.unique(np.asarray(predictions, dtype=float))
    if not np.isfinite(values).all():
        return "no numbers"
    return "labels" if values.tolist() == [0, 1] else "one value" if len(values) == 1 else "other values"


@pytest.mark.points(0)
def test_own_forest(expect):
    """The forest is made by hand.

    ko: 숲을 손수 만든다.
    asks: no `RandomForestClassifier` and no `BaggingClassifier` may stand in your file
    asks-ko: 파일에 `RandomForestClassifier`나 `BaggingClassifier`가 있으면 안 됩니다
    hint: The checks of the forest ask for trees that you trained one by one.
    hint-ko: 숲을 보는 검사에서는 여러분이 하나씩 훈련한 트리를 봐요.
    """
    ready = ("RandomForestClassifier", "ExtraTreesClassifier", "BaggingClassifier")

    def author(code):
        return "own" if expect.holds(expect.source(code).avoids, *ready) else "scikit-learn's"

    expect.agree(author, "own")


@pytest.mark.points(3)
def test_tree_on_the_test_rows(expect):
    """The tree that the search chose is right for 85 % of the test rows.

    ko: 탐색에서 고른 트리가 테스트 세트의 85 %를 맞힌다.
    asks: 0.85 and more is within reach
    asks-ko: 0.85 이상의 정확도를 낼 수 있습니다
    hint: Search over max_leaf_nodes, for example [4, 8, 12, 16, 20, 30], and call fit on the training rows.
    hint-ko: max_leaf_nodes를 예를 들어 [4, 8, 12, 16, 20, 30]에서 찾고, 훈련 세트로 fit을 부르세요.
    """

    def reached(code):
        found = np.asarray(code.estimator("tree_search").predict(X_TEST))
        return found.shape, bool(np.mean(found == y_test) >= 0.85)

    expect.agree(reached, ((2000,), True), message=NOT_SO_GOOD)


@pytest.mark.points(3)
@pytest.mark.needs("test_own_forest")
def test_vote_on_the_test_rows(expect):
    """There are 300 trees, and `vote_acc` is the accuracy of `forest_predict` on the test rows.

    ko: 트리가 300개이고, `vote_acc`는 테스트 세트에서 잰 `forest_predict`의 정확도이다.
    asks: the accuracy of `forest_predict` on the test rows
    asks-ko: 테스트 세트에서 잰 `forest_predict`의 정확도입니다
    hint: Stack the predictions of all trees and take the majority of each column.
    hint-ko: 모든 트리의 예측을 쌓고 열마다 다수결로 정하세요.
    """

    def accuracy(code, X, y):
        return float(np.mean((np.asarray(code.call("forest_predict", X)) > 0.5) == y))

    def measured(code):
        on_test = accuracy(code, X_TEST, y_test)
        known = {"test rows": on_test, "percent": 100 * on_test, "training rows": accuracy(code, X_TRAIN, y_train)}
        return next((name for name, value in known.items() if abs(code["vote_acc"] - value) < 1e-6), "nothing known")

    expect.agree(lambda code: code.remote("trees").call("__len__") == 300, True, message=NOT_300)
    expect.agree(lambda code: kind(code.call("forest_predict", X_TEST)), "labels", message=NOT_LABELS)
    expect.agree(measured, "test rows", message=NOT_ITS_ACCURACY)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_forest")
@pytest.mark.needs("test_vote_on_the_test_rows")
def test_crowd_beats_its_members(expect):
    """The vote is better than the average tree.

    ko: 투표가 트리 하나의 평균보다 낫다.
    asks: `vote_acc` is then at least 0.05 larger than `mean_tree_acc`
    asks-ko: `vote_acc`가 `mean_tree_acc`보다 0.05 이상 큽니다
    hint: Trees of 100 rows each are right for 0.75 to 0.84 of the test rows, and their vote is clearly better.
    hint-ko: 샘플 100개로 훈련한 트리는 테스트 세트의 0.75~0.84를 맞히고, 투표한 결과는 그보다 분명히 나아요.
    """

    def gains(code):
        mean, vote = code["mean_tree_acc"], code["vote_acc"]
        return isinstance(mean, float), isinstance(vote, float), bool(0.05 <= vote - mean)

    expect.agree(gains, (True, True, True), message=NO_GAIN)
