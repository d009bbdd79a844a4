"""Visible checks of the Titanic submission: the table, the file, the pipeline."""

import numpy as np
import pandas as pd
import pytest

from grader.checks import Text

FLOATS = Text(
    "`Survived` must be integers 0 and 1, not floats, booleans or text: `astype(int)`.",
    "`Survived`는 실수, 불리언, 텍스트가 아니라 정수 0과 1이어야 해요. `astype(int)`를 쓰세요.",
)


@pytest.mark.points(3)
@pytest.mark.hint(
    en='Two columns, 418 rows, integers: `pd.DataFrame({"PassengerId": ..., "Survived": ...})`.',
    ko='열 두 개, 행 418개, 정수 값이에요. `pd.DataFrame({"PassengerId": ..., "Survived": ...})`.',
)
def test_table_has_the_schema(submission, expect):
    """`submission` has the columns PassengerId and Survived, integers, 418 rows.

    ko: `submission`에는 정수로 된 PassengerId와 Survived 열, 행 418개가 있다.
    """
    table = submission["submission"]
    expect.columns(table, ["PassengerId", "Survived"], ordered=True, dtypes={"PassengerId": "int"})
    expect.shape(table, (418, 2))
    expect.columns(table, table.columns, dtypes={"Survived": "int"}, message=FLOATS)
    expect.between(expect.column(table, "Survived"), 0, 1, message=FLOATS)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Return the Pipeline as it was made; the grader calls `fit`.",
    ko="만든 Pipeline을 그대로 반환하세요. `fit`은 채점할 때 불러요.",
)
def test_pipeline_is_unfitted(submission, expect):
    """`make_pipeline` returns an unfitted Pipeline.

    ko: `make_pipeline`은 훈련하지 않은 Pipeline을 반환한다.
    """
    built = submission.call("make_pipeline", hold=True)
    expect.type(built, "Pipeline", what="make_pipeline()")
    passenger = pd.DataFrame(
        {
            "PassengerId": [1, 2],
            "Pclass": [3, 1],
            "Name": ["Doe, Mr. John", "Doe, Miss. Jane"],
            "Sex": ["male", "female"],
            "Age": [30.0, np.nan],
            "SibSp": [0, 1],
            "Parch": [0, 0],
            "Ticket": ["1234", "PC 5678"],
            "Fare": [7.25, 80.0],
            "Cabin": [None, "C85"],
            "Embarked": ["S", "C"],
        }
    )
    expect.unfitted(built, passenger)
