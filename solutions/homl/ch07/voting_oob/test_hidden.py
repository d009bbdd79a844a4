"""Hidden checks of voting, bagging and importance."""

import numpy as np
import pytest
from sklearn.datasets import load_digits, make_moons
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

from grader.checks import Rng, Text

TIE = Text(
    "Where two classes are equal the one with the smaller number wins, every time.",
    "두 클래스가 같을 때는 언제나 번호가 작은 클래스가 이겨요.",
)


def probabilities(rng, models, rows=300, classes=4):
    """Rows of probabilities, none of them equal."""
    return rng.dirichlet(np.full(classes, 0.7), size=(models, rows))


def counted(P):
    """Votes for each class in each row."""
    return (P.argmax(axis=2)[:, :, np.newaxis] == np.arange(P.shape[2])).sum(axis=0)


def known_mistakes(P):
    """What the usual mistakes answer."""
    return [
        (P.mean(axis=0).argmax(axis=1), Text("This is the soft vote.", "이것은 간접 투표의 결과예요.")),
        (
            np.rint(P.argmax(axis=2).mean(axis=0)),
            Text(
                "The numbers of the classes were averaged: they are names, and the mean of two names says nothing.",
                "클래스의 번호를 평균 냈어요. 번호는 이름일 뿐이라 평균에는 뜻이 없어요.",
            ),
        ),
        (P.max(axis=0).argmax(axis=1), Text("The surest model alone decided.", "가장 확신하는 모델 하나가 정했어요.")),
    ]


@pytest.mark.points(2)
@pytest.mark.needs("test_hard_vote_by_hand")
@pytest.mark.hint(
    en="np.argmax takes the first of equals: let it run over the counts of the classes in their order.",
    ko="np.argmax는 같은 값 중 첫 번째를 골라요. 클래스 순서대로 센 표에 쓰세요.",
)
def test_hard_vote_of_other_models(submission, expect, rng):
    """Hard voting of five models, and of four, where ties are frequent.

    ko: 모델 다섯 개의 직접 투표, 그리고 동점이 잦은 모델 네 개의 직접 투표.
    """
    for models in (5, 4):
        P = probabilities(rng, models)
        found = submission.call("hard_vote", P)
        expect.shape(found, (300,))
        expect.integer_valued(found)
        expect.between(found, 0, 3)
        counts = counted(P)
        most = counts[np.arange(300), np.asarray(found, dtype=int)] == counts.max(axis=1)
        message = TIE if most.all() else None
        expect.close(found, counts.argmax(axis=1), message=message, mistakes=known_mistakes(P))


@pytest.mark.points(2)
@pytest.mark.needs("test_soft_vote_by_hand")
@pytest.mark.hint(
    en="The mean runs over the models (axis 0), the choice over the classes.",
    ko="평균은 모델 방향(axis 0)으로, 고르는 것은 클래스 방향으로 하세요.",
)
def test_soft_vote_of_other_models(submission, expect, rng):
    """Soft voting of other models, and equal means.

    ko: 다른 모델의 간접 투표, 그리고 평균이 같을 때.
    """
    for models, classes in ((5, 4), (2, 3), (3, 3)):
        P = probabilities(rng, models, classes=classes)
        found = submission.call("soft_vote", P)
        expect.shape(found, (300,))
        averaged = known_mistakes(P)[1:]
        voted = [(counted(P).argmax(axis=1), Text("This is the hard vote.", "이것은 직접 투표의 결과예요."))]
        expect.close(found, P.mean(axis=0).argmax(axis=1), mistakes=voted + averaged)
    even = np.array([[[0.25, 0.5, 0.25]] * 3, [[0.25, 0.0, 0.75], [0.75, 0.0, 0.25], [0.25, 0.5, 0.25]]])
    expect.close(submission.call("soft_vote", even), [2, 0, 1])
    flat = np.full((3, 4, 2), 0.5)
    expect.close(submission.call("soft_vote", flat), [0, 0, 0, 0], message=TIE)


def drawn(submission, expect, n, seed):
    """The rows of one bootstrap as integers."""
    result = submission.call("bootstrap", n, Rng(seed))
    expect.type(result, (tuple, list), what="bootstrap(...)")
    expect.shape(result[0], (n,))
    expect.integer_valued(result[0])
    expect.between(result[0], 0, n - 1)
    return np.asarray(result[0], dtype=int), result[1]


