"""Hidden checks of the Titanic submission: accuracy in our own folds, leaks, the file.

Pipelines differ, so what is asked is in words: what changes predictions, whose predictions the table holds.
"""

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import StratifiedKFold

from grader.checks import CheckFailed, SubmissionRaised, Text

STOPS = Text("The pipeline stops with an error when it is fitted to raw rows.", "파이프라인을 원본 행으로 훈련하면 오류가 나요.")
NO_CLASSES = Text("`predict` does not return one 0 or 1 for each row.", "`predict`의 결과가 행마다 0이나 1 하나씩이 아니에요.")
CHANGED = Text("The same passengers are predicted otherwise.", "같은 승객인데 예측이 달라져요.")
OTHER_FILE = Text(
    "The rows of the file must be those of `submission`, written as integers.",
    "파일의 행은 `submission`의 행과 같아야 하고 정수로 적혀 있어야 해요.",
)
JOINS = ("pandas.concat", "numpy.concatenate", "numpy.vstack")


def survivors(code, X, y, *groups):
    """What the pipeline, fitted anew, predicts for groups of passengers."""
    built = code.call("make_pipeline", hold=True)
    try:
        model = code.estimator(built).fit(X, y)
        answers = [np.asarray(model.predict(group)) for group in groups]
    except SubmissionRaised as fault:
        raise CheckFailed(STOPS) from fault
    for answer, group in zip(answers, groups, strict=True):
        if answer.shape != (len(group),) or not np.isin(answer, (0, 1)).all():
            raise CheckFailed(NO_CLASSES)
    return answers


def women(passengers):
    """The lazy rule: women survive, men do not."""
    return (passengers["Sex"] == "female").to_numpy().astype(int)


def survived(code):
    """The table's answers by passenger, wherever in it they stand: another check minds the form."""
    table = code.frame("submission")
    numbers = table["PassengerId"] if "PassengerId" in table else table.index
    return pd.Series(np.asarray(table.iloc[:, -1], dtype=float), index=np.asarray(numbers))


@pytest.mark.points(3)
@pytest.mark.needs("test_pipeline_takes_raw_columns")
def test_passengers_are_told_apart(expect, hidden):
    """The predictions depend on more than one column, and are better than chance.

    ko: 예측이 한 열이 아니라 여러 열에 따라 달라지고, 찍은 것보다 낫다.
    asks: Predicting that all women survive and no men is right in 0.788 of the cases; points for the accuracy begin there
    asks-ko: 여성은 모두 살고 남성은 모두 죽었다고만 예측해도 0.788이 맞습니다
    hint: See that all columns reach the model, numbers and categories.
    hint-ko: 숫자 열과 범주형 열이 모두 모델에 전달되는지 확인하세요.
    """

    def seen(code):
        found, own = survivors(code, hidden.X, hidden.y, hidden.test, hidden.X)
        if len(np.unique(found)) == 1:
            return "one answer for all"
        if np.mean(own == hidden.y) < 0.7:
            return "hardly better than chance"
        return "women alone" if np.array_equal(found, women(hidden.test)) else "several columns"

    expect.agree(seen, "several columns")


@pytest.mark.points(4)
@pytest.mark.needs("test_pipeline_takes_raw_columns")
@pytest.mark.needs("test_passengers_are_told_apart")
def test_numbers_and_names_play_no_part(expect, hidden, rng):
    """Renumbering and renaming the passengers changes no prediction.

    ko: 승객의 번호와 이름을 바꾸어도 예측이 그대로다.
    asks: The predictions must not change when passengers are renumbered or renamed.
    asks-ko: 승객의 번호나 이름을 바꾸어도 예측이 달라지면 안 됩니다.
    hint: Drop PassengerId, and Name after you have taken out the title.
    hint-ko: PassengerId는 버리고, Name도 호칭을 뽑은 다음에는 버리세요.
    """
    numbered, named = hidden.renumbered(hidden.X, rng), hidden.renamed(hidden.X, rng)

    def moved(code, others, what):
        one, two = survivors(code, hidden.X, hidden.y, hidden.X, others)
        return [] if np.array_equal(one, two) else [what]

    expect.agree(lambda code: moved(code, numbered, "the numbers"), [], message=CHANGED)
    expect.agree(lambda code: moved(code, named, "the names"), [], message=CHANGED)


