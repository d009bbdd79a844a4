"""Hidden checks of boosting: weights, stages against scikit-learn, when to end, the best number of trees."""

import numpy as np
import pytest
from sklearn.datasets import make_moons
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingRegressor
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from grader.checks import Remote, Text

UNWEIGHTED_STUMPS = Text(
    "The stumps know nothing of the weights: `fit` of the tree takes them as `sample_weight`.",
    "그루터기가 가중치를 모르고 있어요. 트리의 `fit`에 `sample_weight`로 넘기세요.",
)
UNWEIGHTED_ERROR = Text(
    "The error is the plain share of wrong rows: add up the weights of the wrong rows.",
    "오차가 틀린 샘플의 비율 그대로예요. 틀린 샘플의 가중치를 더하세요.",
)


def moons(rng, m=160):
    """Points on two noisy moons, labels 0 and 1."""
    return make_moons(m, noise=0.3, random_state=int(rng.integers(10_000)))


def quadratic(rng, m=100):
    """The book's noisy parabola."""
    X = rng.uniform(-0.5, 0.5, size=(m, 1))
    return X, 3 * X[:, 0] ** 2 + 0.05 * rng.normal(size=m)


def adaboost(X, y, n, lr, mistake=None):
    """Weights before the first and after each round, the stumps and their say, rightly or with a known mistake."""
    weights, stumps, alphas = [np.full(len(y), 1 / len(y))], [], []
    for _ in range(n):
        weight = None if mistake is UNWEIGHTED_STUMPS else weights[-1]
        stump = DecisionTreeClassifier(max_depth=1, random_state=0).fit(X, y, sample_weight=weight)
        wrong = stump.predict(X) != y
        error = wrong.mean() if mistake is UNWEIGHTED_ERROR else weights[-1][wrong].sum()
        if error >= 0.5 - 1e-9:
            break
        alphas.append(lr * np.log((1 - error) / error))
        stumps.append(stump)
        raised = weights[-1] * np.exp(alphas[-1] * wrong)
        weights.append(raised / raised.sum())
    return np.array(weights), stumps, np.array(alphas)


LAST_TREE = Text(
    "The residuals leave out what all trees but the last predict: subtract the prediction of the whole model.",
    "잔차를 구할 때 마지막 트리의 예측만 뺐어요. 모델 전체의 예측을 빼야 해요.",
)


def last_tree_only(X, y, new, n, lr, depth):
    """Stages of the mistake that computes residuals from the constant and the last tree alone."""
    predicted, stages = np.full(len(y), y.mean()), [np.full(len(new), y.mean())]
    for _ in range(n):
        tree = DecisionTreeRegressor(max_depth=depth, random_state=0).fit(X, y - predicted)
        predicted = y.mean() + lr * tree.predict(X)
        stages.append(stages[-1] + lr * tree.predict(new))
    return np.array(stages[1:])


@pytest.mark.points(2.5)
@pytest.mark.needs("test_one_round_by_hand")
@pytest.mark.hint(
    en="Each stump is fitted with the newest weights, and its error is the sum of the newest weights of its wrong rows.",
    ko="그루터기마다 가장 새로운 가중치로 훈련하고, 오차도 가장 새로운 가중치로 구하세요.",
)
@pytest.mark.parametrize("lr", [1.0, 0.5])
def test_weights_after_three_rounds(submission, expect, rng, lr):
    """AdaBoost: the weights of the rows after three rounds.

    ko: 에이다부스트: 세 라운드 뒤 샘플의 가중치.
    """
    X, y = moons(rng)
    weights, stumps, alphas = adaboost(X, y, 3, lr)
    model = submission.estimator("StumpAdaBoost", n=3, lr=lr).fit(X, y)
    mistakes = {known: adaboost(X, y, 3, lr, known)[0] for known in (UNWEIGHTED_STUMPS, UNWEIGHTED_ERROR)}
    expect.close(model.attr("weights_"), weights, rtol=1e-6, atol=1e-12, mistakes=mistakes)
    expect.close(model.attr("alphas_"), alphas, rtol=1e-6)
    new, _ = moons(rng)
    votes = np.array([np.where(stump.predict(new) == 1, 1, -1) for stump in stumps])
    scores = alphas @ votes
    expect.close(
        model.call("decision_function", new),
        scores,
        rtol=1e-6,
        atol=1e-9,
        mistakes=[
            (
                (scores + alphas.sum()) / 2,
                Text("A stump that says classes_[0] counts -1, not 0.", "classes_[0]이라는 답은 0이 아니라 -1로 세요."),
            ),
            (
                votes.sum(axis=0),
                Text(
                    "All stumps have the same say: multiply the answer of each by its alpha.",
                    "모든 그루터기의 발언권이 같아요. 그루터기마다 답에 alpha를 곱하세요.",
                ),
            ),
        ],
    )


