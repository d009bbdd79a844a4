"""Visible checks of CART: the worked example and the irises."""

import numpy as np
import pytest
from sklearn.datasets import load_iris

from grader.vocabulary import Text

NOT_A_MIDPOINT = Text(
    "This is a value of the data: take the midpoint between two neighbouring different values.",
    "이것은 데이터에 있는 값이에요. 이웃한 서로 다른 두 값의 한가운데 값을 쓰세요.",
)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Half a and half b: Gini 1 - (1/4 + 1/4), entropy one bit. A pure node has 0 of both.",
    ko="a와 b가 반반이면 지니는 1 - (1/4 + 1/4), 엔트로피는 1비트예요. 순수한 노드는 둘 다 0이에요.",
)
def test_impurity_of_small_nodes(submission, expect):
    """Gini impurity and entropy of small nodes.

    ko: 작은 노드의 지니 불순도와 엔트로피.
    """
    half, right = np.array(["a", "a", "b", "a", "b", "b"]), np.array(["b", "a", "b", "b"])
    expect.close(submission.call("gini", half), 0.5, atol=1e-9)
    expect.close(submission.call("gini", right), 0.375, atol=1e-9)
    expect.close(submission.call("gini", np.array([3, 3, 3])), 0.0, atol=1e-9)
    expect.close(submission.call("entropy", half), 1.0, atol=1e-9)
    expect.close(submission.call("entropy", np.array([3, 3, 3])), 0.0, atol=1e-9)


def split_of(submission, expect, X, y):
    """Feature and threshold of the student's split."""
    found = submission.call("best_split", X, y)
    expect.type(found, (tuple, list), what="best_split(...)")
    expect.shape(found, (3,))
    expect.type(found[0], int, what="j")
    return found[0], found[1]


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Try every midpoint of every column and keep the one with the largest gain.",
    ko="모든 열의 모든 한가운데 값을 시험하고 이득이 가장 큰 것을 고르세요.",
)
def test_split_between_two_species(submission, expect):
    """The best split between versicolor and virginica: the width of the petals at 1.75 cm.

    ko: versicolor와 virginica를 가르는 가장 좋은 분할은 꽃잎의 너비 1.75cm이다.
    """
    iris = load_iris()
    rest = iris.target > 0
    X, y = iris.data[rest][:, 2:], np.asarray(iris.target_names)[iris.target[rest]]
    j, thr = split_of(submission, expect, X, y)
    expect.true(
        j == 1,
        en="Column 1, the width of the petals, has the split with the largest gain.",
        ko="이득이 가장 큰 분할은 1번 열(꽃잎의 너비)에 있어요.",
    )
    expect.close(thr, 1.75, atol=1e-9, mistakes=[(1.7, NOT_A_MIDPOINT), (1.8, NOT_A_MIDPOINT)])
    expect.close(submission.call("gini", y[X[:, 1] <= 1.75]), 1 - (49 / 54) ** 2 - (5 / 54) ** 2, atol=1e-9)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="2.5 and 4.5 have the same gain, so the smaller threshold wins.",
    ko="2.5와 4.5는 이득이 같으므로 작은 임곗값을 골라요.",
)
def test_worked_example(submission, expect):
    """The best split of the worked example.

    ko: 예제 데이터의 가장 좋은 분할.
    """
    X, y = np.arange(1.0, 7.0)[:, np.newaxis], np.array(["a", "a", "b", "a", "b", "b"])
    j, thr = split_of(submission, expect, X, y)
    expect.true(j == 0, en="There is only column 0.", ko="열은 0번 하나뿐이에요.")
    expect.close(thr, 2.5, atol=1e-9, mistakes=[(2.0, NOT_A_MIDPOINT), (3.0, NOT_A_MIDPOINT)])


@pytest.mark.points(3)
@pytest.mark.hint(
    en="The flower goes right at 2.45 and left at 1.75; 54 flowers are there, 49 of them versicolor.",
    ko="이 붓꽃은 2.45에서 오른쪽, 1.75에서 왼쪽으로 가요. 그 리프에는 붓꽃 54송이가 있고 그 가운데 49송이가 versicolor예요.",
)
def test_probabilities_of_an_iris(submission, expect):
    """The leaf of an iris whose petals are 5 cm long and 1.5 cm wide.

    ko: 꽃잎의 길이가 5cm, 너비가 1.5cm인 붓꽃의 리프.
    """
    iris = load_iris()
    labels = np.asarray(iris.target_names)[iris.target]
    found = submission.call("leaf_proba", iris.data[:, 2:], labels, np.array([5.0, 1.5]))
    expect.close(found, np.array([0.0, 49 / 54, 5 / 54]), atol=1e-9)
