"""Hidden checks of boosting: other rows, every stage, when to end, the best number of trees, fits that begin anew."""

import numpy as np
import pytest
from sklearn.datasets import make_moons

from grader.checks import Text

KEPT = Text(
    "The number of rounds is not right: a stump whose error is 0.5 is not kept, and ends the training.",
    "라운드 수가 맞지 않아요. 오차가 0.5인 그루터기는 남기지 않고 훈련을 끝내요.",
)
NOT_REFUSED = Text(
    "Here the very first stump is no better than a coin, so that none is kept: `fit` must raise a ValueError.",
    "여기서는 첫 그루터기부터 동전 던지기보다 나을 것이 없어 하나도 남지 않아요. `fit`이 ValueError를 일으켜야 해요.",
)
NOT_LEAST = Text(
    "`best_n_` is not the number of trees with the lowest error on the validation rows.",
    "`best_n_`이 검증 세트의 오차가 가장 작은 트리 개수가 아니에요.",
)
TRAINED = Text("Validation rows changed the trees, or all predictions are equal.", "검증 세트 때문에 트리가 달라졌거나 예측이 모두 같아요.")
NOT_BEST = Text("`predict` must use `best_n_` trees.", "`predict`는 트리 `best_n_`개를 써야 해요.")
AGAIN = Text("A second `fit` gives another model than a first one.", "두 번째 `fit`의 결과가 처음과 달라요.")


def fitted(code, name, X, y, *valid, **settings):
    """A model after `fit`."""
    held = dict(zip(("X_valid", "y_valid"), valid, strict=False))
    return code.estimator(name, **settings).fit(X, y, **held)


def knows(model, X, y):
    """Whether any prediction is right: what a model says of itself counts only together with what it does."""
    return bool(np.any(model.predict(X) == y))


def moons(rng, m=160):
    """Points on two noisy moons, labels 8 and 3, all rows of the greater label first."""
    X, y = make_moons(m, noise=0.3, random_state=int(rng.integers(10_000)))
    order = np.argsort(-y, kind="stable")
    return X[order], np.array([3, 8])[y[order]]


def parabola(rng, m=100):
    """The book's noisy parabola."""
    X = rng.uniform(-0.5, 0.5, size=(m, 1))
    return X, 3 * X[:, 0] ** 2 + 0.05 * rng.normal(size=m)


@pytest.mark.points(2.5)
@pytest.mark.needs("test_own_adaboost")
@pytest.mark.parametrize("lr", [1.0, 0.5])
def test_weights_after_three_rounds(expect, rng, lr):
    """AdaBoost: say of the stumps and weights of the rows after three rounds.

    ko: 에이다부스트: 세 라운드 뒤 그루터기의 발언권과 샘플의 가중치.
    asks: Fit a stump (a tree with `max_depth=1`) with the rows' weights as `sample_weight`
    asks-ko: 샘플의 가중치를 `sample_weight`로 주고 그루터기(stump, `max_depth=1`인 트리)를 훈련합니다
    hint: Each stump is fitted with the newest weights, and its error is the sum of the newest weights of its wrong rows.
    hint-ko: 그루터기마다 가장 새로운 가중치로 훈련하고, 오차도 가장 새로운 가중치로 구하세요.
    """
    X, y = moons(rng)
    for name in ("alphas_", "weights_"):
        expect.agree(lambda code: fitted(code, "StumpAdaBoost", X, y, n=3, lr=lr).attr(name))
    expect.agree(lambda code: knows(fitted(code, "StumpAdaBoost", X, y, n=3, lr=lr), X, y), True)


@pytest.mark.points(2.5)
@pytest.mark.needs("test_own_adaboost")
def test_decision_function(expect, rng):
    """AdaBoost: the decision function on new points.

    ko: 에이다부스트: 새로운 점에서의 결정 함수.
    asks: $\\sum_j \\alpha_j h_j(x)$, where $h_j(x)$ is +1 if stump $j$ says `classes_[1]`
    asks-ko: $\\sum_j \\alpha_j h_j(x)$입니다. 그루터기 $j$의 답이 `classes_[1]`이면 $h_j(x)$는 +1
    hint: Multiply each stump's answers, +1 or -1, by its own alpha, and add them up over the stumps.
    hint-ko: 그루터기마다 답(+1 또는 -1)에 자기 alpha를 곱하고, 그루터기들에 대해 더하세요.
    """
    (X, y), (new, _) = moons(rng), moons(rng)
    expect.agree(lambda code: fitted(code, "StumpAdaBoost", X, y, n=9, lr=0.7).call("decision_function", new))