@pytest.mark.points(2)
@pytest.mark.hint(
    en="n draws from n rows, each draw from all rows alike: about 63.2 % of the rows are inside.",
    ko="행 n개에서 n번 뽑되, 뽑을 때마다 모든 행의 확률이 같아야 해요. 그러면 행의 63.2 %쯤이 뽑혀요.",
)
def test_share_inside(submission, expect, rng):
    """63.2 % of the rows are inside, and every row has the same chance.

    ko: 행의 63.2 %가 뽑히고, 모든 행의 확률이 같다.
    """
    n = 20_000
    inside, outside = drawn(submission, expect, n, int(rng.integers(2**31)))
    counts = np.bincount(inside, minlength=n)
    share = np.mean(counts > 0)
    expect.true(
        abs(share - (1 - np.exp(-1))) < 0.01,
        en="The share of the rows that were drawn is not 63.2 %: each of the n draws must take any of the n rows alike.",
        ko="뽑힌 행의 비율이 63.2 %가 아니에요. n번 뽑되, 뽑을 때마다 n개의 행이 모두 같은 확률로 뽑혀야 해요.",
    )
    expect.multiset(outside, np.flatnonzero(counts == 0), message=NEVER_DRAWN)
    tenths = counts.reshape(10, -1).sum(axis=1)
    expect.between(
        tenths, 1750, 2250, message=Text("Some rows are drawn more often than others.", "더 자주 뽑히는 행이 있어요.")
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Use the rng that is passed in, not np.random and not a generator of your own.",
    ko="np.random이나 따로 만든 생성기가 아니라 넘겨받은 rng를 쓰세요.",
)
def test_the_generator_decides(submission, expect):
    """The same generator draws the same rows, another one others.

    ko: 같은 생성기는 같은 행을, 다른 생성기는 다른 행을 뽑는다.
    """
    one, two, other = (drawn(submission, expect, 400, seed)[0] for seed in (3, 3, 4))
    expect.true(
        np.array_equal(one, two),
        en="Two generators with the same seed drew different rows.",
        ko="시드가 같은 두 생성기가 다른 행을 뽑았어요.",
    )
    expect.true(
        not np.array_equal(one, other),
        en="Two generators with different seeds drew the same rows: is rng used?",
        ko="시드가 다른 두 생성기가 같은 행을 뽑았어요. rng를 썼나요?",
    )


NEVER_DRAWN = Text(
    "Out of bag are the rows that were never drawn, each once.",
    "OOB 샘플은 한 번도 뽑히지 않은 행이고, 저마다 한 번씩만 있어야 해요.",
)
ALONE = Text(
    "So well does one tree judge alone: add up the votes of all trees that have not seen a row (`+=`, not `=`), "
    "and compare only then. Each tree needs a sample of its own and may grow without limits.",
    "트리 하나가 혼자 맞히는 정도예요. 어떤 행을 보지 못한 트리들의 표를 모두 더한 다음(`=`이 아니라 `+=`) 비교하세요. 트리마다 "
    "표본을 새로 뽑고, 트리의 깊이는 제한하지 마세요.",
)


def bagged(X, y, n_trees, rng):
    """Out-of-bag accuracy of bagged trees, and the mean accuracy of the single trees out of bag."""
    scores, single = np.zeros((len(y), 2)), []
    for _ in range(n_trees):
        inside = rng.integers(len(y), size=len(y))
        outside = np.setdiff1d(np.arange(len(y)), inside)
        tree = DecisionTreeClassifier(random_state=0).fit(X[inside], y[inside])
        found = tree.predict(X[outside])
        scores[outside, found] += 1
        single.append(np.mean(found == y[outside]))
    judged = scores.sum(axis=1) > 0
    return np.mean(scores.argmax(axis=1)[judged] == y[judged]), np.mean(single)


def noisy_moons():
    """The training part of 500 points."""
    X, y = make_moons(500, noise=0.3, random_state=42)
    X, _, y, _ = train_test_split(X, y, random_state=42)
    return X, y


