"""Visible checks of CART: the worked example and the irises."""

import numpy as np
import pytest
from sklearn.datasets import load_iris

from grader.checks import Text

NOT_A_MIDPOINT = Text(
    "This is a value of the data: take the midpoint between two neighbouring different values.",
    "이것은 데이터에 있는 값이에요. 이웃한 서로 다른 두 값의 한가운데 값을 쓰세요.",
)
UNSQUARED = Text(
    "The shares of the classes always add up to 1: it is their squares that tell a mixed node from a pure one.",
    "클래스의 비율을 그냥 더하면 언제나 1이에요. 섞인 노드와 순수한 노드를 구별하는 것은 비율의 제곱이에요.",
)
NATURAL = Text(
    "This is the entropy with the natural logarithm; in bits it takes log2.",
    "자연로그로 계산한 엔트로피예요. 비트 단위에는 log2를 써요.",
)
THREE = Text(
    "There are three species in `y`, so three shares are wanted: a species that no flower in the leaf has gets 0.",
    "`y`에 품종이 셋 있으므로 비율도 세 개여야 해요. 리프에 없는 품종의 비율은 0이에요.",
)
COUNTS = Text(
    "These are numbers of flowers: divide them by the number of flowers in the leaf.",
    "붓꽃의 송이 수예요. 리프에 있는 붓꽃의 수로 나누세요.",
)
TOO_DEEP = Text(
    "This is a leaf at depth 3: with `max_depth=2` a row answers two questions and no more.",
    "깊이 3에 있는 리프예요. `max_depth=2`이면 질문은 두 번까지예요.",
)


HALF, PURE = np.array(["a", "a", "b", "a", "b", "b"]), np.array([3, 3, 3])


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Half a and half b: 1 - (1/4 + 1/4). A pure node has 0.",
    ko="a와 b가 반반이면 1 - (1/4 + 1/4)이에요. 순수한 노드는 0이에요.",
)
def test_gini_of_small_nodes(submission, expect):
    """Gini impurity of small nodes.

    ko: 작은 노드의 지니 불순도.
    """
    expect.close(submission.call("gini", HALF), 0.5, atol=1e-9, mistakes=[(0.0, UNSQUARED), (-1.0, UNSQUARED)])
    expect.close(submission.call("gini", np.array(["b", "a", "b", "b"])), 0.375, atol=1e-9)
    expect.close(submission.call("gini", PURE), 0.0, atol=1e-9)
    leaf = np.repeat(["versicolor", "virginica"], [49, 5])
    expect.close(submission.call("gini", leaf), 1 - (49 / 54) ** 2 - (5 / 54) ** 2, atol=1e-9)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Half a and half b: one bit. A pure node has 0.",
    ko="a와 b가 반반이면 1비트예요. 순수한 노드는 0이에요.",
)
def test_entropy_of_small_nodes(submission, expect):
    """Entropy of small nodes, in bits.

    ko: 작은 노드의 엔트로피(비트).
    """
    expect.close(submission.call("entropy", HALF), 1.0, atol=1e-9, mistakes={NATURAL: np.log(2)})
    expect.close(submission.call("entropy", PURE), 0.0, atol=1e-9)


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
    """The best split between versicolor and virginica is one of the width of the petals, between 1.7 and 1.8 cm.

    ko: versicolor와 virginica를 가르는 가장 좋은 분할은 꽃잎의 너비 1.7cm와 1.8cm 사이에 있다.
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
    # Whether it is the midpoint of the two widths is what the worked example asks.
    expect.between(
        thr,
        1.7,
        1.8,
        message=Text("Another threshold of this column has a larger gain.", "이 열의 다른 임곗값이 이득이 더 커요."),
    )


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
    expect.shape(found, (3,), message=THREE)
    mistakes = {COUNTS: [0, 49, 5], TOO_DEEP: [0, 1 / 3, 2 / 3]}
    expect.close(found, np.array([0.0, 49 / 54, 5 / 54]), atol=1e-9, mistakes=mistakes)