@pytest.mark.points(4)
@pytest.mark.needs("test_one_round_by_hand")
@pytest.mark.hint(
    en="Row j - 1 is the sign of the sum of the first j stumps, each with its own alpha.",
    ko="j - 1번 행은 처음 그루터기 j개의 답에 저마다의 alpha를 곱해 더한 값의 부호예요.",
)
def test_stages_of_adaboost(submission, expect, rng):
    """AdaBoost: the labels after each round are those of scikit-learn.

    ko: 에이다부스트: 라운드마다 예측한 레이블이 사이킷런과 같다.
    """
    X, y = moons(rng)
    new, _ = moons(rng)
    expected = AdaBoostClassifier(
        DecisionTreeClassifier(max_depth=1, random_state=0), n_estimators=20, learning_rate=0.5, random_state=0
    ).fit(X, y)
    model = submission.estimator("StumpAdaBoost", n=20, lr=0.5).fit(X, y)
    stages = model.call("staged_predict", new)
    expect.shape(stages, (20, len(new)))
    expect.close(stages, np.array(list(expected.staged_predict(new))))
    expect.close(model.predict(new), expected.predict(new))


@pytest.mark.points(3)
@pytest.mark.needs("test_one_round_by_hand")
@pytest.mark.hint(
    en="An error of 0.5 or more: do not keep the stump, stop. If none was kept at all, raise ValueError.",
    ko="오차가 0.5 이상이면 그 그루터기를 남기지 말고 끝내세요. 하나도 남지 않았으면 ValueError를 일으키세요.",
)
def test_useless_stumps_end_training(submission, expect):
    """AdaBoost: a stump that is no better than a coin is thrown away.

    ko: 에이다부스트: 동전 던지기보다 나을 것이 없는 그루터기는 버린다.
    """
    # Without any information the first stump names the majority; after that both classes weigh the same.
    X, y = np.zeros((10, 1)), np.repeat([1, 0], [6, 4])
    model = submission.estimator("StumpAdaBoost", n=25, lr=1.0).fit(X, y)
    expect.close(model.predict(X), np.ones(10))
    kept = Text(
        "Training went on with a stump whose error is 0.5: such a stump is not kept.",
        "오차가 0.5인 그루터기로 훈련을 계속했어요. 그런 그루터기는 남기지 않아요.",
    )
    expect.shape(model.attr("alphas_"), (1,), message=kept)
    expect.shape(model.attr("weights_"), (2, 10), message=kept)
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    none_left = Text(
        "Here the very first stump is no better than a coin, so that none is kept: `fit` must raise a ValueError.",
        "여기서는 첫 그루터기부터 동전 던지기보다 나을 것이 없어 하나도 남지 않아요. `fit`이 ValueError를 일으켜야 해요.",
    )
    with expect.raises("ValueError", message=none_left):
        submission.estimator("StumpAdaBoost", n=5, lr=1.0).fit(corners, np.array([0, 1, 1, 0]))


@pytest.mark.points(1)
@pytest.mark.hint(
    en="With an error of 0 the formula divides by zero: take alpha = 1 and end.",
    ko="오차가 0이면 공식에서 0으로 나누게 돼요. alpha를 1로 두고 끝내세요.",
)
def test_a_perfect_stump_ends_training(submission, expect, rng):
    """AdaBoost: a stump without error ends training.

    ko: 에이다부스트: 오차가 없는 그루터기가 나오면 끝난다.
    """
    X = np.sort(rng.normal(size=(12, 1)), axis=0)
    y = (np.arange(12) >= 5).astype(int)
    model = submission.estimator("StumpAdaBoost", n=10, lr=0.3).fit(X, y)
    infinite = Text(
        "The formula for alpha was divided by an error of 0: such a stump gets the alpha that the text names.",
        "오차가 0인데 alpha의 공식을 그대로 써서 0으로 나누었어요. 이런 그루터기의 alpha는 문제에 적혀 있어요.",
    )
    expect.close(model.attr("alphas_"), [1.0], mistakes={infinite: [np.inf]})
    rows = Text(
        "One round was kept, so `weights_` has two rows: the weights before it and those after it.",
        "남긴 라운드가 하나이므로 `weights_`는 그 전과 후의 두 행이어야 해요.",
    )
    expect.shape(model.attr("weights_"), (2, 12), message=rows)
    expect.close(model.attr("weights_"), np.full((2, 12), 1 / 12))
    expect.close(model.call("decision_function", X), np.where(y == 1, 1.0, -1.0))


