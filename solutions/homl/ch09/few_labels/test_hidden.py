"""Hidden checks of learning with few labels: budget, propagation, what the chosen rows and the model are worth."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from grader.checks import Text

TEST_LABELS = Text("Labels of rows outside `idx` were asked for.", "`idx`에 없는 행의 레이블을 물었어요.")
UNLABELLED = Text(
    "The model answers −1, which is no digit: rows without a label must not take part in the training.",
    "모델이 숫자가 아닌 −1을 답으로 내요. 레이블이 없는 행은 훈련에서 빼야 해요.",
)


def run(submission, hidden, seed, expect, remembered):
    """Choose and train on the disguised digits, once for all checks: data, rows, what was asked, predictions."""
    data = remembered("data", lambda: hidden.disguised(seed))
    rows = remembered("rows", lambda: submission.call("choose", data.X))
    expect.type(rows, (np.ndarray, list, tuple), what="choose(...)")
    expect.array(rows, (50,), dtype="int")
    expect.between(rows, 0, len(data.X) - 1)
    return data, np.asarray(rows)


def learn(submission, data, rows, remembered):
    """Train once on the chosen rows: the oracle and the predictions for new digits."""

    def ask_and_predict():
        ask = submission.oracle(lambda i: int(data.y[i]))
        model = submission.call("train", data.X, rows, ask, hold=True)
        return ask, model.call("predict", data.X_new)

    return remembered("learnt", ask_and_predict)


@pytest.mark.points(4)
@pytest.mark.needs("test_propagation_by_hand")
@pytest.mark.hint(
    en="The quantile is taken in each group by itself; rows at exactly the quantile still get the label.",
    ko="분위수는 무리마다 따로 구하고, 거리가 분위수와 같은 행도 레이블을 받아요.",
)
def test_propagation_of_any_rows(submission, expect, rng):
    """Propagation with other rows, labels and shares.

    ko: 다른 데이터, 레이블, 비율로 레이블을 퍼뜨린다.
    """
    for m, c, share in ((60, 6, 0.5), (90, 9, 0.25), (40, 4, 0.75)):
        X = rng.normal(size=(m, 3)) * rng.choice([1.0, 5.0], size=(m, 1))
        idx, labels = rng.choice(m, c, replace=False), rng.integers(0, 4, size=c)
        distances = cdist(X, X[idx])
        group, distance = distances.argmin(axis=1), distances.min(axis=1)
        limits = np.array([np.quantile(distance[group == g], share) for g in range(c)])
        right = np.where(distance <= limits[group], labels[group], -1)
        overall = np.where(distance <= np.quantile(distance, share), labels[group], -1)
        outer = np.where(distance >= limits[group], labels[group], -1)
        numbers = np.where(distance <= limits[group], group, -1)
        expect.close(
            submission.call("propagate", X, idx, labels, share=share),
            right,
            dtype="int",
            mistakes=[
                (
                    labels[group],
                    Text(
                        "Every row got a label: leave the far ones out.", "모든 행이 레이블을 받았어요. 먼 행은 빼세요."
                    ),
                ),
                (
                    overall,
                    Text(
                        "The quantile is that of each group, not of all rows.",
                        "분위수는 모든 행이 아니라 무리마다 구해요.",
                    ),
                ),
                (
                    outer,
                    Text(
                        "The far rows got the label, not the near ones.",
                        "가까운 행이 아니라 먼 행이 레이블을 받았어요.",
                    ),
                ),
                (numbers, Text("These are places in `idx`, not labels.", "레이블이 아니라 `idx`에서의 위치예요.")),
            ],
        )


@pytest.mark.points(4)
@pytest.mark.needs("test_training_asks_for_the_chosen_rows")
@pytest.mark.hint(
    en="Keep what `ask` says in an array; asking again costs again.",
    ko="`ask`의 답을 배열에 담아 두세요. 다시 물으면 비용이 또 들어요.",
)
def test_fifty_labels_are_enough(submission, hidden, expect, remembered, seed):
    """On the digits, 50 labels of chosen rows are asked for, and no others.

    ko: 숫자 데이터에서 고른 행의 레이블을 50번까지만 묻는다.
    """
    data, rows = run(submission, hidden, seed, expect, remembered)
    ask, found = learn(submission, data, rows, remembered)
    expect.calls(ask, at_most=50, at_least=10)
    asked = [args[0] if args else None for args, _ in ask.log]
    inside = all(isinstance(i, int | np.integer) and i in rows for i in asked)
    expect.true(inside, en=TEST_LABELS.en, ko=TEST_LABELS.ko)
    expect.type(found, (np.ndarray, list, tuple), what="predict(...)")
    expect.shape(found, (len(data.X_new),))


@pytest.mark.points(6)
@pytest.mark.needs("test_fifty_different_rows")
@pytest.mark.hint(
    en="50 clusters, and the row nearest to each centre: `transform(X).argmin(axis=0)`.",
    ko="클러스터 50개를 찾고 센트로이드마다 가장 가까운 행을 고르세요. `transform(X).argmin(axis=0)`을 쓰면 돼요.",
)
def test_what_the_chosen_rows_are_worth(submission, hidden, expect, remembered, seed, band):
    """Logistic regression on the chosen rows alone.

    ko: 고른 행만으로 훈련한 로지스틱 회귀의 정확도.
    """
    data, rows = run(submission, hidden, seed, expect, remembered)
    names = Text("All chosen rows show the same digit.", "고른 행이 모두 같은 숫자예요.")
    expect.true(len(np.unique(data.y[rows])) > 1, en=names.en, ko=names.ko)
    baseline = remembered("random", lambda: hidden.at_random(data))
    expect.metric(band["representatives"], hidden.accuracy_with(data, rows), baseline=baseline)


@pytest.mark.points(6)
@pytest.mark.needs("test_fifty_labels_are_enough")
@pytest.mark.hint(
    en="Propagate each label to the nearer rows of its group and train on all of them.",
    ko="레이블을 무리의 가까운 행에 퍼뜨리고 그 행들을 모두 써서 훈련하세요.",
)
def test_accuracy_on_new_digits(submission, hidden, expect, remembered, seed, band):
    """Accuracy of the model on new digits.

    ko: 새로운 숫자에 대한 모델의 정확도.
    """
    data, rows = run(submission, hidden, seed, expect, remembered)
    _, found = learn(submission, data, rows, remembered)
    expect.shape(found, data.y_new.shape)
    expect.dtype(found, "number")
    right = float(np.mean(np.asarray(found) == data.y_new))
    baseline = remembered("random", lambda: hidden.at_random(data))
    message = UNLABELLED if (np.asarray(found) == -1).any() else None
    expect.metric(band["accuracy"], right, baseline=baseline, message=message)
