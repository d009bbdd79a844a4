"""Checks that students do not have."""

import numpy as np
import pytest

from grader.checks import Text


@pytest.mark.points(3)
def test_training_range_is_remembered(expect, rng):
    """New data is scaled with the range of the training data.

    ko: 새 데이터도 훈련 데이터의 범위로 변환한다.
    asks: `fit` learns the middle `center_` and half of the range `half_range_` of each column
    asks-ko: `fit`은 열마다 가운데 값 `center_`와 범위의 절반 `half_range_`를 학습하고
    hint: Keep what fit has learned in attributes with a trailing underscore, and use these in transform.
    hint-ko: fit에서 학습한 값은 이름이 밑줄로 끝나는 속성에 저장하고, transform에서는 그 값을 쓰세요.
    """
    X, new = rng.normal(size=(40, 3)), rng.normal(3, 2, size=(7, 3))
    expect.agree(lambda code: code.estimator("RangeScaler").fit(X).transform(new))


@pytest.mark.points(2)
def test_constant_column(expect):
    """A constant column becomes 0, and what lies off it stays off it by as much.

    ko: 값이 모두 같은 열은 0이 되고, 그 값과의 차이는 그대로 남는다.
    asks: For a column that is constant, `half_range_` is 1.
    asks-ko: 값이 모두 같은 열의 `half_range_`는 1입니다.
    hint: The range of a constant column is 0: what should it be divided by?
    hint-ko: 값이 모두 같은 열의 범위는 0이에요. 무엇으로 나누어야 할까요?
    """
    X, new = np.array([[4.0, 0.0], [4.0, 1.0]]), np.array([[4.0, 0.0], [6.0, 1.0]])
    expect.agree(lambda code: code.estimator("RangeScaler").fit(X).transform(new), np.array([[0.0, -1.0], [2.0, 1.0]]))


@pytest.mark.points(2)
@pytest.mark.needs("test_training_data_is_scaled")  # an untouched class passes some of them
def test_follows_the_conventions(submission, expect):
    """scikit-learn's own checks of an estimator pass.

    ko: 사이킷런의 추정기 검사를 통과한다.
    asks: Use `sklearn.utils.validation.validate_data` in `fit`
    asks-ko: `fit`에서는 `sklearn.utils.validation.validate_data`를
    hint: Run sklearn.utils.estimator_checks.check_estimator(RangeScaler()) and read the first complaint.
    hint-ko: sklearn.utils.estimator_checks.check_estimator(RangeScaler())를 실행하고 첫 번째 오류를 읽어 보세요.
    """
    results = submission.estimator("RangeScaler").check_estimator()
    judged = [result for result in results if result["status"] in ("passed", "failed")]
    expect.true(
        len(judged) > 0,
        en="scikit-learn could not check this class: is it an estimator?",
        ko="사이킷런이 이 클래스를 검사하지 못했어요. 추정기가 맞나요?",
    )
    expect.items(
        [
            (
                result["status"] == "passed",
                Text("One of scikit-learn's checks of an estimator fails.", "사이킷런의 추정기 검사 하나가 실패해요."),
            )
            for result in judged
        ]
    )