@pytest.mark.points(2)
@pytest.mark.needs("test_two_clouds_out_of_bag")
@pytest.mark.hint(
    en="Add up the votes of all trees for a row first; compare with y once, at the end.",
    ko="먼저 한 행에 대한 모든 트리의 표를 더하고, y와는 마지막에 한 번만 비교하세요.",
)
def test_oob_accuracy_of_moons(submission, expect, rng):
    """Out-of-bag accuracy on two noisy moons.

    ko: 잡음이 섞인 두 달의 OOB 정확도.
    """
    X, y = noisy_moons()
    truth, single = bagged(X, y, 300, rng)
    found = submission.call("oob_accuracy", X, np.array(["up", "down"])[y], 120, Rng(int(rng.integers(2**31))))
    expect.type(found, float, what="oob_accuracy(...)")
    seen = Text("The trees judged rows that they were fitted to.", "트리가 훈련에 쓴 행을 채점했어요.")
    message = ALONE if single - 0.04 < found < truth - 0.02 else None
    expect.close(found, truth, rtol=0, atol=0.02, message=message, mistakes=[(1.0, seen)])


@pytest.mark.points(2)
@pytest.mark.needs("test_two_clouds_out_of_bag")
@pytest.mark.hint(
    en="With few trees some rows were seen by all of them: leave these out of the mean.",
    ko="트리가 적으면 모든 트리가 본 행이 생겨요. 그런 행은 평균에서 빼세요.",
)
def test_rows_without_judge_do_not_count(submission, expect, rng):
    """With one or two trees only the rows that are out of bag count.

    ko: 트리가 한두 개일 때는 OOB인 행만 센다.
    """
    X, y = noisy_moons()
    for n_trees in (1, 2):
        found = [submission.call("oob_accuracy", X, y, n_trees, Rng(seed)) for seed in rng.integers(2**31, size=10)]
        for value in found:
            expect.type(value, float, what="oob_accuracy(...)")
        truth = np.mean([bagged(X, y, n_trees, rng)[0] for _ in range(40)])
        expect.close(
            float(np.mean(found)),
            truth,
            rtol=0,
            atol=0.05,
            message=Text(
                "With one or two trees the accuracy is off: rows that no tree can judge count neither as right nor as wrong.",
                "트리가 한두 개일 때 정확도가 달라요. 채점할 트리가 없는 행은 맞은 것도 틀린 것도 아니에요.",
            ),
        )


@pytest.mark.points(2)
@pytest.mark.needs("test_two_clouds_out_of_bag")
@pytest.mark.hint(
    en="Column k of `tree.predict_proba` belongs to the class `tree.classes_[k]`.",
    ko="`tree.predict_proba`의 k번 열은 클래스 `tree.classes_[k]`의 확률이에요.",
)
def test_sample_without_a_class(submission, expect, rng):
    """A tree whose sample lacks a class still votes for the right ones.

    ko: 표본에 어떤 클래스가 없던 트리도 맞는 클래스에 투표한다.
    """
    y = np.array(["a", *["b"] * 30, *["c"] * 30])
    fewer = Text(
        "A sample may lack a class, and its tree then has fewer columns: give each column to its own class.",
        "표본에 어떤 클래스가 없으면 그 트리의 열이 더 적어요. 열마다 제 클래스의 자리에 더하세요.",
    )
    for seed in rng.integers(2**31, size=20):
        X = rng.normal(size=(61, 2)) + 9.0 * np.unique(y, return_inverse=True)[1][:, np.newaxis]
        with expect.explains((ValueError, IndexError), fewer):
            found = submission.call("oob_accuracy", X, y, 1, Rng(seed))
        expect.at_least(found, 0.2, what="oob_accuracy", message=fewer)


