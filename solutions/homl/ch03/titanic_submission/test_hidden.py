"""Hidden checks of the Titanic submission: accuracy in our own folds, leaks, the file."""

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import StratifiedKFold

from grader.checks import Text

BATCH = Text(
    "The prediction for a passenger depends on who else is predicted with them: medians, scales and "
    "counts over several passengers belong to `fit`.",
    "어떤 승객의 예측이 함께 예측한 다른 승객에 따라 달라져요. 중간값, 스케일, 여러 승객을 "
    "센 값은 `fit`에서 배워야 해요.",
)
IDENTITY = Text(
    "The predictions change when passengers are renumbered and renamed: use neither the number nor the name, "
    "only the title, and look up nothing in the file.",
    "승객의 번호와 이름을 바꾸면 예측이 달라져요. 번호와 이름은 쓰지 말고 호칭만 쓰세요. 파일에서 찾아 쓰는 것도 안 돼요.",
)
LOOKED_UP = Text(
    "With other ticket numbers the same passengers are predicted otherwise: look up nobody's survival in train.csv. Labels "
    "reach the pipeline through `fit(X, y)` alone.",
    "같은 승객인데 티켓 번호를 바꾸면 예측이 달라져요. train.csv에서 생존 여부를 찾아 쓰지 마세요. 레이블은 `fit(X, y)`로만 "
    "받아야 해요.",
)
OTHER_PATH = Text(
    "These are not the predictions of `make_pipeline()` after a fit on all of train.csv: were some training rows held back, "
    "or was something fitted on test rows too?",
    "`make_pipeline()`을 train.csv 전체로 훈련해 얻은 예측과 달라요. 훈련 데이터를 일부만 쓰지는 않았나요? 테스트 데이터까지 써서 "
    "훈련한 단계는 없나요?",
)
OTHER_FILE = Text(
    "The rows of the file must be those of `submission`, written as integers.",
    "파일의 행은 `submission`의 행과 같아야 하고 정수로 적혀 있어야 해요.",
)
CONSTANT = Text(
    "All passengers get the same prediction: the model tells none of them apart.",
    "모든 승객의 예측이 같아요. 모델이 승객을 전혀 구별하지 못해요.",
)
SEX_ALONE = Text(
    "Every woman survives in these predictions and no man does: the other columns change nothing.",
    "예측에서 여성은 모두 살고 남성은 모두 죽어요. 다른 열이 예측을 조금도 바꾸지 못해요.",
)
AGREEING = Text("the share of equal predictions", "같은 예측의 비율")


def fitted(submission, X, y):
    """A fresh pipeline of the submission, fitted."""
    return submission.estimator(submission.call("make_pipeline", hold=True)).fit(X, y)


def predicted(model, X, expect):
    """Its predictions, a zero or a one for each row."""
    found = expect.predictions(model.predict(X), (len(X),))
    expect.between(found, 0, 1)
    expect.integer_valued(found)
    return found