@pytest.mark.points(3)
@pytest.mark.needs("test_pipeline_takes_raw_columns")
@pytest.mark.needs("test_passengers_are_told_apart")
def test_a_passenger_is_judged_alone(expect, hidden):
    """The prediction for a passenger does not depend on the others.

    ko: 한 승객의 예측은 함께 있는 다른 승객에게 영향을 받지 않는다.
    asks: Each passenger is judged alone: what is computed from several of them (a median age, say) is learnt in `fit`
    asks-ko: 승객은 저마다 따로 판단합니다. 나이의 중간값처럼 여러 승객에게서 계산하는 것은 `fit`에서 배웁니다
    hint: Use SimpleImputer and StandardScaler as steps; do not call `fillna(X[...].median())` inside a function.
    hint-ko: SimpleImputer와 StandardScaler를 단계로 쓰세요. 함수 안에서 `fillna(X[...].median())`을 부르면 안 돼요.
    """
    few, rest = hidden.test.iloc[:200], hidden.test.iloc[200:]
    crowd = pd.concat([few, rest.assign(Age=79.0, Fare=450.0, SibSp=7, Pclass=1, Sex="female", Embarked="C")])

    def moved(code):
        one, two = survivors(code, hidden.X, hidden.y, few, crowd)
        return [] if np.array_equal(one, two[: len(few)]) else ["the other passengers"]

    expect.agree(moved, [], message=CHANGED)


@pytest.mark.points(3)
@pytest.mark.needs("test_pipeline_takes_raw_columns")
@pytest.mark.needs("test_passengers_are_told_apart")
def test_labels_come_through_fit(expect, hidden, rng):
    """The pipeline knows no label but those that this `fit` was given.

    ko: 파이프라인은 이번 `fit`이 받은 레이블 말고는 아무 레이블도 모른다.
    asks: Labels reach the pipeline through `fit(X, y)` alone, anew in each fit.
    asks-ko: 레이블은 `fit(X, y)`로만 받고, 훈련할 때마다 새로 받습니다.
    hint: Neither read train.csv in the pipeline nor keep labels in a variable outside of it.
    hint-ko: 파이프라인 안에서 train.csv를 읽거나 파이프라인 밖의 변수에 레이블을 담아 두지 마세요.
    """
    X, y, rest, truth = hidden.X.iloc[::2], hidden.y[::2], hidden.X.iloc[1::2], hidden.y[1::2]
    people = hidden.disguised(hidden.X, rng)
    strangers, others = people.iloc[::2], people.iloc[1::2]

    def known(code):
        """What the predictions rest on beside the labels of this fit."""
        (before,) = survivors(code, X, y, others)
        survivors(code, others, 1 - truth)
        (after,), (own,), (new,) = (survivors(code, *args) for args in ((X, y, others), (X, y, rest), (strangers, y, others)))
        if np.mean(before == after) < 0.85:
            return ["an earlier fit"]
        lazy = len(np.unique(before)) == 1 or np.array_equal(before, women(others))  # another check says so
        (turned,) = survivors(code, X, 1 - y, others)
        if not lazy and np.mean(before == turned) > 0.9:
            return ["no labels at all"]
        return ["the file"] if np.mean(own == truth) - np.mean(new == truth) > 0.08 else []

    expect.agree(known, [])


@pytest.mark.points(7)
@pytest.mark.needs("test_pipeline_takes_raw_columns")
@pytest.mark.needs("test_labels_come_through_fit")
@pytest.mark.timeout(60)
def test_accuracy_in_ten_folds(submission, hidden, expect, band, seed):
    """Accuracy in ten folds of ours.

    ko: 새로 나눈 10개의 폴드에서 잰 정확도.
    asks: a careful pipeline gets them all at a little over 0.80
    asks-ko: 꼼꼼히 만든 파이프라인이라면 0.80을 조금 넘어 만점을 받습니다
    hint: Beyond sex and class, the title and the size of the family tell most. Impute the age, scale the numbers, keep a tree from
        growing to the last row, and compare models with cross-validation.
    hint-ko: 성별과 객실 등급 다음으로는 호칭과 가족의 수가 많은 것을 알려 줘요. 나이의 빈칸을 채우고 숫자의 스케일을 맞추고, 트리는
        끝까지 자라지 않게 막은 다음 교차 검증으로 모델을 비교해 보세요.
    """
    X, y = hidden.disguised(hidden.X, np.random.default_rng(seed)), hidden.y
    found = np.zeros(len(y))
    for inside, outside in StratifiedKFold(10, shuffle=True, random_state=seed % 2**32).split(X, y):
        (found[outside],) = survivors(submission, X.iloc[inside], y[inside], X.iloc[outside])
    lazy = expect.measure("accuracy", y, women(X))
    expect.metric(band["accuracy"], expect.measure("accuracy", y, found), baseline=lazy)