@pytest.mark.points(2)
@pytest.mark.hint(
    en="A single stump is right about 82 of 100 points: does each round change the weights?",
    ko="그루터기 하나는 점 100개 중 82개쯤을 맞혀요. 라운드마다 가중치가 달라지나요?",
)
def test_accuracy_on_new_moons(submission, expect, band):
    """AdaBoost: accuracy on points that were not trained on.

    ko: 에이다부스트: 처음 보는 점에서의 정확도.
    """
    X, y = make_moons(500, noise=0.3, random_state=42)
    X, new, y, truth = train_test_split(X, y, random_state=42)
    model = submission.estimator("StumpAdaBoost", n=30, lr=0.5).fit(X, y)
    stump = DecisionTreeClassifier(max_depth=1, random_state=0).fit(X, y)
    baseline = float(np.mean(stump.predict(new) == truth))
    predicted = model.predict(new)
    expect.shape(predicted, (len(new),))
    expect.dtype(predicted, "number")
    expect.metric(band["accuracy"], float(np.mean(predicted == truth)), baseline=baseline)


@pytest.mark.points(1.5)
@pytest.mark.needs("test_two_trees_by_hand")
@pytest.mark.hint(
    en="Each tree is fitted to y minus the constant minus lr times all trees before it.",
    ko="트리마다 y에서 상수와, 앞선 모든 트리의 답에 lr을 곱한 값을 뺀 잔차에 훈련하세요.",
)
@pytest.mark.parametrize(("lr", "depth"), [(0.1, 2), (1.0, 1), (0.4, 3)])
def test_stages_of_gradient_boosting(submission, expect, rng, lr, depth):
    """Gradient boosting: the predictions after each tree are those of scikit-learn.

    ko: 그레이디언트 부스팅: 트리마다 예측한 값이 사이킷런과 같다.
    """
    X, y = quadratic(rng)
    new = rng.uniform(-0.6, 0.6, size=(40, 1))
    expected = GradientBoostingRegressor(n_estimators=15, learning_rate=lr, max_depth=depth, random_state=0).fit(X, y)
    model = submission.estimator("GBRegressorLite", n=15, lr=lr, depth=depth).fit(X, y)
    expect.close(
        model.call("staged_predict", new),
        np.array(list(expected.staged_predict(new))),
        rtol=0,
        atol=1e-6,
        mistakes=[(last_tree_only(X, y, new, 15, lr, depth), LAST_TREE)],
    )