@pytest.mark.points(12)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="Beyond sex and class, the title and the size of the family tell most. Impute the age, scale the numbers, and "
    "compare models with cross-validation.",
    ko="성별과 객실 등급 다음으로는 호칭과 가족의 수가 많은 것을 알려 줘요. 나이의 빈칸을 채우고 숫자의 스케일을 맞춘 다음 "
    "교차 검증으로 모델을 비교해 보세요.",
)
def test_accuracy_in_ten_folds(submission, hidden, expect, band, seed):
    """Accuracy in ten folds of ours.

    ko: 새로 나눈 10개의 폴드에서 잰 정확도.
    """
    folds = StratifiedKFold(10, shuffle=True, random_state=seed % 2**32)
    # Under other names and numbers nothing can be looked up in the public file.
    X, y = hidden.reticketed(hidden.renamed(hidden.X, seed)), hidden.y
    found = np.zeros(len(y))
    for inside, outside in folds.split(X, y):
        found[outside] = predicted(fitted(submission, X.iloc[inside], y[inside]), X.iloc[outside], expect)
    by_sex = np.where(X["Sex"] == "female", 1, 0)
    message = CONSTANT if len(np.unique(found)) == 1 else SEX_ALONE if np.array_equal(found, by_sex) else None
    women = expect.measure("accuracy", y, by_sex)
    expect.metric(band["accuracy"], expect.measure("accuracy", y, found), baseline=women, message=message)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Drop PassengerId, Name and Ticket after you have taken out the title.",
    ko="호칭을 뽑은 다음에는 PassengerId, Name, Ticket을 버리세요.",
)
def test_numbers_and_names_play_no_part(submission, hidden, expect, seed):
    """Renumbering and renaming the passengers changes no prediction.

    ko: 승객의 번호와 이름을 바꾸어도 예측이 그대로다.
    """
    model = fitted(submission, hidden.X, hidden.y)
    expect.same(
        predicted(model, hidden.renamed(hidden.X, seed), expect), predicted(model, hidden.X, expect), message=IDENTITY
    )
    # Tickets may be grouped and counted, so they change for the fit and the prediction alike.
    half, rest, y = hidden.X.iloc[::2], hidden.X.iloc[1::2], hidden.y[::2]
    one, two = (predicted(fitted(submission, half, y), rest, expect) for _ in range(2))
    strangers = predicted(fitted(submission, hidden.reticketed(half), y), hidden.reticketed(rest), expect)
    least = 1.0 - max(0.04, 3 * (1.0 - expect.measure("accuracy", one, two)))
    agreeing = expect.measure("accuracy", one, strangers)
    expect.at_least(agreeing, least, what=AGREEING, message=LOOKED_UP, measured=True)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Use SimpleImputer and StandardScaler as steps; do not call `fillna(X[...].median())` inside a function.",
    ko="SimpleImputer와 StandardScaler를 단계로 쓰세요. 함수 안에서 `fillna(X[...].median())`을 부르면 안 돼요.",
)
def test_a_passenger_is_judged_alone(submission, hidden, expect):
    """The prediction for a passenger does not depend on the others.

    ko: 한 승객의 예측은 함께 있는 다른 승객에게 영향을 받지 않는다.
    """
    model = fitted(submission, hidden.X, hidden.y)

    def among(passengers, others):
        return predicted(model, pd.concat([passengers, others]), expect)[: len(passengers)]

    expect.no_leak(among, hidden.test.iloc[::2], hidden.test.iloc[1::2], depends=False, message=BATCH)
    expect.no_leak(among, hidden.test.iloc[1::2], hidden.test.iloc[::2], depends=False, message=BATCH)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Take `PassengerId` from test.csv and keep its order.",
    ko="`PassengerId`를 test.csv에서 가져오고 순서를 그대로 두세요.",
)
def test_rows_follow_the_test_file(submission, hidden, expect):
    """One row for each test passenger, in the order of test.csv.

    ko: test.csv의 승객마다 한 행씩, 같은 순서로 있다.
    """
    expect.same(expect.column(submission["submission"], "PassengerId"), hidden.test["PassengerId"].to_numpy())


@pytest.mark.points(4)
@pytest.mark.needs("test_rows_follow_the_test_file")
@pytest.mark.hint(
    en="`make_pipeline().fit(X_train, y_train).predict(X_test)`: nothing else fits anything.",
    ko="`make_pipeline().fit(X_train, y_train).predict(X_test)`만 쓰고 다른 곳에서는 아무것도 훈련하지 마세요.",
)
def test_predictions_come_from_the_pipeline(submission, hidden, expect):
    """The predictions are those of the pipeline fitted on the training file.

    ko: 예측은 훈련 파일로 훈련한 파이프라인에서 나온 것이다.
    """
    table = submission["submission"]
    expect.columns(table, ["PassengerId", "Survived"], extra="allow")
    one, two = (predicted(fitted(submission, hidden.X, hidden.y), hidden.test, expect) for _ in range(2))
    # Where two fits differ (an unseeded forest), nobody can hand in the predictions of a third.
    wobble = 1.0 - expect.measure("accuracy", one, two)
    least = 1.0 - max(0.08, 3 * wobble) if wobble else 1.0
    agreeing = expect.measure("accuracy", one, table["Survived"])
    expect.at_least(agreeing, least, what=AGREEING, message=OTHER_PATH, measured=True)


@pytest.mark.points(5)
@pytest.mark.needs("test_table_has_the_schema")
@pytest.mark.hint(
    en='`submission.to_csv("submission.csv", index=False)`.',
    ko='`submission.to_csv("submission.csv", index=False)`를 쓰세요.',
)
def test_file_holds_the_same_table(submission, expect):
    """`submission.csv` holds the same table, integers only, no index column.

    ko: `submission.csv`에 같은 표가 인덱스 열 없이 정수로 저장되어 있다.
    """
    written = expect.csv_file(submission, "submission.csv", {"PassengerId": int, "Survived": int})
    expect.frame(submission["submission"], written, rtol=0, dtypes="same", message=OTHER_FILE)