@pytest.mark.points(2)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="Shuffle one column of a copy at a time; clip at 0, then divide by the sum.",
    ko="복사본에서 열을 하나씩만 섞고, 0보다 작은 값을 0으로 바꾼 다음 합으로 나누세요.",
)
def test_importance_of_digits(submission, expect, rng):
    """The map of the digits sums to 1, and nothing hangs on the border.

    ko: 숫자 이미지의 중요도는 합이 1이고, 가장자리는 중요하지 않다.
    """
    X, y = load_digits(return_X_y=True)
    rows = rng.permutation(len(y))
    train, valid = rows[:700], rows[700:1000]
    found = submission.call("importance_map", X[train], y[train], X[valid], y[valid], Rng(5))
    importance = expect.array(found, (8, 8))
    expect.true(
        bool((importance >= 0).all()),
        en="There are negative importances: what is below 0 becomes 0, before anything is divided by the sum.",
        ko="음수인 중요도가 있어요. 합으로 나누기 전에 0보다 작은 값을 0으로 바꾸세요.",
    )
    expect.sums_to(
        found,
        message=Text(
            "The map does not sum to 1: divide it by its own sum at the end.",
            "지도의 합이 1이 아니에요. 마지막에 자기 자신의 합으로 나누세요.",
        ),
    )
    unchanging = np.ptp(X[valid], axis=0).reshape(8, 8) == 0
    if importance[unchanging].any() and not importance.T[unchanging].any():
        importance = importance.T  # where a pixel stands is the next check's question
    expect.true(
        not importance[unchanging].any(),
        en="A pixel that is the same in all validation rows has an importance, although shuffling it changes nothing: "
        "do the columns before it stay shuffled, or is the drop measured from another accuracy than that of these rows?",
        ko="검증 세트의 모든 행에서 값이 같은 픽셀은 섞어도 달라질 것이 없는데 중요도가 0이 아니에요. 앞의 열이 섞인 채로 "
        "남아 있거나, 검증 세트가 아닌 다른 데이터의 정확도와 비교하지 않았나요?",
    )
    expect.at_most(importance[:, [0, 7]].sum(), 0.12, what=Text("importance of the border", "가장자리의 중요도"))
    expect.at_least(importance[1:6, 2:6].sum(), 0.4, what=Text("importance of the middle", "가운데의 중요도"))


def pictures(rng, rows):
    """Noise in 64 pixels; two of them, far apart, tell four classes."""
    X = rng.uniform(size=(rows, 64))
    return X, 2 * (X[:, 10] > 0.5) + (X[:, 53] > 0.5)


def shares(expect, found):
    """A map whose entries are not negative and sum to 1, whether or not the student saw to that."""
    importance = expect.array(found, (8, 8)).clip(min=0)
    return importance / max(importance.sum(), 1e-300)


@pytest.mark.points(3)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="Pixel k stands in row k // 8 and column k % 8: reshape(8, 8), without transposing.",
    ko="k번 픽셀은 k // 8번 행, k % 8번 열에 있어요. 전치하지 말고 reshape(8, 8)을 쓰세요.",
)
def test_importance_of_two_pixels(submission, expect, rng):
    """Where two pixels tell all, each carries half of the importance, at its place.

    ko: 픽셀 두 개가 모든 것을 정하면, 그 자리의 중요도가 절반씩이다.
    """
    X, y = pictures(rng, 1000)
    found = submission.call("importance_map", X[:600], y[:600], X[600:], y[600:], Rng(2))
    right = np.zeros(64)
    right[[10, 53]] = 0.5
    right = right.reshape(8, 8)
    turned = Text("Rows and columns of the map are exchanged.", "지도의 행과 열이 바뀌었어요.")
    built_in = Text(
        "Pixels that mean nothing have a share too, as in `feature_importances_`: measure by how much the accuracy drops.",
        "아무 뜻이 없는 픽셀도 `feature_importances_`처럼 몫을 나누어 가졌어요. 정확도가 얼마나 떨어지는지 재세요.",
    )
    forest = RandomForestClassifier(20, random_state=0).fit(X[:600], y[:600])
    mistakes = [(right.T, turned), (forest.feature_importances_.reshape(8, 8), built_in)]
    expect.close(shares(expect, found), right, rtol=0, atol=0.12, mistakes=mistakes)


