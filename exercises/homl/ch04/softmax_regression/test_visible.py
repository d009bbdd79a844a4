"""Visible checks of softmax regression."""

import numpy as np
import pytest

CLOUDS = np.array([[2.0, 2.0], [2.0, -2.0], [-3.0, 0.0]])


@pytest.mark.points(2)
def test_softmax_of_each_row(expect):
    """Each row becomes probabilities.

    ko: 행마다 확률로 바뀐다.
    asks: probabilities **for each row** of logits of shape (m, K)
    asks-ko: 크기가 (m, K)인 로짓의 **행마다** 확률을 구합니다
    hint: Divide each row by the sum of that row: axis=1, and keepdims=True keeps the shapes together.
    hint-ko: 각 행을 그 행의 합으로 나누세요. axis=1에 keepdims=True를 쓰면 모양이 맞아요.
    """
    logits = np.log(np.array([[1.0, 3.0], [2.0, 2.0], [9.0, 1.0]]))
    expect.agree(lambda code: code.call("softmax", logits), [[0.25, 0.75], [0.5, 0.5], [0.9, 0.1]])


@pytest.mark.points(2)
def test_loss_of_equal_probabilities(expect):
    """The loss with all weights zero.

    ko: 가중치가 모두 0일 때의 손실.
    asks: with all weights zero the loss of three classes is $\\log 3 = 1.0986$
    asks-ko: 가중치가 모두 0이면 클래스 세 개의 손실은 $\\log 3 = 1.0986$입니다
    hint: With all weights zero each of three classes has probability 1/3, so the mean loss is log 3.
    hint-ko: 가중치가 모두 0이면 세 클래스의 확률이 1/3씩이므로 평균 손실은 log 3이에요.
    """
    X, Y = np.column_stack([np.ones(6), np.arange(6.0)]), np.eye(3)[[0, 1, 2, 0, 1, 2]]
    expect.agree(lambda code: code.call("loss_and_gradient", np.zeros((2, 3)), X, Y)[0], np.log(3))


@pytest.mark.points(1)
def test_gradient_of_equal_probabilities(expect):
    """The gradient with all weights zero.

    ko: 가중치가 모두 0일 때의 그레이디언트.
    asks: The gradient of the first part is $\\frac1m X^\\top (\\hat P - Y)$.
    asks-ko: 첫 항의 그레이디언트는 $\\frac1m X^\\top (\\hat P - Y)$입니다.
    hint: Three rows, three classes: each entry is the mean over the rows of a feature times (1/3 - label).
    hint-ko: 행이 셋, 클래스가 셋이에요. 각 값은 특성 × (1/3 - 레이블)을 행에 대해 평균한 것이에요.
    """
    X, Y = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), np.eye(3)
    right = np.array([[0.0, 0.0, 0.0], [1 / 3, 0.0, -1 / 3]])
    expect.agree(lambda code: code.call("loss_and_gradient", np.zeros((2, 3)), X, Y)[1], right)


@pytest.mark.points(2)
def test_tells_three_clouds_apart(expect):
    """Three clouds of points with names are told apart.

    ko: 이름이 붙은 점 무리 세 개를 구별한다.
    asks: labels as they were given
    asks-ko: 훈련할 때 받은 레이블 그대로 돌려줍니다
    hint: np.unique(y) gives the labels in sorted order; predict picks the label of the largest probability.
    hint-ko: np.unique(y)는 레이블을 정렬해서 줘요. predict는 확률이 가장 큰 레이블을 고르면 돼요.
    """
    y = np.repeat(["north", "south", "west"], 20)
    X = np.repeat(CLOUDS, 20, axis=0) + 0.4 * np.random.default_rng(0).normal(size=(60, 2))

    def told_apart(code):
        model = code.new("SoftmaxGD", eta=0.1, n_epochs=300, seed=1)
        model.call("fit", X, y, hold=True)
        return model.call("predict", X), model.call("predict_proba", CLOUDS)

    expect.agree(lambda code: told_apart(code)[0], y)
    expect.agree(lambda code: told_apart(code)[1], atol=0.02)