@pytest.mark.points(4)
@pytest.mark.needs("test_own_adaboost")
def test_stages_of_adaboost(expect, rng):
    """AdaBoost: the labels after each round, on new points.

    ko: 에이다부스트: 라운드마다 새로운 점에 예측한 레이블.
    asks: row j - 1 holds the labels that the first j stumps predict together
    asks-ko: j - 1번 행은 처음 그루터기 j개가 함께 예측한 레이블입니다
    hint: Row j - 1 is the sign of the sum of the first j stumps, each with its own alpha.
    hint-ko: j - 1번 행은 처음 그루터기 j개의 답에 저마다의 alpha를 곱해 더한 값의 부호예요.
    """
    (X, y), (new, _) = moons(rng), moons(rng)
    expect.agree(lambda code: fitted(code, "StumpAdaBoost", X, y, n=20, lr=0.5).call("staged_predict", new))
    expect.agree(lambda code: fitted(code, "StumpAdaBoost", X, y, n=20, lr=0.5).predict(new))


@pytest.mark.points(3)
@pytest.mark.needs("test_own_adaboost")
def test_when_training_ends(expect, rng):
    """AdaBoost: a stump no better than a coin is thrown away, one without error is kept; both end training.

    ko: 에이다부스트: 동전 던지기보다 나을 것이 없는 그루터기는 버리고, 오차가 없는 그루터기는 남긴다. 둘 다 훈련을 끝낸다.
    asks: A stump with $r_j = 0$ is kept with $\\alpha_j = 1$, the weights stay as they are, and training ends
    asks-ko: $r_j = 0$인 그루터기는 $\\alpha_j = 1$로 남기고, 가중치는 그대로 둔 채 훈련을 끝냅니다
    hint: Look at the error before anything else: 0.5 or more ends training without this stump, 0 ends it with alpha = 1.
    hint-ko: 무엇보다 먼저 오차를 보세요. 0.5 이상이면 그 그루터기 없이, 0이면 alpha를 1로 두고 훈련을 끝내요.
    """

    def kept(code, ones):
        # Without any information the first stump names the majority; after that both classes weigh the same.
        model = fitted(code, "StumpAdaBoost", np.zeros((24, 1)), np.repeat([1, 0], [ones, 24 - ones]), n=4)
        return len(model.attr("alphas_")), len(model.attr("weights_")), knows(model, np.zeros((5, 1)), 1)

    def accepted(code):
        corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
        fitted(code, "StumpAdaBoost", corners, np.array([0, 1, 1, 0]), n=5)
        return True

    def perfect(code, name):
        model = fitted(code, "StumpAdaBoost", X, y, n=4, lr=0.3)
        return model.attr(name), knows(model, X, y)

    X, y = np.sort(rng.normal(size=(12, 1)), axis=0), np.repeat([0, 1], [5, 7])
    expect.agree(lambda code: [kept(code, ones) for ones in range(13, 24)], [(1, 2, True)] * 11, message=KEPT)
    expect.agree(accepted, message=NOT_REFUSED)
    expect.agree(lambda code: perfect(code, "alphas_"), ([1.0], True))
    expect.agree(lambda code: perfect(code, "weights_"), (np.full((2, 12), 1 / 12), True))


@pytest.mark.points(1.5)
@pytest.mark.needs("test_own_gradient_boosting")
@pytest.mark.parametrize(("lr", "depth"), [(0.1, 2), (1.0, 1), (0.4, 3)])
def test_stages_of_gradient_boosting(expect, rng, lr, depth):
    """Gradient boosting: the predictions after each tree, on new points.

    ko: 그레이디언트 부스팅: 트리마다 새로운 점에 예측한 값.
    asks: row j - 1 holds the prediction of the constant and the first j trees
    asks-ko: j - 1번 행은 상수와 처음 트리 j개로 예측한 값입니다
    hint: Each tree is fitted to y minus the constant minus lr times all trees before it.
    hint-ko: 트리마다 y에서 상수와, 앞선 모든 트리의 답에 lr을 곱한 값을 뺀 잔차에 훈련하세요.
    """
    (X, y), new = parabola(rng), rng.uniform(-0.6, 0.6, size=(40, 1))
    settings = {"n": 15, "lr": lr, "depth": depth}
    expect.agree(lambda code: fitted(code, "GBRegressorLite", X, y, **settings).call("staged_predict", new), atol=1e-6)