@pytest.mark.points(2)
def test_rows_follow_the_test_file(expect, hidden):
    """One row for each test passenger, in the order of test.csv.

    ko: test.csv의 승객마다 한 행씩, 같은 순서로 있다.
    asks: one row for each row of `test.csv` in its order
    asks-ko: `test.csv`의 행마다 한 행씩 같은 순서로
    hint: Take `PassengerId` from test.csv and keep its order.
    hint-ko: `PassengerId`를 test.csv에서 가져오고 순서를 그대로 두세요.
    """
    wanted = hidden.test["PassengerId"].tolist()

    def order(code):
        found = survived(code).index.tolist()
        if sorted(found) == wanted:
            return "the test file's" if found == wanted else "another one"
        return "some are missing" if set(found) < set(wanted) else "other passengers"

    expect.agree(order, "the test file's")


@pytest.mark.points(6)
@pytest.mark.needs("test_pipeline_takes_raw_columns")
def test_predictions_come_from_the_pipeline(expect, hidden):
    """The predictions are those of the pipeline fitted on the training file.

    ko: 예측은 훈련 파일로 훈련한 파이프라인에서 나온 것이다.
    asks: the predictions of your pipeline after a fit on all of `train.csv`
    asks-ko: 파이프라인을 `train.csv` 전체로 훈련한 뒤 예측한 값을 담습니다
    hint: `make_pipeline().fit(X_train, y_train).predict(X_test)`: nothing else fits anything.
    hint-ko: `make_pipeline().fit(X_train, y_train).predict(X_test)`만 쓰고 다른 곳에서는 아무것도 훈련하지 마세요.
    """

    def origin(code):
        table, passengers = survived(code), hidden.test.set_index("PassengerId", drop=False)
        table = table[table.index.isin(passengers.index) & ~table.index.duplicated()]
        if table.empty:
            return "for none of the test passengers"
        if not table.isin([0, 1]).all():
            return "no zeros and ones"
        group = passengers.loc[table.index]
        one, two = (survivors(code, hidden.X, hidden.y, group)[0] for _ in range(2))
        # Where two fits differ (an unseeded forest), nobody can hand in the predictions of a third.
        most = max(0.08, 3 * np.mean(one != two)) if np.any(one != two) else 0.0
        if np.mean(table != one) <= most:
            return "of the pipeline"
        if np.array_equal(table, women(group)):
            return "of the women alone"
        joined = not all(expect.holds(expect.source(code).avoids, name) for name in JOINS)
        return "after rows were joined" if joined else "of something else"

    expect.agree(origin, "of the pipeline")


@pytest.mark.points(3)
def test_file_holds_the_same_table(expect):
    """`submission.csv` holds the same table, integers only, no index column.

    ko: `submission.csv`에 같은 표가 인덱스 열 없이 정수로 저장되어 있다.
    asks: the same table as the file `submission.csv`, without an index column
    asks-ko: 같은 표를 인덱스 열 없이 저장한 파일 `submission.csv`
    hint: `submission.to_csv("submission.csv", index=False)`.
    hint-ko: `submission.to_csv("submission.csv", index=False)`를 쓰세요.
    """

    def header(code):
        names = [str(name) for name in expect.csv_file(code, "submission.csv").columns]
        return ["no header"] if all(name.isdigit() for name in names) else names

    def same_rows(code):
        file, table = expect.csv_file(code, "submission.csv"), survived(code)
        return np.array_equal(file.iloc[:, -2], table.index) and np.array_equal(file.iloc[:, -1].astype(float), table)

    def kind(code):
        return {"i": "int", "f": "float", "b": "bool"}.get(expect.csv_file(code, "submission.csv").iloc[:, -1].dtype.kind)

    expect.agree(header, ["PassengerId", "Survived"])
    expect.agree(same_rows, True, message=OTHER_FILE)
    expect.agree(kind, "int", message=OTHER_FILE)
