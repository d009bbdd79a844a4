"""Hidden checks of the moons: unseen points, what search and trees have seen, the vote, the reported accuracies."""

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

from grader.checks import RemoteEstimator, Text

NOTHING = "nothing known"
FREE = {"max_leaf_nodes", "criterion", "random_state"}
DEFAULTS = {name: value for name, value in DecisionTreeClassifier().get_params().items() if name not in FREE}
SEARCH = Text(
    "This is not a search with at least 3 folds among at least 4 numbers of leaves between 2 and 100.",
    "2에서 100 사이의 리프 수 4개 이상을 폴드 3개 이상으로 비교하는 탐색이 아니에요.",
)
ROWS = Text("Rows are drawn twice for one tree, or for two trees alike.", "한 트리에 두 번 뽑힌 행이 있거나, 두 트리의 행이 똑같아요.")
OTHER_ROWS = Text("The trees were not trained on the rows in `tree_rows`.", "`tree_rows`에 적힌 행으로 훈련한 트리가 아니에요.")
SETTINGS = Text("Some hyperparameters are neither found nor defaults.", "찾은 값도 기본값도 아닌 하이퍼파라미터가 있어요.")
MAJORITY = Text("Some labels are not those that most of the trees predict.", "트리 대다수의 예측과 다른 레이블이 있어요.")
MEAN = Text("This is not the trees' mean accuracy on the test rows.", "테스트 세트에서 잰 트리들의 평균 정확도와 달라요.")


def fitted(code, step=1):
    """Every so many of the trees, held inside."""
    return [RemoteEstimator(tree) for tree in code.remote("trees").call("__iter__", hold=True).take(300)[::step]]


def positions(code):
    return np.array([np.asarray(rows) for rows in code["tree_rows"]])


def ballots(code, X, method="predict"):
    """What each tree says about these rows."""
    held = code.hold(X)
    return np.array([tree.call(method, held) for tree in fitted(code)])


def kind(predictions):
    """In a word what predictions are."""
    values = np.unique(np.asarray(predictions, dtype=float))
    if not np.isfinite(values).all():
        return "no numbers"
    return "labels" if values.tolist() == [0, 1] else "one value" if len(values) == 1 else "other values"


def which(value, known):
    """The name of the known answer that this one is."""
    return next((name for name, answer in known.items() if abs(value - answer) < 1e-6), NOTHING)


@pytest.mark.points(3)
def test_tree_on_unseen_points(submission, hidden, expect, band):
    """The tree that the search chose classifies unseen points.

    ko: 탐색에서 고른 트리가 처음 보는 점을 분류한다.
    asks: 0.85 and more is within reach
    asks-ko: 0.85 이상의 정확도를 낼 수 있습니다
    hint: Hold the tree back: between 10 and 60 leaves are enough for two crescents.
    hint-ko: 트리를 규제하세요. 초승달 두 개에는 리프가 10~60개면 충분해요.
    """
    found = expect.array(submission.estimator("tree_search").predict(hidden.fresh_X), hidden.fresh_y.shape)
    expect.metric(band["tree_accuracy"], float(np.mean(found == hidden.fresh_y)), baseline=hidden.lazy)


@pytest.mark.points(3)
@pytest.mark.needs("test_tree_on_the_test_rows")
def test_search_uses_the_training_rows(expect):
    """The search compares candidates by cross-validation on the training rows alone.

    ko: 탐색은 훈련 세트만으로 교차 검증해 후보를 비교한다.
    asks: The search sees the training rows only.
    asks-ko: 탐색은 훈련 세트만 보아야 하고
    hint: GridSearchCV(DecisionTreeClassifier(), {...}, cv=3).fit(X_train, y_train), with at least 4 candidates.
    hint-ko: 후보를 4개 이상 넣어 GridSearchCV(DecisionTreeClassifier(), {...}, cv=3).fit(X_train, y_train)을 쓰세요.
    """

    def compared(code):
        search = code.estimator("tree_search")
        leaves = [each["max_leaf_nodes"] for each in search.get("cv_results_", hold=True).call("__getitem__", "params")]
        return {
            "a tree": search.get("best_estimator_", hold=True).is_a("DecisionTreeClassifier"),
            "folds": search.get("n_splits_") >= 3,
            "candidates": len(set(leaves)) >= 4,
            "sizes": all(isinstance(each, int | np.integer) and 2 <= each <= 100 for each in leaves),
        }

    expect.agree(lambda code: code.estimator("tree_search").get("best_estimator_.tree_.n_node_samples")[0], 8000)
    expect.agree(compared, dict.fromkeys(("a tree", "folds", "candidates", "sizes"), True), message=SEARCH)


