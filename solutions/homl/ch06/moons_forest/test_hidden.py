"""Hidden checks of the moons: unseen points, what search and trees have seen, the vote, the reported accuracies."""

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

from grader.checks import Remote, RemoteEstimator, Text

N_TREES, N_ROWS, N_TRAIN = 300, 100, 8_000
FRESH = 1_000  # unseen points for the vote of all trees
LEAK = Text(
    "The search has seen other rows than the 8,000 training rows: was it fitted on the test rows as well?",
    "탐색이 훈련 샘플 8,000개가 아닌 다른 행을 보았어요. 테스트 세트까지 넣어 훈련했나요?",
)
ALL_ROWS = Text(
    "A tree has seen other than 100 rows: take 100 training rows for each, and mind which index array of ShuffleSplit "
    "is the small one.",
    "샘플 100개가 아닌 데이터로 훈련한 트리가 있어요. 트리마다 훈련 샘플을 100개씩 쓰고, ShuffleSplit의 인덱스 배열 가운데 어느 쪽이 "
    "작은지 확인하세요.",
)
TEST_ROWS = Text(
    "The trees learnt from other rows than the 8,000 training rows: draw the 100 rows of each from X_train, y_train.",
    "훈련 샘플 8,000개에 없는 행으로 훈련한 트리가 있어요. 트리마다 X_train, y_train에서 샘플 100개를 뽑으세요.",
)
EACH_ROW = Text(
    "One label for each row that was passed in is wanted: predict these rows, not always the same ones.",
    "넘겨받은 행마다 레이블이 하나씩 있어야 해요. 늘 같은 데이터가 아니라 넘겨받은 행을 예측하세요.",
)
SAME_ROWS = Text(
    "Trees are the same as others: draw new rows for each tree.",
    "똑같은 트리들이 있어요. 트리마다 샘플을 새로 뽑으세요.",
)
ON_TRAIN = Text(
    "That is the mean accuracy on the training rows; the test rows are wanted.",
    "훈련 세트에서 잰 정확도의 평균이에요. 테스트 세트에서 재세요.",
)
ONE_TREE = Text(
    "That is the prediction of a single tree, not the vote of all 300.",
    "트리 300개의 투표가 아니라 트리 하나의 예측이에요.",
)
BEST_TREE = Text(
    "That is the accuracy of the best tree; the mean of all 300 is wanted.",
    "가장 좋은 트리의 정확도예요. 트리 300개의 평균을 구하세요.",
)
DEFAULTS = Text(
    "A tree has not the hyperparameters that the search found: `DecisionTreeClassifier()` begins with its defaults.",
    "탐색에서 찾은 하이퍼파라미터를 쓰지 않은 트리가 있어요. `DecisionTreeClassifier()`는 기본값에서 시작해요.",
)
OTHERS = Text(
    "Leave the other hyperparameters at their defaults: only `max_leaf_nodes`, `criterion` and `random_state` are yours to choose.",
    "다른 하이퍼파라미터는 기본값으로 두세요. `max_leaf_nodes`, `criterion`, `random_state`만 정할 수 있어요.",
)
FREE = ("max_leaf_nodes", "criterion")
KEPT = {name: value for name, value in DecisionTreeClassifier().get_params().items() if name not in (*FREE, "random_state")}
MAJORITY = Text(
    "For some rows this is not the label that most of the trees predict: count labels, not probabilities.",
    "트리 대다수가 예측한 레이블과 다른 행이 있어요. 확률이 아니라 레이블을 세세요.",
)


def labels(expect, found, m):
    """The student's labels, once they are zeros and ones."""
    expect.shape(found, (m,), message=EACH_ROW)
    expect.finite(found)
    found = np.asarray(found)
    expect.true(
        found.dtype.kind in "iufb" and bool(np.isin(found, (0, 1)).all()),
        en="Predictions must be labels, 0 or 1.",
        ko="예측은 0이나 1인 레이블이어야 해요.",
    )
    return found.astype(int)


def all_trees(submission, expect, remembered):
    """The student's trees, held inside."""
    held = remembered("trees", lambda: submission.remote("trees").call("__iter__", hold=True).take(N_TREES + 1))
    expect.true(
        len(held) >= 10,  # whether there are 300 is asked once
        en="`trees` must be a list of 300 fitted trees.",
        ko="`trees`는 훈련한 트리 300개의 리스트여야 해요.",
    )
    expect.true(
        all(isinstance(tree, Remote) and tree.is_a("DecisionTreeClassifier") for tree in held),
        en="`trees` must hold fitted DecisionTreeClassifiers.",
        ko="`trees`에는 훈련한 DecisionTreeClassifier가 들어 있어야 해요.",
    )
    return [RemoteEstimator(tree) for tree in held]


