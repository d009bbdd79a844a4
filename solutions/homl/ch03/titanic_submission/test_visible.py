"""Visible checks of the Titanic submission: the table, and the pipeline on a few passengers."""

import numpy as np
import pytest

from grader.checks import SubmissionRaised, Text, load_dataset

NO_INTEGERS = Text("A column does not hold integers.", "정수가 아닌 열이 있어요.")
NO_PIPELINE = Text("`make_pipeline()` should return a scikit-learn `Pipeline`.", "`make_pipeline()`은 사이킷런 `Pipeline`을 반환해야 해요.")
RAW = ("KeyError", "column", "could not convert", "NaN")  # of the complaints about rows that nobody has prepared
KINDS = {"i": "int", "u": "int", "f": "float", "b": "bool"}


def passengers():
    """Passengers with the columns and the gaps of the files, and who of them survived."""
    table = load_dataset("titanic", "small")["train"][:60]
    return table.drop(columns="Survived"), table["Survived"]


@pytest.mark.points(2)
def test_table_has_the_schema(expect):
    """`submission` has the columns PassengerId and Survived, integers, 418 rows.

    ko: `submission`에는 정수로 된 PassengerId와 Survived 열, 행 418개가 있다.
    asks: exactly two columns, `PassengerId` and `Survived`, both integer, one row for each row of `test.csv`
    asks-ko: 열이 `PassengerId`와 `Survived` 두 개뿐이고 둘 다 정수입니다
    hint: `pd.DataFrame({"PassengerId": test["PassengerId"], "Survived": predictions})`, with integers 0 and 1.
    hint-ko: `pd.DataFrame({"PassengerId": test["PassengerId"], "Survived": predictions})`로 만들고 값은 정수 0과 1로 두세요.
    """

    def kind(code, place):
        return KINDS.get(code.frame("submission").iloc[:, place].dtype.kind, "text")

    expect.agree(lambda code: [str(name) for name in code.frame("submission").columns], ["PassengerId", "Survived"])
    expect.agree(lambda code: len(code.frame("submission")), 418)
    for place in (0, -1):
        expect.agree(lambda code: kind(code, place), "int", message=NO_INTEGERS)


@pytest.mark.points(1)
def test_pipeline_takes_raw_columns(expect):
    """The pipeline is fitted to raw rows and predicts a 0 or a 1 for each.

    ko: 파이프라인은 원본 열을 그대로 받아 훈련하고 행마다 0이나 1을 예측한다.
    asks: Its `fit(X, y)` gets a DataFrame with the raw columns of `test.csv` and the labels; its `predict(X)` returns one 0 or 1 for
        each row
    asks-ko: `fit(X, y)`는 `test.csv`와 같은 원본 열을 가진 DataFrame과 레이블을 받고, `predict(X)`는 행마다 0이나 1을 하나씩 반환합니다
    hint: Try `make_pipeline().fit(train.drop(columns="Survived"), train["Survived"]).predict(test)`.
    hint-ko: `make_pipeline().fit(train.drop(columns="Survived"), train["Survived"]).predict(test)`를 실행해 보세요.
    """
    X, y = passengers()

    def predictions(code):
        built = code.call("make_pipeline", hold=True)
        try:
            found = np.asarray(code.estimator(built).fit(X, y).predict(X[:9]))
        except SubmissionRaised as fault:
            if any(word in fault.exception + fault.said for word in RAW):
                return "it stops at raw columns"
            raise
        return "zeros and ones" if found.shape == (9,) and set(found.tolist()) <= {0, 1} else "something else"

    expect.agree(predictions, "zeros and ones")


@pytest.mark.points(1)
def test_pipeline_is_unfitted(expect):
    """`make_pipeline` returns an unfitted Pipeline.

    ko: `make_pipeline`은 훈련하지 않은 Pipeline을 반환한다.
    asks: an **unfitted** scikit-learn `Pipeline`
    asks-ko: **훈련하지 않은** 사이킷런 `Pipeline`입니다
    hint: Return the Pipeline as it was made; the grader calls `fit`.
    hint-ko: 만든 Pipeline을 그대로 반환하세요. `fit`은 채점할 때 불러요.
    """
    X, _ = passengers()

    def fitted(code):
        unfitted = expect.holds(expect.unfitted, code.call("make_pipeline", hold=True), X)
        return [] if unfitted else ["fitted already"]

    expect.agree(lambda code: code.call("make_pipeline", hold=True).type_name, "Pipeline", message=NO_PIPELINE)
    expect.agree(fitted, [])
