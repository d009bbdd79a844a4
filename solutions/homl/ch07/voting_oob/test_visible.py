"""Visible checks: the worked example, a small bootstrap, rows known out of bag, three pixels, who votes."""

import numpy as np
import pytest

from grader.checks import Rng

# The worked example in six rows: as it is, or with the two classes exchanged.
TURNED = np.array([False, True, False, False, True, True])
P = np.array([[[p, 1 - p] if not turned else [1 - p, p] for turned in TURNED] for p in (0.6, 0.55, 0.05)])
KINDS = """LogisticRegression LogisticRegressionCV RidgeClassifier SGDClassifier Perceptron SVC NuSVC LinearSVC GaussianNB
KNeighborsClassifier RadiusNeighborsClassifier NearestCentroid DecisionTreeClassifier ExtraTreeClassifier BaggingClassifier
RandomForestClassifier ExtraTreesClassifier AdaBoostClassifier GradientBoostingClassifier HistGradientBoostingClassifier
MLPClassifier GaussianProcessClassifier LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis""".split()


@pytest.mark.points(1)
@pytest.mark.parametrize("name", ["hard_vote", "soft_vote"])
def test_vote_by_hand(expect, name):
    """The vote of the worked example, and turned round.

    ko: 예제의 투표, 그리고 클래스를 바꾼 예제의 투표.
    asks: Example: three models give one row the probabilities
    asks-ko: 예: 모델 세 개가 어떤 행에 확률
    hint: Hard: count how many models choose each class. Soft: average over the models first, then choose.
    hint-ko: 직접 투표는 클래스마다 고른 모델의 수를 세고, 간접 투표는 먼저 모델들의 평균을 낸 다음 고르세요.
    """
    right = {"hard_vote": TURNED, "soft_vote": ~TURNED}[name]
    expect.agree(lambda code: code.call(name, P), right.astype(int))


@pytest.mark.points(3)
def test_bootstrap_of_fifty_rows(expect):
    """Fifty rows are drawn, and the rest is out of bag.

    ko: 행 50개를 뽑고, 나머지는 OOB이다.
    asks: `outside`, the out-of-bag rows, has all row numbers that were not drawn, each once
    asks-ko: 한 번도 뽑히지 않은 행, 곧 OOB(out-of-bag) 행의 번호를 하나씩 담습니다
    hint: rng.integers(n, size=n) draws with replacement; np.setdiff1d finds what is missing.
    hint-ko: rng.integers(n, size=n)은 중복을 허용해 뽑아요. 빠진 번호는 np.setdiff1d로 찾으세요.
    """

    def wrong(code, part):
        inside, outside = (np.asarray(rows) for rows in code.call("bootstrap", 50, Rng(7)))
        drawn, rest = np.unique(inside), np.unique(outside)
        about_inside = {"few": len(inside) < 25, "not 50": len(inside) != 50, "no row twice": len(drawn) == len(inside)}
        about_outside = {
            "drawn rows": np.isin(rest, drawn).any(),
            "rows are missing": not np.isin(np.arange(50), np.append(drawn, rest)).all(),
            "rows come twice": len(rest) < len(outside),
        }
        return [what for what, holds in (about_inside, about_outside)[part].items() if holds]

    for part in (0, 1):
        expect.agree(lambda code: wrong(code, part), [])


@pytest.mark.points(3)
def test_known_out_of_bag(expect):
    """Out of bag, some rows are always known and others never: 28 of 60.

    ko: OOB로 보면 어떤 행은 늘 맞고 어떤 행은 늘 틀려서, 60개 가운데 28개를 맞힌다.
    asks: Judge each row by a soft vote of those trees **only** for which it is out of bag.
    asks-ko: 행마다 그 행이 OOB인 트리들**만** 모아 간접 투표로 예측합니다.
    hint: Add up predict_proba of a tree in its out-of-bag rows only, then compare the largest entry with y.
    hint-ko: 트리의 predict_proba를 그 트리의 OOB 행에만 더하고, 가장 큰 항목을 y와 비교하세요.
    """
    # 23 equal rows are known by one another. 30 rows in a line have labels that alternate, so that a tree which has not
    # seen a row answers as its neighbours are. Seven more are equal: the majority of five is right, the other two are not.
    X = np.concatenate([np.full(23, -9.0), np.arange(30.0), np.full(7, 99.0)])[:, np.newaxis]
    y = np.array(["up"] * 23 + ["up", "down"] * 15 + ["up"] * 5 + ["down"] * 2)

    def counted_by(code):
        uses = expect.source(code, "oob_accuracy", main=False).uses
        return "a library" if expect.holds(uses, "BaggingClassifier", ".oob_score_", ".oob_decision_function_") else "a loop"

    expect.agree(lambda code: code.call("oob_accuracy", X, y, 150, Rng(1)), 28 / 60, atol=0.12)
    expect.agree(counted_by, "a loop")