@pytest.mark.points(4)
@pytest.mark.hint(
    en="argmin counts from 0, numbers of trees count from 1; predict uses that many trees and no more.",
    ko="argmin은 0부터, 트리의 개수는 1부터 세요. predict는 그만큼의 트리만 써요.",
)
def test_best_number_of_trees(submission, expect, rng):
    """Gradient boosting: validation rows choose the number of trees.

    ko: 그레이디언트 부스팅: 검증 세트로 트리의 개수를 정한다.
    """
    X, y = quadratic(rng, 40)
    X_valid, y_valid = quadratic(rng, 60)
    model = submission.estimator("GBRegressorLite", n=80, lr=0.2, depth=3)
    model.fit(X, y, X_valid=X_valid, y_valid=y_valid)
    best = model.attr("best_n_")
    expect.type(best, int, what="best_n_")
    # judged by the submission's own stages: whether these are right is asked above
    stages = expect.array(model.call("staged_predict", X_valid), (80, len(X_valid)))
    errors = np.mean((stages - y_valid) ** 2, axis=1)
    expect.true(
        np.ptp(errors) > 0,
        en="The prediction of the validation rows is the same after every tree.",
        ko="트리를 더해도 검증 세트의 예측이 그대로예요.",
    )
    least = int(errors.argmin()) + 1
    index = Text("This counts from 0: the first tree is number 1.", "0부터 센 값이에요. 첫 트리가 1번이에요.")
    last = Text("This is simply the last tree.", "마지막 트리의 번호예요.")
    off = [(least - 1, index)] if errors[least - 2] > errors[least - 1] + 1e-9 or least == 1 else []
    if best != least and not (1 <= best <= 80 and errors[best - 1] <= errors.min() + 1e-12):
        expect.close(best, least, mistakes=[*off, (80, last)])
    message = Text("`predict` must use `best_n_` trees.", "`predict`는 트리 `best_n_`개를 써야 해요.")
    expect.close(model.predict(X_valid), stages[best - 1], rtol=0, atol=1e-6, message=message)
    # whole numbers and lr = 1: the first tree leaves residuals of exactly 0, and so does each tree after it
    X, y = np.arange(4.0).reshape(-1, 1), np.array([0.0, 0.0, 4.0, 8.0])
    model = submission.estimator("GBRegressorLite", n=6, lr=1.0, depth=2)
    model.fit(X, y, X_valid=X, y_valid=y)
    equal = Text(
        "Here every number of trees has the same error: of several equal ones the smallest number is wanted.",
        "여기서는 트리가 몇 개든 오차가 똑같아요. 같은 값이 여럿이면 가장 작은 수를 고르세요.",
    )
    errors = np.mean((np.asarray(model.call("staged_predict", X), dtype=float) - y) ** 2, axis=1)
    expect.true(model.attr("best_n_") == 1 or errors.min() < errors[0], message=equal)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Without validation rows best_n_ is n. A second fit begins anew.",
    ko="검증 세트가 없으면 best_n_은 n이에요. fit을 다시 부르면 처음부터 시작해야 해요.",
)
def test_fit_again(submission, expect, rng):
    """Gradient boosting: a second `fit`, without validation rows, forgets the first.

    ko: 그레이디언트 부스팅: 검증 세트 없이 다시 `fit`하면 앞의 것을 잊는다.
    """
    X, y = quadratic(rng, 30)
    model, fresh = (submission.estimator("GBRegressorLite", n=10, lr=0.3, depth=2) for _ in range(2))
    model.fit(X + 1.0, -y, X_valid=X, y_valid=y).fit(X, y)
    expect.same(model.attr("best_n_"), 10)
    once = fresh.fit(X, y).predict(X)
    expect.array(once, (30,))
    expect.true(
        np.ptp(np.asarray(once, dtype=float)) > 1e-6,
        en="The prediction is the same for every row.",
        ko="모든 행의 예측이 같아요.",
    )
    again = Text("A second `fit` gives another model than a first one.", "두 번째 `fit`의 결과가 처음과 달라요.")
    expect.close(model.predict(X), once, rtol=0, atol=1e-6, message=again)


@pytest.mark.points(1.5)
@pytest.mark.hint(
    en="End both `fit` with `return self`, and start the lists of weights and trees inside `fit`.",
    ko="두 `fit` 모두 `return self`로 끝내고, 가중치와 트리의 리스트는 `fit` 안에서 새로 만드세요.",
)
def test_fit_returns_the_model(submission, expect, rng):
    """`fit` returns the model and leaves its arguments alone; AdaBoost can be fitted again.

    ko: `fit`은 모델을 돌려주고, 에이다부스트는 다시 훈련할 수 있다.
    """
    X, y = moons(rng, 60)
    model, fresh = (submission.estimator("StumpAdaBoost", n=4, lr=0.7) for _ in range(2))
    model.fit(X, y)
    for name, remote in (("StumpAdaBoost", model), ("GBRegressorLite", submission.estimator("GBRegressorLite", n=2))):
        returned = remote.call("fit", -X, y, hold=True)
        right = isinstance(returned, Remote) and returned.is_a(name)
        expect.true(right, en="`fit` must return `self`.", ko="`fit`은 `self`를 돌려주어야 해요.")
    before = rng.normal(size=len(X))
    target = submission.hold(before)
    submission.estimator("GBRegressorLite", n=2).call("fit", X, target, hold=True)
    expect.unchanged(before, target.call("copy"), what="y")
    weights = fresh.fit(-X, y).attr("weights_")
    expect.array(weights, (None, 60))
    expect.close(model.attr("weights_"), weights, rtol=1e-6, atol=1e-12)
    predicted = model.predict(-X)
    expect.dtype(predicted, "number")
    expect.true(
        len(np.unique(np.asarray(predicted))) == 2,
        en="`predict` should find rows of both classes here.",
        ko="여기서는 `predict`가 두 클래스를 모두 찾아야 해요.",
    )
    expect.close(predicted, np.asarray(model.call("staged_predict", -X))[-1])
