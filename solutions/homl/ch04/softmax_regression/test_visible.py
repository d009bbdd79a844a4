"""Visible checks of softmax regression."""

import numpy as np
import pytest

from grader.checks import Text


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Divide each row by the sum of that row: axis=1, and keepdims=True keeps the shapes together.",
    ko="각 행을 그 행의 합으로 나누세요. axis=1에 keepdims=True를 쓰면 모양이 맞아요.",
)
def test_softmax_of_each_row(submission, expect):
    """Each row becomes probabilities.

    ko: 행마다 확률로 바뀐다.
    """
    logits = np.log(np.array([[1.0, 3.0], [2.0, 2.0], [9.0, 1.0]]))
    right = np.array([[0.25, 0.75], [0.5, 0.5], [0.9, 0.1]])
    expect.close(submission.call("softmax", logits), right, atol=1e-9, inputs=logits)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="With all weights zero each of three classes has probability 1/3, so the mean loss is log 3.",
    ko="가중치가 모두 0이면 세 클래스의 확률이 1/3씩이므로 평균 손실은 log 3이에요.",
)
def test_loss_of_equal_probabilities(submission, expect):
    """The loss with all weights zero.

    ko: 가중치가 모두 0일 때의 손실.
    """
    X = np.column_stack([np.ones(6), np.arange(6.0)])
    Y = np.eye(3)[[0, 1, 2, 0, 1, 2]]
    result = submission.call("loss_and_gradient", np.zeros((2, 3)), X, Y)
    loss, _ = expect.results(result, ["loss", "gradient"], what="loss_and_gradient(...)")
    expect.close(loss, np.log(3), atol=1e-9)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="np.unique(y) gives the labels in sorted order; predict picks the label of the largest probability.",
    ko="np.unique(y)는 레이블을 정렬해서 줘요. predict는 확률이 가장 큰 레이블을 고르면 돼요.",
)
def test_tells_three_clouds_apart(submission, expect, rng):
    """Three clouds of points with names are told apart.

    ko: 이름이 붙은 점 무리 세 개를 구별한다.
    """
    names = np.array(["north", "south", "west"])
    y = np.repeat(names, 20)
    centres = np.repeat(np.array([[2.0, 2.0], [2.0, -2.0], [-3.0, 0.0]]), 20, axis=0)
    X = centres + 0.4 * rng.normal(size=(60, 2))
    model = submission.new("SoftmaxGD", eta=0.1, n_epochs=300, seed=1)
    model.call("fit", X, y)
    expect.sums_to(expect.predictions(model.call("predict_proba", X), (60, 3)), axis=1)
    not_labels = Text(
        "`predict` should answer with labels as they stand in y, not with column numbers or anything else.",
        "`predict`는 열 번호 같은 것이 아니라 y에 있는 레이블로 답해야 해요.",
    )
    accuracy = expect.measure("accuracy", y, model.call("predict", X), message=not_labels)
    expect.at_least(accuracy, 0.95, what="accuracy")