def votes(submission, expect, remembered, hidden):
    """What each tree says about unseen points and about the test rows."""
    rows = np.vstack([hidden.fresh_X[:FRESH], hidden.X_test])
    said = remembered("votes", lambda: [tree.predict(rows) for tree in all_trees(submission, expect, remembered)])
    said = np.array([labels(expect, found, len(rows)) for found in said])
    return said[:, :FRESH], said[:, FRESH:]


def known_thresholds(expect, trees, X):
    """Share of the trees' thresholds that lie in the middle between two values of these rows, up to the last digit."""
    columns = [np.unique(column.astype(np.float32)).astype(float) for column in X.T]
    known = []
    for tree in trees:
        feature, threshold = (expect.array(tree.get(name), (None,)) for name in ("tree_.feature", "tree_.threshold"))
        for j, middle in zip(feature.astype(int), threshold, strict=True):
            if j in (0, 1):
                known.append(np.isin(2 * middle - columns[j], columns[j], assume_unique=True).any())
    return float(np.mean(known)) if known else 1.0


def by_eye(X):
    """Labels without any learning: the upper crescent is class 0."""
    return (X[:, 1] < 0.25).astype(int)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Hold the tree back: between 10 and 60 leaves are enough for two crescents.",
    ko="트리를 규제하세요. 초승달 두 개에는 리프가 10~60개면 충분해요.",
)
def test_tree_on_unseen_points(submission, hidden, expect, band):
    """The tree that the search chose classifies unseen points.

    ko: 탐색에서 고른 트리가 처음 보는 점을 분류한다.
    """
    found = labels(expect, submission.estimator("tree_search").predict(hidden.fresh_X), len(hidden.fresh_X))
    baseline = float(np.mean(by_eye(hidden.fresh_X) == hidden.fresh_y))
    expect.metric(band["tree_accuracy"], float(np.mean(found == hidden.fresh_y)), baseline=baseline)


@pytest.mark.points(3)
@pytest.mark.needs("test_tree_on_the_test_rows")
@pytest.mark.hint(
    en="GridSearchCV(DecisionTreeClassifier(), {...}, cv=3).fit(X_train, y_train), with at least 4 candidates.",
    ko="후보를 4개 이상 넣어 GridSearchCV(DecisionTreeClassifier(), {...}, cv=3).fit(X_train, y_train)을 쓰세요.",
)
def test_search_uses_the_training_rows(submission, expect):
    """The search compares candidates by cross-validation on the training rows alone.

    ko: 탐색은 훈련 세트만으로 교차 검증해 후보를 비교한다.
    """
    search = submission.estimator("tree_search")
    expect.fitted(search, ["best_params_", "best_estimator_", "n_splits_"])
    expect.true(
        search.get("best_estimator_", hold=True).is_a("DecisionTreeClassifier"),
        en="The search must choose among DecisionTreeClassifiers.",
        ko="DecisionTreeClassifier의 하이퍼파라미터를 찾아야 해요.",
    )
    n_splits = search.get("n_splits_")
    expect.type(n_splits, int, what="n_splits_")
    expect.at_least(n_splits, 3, what=Text("the number of folds", "폴드 수"))
    expect.at_least(
        search.get("cv_results_", hold=True).call("__getitem__", "params", hold=True).call("__len__"),
        4,
        what=Text("the number of candidates", "후보의 수"),
    )
    seen = expect.array(search.get("best_estimator_.tree_.n_node_samples"), (None,))
    expect.true(int(seen[0]) == N_TRAIN, message=LEAK)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="With ShuffleSplit(n_splits=300, train_size=100) use the first index array: for rows, _ in splitter.split(X_train).",
    ko="ShuffleSplit(n_splits=300, train_size=100)이면 첫째 인덱스 배열을 쓰세요. for rows, _ in splitter.split(X_train)처럼요.",
)
def test_each_tree_saw_its_own_100_rows(submission, hidden, expect, remembered):
    """Each tree was trained on 100 rows of its own.

    ko: 트리마다 따로 뽑은 샘플 100개로 훈련했다.
    """
    trees = all_trees(submission, expect, remembered)
    for tree in trees[::6]:
        seen = expect.array(tree.get("tree_.n_node_samples"), (None,))
        expect.true(int(seen[0]) == N_ROWS, message=ALL_ROWS)
    # By chance two training values meet in a threshold of other rows as well, but not in nearly all thresholds.
    expect.true(known_thresholds(expect, trees[::6], hidden.X_train) > 0.99, message=TEST_ROWS)
    fresh, _ = votes(submission, expect, remembered, hidden)
    expect.true(len(np.unique(fresh, axis=0)) > 0.9 * len(trees), message=SAME_ROWS)