@pytest.mark.points(3)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="Fit on the training rows; shuffle and score on the validation rows.",
    ko="훈련 세트로 훈련하고, 섞고 채점하는 것은 검증 세트에서 하세요.",
)
def test_importance_is_measured_on_validation_rows(submission, expect, rng):
    """A pixel that betrays the class in training rows only has hardly any importance.

    ko: 훈련 세트에서만 클래스를 알려 주는 픽셀은 거의 중요하지 않다.
    """
    y = rng.integers(2, size=1800)
    X = rng.uniform(size=(1800, 64))
    # pixels on the diagonal: a transposed map is another check's business
    X[:, [9, 54]] = (X[:, [9, 54]] + 0.6 * y[:, np.newaxis]) / 1.6
    betrayed = rng.uniform(size=600) < 0.95
    X[:600, 36] = np.where(betrayed, (y[:600] + X[:600, 36]) / 2, X[:600, 36])
    found = submission.call("importance_map", X[:600], y[:600], X[600:], y[600:], Rng(3))
    importance = shares(expect, found).ravel()
    expect.true(
        importance[36] < 0.26,
        en="A pixel that says nothing about the validation rows is called important: were the training rows shuffled?",
        ko="검증 세트에서는 아무것도 알려 주지 않는 픽셀이 중요하다고 나왔어요. 훈련 세트를 섞어 재지 않았나요?",
    )
    expect.at_least(importance[[9, 54]].min(), 0.1, what=Text("importance of a telling pixel", "중요한 픽셀의 중요도"))
    both = Text("importance of the telling pixels", "중요한 픽셀의 중요도")
    expect.at_least(importance[[9, 54]].sum(), 0.4, what=both)
    # pixel 27 is right about the training rows and wrong about the others: shuffled, it misleads the forest less
    y = rng.integers(2, size=900)
    X = rng.uniform(size=(900, 64))
    X[:, 9] = (X[:, 9] + 0.6 * y) / 1.6
    told = np.where(np.arange(900) < 450, y, 1 - y)
    X[:, 27] = np.where(rng.uniform(size=900) < 0.75, (told + X[:, 27]) / 2, X[:, 27])
    found = submission.call("importance_map", X[:450], y[:450], X[450:], y[450:], Rng(4))
    importance = shares(expect, found)  # negative entries are another check's business: divided by their sum they may turn
    expect.true(
        importance[3, 3] < 0.05 or bool((np.asarray(found, dtype=float) < 0).any()),
        en="Here shuffling one pixel makes the accuracy better, so its drop is negative: that becomes 0, not the same number "
        "without its sign.",
        ko="여기서는 어떤 픽셀을 섞으면 정확도가 오히려 올라가서 떨어진 정도가 음수예요. 음수는 부호만 떼지 말고 0으로 바꾸세요.",
    )


@pytest.mark.points(4)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="The members should differ: trees, neighbours, a model with curved borders. Scale where distances count.",
    ko="트리, 이웃, 휘어진 경계를 그리는 모델처럼 서로 다른 모델을 모으세요. 거리를 재는 모델에는 스케일을 맞추세요.",
)
def test_accuracy_of_the_vote(submission, expect, band):
    """Accuracy of the vote on new points.

    ko: 새로운 점에서 투표의 정확도.
    """
    X, y = make_moons(4500, noise=0.3, random_state=42)
    y = np.array(["up", "down"])[y]
    X, new, y, truth = X[:500], X[500:], y[:500], y[500:]
    predicted = submission.call("vote_predict", X, y, new)
    expect.type(predicted, (np.ndarray, list), what="vote_predict(...)")
    expect.shape(predicted, (len(new),))
    labels = np.array([str(label) for label in predicted])
    expect.true(
        bool(np.isin(labels, ["up", "down"]).all()),
        en="`vote_predict` should answer with labels as they stand in `y`.",
        ko="`vote_predict`는 `y`에 있는 레이블로 답해야 해요.",
    )
    accuracy, line = (np.mean(found == truth) for found in (labels, LogisticRegression().fit(X, y).predict(new)))
    straight = Text(
        "This is hardly better than one straight line: do several models vote, and can they draw curved borders?",
        "직선 하나로 나누는 것보다 나을 게 없어요. 모델이 여럿 투표하나요? 휘어진 경계를 그릴 수 있나요?",
    )
    close_by = Text(
        "Your vote beats a straight line, but some members know noise by heart: calm them (larger leaves, more neighbours, "
        "less depth), and let their probabilities vote.",
        "투표가 직선보다는 나아요. 하지만 잡음까지 외운 모델이 섞여 있어요. 리프를 키우거나 이웃을 늘리거나 깊이를 줄여 모델을 "
        "단순하게 하고, 확률로 투표하게 하세요.",
    )
    message = straight if accuracy < line + 0.01 else close_by
    expect.metric(band["accuracy"], float(accuracy), baseline=float(line), message=message)
