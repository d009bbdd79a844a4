"""Visible checks of CART: whose work it is, small nodes, the worked example and the irises."""

import numpy as np
import pytest
from sklearn.datasets import load_iris

HALF, QUARTER, PURE = np.array(list("aababb")), np.array(list("babb")), np.array([3, 3, 3])
IRIS = load_iris()
PETALS, SPECIES = IRIS.data[:, 2:], np.asarray(IRIS.target_names)[IRIS.target]


def split(code, X, y, criterion="gini"):
    """Feature, threshold and gain, also where they stand under names: only the worked example minds that."""
    found = code.call("best_split", X, y, criterion)
    return [found[name] for name in ("j", "thr", "gain")] if isinstance(found, dict) else found


@pytest.mark.points(0)
@pytest.mark.parametrize("name", ["best_split", "leaf_proba"])
def test_own_work(expect, name):
    """No library does the work.

    ko: 라이브러리가 대신 계산하지 않는다.
    asks: Write into this file, with numpy only
    asks-ko: 넘파이만 써서 이 파일에 다음을 작성하세요.
    hint: All other checks of this function ask what your own code computes; scikit-learn is not allowed here.
    hint-ko: 이 함수의 다른 검사는 모두 여러분의 코드가 직접 계산한 것을 봐요. 여기서는 사이킷런을 쓸 수 없어요.
    """

    def borrowed(code):
        rules = expect.source(code, within=name)
        own = name == "leaf_proba" and expect.holds(rules.uses, "best_split")  # whose work that is, is asked there
        return [] if own or expect.holds(rules.avoids, "sklearn") else ["sklearn"]

    expect.agree(borrowed, [])


@pytest.mark.points(1)
@pytest.mark.parametrize(
    ("measure", "right"), [("gini", [0.5, 0.375, 0.0]), ("entropy", [1.0, 0.811278, 0.0])], ids=["gini", "entropy"]
)
def test_impurity_of_small_nodes(expect, measure, right):
    """Impurity of small nodes.

    ko: 작은 노드의 불순도.
    asks: \\text{Gini} = 1 - \\sum_k p_k^2, \\qquad \\text{entropy} = -\\sum_{p_k > 0} p_k \\log_2 p_k
    asks-ko: \\text{지니} = 1 - \\sum_k p_k^2, \\qquad \\text{엔트로피} = -\\sum_{p_k > 0} p_k \\log_2 p_k
    hint: Half a and half b: Gini is 1 - (1/4 + 1/4), the entropy is one bit. A pure node has 0 by both.
    hint-ko: a와 b가 반반이면 지니는 1 - (1/4 + 1/4)이고 엔트로피는 1비트예요. 순수한 노드는 둘 다 0이에요.
    """
    expect.agree(lambda code: code.map(measure, [(HALF,), (QUARTER,), (PURE,)]), right, atol=1e-6)


@pytest.mark.points(1)
@pytest.mark.needs("test_own_work[best_split]")
def test_worked_example(expect):
    """The best split of the worked example.

    ko: 예제 데이터의 가장 좋은 분할.
    asks: so `best_split` returns `(0, 2.5, 0.25)`
    asks-ko: `best_split`은 `(0, 2.5, 0.25)`를 돌려줍니다
    hint: 2.5 and 4.5 have the same gain, so the smaller threshold wins.
    hint-ko: 2.5와 4.5는 이득이 같으므로 작은 임곗값을 골라요.
    """
    X = np.arange(1.0, 7.0)[:, np.newaxis]
    for place, right in enumerate([0, 2.5, 0.25]):
        expect.agree(lambda code, place=place: split(code, X, HALF)[place], right)
    expect.agree(lambda code: isinstance(code.call("best_split", X, HALF), tuple | list), True)


@pytest.mark.points(1)
@pytest.mark.needs("test_own_work[best_split]")
def test_split_between_two_species(expect):
    """The best split between versicolor and virginica is one of the width of the petals, between 1.7 and 1.8 cm, and its gain.

    ko: versicolor와 virginica를 가르는 가장 좋은 분할은 꽃잎의 너비 1.7cm와 1.8cm 사이에 있다. 그 분할의 이득.
    asks: the split with the largest gain
    asks-ko: 이득이 가장 큰 분할을 찾습니다
    hint: Try every midpoint of every column and keep the one with the largest gain: it is in column 1 here.
    hint-ko: 모든 열의 모든 한가운데 값을 시험하고 이득이 가장 큰 것을 고르세요. 여기서는 1번 열에 있어요.
    """
    X, y = PETALS[50:], SPECIES[50:]

    def left(code):
        j, thr, *_ = split(code, X, y)
        return X[:, int(j)] <= thr

    expect.agree(left, X[:, 1] < 1.75)
    expect.agree(lambda code: split(code, X, y)[2], 0.389694, atol=1e-5)  # 0.5 - 0.54 * 0.168 - 0.46 * 0.043


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[leaf_proba]")
def test_probabilities_of_an_iris(expect):
    """The leaf of an iris whose petals are 5 cm long and 1.5 cm wide.

    ko: 꽃잎의 길이가 5cm, 너비가 1.5cm인 붓꽃의 리프.
    asks: return the share of each class among the training rows in its leaf
    asks-ko: 떨어뜨려 도착한 리프에서 훈련 샘플의 클래스 비율을 구합니다
    hint: The flower goes right at 2.45 and left at 1.75; 54 flowers are there, 49 of them versicolor.
    hint-ko: 이 붓꽃은 2.45에서 오른쪽, 1.75에서 왼쪽으로 가요. 그 리프의 붓꽃 54송이 가운데 49송이가 versicolor예요.
    """
    right = np.array([0.0, 49 / 54, 5 / 54])
    expect.agree(lambda code: code.call("leaf_proba", PETALS, SPECIES, np.array([5.0, 1.5])), right)