@pytest.mark.points(5)
@pytest.mark.needs("test_own_forest")
def test_each_tree_saw_its_own_rows(expect, hidden):
    """Each tree was trained on its own 100 training rows.

    ko: 트리마다 제 훈련 샘플 100개로 훈련했다.
    asks: trained on the training rows at its positions, and on no others
    asks-ko: 제 위치에 있는 훈련 샘플만으로 훈련합니다
    hint: fit(X_train[rows], y_train[rows]), where rows is one row of `tree_rows`.
    hint-ko: `tree_rows`의 한 행을 rows라 할 때 fit(X_train[rows], y_train[rows])를 쓰세요.
    """

    def trained_on(code, X):
        """Whether each leaf holds as many of these rows as it has counted."""
        rows = positions(code)
        if rows.max() >= len(X):
            return False
        for tree, own in zip(fitted(code, 15), rows[::15], strict=True):
            leaves, counts = np.unique(tree.call("apply", X[own]), return_counts=True)
            if not np.array_equal(tree.get("tree_.n_node_samples")[leaves], counts):
                return False
        return True

    expect.agree(lambda code: {len(np.unique(tree.predict(hidden.X_test))) for tree in fitted(code, 30)} == {2}, True)
    expect.agree(lambda code: sorted({int(tree.get("tree_.n_node_samples")[0]) for tree in fitted(code, 6)}), [100])
    expect.agree(lambda code: trained_on(code, hidden.X_train), True, message=OTHER_ROWS)
    expect.agree(lambda code: trained_on(code, hidden.X_test), False, message=OTHER_ROWS)


@pytest.mark.points(2)
@pytest.mark.needs("test_each_tree_saw_its_own_rows")
def test_rows_of_the_trees(expect):
    """For each tree 100 different rows, drawn anew.

    ko: 트리마다 서로 다른 샘플 100개를 새로 뽑는다.
    asks: **100** different training rows, drawn at random anew for each tree
    asks-ko: 트리마다 새로 무작위로 뽑은 서로 다른 훈련 샘플 **100개**
    hint: With ShuffleSplit(n_splits=300, train_size=100) use the first index array: for rows, _ in splitter.split(X_train).
    hint-ko: ShuffleSplit(n_splits=300, train_size=100)이면 첫째 인덱스 배열을 쓰세요. for rows, _ in splitter.split(X_train)처럼요.
    """

    def drawn(code):
        rows = np.sort(positions(code), axis=1)
        return {"different": bool(np.diff(rows).all()), "anew": len(np.unique(rows, axis=0)) == len(rows)}

    expect.agree(lambda code: positions(code).shape[1], 100)
    expect.agree(drawn, {"different": True, "anew": True}, message=ROWS)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_forest")
@pytest.mark.needs("test_search_uses_the_training_rows")
def test_trees_have_the_hyperparameters_found(expect):
    """The trees have the hyperparameters that the search found, and the defaults otherwise.

    ko: 트리들은 탐색에서 찾은 하이퍼파라미터를 쓰고 나머지는 기본값이다.
    asks: a new `DecisionTreeClassifier` with the hyperparameters that the search found
    asks-ko: 저마다 탐색에서 찾은 하이퍼파라미터(`tree_search.best_params_`)를 쓰는 새
    hint: clone(tree_search.best_estimator_), or DecisionTreeClassifier(**tree_search.best_params_).
    hint-ko: clone(tree_search.best_estimator_)나 DecisionTreeClassifier(**tree_search.best_params_)를 쓰세요.
    """

    def off(code, trees):
        """Names of hyperparameters that are other ones in one of the trees."""
        found = code.estimator("tree_search").get("best_params_")
        wanted = DEFAULTS | {name: value for name, value in found.items() if name in FREE}
        settings = [tree.params() for tree in trees]
        return sorted(name for name in wanted if any(each[name] != wanted[name] for each in settings))

    def best(code):
        return RemoteEstimator(code.estimator("tree_search").get("best_estimator_", hold=True))

    expect.agree(lambda code: off(code, [best(code)]), [], message=SETTINGS)
    expect.agree(lambda code: off(code, fitted(code, 25)), [], message=SETTINGS)