@pytest.mark.points(4)
@pytest.mark.needs("test_own_gradient_boosting")
def test_best_number_of_trees(expect, rng):
    """Gradient boosting: validation rows choose the number of trees.

    ko: 그레이디언트 부스팅: 검증 세트로 트리의 개수를 정한다.
    asks: with the lowest mean squared error on the validation rows
    asks-ko: 검증 세트의 평균 제곱 오차가 가장 작은 트리 개수이고
    hint: argmin counts from 0, numbers of trees from 1; predict uses that many and no more. The validation rows train nothing.
    hint-ko: argmin은 0부터, 트리의 개수는 1부터 세요. predict는 그만큼의 트리만 써요. 검증 세트로는 훈련하지 마세요.
    """
    noisy = (*parabola(rng, 40), *parabola(rng, 60))
    # Whole numbers and lr = 1: the first tree leaves residuals of exactly 0, and so does each tree after it.
    whole = np.arange(4.0).reshape(-1, 1), np.array([0.0, 0.0, 4.0, 8.0])
    new = rng.uniform(-0.5, 0.5, size=(30, 1))

    def best_and_least(code, data, **settings):
        """`best_n_`, and the best of the model's own stages: whether these are right is asked elsewhere."""
        model = fitted(code, "GBRegressorLite", *data, **settings)
        errors = np.mean((model.call("staged_predict", data[2]) - data[3]) ** 2, axis=1)
        return float(model.attr("best_n_")), float(errors.argmin()) + 1, len(errors)

    def either(found, wanted):
        expect.true(found[0] in (found[1], wanted[0]) and found[2] == wanted[2], message=NOT_LEAST)

    def trees_in_use(code):
        model = fitted(code, "GBRegressorLite", *noisy, n=80, lr=0.2, depth=3)
        same = np.isclose(model.call("staged_predict", new), model.predict(new), rtol=0, atol=1e-6).all(axis=1)
        best, numbers = model.attr("best_n_"), np.flatnonzero(same) + 1
        return {"best_n_": best in numbers, "one more": best + 1 in numbers, "all": 80 in numbers}

    expect.agree(lambda code: best_and_least(code, noisy, n=80, lr=0.2, depth=3), how=either)
    expect.agree(lambda code: best_and_least(code, whole * 2, n=6, lr=1.0, depth=2), (1, 1, 6), how=either)
    def trees_stay(code):
        chosen, plain = (fitted(code, "GBRegressorLite", *data, n=9, lr=0.2, depth=3) for data in (noisy, noisy[:2]))
        held, alone = (model.call("staged_predict", new) for model in (chosen, plain))
        return bool(np.allclose(held, alone, rtol=0, atol=1e-6)), len(np.unique(held)) > 1

    expect.agree(trees_stay, (True, True), message=TRAINED)
    expect.agree(trees_in_use, {"best_n_": True, "one more": False, "all": False}, message=NOT_BEST)


@pytest.mark.points(2.5)
def test_what_fit_returns_leaves_and_forgets(expect, rng):
    """`fit` returns the model, leaves its arguments as they are, and begins anew each time.

    ko: `fit`은 모델을 돌려주고, 넘겨받은 인수를 바꾸지 않으며, 부를 때마다 처음부터 시작한다.
    asks: returns `self`, begins anew when it is called again, and leaves its arguments as they are
    asks-ko: 모든 `fit`은 `self`를 돌려주고, 다시 부르면 처음부터 새로 시작하며, 넘겨받은 인수는 그대로 둡니다
    hint: End both `fit` with `return self`, start all lists inside `fit`, and set best_n_ in every case; `y -= ...` changes the caller's y.
    hint-ko: 두 `fit` 모두 `return self`로 끝내고, 리스트는 모두 `fit` 안에서 새로 만들고, best_n_은 언제나 정하세요. `y -= ...`는 넘겨받은 y를 고쳐요.
    """
    X, labels = moons(rng, 60)
    for name, y in (("StumpAdaBoost", labels), ("GBRegressorLite", rng.normal(size=60))):

        def afterwards(code):
            held = code.hold(y)
            model = code.estimator(name, n=2)
            return model.call("fit", X, held, hold=True).type_name, held.call("copy"), len(np.unique(model.predict(X))) > 1

        def again(code):
            model, once = fitted(code, name, -X, y[::-1], n=4), fitted(code, name, X, y, n=4).call("staged_predict", X)
            return np.array_equal(model.fit(X, y).call("staged_predict", X), once), len(np.unique(once)) > 1

        expect.agree(afterwards, (name, y, True))
        expect.agree(again, (True, True), message=AGAIN)

    def best_without_validation(code):
        model = fitted(code, "GBRegressorLite", X, labels, X, labels, n=7).fit(X, labels)
        return model.attr("best_n_"), len(model.predict(X))

    expect.agree(best_without_validation, (7, 60))


@pytest.mark.points(1)
def test_same_trees_every_time(expect, rng):
    """Where several features split equally well, the trees are those of `random_state=0`.

    ko: 똑같이 잘 나누는 특성이 여럿이면 `random_state=0`의 트리가 나온다.
    asks: always with `random_state=0`
    asks-ko: 항상 `random_state=0`으로 만드세요
    hint: Give `random_state=0` to the classifier and to the regressor.
    hint-ko: 분류 트리와 회귀 트리에 모두 `random_state=0`을 주세요.
    """
    y = np.repeat([0, 1], 10)
    tables = [y[:, np.newaxis] + rng.uniform(0, 0.5, size=(20, columns)) for columns in (8, 11, 13)]
    news = [rng.choice([0.2, 1.2], size=(40, X.shape[1])) for X in tables]

    def several(code, name, X, new):
        answers = [fitted(code, name, X, y, n=1).predict(new) for _ in range(6)]
        same = all(np.array_equal(each, answers[0]) for each in answers)
        return same, answers[0] if same else None

    for name in ("StumpAdaBoost", "GBRegressorLite"):
        expect.agree(lambda code: [several(code, name, *table) for table in zip(tables, news, strict=True)])
