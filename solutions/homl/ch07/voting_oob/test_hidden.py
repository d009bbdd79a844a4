"""Hidden checks: votes of other models, ties, many rows, lonely trees, validation rows, digits, new points."""

import numpy as np
import pytest
from sklearn.datasets import load_digits, make_moons
from sklearn.linear_model import LogisticRegression

from grader.checks import Rng


@pytest.mark.points(3)
@pytest.mark.parametrize("name", ["hard_vote", "soft_vote"])
def test_votes_of_other_models(expect, rng, name):
    """Votes of other models, and of two that disagree.

    ko: 다른 모델의 투표, 그리고 두 모델이 엇갈릴 때의 투표.
    asks: wherever two are equal (a model's probabilities, the votes, the means), the smaller number wins
    asks-ko: 모델의 확률이든 표든 평균이든 같은 값이 나오면 번호가 작은 클래스가 이깁니다
    hint: Votes and means run over the models (axis 0). np.argmax takes the first of equals, in the order of the classes.
    hint-ko: 표도 평균도 모델 방향(axis 0)으로 모으세요. np.argmax는 같은 값 중 첫 번째 클래스를 골라요.
    """
    for models, classes in ((5, 4), (3, 3)):
        P = rng.dirichlet(np.full(classes, 0.7), size=(models, 300))
        counts = np.sort(np.eye(classes)[P.argmax(axis=2)].sum(axis=0), axis=1)
        P = P[:, counts[:, -1] > counts[:, -2]]  # no ties among votes
        expect.agree(lambda code: code.call(name, P))
    # Two models, each for one of two classes: their votes are equal, and so are the means.
    pairs = np.array([(a, b) for a in range(4) for b in range(4) if a != b])

    def smaller_wins(code):
        won = code.call(name, np.eye(4)[pairs.T] * 0.5 + 0.125) == pairs.min(axis=1)
        return "always" if np.all(won) else "not always"

    expect.agree(smaller_wins, "always")


@pytest.mark.points(3)
def test_bootstrap_of_many_rows(expect):
    """63.2 % of the rows are inside, all alike, and the generator decides which.

    ko: 행의 63.2 %가 고르게 뽑히고, 어느 행인지는 생성기가 정한다.
    asks: draw from it and from nothing else. About $1 - 1/e = 63.2\\,\\%$ of all rows
    asks-ko: 난수는 반드시 여기에서만 뽑으세요. 전체 행의 약 $1 - 1/e = 63.2\\,\\%$가
    hint: n draws from n rows, each from all rows alike, with the rng that is passed in and no other.
    hint-ko: 행 n개에서 n번, 뽑을 때마다 모든 행의 확률이 같게 뽑으세요. 난수는 넘겨받은 rng에서만 뽑으세요.
    """
    n = 20_000

    def drawn(code):
        inside, outside = (np.asarray(rows) for rows in code.call("bootstrap", n, Rng(8)))
        few = np.concatenate([code.call("bootstrap", 5, Rng(seed))[0] for seed in range(20)])
        found = {
            "63 % inside": abs(len(np.unique(inside)) / n - 0.632) < 0.01,
            "37 % outside": abs(len(outside) / n - 0.368) < 0.01,
            "any of five": len(np.unique(few)) == 5,
        }
        return [what for what, holds in found.items() if holds]

    def generator(code):
        one, two, other = (np.asarray(code.call("bootstrap", 400, Rng(seed))[0]) for seed in (3, 3, 4))
        same, others = np.array_equal(one, two), not np.array_equal(one, other)
        return "the same by the same" if same else "others by the same", "others by another" if others else "no others"

    expect.agree(drawn, ["63 % inside", "37 % outside", "any of five"])
    expect.agree(generator, ("the same by the same", "others by another"))


@pytest.mark.points(3)
@pytest.mark.needs("test_known_out_of_bag")
def test_trees_judge_together(expect):
    """Trees that have not seen a row judge it together; a row without such a tree does not count.

    ko: 어떤 행을 보지 못한 트리들이 함께 예측하고, 그런 트리가 없는 행은 세지 않는다.
    asks: rows that every tree has seen do not count at all
    asks-ko: 모든 트리가 이미 본 행은 아예 세지 않습니다
    hint: Add up the votes of all trees for a row, compare with y once, at the end, and leave out rows without a vote.
    hint-ko: 한 행에 대한 모든 트리의 표를 더해 마지막에 한 번만 y와 비교하고, 표가 없는 행은 빼세요.
    """
    # Twelve places of seven equal rows, five of one label and two of the other: together all trees name the majority.
    X = np.repeat(np.arange(12.0), 7)[:, np.newaxis]
    y = np.array(([8, 8, 8, 8, 8, 3, 3] + [3, 3, 3, 3, 3, 8, 8]) * 6)

    def judged_by(code):
        share = code.call("oob_accuracy", X, y, 120, Rng(2))
        known = {"all trees together": 5 / 7, "one tree alone": 0.56}
        return next((who for who, usual in known.items() if abs(share - usual) < 0.075), "others")

    def known_to_one(code, X, y):
        share = np.mean([code.call("oob_accuracy", X, y, 1, Rng(seed)) for seed in range(8)])
        return "all rows" if share > 0.99 else "some rows" if share > 0.3 else "few rows"

    expect.agree(judged_by, "all trees together")
    clouds, line = np.repeat([[-9.0], [9.0]], 20, axis=0), np.arange(40.0)[:, np.newaxis]
    expect.agree(lambda code: known_to_one(code, clouds, np.repeat([0, 1], 20)), "all rows")
    expect.agree(lambda code: known_to_one(code, line, np.tile([0, 1], 20)), "few rows")