@pytest.mark.points(5)
@pytest.mark.needs("test_own_forest")
def test_forest_is_the_majority(expect, hidden):
    """On unseen points the forest says what most of its trees say.

    ko: 처음 보는 점에서 숲의 예측은 트리 대다수의 예측과 같다.
    asks: for each row the label that most of the 300 `trees` predict
    asks-ko: 행마다 `trees`의 트리 300개가 가장 많이 예측한 레이블(0 또는 1)입니다
    hint: np.array([tree.predict(X) for tree in trees]) has one row per tree; the mean over axis 0 is the share of ones.
    hint-ko: np.array([tree.predict(X) for tree in trees])에는 트리마다 한 행씩 있고, 축 0의 평균이 1의 비율이에요.
    """
    X = hidden.fresh_X[:1000]

    def follows(code):
        shares = ballots(code, X, "predict_proba")[:, :, -1]
        votes, found = shares > 0.5, np.asarray(code.call("forest_predict", X)) > 0.5
        known = {"the majority": votes.mean(axis=0), "the minority": 1 - votes.mean(axis=0)}
        known["the mean probability"] = shares.mean(axis=0)
        known |= {"one tree": vote for vote in votes if np.array_equal(vote, found)}
        same = (name for name, share in known.items() if np.all((found == (share > 0.5)) | (share == 0.5)))
        return next(same, NOTHING)

    expect.agree(lambda code: np.shape(code.call("forest_predict", X)), (1000,))
    expect.agree(lambda code: kind(code.call("forest_predict", X)), "labels", message=MAJORITY)
    expect.agree(follows, "the majority", message=MAJORITY)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_forest")
def test_mean_accuracy_of_the_trees(expect, hidden):
    """`mean_tree_acc` is the mean accuracy of the trees on the test rows.

    ko: `mean_tree_acc`는 테스트 세트에서 잰 트리들의 평균 정확도이다.
    asks: the mean over the 300 trees of their accuracy on the **test** rows
    asks-ko: 트리 300개가 저마다 **테스트 세트**에서 얻은 정확도(0에서 1 사이)의 평균입니다
    hint: Score each tree on X_test, y_test and take the mean of the 300 numbers.
    hint-ko: 트리마다 X_test, y_test로 정확도를 재고, 수 300개의 평균을 구하세요.
    """

    def measured(code):
        each = (ballots(code, hidden.X_test) == hidden.y_test).mean(axis=1)
        known = {"mean": each.mean(), "percent": 100 * each.mean(), "best": each.max(), "first": each[0]}
        if which(code["mean_tree_acc"], known) == NOTHING:
            known["training rows"] = (ballots(code, hidden.X_train) == hidden.y_train).mean()
        return which(code["mean_tree_acc"], known)

    expect.agree(measured, "mean", message=MEAN)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_forest")
def test_forest_on_unseen_points(submission, hidden, expect, band):
    """The forest classifies unseen points.

    ko: 숲이 처음 보는 점을 분류한다.
    asks: and not below 0.85
    asks-ko: 0.85 아래로 내려가지도 않습니다
    hint: A vote of 300 small trees is at least as good as the one tuned tree.
    hint-ko: 작은 트리 300개의 투표는 튜닝한 트리 하나 못지않아요.
    """
    found = expect.array(submission.call("forest_predict", hidden.fresh_X), hidden.fresh_y.shape) > 0.5
    expect.metric(band["vote_accuracy"], float(np.mean(found == hidden.fresh_y)), baseline=hidden.lazy)