@pytest.mark.points(2)
@pytest.mark.needs("test_search_uses_the_training_rows")
@pytest.mark.hint(
    en="clone(tree_search.best_estimator_), or DecisionTreeClassifier(**tree_search.best_params_).",
    ko="clone(tree_search.best_estimator_)나 DecisionTreeClassifier(**tree_search.best_params_)를 쓰세요.",
)
def test_trees_have_the_hyperparameters_found(submission, expect, remembered):
    """The trees have the hyperparameters that the search found.

    ko: 트리들은 탐색에서 찾은 하이퍼파라미터를 쓴다.
    """
    search = submission.estimator("tree_search")
    best = search.get("best_params_")
    expect.type(best, dict, what="best_params_")
    expect.true(
        "max_leaf_nodes" in best,
        en="The search must choose `max_leaf_nodes`.",
        ko="탐색에서 `max_leaf_nodes`를 골라야 해요.",
    )
    chosen = RemoteEstimator(search.get("best_estimator_", hold=True))
    expect.params(chosen, KEPT, message=OTHERS)
    for tree in all_trees(submission, expect, remembered)[::25]:
        wanted = {name: value for name, value in best.items() if name in FREE}
        expect.params(tree, wanted, message=DEFAULTS)
        expect.params(tree, KEPT, message=OTHERS)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="np.array([tree.predict(X) for tree in trees]) has one row per tree; the mean over axis 0 is the share of ones.",
    ko="np.array([tree.predict(X) for tree in trees])에는 트리마다 한 행씩 있고, 축 0의 평균이 1의 비율이에요.",
)
def test_forest_is_the_majority(submission, hidden, expect, remembered):
    """On unseen points the forest says what most of its trees say.

    ko: 처음 보는 점에서 숲의 예측은 트리 대다수의 예측과 같다.
    """
    fresh, _ = votes(submission, expect, remembered, hidden)
    found = labels(expect, submission.call("forest_predict", hidden.fresh_X[:FRESH]), FRESH)
    ones = fresh.sum(axis=0)
    clear, right = 2 * ones != len(fresh), 2 * ones > len(fresh)
    alone = bool(np.any(np.all(fresh == found, axis=1))) and not np.all(fresh == fresh[0])
    wrong = bool(np.any(found[clear] != right[clear]))
    expect.true(not wrong, message=ONE_TREE if alone else MAJORITY)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Score each tree on X_test, y_test and take the mean of the 300 numbers.",
    ko="트리마다 X_test, y_test로 정확도를 재고, 수 300개의 평균을 구하세요.",
)
def test_mean_accuracy_of_the_trees(submission, hidden, expect, remembered):
    """`mean_tree_acc` is the mean accuracy of the trees on the test rows.

    ko: `mean_tree_acc`는 테스트 세트에서 잰 트리들의 평균 정확도이다.
    """
    claimed = submission["mean_tree_acc"]
    expect.type(claimed, float, what="mean_tree_acc")
    _, test = votes(submission, expect, remembered, hidden)
    accuracy = (test == hidden.y_test).mean(axis=1)
    mistakes = [(float(accuracy.max()), BEST_TREE)]
    if abs(float(claimed) - accuracy.mean()) > 1e-6:
        trees = all_trees(submission, expect, remembered)
        seen = [labels(expect, tree.predict(hidden.X_train), N_TRAIN) == hidden.y_train for tree in trees]
        mistakes += [(float(np.mean(seen)), ON_TRAIN)]
    expect.close(claimed, float(accuracy.mean()), rtol=0, atol=1e-6, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.needs("test_forest_is_the_majority")
@pytest.mark.hint(
    en="A vote helps where the voters differ: small random subsets make different trees.",
    ko="투표는 투표하는 트리들이 서로 다를 때 도움이 돼요. 작은 무작위 부분집합을 쓰면 트리가 서로 달라져요.",
)
def test_vote_gains_on_unseen_points(submission, hidden, expect, remembered):
    """On unseen points the vote is right at least 0.05 more often than the average tree.

    ko: 처음 보는 점에서 투표의 정확도가 트리 하나의 평균보다 0.05 이상 높다.
    """
    fresh, _ = votes(submission, expect, remembered, hidden)
    truth = hidden.fresh_y[:FRESH]
    gain = np.mean((fresh.mean(axis=0) > 0.5) == truth) - np.mean(fresh == truth)
    expect.at_least(float(gain), 0.05, what=Text("the gain of the vote", "투표로 높아진 정확도"), measured=True)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="A vote of 300 small trees is at least as good as the one tuned tree.",
    ko="작은 트리 300개의 투표는 튜닝한 트리 하나 못지않아요.",
)
def test_forest_on_unseen_points(submission, hidden, expect, band):
    """The forest classifies unseen points.

    ko: 숲이 처음 보는 점을 분류한다.
    """
    found = labels(expect, submission.call("forest_predict", hidden.fresh_X), len(hidden.fresh_X))
    baseline = float(np.mean(by_eye(hidden.fresh_X) == hidden.fresh_y))
    expect.metric(band["vote_accuracy"], float(np.mean(found == hidden.fresh_y)), baseline=baseline)
