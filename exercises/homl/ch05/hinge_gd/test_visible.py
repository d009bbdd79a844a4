"""Visible checks of the linear SVM: the worked example, two clouds with names."""

import numpy as np
import pytest

from grader.checks import Text


def clouds(rng, m=60):
    """Two clouds of points, well apart, with names as labels."""
    y = np.repeat(np.array(["spam", "ham"]), m // 2)
    centres = np.where(y == "spam", 2.0, -2.0)[:, np.newaxis] * np.array([1.0, 0.5])
    return centres + 0.5 * rng.normal(size=(m, 2)), y


@pytest.mark.points(3)
@pytest.mark.hint(
    en="objective_ holds J before each step: w @ w / 2 + C * sum(max(0, 1 - t * f)).",
    ko="objective_에는 스텝을 밟기 전의 J = w @ w / 2 + C * sum(max(0, 1 - t * f))를 담으세요.",
)
def test_worked_example(submission, expect):
    """The objective before the first two steps, by hand.

    ko: 처음 두 스텝을 밟기 전의 목적 함수를 손으로 계산한 값.
    """
    model = submission.new("LinearSVMGD", C=1.0, eta=0.1, n_epochs=2)
    model.call("fit", np.array([[2.0], [-1.0]]), np.array([1, 0]), hold=True)
    mistakes = {
        Text(
            "The label 0 has to become t = -1: with t = 0 its rows pull at nothing.",
            "레이블 0은 t = -1로 바꾸어야 해요. t = 0이면 그 행은 아무 영향도 주지 못해요.",
        ): [2.0, 1.52],
        Text("The step goes uphill: subtract the sub-gradient.", "언덕을 올라갔어요. 서브그레이디언트를 빼야 해요."): [
            2.0,
            2.945,
        ],
        Text("The hinge losses are averaged: J adds them up.", "힌지 손실을 평균 냈어요. J에서는 모두 더해요."): [
            1.0,
            0.78625,
        ],
        Text(
            "Each entry belongs one epoch earlier: J is noted before the step, not after it.",
            "값이 한 에포크씩 밀려 있어요. 스텝을 밟은 뒤가 아니라 밟기 전의 J를 담으세요.",
        ): [1.145, 0.59245],
    }
    expect.close(model.get("objective_"), np.array([2.0, 1.145]), atol=1e-9, mistakes=mistakes)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="np.unique(y) gives the two labels in sorted order; index it with (f > 0) as 0 or 1.",
    ko="np.unique(y)가 정렬된 두 레이블을 줘요. (f > 0)을 0과 1로 바꾸어 그 인덱스로 쓰세요.",
)
def test_names_two_clouds(submission, expect, rng):
    """Two clouds with names are told apart.

    ko: 이름이 붙은 점 무리 두 개를 구별한다.
    """
    X, y = clouds(rng)
    model = submission.new("LinearSVMGD", C=1.0, eta=0.01, n_epochs=300)
    model.call("fit", X, y, hold=True)
    predicted = model.call("predict", X)
    expect.type(predicted, (np.ndarray, list, tuple), what="predict(...)")
    expect.shape(predicted, (len(X),))
    expect.true(
        {str(found) for found in predicted} <= {"spam", "ham"},
        en="`predict` should answer with the labels as they stand in y, not with numbers.",
        ko="`predict`는 숫자가 아니라 y에 있는 레이블로 답해야 해요.",
    )
    right = np.mean([str(found) == name for found, name in zip(predicted, y, strict=True)])
    expect.at_least(float(right), 0.95, what=Text("the accuracy", "정확도"))


@pytest.mark.points(2)
@pytest.mark.hint(
    en="f(x) = X @ coef_ + intercept_, flat; it is positive for the label that comes second in sorted order.",
    ko="f(x) = X @ coef_ + intercept_이고 1차원이에요. 정렬했을 때 뒤에 오는 레이블에서 양수예요.",
)
def test_sign_of_the_decision_function(submission, expect, rng):
    """The decision function is positive for the label that comes second.

    ko: 결정 함수는 뒤에 오는 레이블에서 양수이다.
    """
    X, y = clouds(rng)
    model = submission.new("LinearSVMGD", C=1.0, eta=0.01, n_epochs=300)
    model.call("fit", X, y, hold=True)
    scores = model.call("decision_function", X)
    expect.type(scores, (np.ndarray, list, tuple), what="decision_function(...)")
    agrees = float(np.mean((expect.array(scores, (len(X),)) > 0) == (y == "spam")))
    expect.true(
        agrees >= 0.95,
        en='Here "spam" comes second in sorted order, so its rows should have positive values.',
        ko='여기서는 정렬했을 때 "spam"이 뒤에 오므로 그 행의 값이 양수여야 해요.',
    )


@pytest.mark.points(1)
@pytest.mark.needs("test_sign_of_the_decision_function")
@pytest.mark.hint(en="End `fit` with `return self`.", ko="`fit`을 `return self`로 끝내세요.")
def test_fit_returns_the_model(submission, expect, rng):
    """`fit` returns the model itself.

    ko: `fit`은 모델 자신을 돌려준다.
    """
    X, y = clouds(rng)
    returned = submission.new("LinearSVMGD", n_epochs=3).call("fit", X, y)
    expect.true(
        getattr(returned, "type_name", None) == "LinearSVMGD",
        en="`fit` must return `self`.",
        ko="`fit`은 `self`를 돌려주어야 해요.",
    )
