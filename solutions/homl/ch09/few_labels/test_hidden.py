"""Hidden checks of learning with few labels: budget, propagation, what the chosen rows and the model are worth."""

import numpy as np
import pytest

from grader.checks import Text

OUTSIDE = Text("Labels of rows outside `idx` were asked for.", "`idx`에 없는 행의 레이블을 물었어요.")
UNLABELLED = Text(
    "The model answers −1, which is no digit: rows without a label must not take part in the training.",
    "모델이 숫자가 아닌 −1을 답으로 내요. 레이블이 없는 행은 훈련에서 빼야 해요.",
)


def choice(submission, hidden, seed, expect, remembered):
    """The disguised digits and the rows that are chosen of them, once for all checks."""
    data = remembered("data", lambda: hidden.disguised(seed))
    rows = remembered("rows", lambda: submission.call("choose", data.X))
    expect.array(rows, (50,), dtype="int")
    expect.between(rows, 0, len(data.X) - 1)
    return data, np.asarray(rows)


@pytest.mark.points(3)
def test_propagation_of_any_rows(expect, rng):
    """Propagation with other rows, labels and shares.

    ko: 다른 데이터, 레이블, 비율로 레이블을 퍼뜨린다.
    asks: those whose distance is at most the `share` quantile of the distances in the group
    asks-ko: 거리가 그 무리에 있는 거리들의 `share` 분위수 이하인 행입니다
    hint: The quantile is taken in each group by itself; rows at exactly the quantile still get the label.
    hint-ko: 분위수는 무리마다 따로 구하고, 거리가 분위수와 같은 행도 레이블을 받아요.
    """
    for m, c, share in ((60, 6, 0.5), (90, 9, 0.25), (40, 4, 0.75)):
        X = rng.normal(size=(m, 3)) * rng.choice([1.0, 5.0], size=(m, 1))
        idx, labels = rng.choice(m, c, replace=False), rng.integers(0, 4, size=c)
        expect.agree(lambda code: code.call("propagate", X, idx, labels, share=share))


@pytest.mark.points(4)
def test_what_the_chosen_rows_are_worth(submission, hidden, expect, remembered, seed, band):
    """Logistic regression on the chosen rows alone.

    ko: 고른 행만으로 훈련한 로지스틱 회귀의 정확도.
    asks: of plain logistic regression on the 50 rows that you chose
    asks-ko: 여러분이 고른 50행으로 훈련한 평범한 로지스틱 회귀의 정확도
    hint: 50 clusters, and the row nearest to each centre: `transform(X).argmin(axis=0)`.
    hint-ko: 클러스터 50개를 찾고 센트로이드마다 가장 가까운 행을 고르세요. `transform(X).argmin(axis=0)`을 쓰면 돼요.
    """
    data, rows = choice(submission, hidden, seed, expect, remembered)
    baseline = remembered("lazy", lambda: hidden.accuracy_with(data, np.arange(50)))
    expect.metric(band["representatives"], hidden.accuracy_with(data, rows), baseline=baseline)


@pytest.mark.points(1)
def test_labels_come_through_ask(hidden, expect, remembered, seed):
    """The model has learnt the names that `ask` gives, even where these are not those of digits.

    ko: 숫자의 이름이 아니어도 모델이 `ask`가 알려 준 이름을 배운다.
    asks: only `ask` can tell a label
    asks-ko: 레이블은 `ask`로만 알 수 있습니다
    hint: Train on rows whose labels come from `ask`, handed on by `propagate`; labels from anywhere else are of no use.
    hint-ko: `ask`의 답과 그것을 `propagate`로 퍼뜨린 레이블로만 훈련하세요. 다른 곳에서 가져온 레이블은 쓸모가 없어요.
    """
    data = remembered("renamed", lambda: hidden.renamed(seed))

    def learnt(code):
        labels = code.hold(dict(enumerate(data.y.tolist())))
        model = code.call("train", data.X, data.rows, labels.get("__getitem__"), hold=True)
        found = np.asarray(model.call("predict", data.X_new))
        if np.mean(found == data.y_new) < 0.4:
            return "hardly anything"
        # were a digit's pictures all called by one name, only the digits themselves can have told
        by_digit = [np.unique(found[data.digits == digit], return_counts=True)[1].max() for digit in range(10)]
        return "the digits" if sum(by_digit) > 0.85 * len(found) else "what `ask` says"

    expect.agree(learnt, "what `ask` says")


@pytest.mark.points(8)
@pytest.mark.needs("test_labels_come_through_ask")
def test_accuracy_on_new_digits(submission, hidden, expect, remembered, seed, band):
    """Accuracy of the model on new digits, for 50 labels of chosen rows.

    ko: 고른 행의 레이블 50개로 얻은, 새로운 숫자에 대한 모델의 정확도.
    asks: Each call costs, also a second one for the same row: **at most 50 calls**, and only for rows of `idx`
    asks-ko: 부를 때마다 비용이 들고, 같은 행을 다시 물어도 마찬가지입니다. **많아야 50번**, `idx`에 있는 행에 대해서만 물을 수 있습니다
    hint: Keep what `ask` says in an array, propagate each label to the nearer rows of its group, and train on all of them.
    hint-ko: `ask`의 답을 배열에 담아 두고, 레이블을 무리의 가까운 행에 퍼뜨려 그 행들을 모두 써서 훈련하세요.
    """
    data, rows = choice(submission, hidden, seed, expect, remembered)
    ask = submission.oracle(lambda i: int(data.y[i]))
    found = submission.call("train", data.X, rows, ask, hold=True).call("predict", data.X_new)
    expect.calls(ask, at_most=50, at_least=10)
    asked = [args[0] if args else None for args, _ in ask.log]
    inside = all(isinstance(i, int | np.integer) and i in rows for i in asked)
    expect.true(inside, en=OUTSIDE["en"], ko=OUTSIDE["ko"])
    expect.shape(found, data.y_new.shape)
    expect.dtype(found, "number")
    baseline = remembered("lazy", lambda: hidden.accuracy_with(data, np.arange(50)))
    message = UNLABELLED if (np.asarray(found) == -1).any() else None
    right = float(np.mean(np.asarray(found) == data.y_new))
    expect.metric(band["accuracy"], right, baseline=baseline, message=message)