@pytest.mark.points(1)
@pytest.mark.needs("test_known_out_of_bag")
def test_sample_without_a_class(expect):
    """A tree whose sample lacks a class still votes for the right ones.

    ko: 표본에 어떤 클래스가 없던 트리도 맞는 클래스에 투표한다.
    asks: A tree whose sample lacks a class has fewer columns in `predict_proba`
    asks-ko: 어떤 클래스가 빠진 표본에 훈련한 트리는 `predict_proba`의 열이 더 적습니다
    hint: Column k of `tree.predict_proba` belongs to the class `tree.classes_[k]`.
    hint-ko: `tree.predict_proba`의 k번 열은 클래스 `tree.classes_[k]`의 확률이에요.
    """
    X, y = np.repeat([[0.0], [9.0], [18.0]], [1, 30, 30], axis=0), np.repeat(["a", "b", "c"], [1, 30, 30])

    def least(code):
        share = min(code.call("oob_accuracy", X, y, 1, Rng(seed)) for seed in range(16))
        return "nearly all known" if share > 0.8 else "other classes"

    expect.agree(least, "nearly all known")


@pytest.mark.points(4)
@pytest.mark.needs("test_importance_by_hand")
def test_importance_of_other_images(expect, rng):
    """What training and validation rows have to say, pixels that say the same, and digits.

    ko: 훈련 세트와 검증 세트가 알려 주는 것, 똑같은 것을 알려 주는 픽셀들, 그리고 숫자 이미지.
    asks: so that the map sums to 1 (leave it at 0 if nothing drops at all)
    asks-ko: 합이 1이 되게 하세요(정확도가 전혀 떨어지지 않으면 모두 0으로 둡니다)
    hint: Fit on the training rows; shuffle and score on validation rows. Divide by the sum only where it is above 0.
    hint-ko: 훈련은 훈련 세트로, 섞고 채점하는 것은 검증 세트로 하세요. 합이 0보다 클 때만 합으로 나누세요.
    """
    told = np.array([[group, one, two] for group in (0, 0, 1) for one in (0, 1) for two in (0, 1)] * 10)
    X, valid, (group, one, two) = np.zeros((120, 64)), np.zeros((120, 64)), told.T
    X[:, [58, 3, 44]] = told
    # Pixel 44 never changes in validation rows. Pixel 20 is 1 in a fifth of them, whose labels are others; training lacks it.
    odd = np.arange(120) % 5 == 0
    valid[:, [58, 3, 20]] = np.c_[group, one, odd]
    y, y_valid = np.where(group, 2 + two, one), np.where(group, 2, one)
    data = X, y, valid, np.where(odd, 3 - y_valid, y_valid)
    expect.agree(lambda code: np.sign(np.round(code.call("importance_map", *data, Rng(4)), 6)))
    alike = np.zeros((80, 64))
    alike[:, 24:40] = np.tile([[0], [1]], (40, 1))  # sixteen equal pixels: no single one is needed
    expect.agree(lambda code: np.sum(code.call("importance_map", *(alike, alike[:, 24]) * 2, Rng(5))), 0.0)
    digits, names = load_digits(return_X_y=True)
    train, rest = np.split(rng.permutation(len(names))[:850], [600])

    def of_digits(code):
        found = np.asarray(code.call("importance_map", digits[train], names[train], digits[rest], names[rest], Rng(6)))
        corners, middle = found[[0, 0, 7, 7], [0, 7, 0, 7]].sum(), found[2:6, 2:6].sum()
        return bool(abs(found.sum() - 1) < 1e-6), bool(corners < 0.03), bool(middle > 0.4)

    expect.agree(of_digits, (True, True, True))


@pytest.mark.points(3)
def test_accuracy_of_the_vote(submission, expect, band):
    """Accuracy of the vote on new points.

    ko: 새로운 점에서 투표의 정확도.
    asks: Full points begin at about 90.5 %.
    asks-ko: 만점은 90.5 %쯤부터입니다.
    hint: Members should differ and draw curved borders; calm those that know noise by heart (larger leaves, more neighbours).
    hint-ko: 휘어진 경계를 그리는 서로 다른 모델을 모으고, 잡음까지 외운 모델은 리프를 키우거나 이웃을 늘려 단순하게 하세요.
    """
    X, y = make_moons(4500, noise=0.3, random_state=42)
    y = np.array(["up", "down"])[y]
    predicted = submission.call("vote_predict", X[:500], y[:500], X[500:])
    expect.shape(predicted, (4000,))
    accuracy = float(np.mean(np.asarray(predicted).astype(str) == y[500:]))
    line = LogisticRegression().fit(X[:500], y[:500]).score(X[500:], y[500:])
    expect.metric(band["accuracy"], accuracy, baseline=line)