@pytest.mark.points(3)
def test_importance_by_hand(expect):
    """Of three pixels two help on the validation rows, and one misleads.

    ko: 픽셀 세 개 가운데 둘은 검증 세트에서 도움이 되고, 하나는 오히려 방해가 된다.
    asks: how much the accuracy on the **validation** rows drops when that one column is shuffled there
    asks-ko: **검증** 세트에서 그 열 하나만 섞었을 때 정확도가 떨어지는 정도
    hint: Score the validation rows, then a copy with one column shuffled. Clip at 0, divide by the sum, reshape(8, 8).
    hint-ko: 검증 세트의 정확도를 재고, 열 하나를 섞은 복사본으로 다시 재세요. 음수는 0으로 바꾸고 합으로 나눈 뒤 reshape(8, 8)을 쓰세요.
    """
    # Pixel 60 says which of the pixels 5 and 42 tells the class. In the validation rows pixel 42 is the other way round:
    # shuffling it makes the accuracy better, so its drop is negative.
    told = np.array([[group, one, two] for group in (0, 0, 1) for one in (0, 1) for two in (0, 1)] * 10)
    X, right = np.zeros((120, 64)), np.zeros((8, 8))
    X[:, [60, 5, 42]], y = told, np.where(told[:, 0] == 1, 2 + told[:, 2], told[:, 1])
    X_valid = X.copy()
    X_valid[:, 42] = 1 - X[:, 42]
    right[0, 5] = right[7, 4] = 1.0

    def importance(code):
        return np.round(code.call("importance_map", X, y, X_valid, y, Rng(3)), 6)

    expect.agree(lambda code: np.sign(importance(code)), right)
    expect.agree(lambda code: "one" if abs(importance(code).sum() - 1) < 1e-4 else "another sum", "one")


@pytest.mark.points(4)
def test_who_votes(expect):
    """Three kinds of classifiers vote on two moons, and answer with labels.

    ko: 세 종류의 분류기가 두 달의 레이블을 투표로 정한다.
    asks: train at least three different kinds of classifiers of scikit-learn
    asks-ko: 서로 다른 종류의 사이킷런 분류기를 세 가지 이상
    hint: A forest, neighbours and an SVM, say: fit each to X, y and let `soft_vote` or `hard_vote` decide.
    hint-ko: 예를 들어 랜덤 포레스트, k-최근접 이웃, SVM을 저마다 X, y에 훈련하고 `soft_vote`나 `hard_vote`로 정하세요.
    """
    angle = np.linspace(0, np.pi, 60)
    moons = np.concatenate([np.c_[np.cos(angle), np.sin(angle)], np.c_[1 - np.cos(angle), 0.5 - np.sin(angle)]])
    y = np.repeat(["up", "down"], 60)

    def answers(code):
        return np.asarray(code.call("vote_predict", np.tile(moons, (3, 1)), np.tile(y, 3), moons))

    def voters(code):
        right = np.mean(np.unique(answers(code), return_inverse=True)[1] == (y == "up"))
        used = expect.source(code, entries=["vote_predict"], main=False)
        kinds = sum(expect.holds(used.uses, kind) for kind in KINDS)
        return min(kinds, 3), "curved border" if right > 0.95 else "another border"

    expect.agree(voters, (3, "curved border"))
    expect.agree(lambda code: answers(code)[[10, 100]].astype(str), ["up", "down"])
