"""Hidden checks of CART: other labels and data, both criteria, ties, edges, deeper trees, the arithmetic of cost."""

import numpy as np
import pytest
from sklearn.datasets import load_iris

BOTH = pytest.mark.parametrize("criterion", ["gini", "entropy"])
# Of these tables the best split is clear, but another one by Gini, by entropy, and where children are not weighted.
CLEAR = (98, 134, 184, 191)


def tables(rng):
    """Rows with many equal values in another place and unit each time, and labels that depend on one column."""
    for turn, number in enumerate(CLEAR):
        draw = np.random.default_rng(number)
        X = draw.integers(7, size=(40, 3)).astype(float)
        noisy = X[:, 1] + draw.normal(scale=1.5, size=40)
        y = np.array(["cat", "dog", "owl"])[np.digitize(noisy, np.quantile(noisy, [0.5, 0.8]))]
        yield np.roll(X, turn, axis=1) * rng.uniform(0.5, 5.0) - rng.uniform(0.5, 5.0), y


def split(code, X, y, criterion="gini"):
    """Feature, threshold and gain, also where they stand under names: only a visible check minds that."""
    found = code.call("best_split", X, y, criterion)
    return [found[name] for name in ("j", "thr", "gain")] if isinstance(found, dict) else found


def left(code, X, y, criterion="gini"):
    """Which rows go left: thresholds between the same two values are all the same here."""
    j, thr, *_ = split(code, X, y, criterion)
    return X[:, int(j)] <= thr


def mixed(code, *args):
    """What `leaf_proba` returns as shares, also where they are counts: other checks mind that."""
    found = np.asarray(code.call("leaf_proba", *args))
    return found / found.sum()


@pytest.mark.points(1)
@pytest.mark.parametrize("measure", ["gini", "entropy"])
def test_impurity_of_other_labels(expect, rng, measure):
    """Impurity of nodes with several classes, numbers or text.

    ko: 클래스가 여럿인 노드(레이블이 숫자 또는 글자)의 불순도.
    asks: `y` is an array of at least one label, numbers or text
    asks-ko: `y`는 레이블(숫자 또는 문자열)이 하나 이상 담긴 배열이고
    hint: Count each label (np.unique with return_counts=True) and divide by the number of rows; the entropy takes log2.
    hint-ko: 레이블마다 개수를 세어(np.unique의 return_counts=True) 샘플의 수로 나누세요. 엔트로피에는 log2를 써요.
    """
    nodes = [rng.permutation(np.repeat(labels, [5, 9, 23])) for labels in ([-3, 7, 12], ["oak", "elm", "fir"])]
    expect.agree(lambda code: code.map(measure, [(y,) for y in (*nodes, nodes[0][:9])]))


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[best_split]")
@BOTH
def test_split_of_other_data(expect, rng, criterion):
    """The rows that the best split sends left, on other data, by each measure.

    ko: 다른 데이터에서 가장 좋은 분할로 왼쪽에 가는 행(두 가지 불순도).
    asks: the split with the largest gain; `criterion` is `"gini"` or `"entropy"`
    asks-ko: 이득이 가장 큰 분할을 찾습니다. `criterion`은 `"gini"` 또는 `"entropy"`입니다.
    hint: Loop over the columns, then over the midpoints of np.unique(column); weigh each child by its share of the rows.
    hint-ko: 열마다, 그리고 np.unique(column)의 이웃한 두 값의 한가운데마다 반복하세요. 자식 노드마다 샘플의 비율을 곱해야 해요.
    """
    drawn = list(tables(rng))
    expect.agree(lambda code: [left(code, X, y, criterion) for X, y in drawn])


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[best_split]")
def test_thresholds_are_midpoints(expect, rng):
    """The threshold lies in the middle between two values, also where values repeat.

    ko: 같은 값이 되풀이되어도 임곗값은 이웃한 두 값의 한가운데이다.
    asks: the **midpoints** between two neighbouring *different* values of a column
    asks-ko: 한 열에서 이웃한 *서로 다른* 두 값의 **한가운데 값**
    hint: np.unique(column) sorts and drops repeats; then take the mean of each value and the next.
    hint-ko: np.unique(column)은 값을 정렬하고 중복을 없애요. 그다음 이웃한 두 값의 평균을 구하세요.
    """
    drawn = list(tables(rng))
    expect.agree(lambda code: [split(code, X, y)[1] for X, y in drawn])


@pytest.mark.points(1)
@pytest.mark.needs("test_own_work[best_split]")
@BOTH
def test_gain_of_the_best_split(expect, rng, criterion):
    """The gain that `best_split` reports, by each measure.

    ko: `best_split`이 돌려주는 이득(두 가지 불순도).
    asks: \\text{gain} = I(\\text{node}) - \\frac{m_L}{m} I(\\text{left}) - \\frac{m_R}{m} I(\\text{right})
    asks-ko: \\text{이득} = I(\\text{노드}) - \\frac{m_L}{m} I(\\text{왼쪽}) - \\frac{m_R}{m} I(\\text{오른쪽})
    hint: Impurity of the node, minus the impurity of each child times its share of the rows.
    hint-ko: 노드의 불순도에서, 자식 노드마다 불순도에 샘플의 비율을 곱해 빼세요.
    """
    iris = load_iris()
    drawn = [*tables(rng), (iris.data[:, 2:], iris.target)]
    expect.agree(lambda code: [split(code, X, y, criterion)[2] for X, y in drawn])


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[best_split]")
def test_ties(expect, rng):
    """Of splits with equal gain the first column wins, then the smallest threshold (as at the root of the irises).

    ko: 이득이 같으면(붓꽃의 루트처럼) 앞선 열, 그다음에는 작은 임곗값을 고른다.
    asks: Where gains are equal (closer than 1e-9), the smaller `j` wins, then the smaller `thr`.
    asks-ko: `j`가 작은 쪽, 그다음에는 `thr`이 작은 쪽을 고릅니다
    hint: Replace the best split only by one that is better by more than 1e-9, going through j and thr in order.
    hint-ko: j와 thr을 차례로 시험하면서, 이득이 1e-9보다 많이 커질 때만 가장 좋은 분할을 바꾸세요.
    """
    column, iris = rng.permutation(np.arange(9.0)), load_iris()
    alike = np.column_stack([np.full(9, 3.0), 2 * column + 1, column, 5 * column])
    mirrored = np.cumsum(rng.uniform(1.0, 5.0, size=12))[:, np.newaxis]
    expect.agree(lambda code: [split(code, *data)[0] for data in ((alike, column > 3), (iris.data[:, 2:], iris.target))])
    expect.agree(lambda code: left(code, mirrored, np.array([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0])))


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[best_split]", "test_own_work[leaf_proba]")
def test_edges(expect):
    """Where no split gains anything (exclusive or) one is still returned; equal rows cannot be split.

    ko: 어떤 분할에도 이득이 없을 때(배타적 논리합)에도 분할을 돌려주고, 모두 같은 행은 나누지 않는다.
    asks: A best gain of 0 is still an answer; `None` is the answer only where no column has two different values.
    asks-ko: 이득이 0이어도 그 분할을 돌려줍니다. 서로 다른 값이 두 개 이상인 열이 하나도 없을 때만 `None`을 돌려줍니다.
    hint: Start from 'no split yet' (None), not from the gain 0. Where there is no midpoint, leaf_proba ends.
    hint-ko: 이득 0이 아니라 '아직 분할 없음'(None)에서 시작하세요. 한가운데 값이 없으면 leaf_proba는 거기서 멈춰요.
    """
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    X, y = np.repeat(corners, 3, axis=0), np.array([0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0, 1])
    same, labels = np.tile([2.0, 5.0], (4, 1)), np.array([0, 1, 1, 1])
    expect.agree(lambda code: split(code, X, y) is not None, True)
    expect.agree(lambda code: mixed(code, X, y, np.array([0.0, 1.0])), [1 / 3, 2 / 3])
    expect.agree(lambda code: split(code, same, labels), None)
    expect.agree(lambda code: mixed(code, same, labels, same[0]), [0.25, 0.75])


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[leaf_proba]")
def test_row_on_the_threshold_goes_left(expect, rng):
    """A row exactly on the threshold goes left.

    ko: 값이 임곗값과 똑같은 행은 왼쪽으로 간다.
    asks: Rows with `X[:, j] <= thr` go left, the others right.
    asks-ko: `X[:, j] <= thr`인 행은 왼쪽, 나머지는 오른쪽으로 갑니다.
    hint: Left is `<=`: a row that lies on the threshold itself belongs to the left side.
    hint-ko: 왼쪽은 `<=`예요. 임곗값과 똑같은 행은 왼쪽에 속해요.
    """
    X = (rng.integers(10, 20) + np.repeat([-1.0, 1.0], 3))[:, np.newaxis]
    y = np.array(["low", "low", "top", "low", "top", "top"])
    # The threshold is the code's own, midpoint or not.
    expect.agree(lambda code: mixed(code, X, y, np.array([split(code, X, y)[1]]), 1), [2 / 3, 1 / 3])


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[leaf_proba]")
@BOTH
def test_leaves_of_other_trees(expect, rng, criterion):
    """Class shares in the leaves of other trees, down to depth 3.

    ko: 깊이 3까지 키운 다른 트리에서 리프의 클래스 비율.
    asks: it lies at depth `max_depth` (the root has depth 0), when it holds one class only
    asks-ko: 깊이가 `max_depth`이거나(루트의 깊이는 0), 클래스가 하나만 남았거나
    hint: The classes come from all of y, not from the labels in the leaf; depth 0 is the root alone.
    hint-ko: 클래스는 리프의 레이블이 아니라 전체 y에서 구하세요. 깊이 0은 루트만 있는 트리예요.
    """
    drawn = list(tables(rng))
    for depth in (0, 1, 3):
        calls = [(X, y, row, depth, criterion) for X, y in drawn for row in X[::10]]
        expect.agree(lambda code, calls=calls: code.map("leaf_proba", calls))


@pytest.mark.points(1)
def test_depth_for_a_million_rows(expect):
    """Depth of a balanced tree on a million rows.

    ko: 샘플 백만 개로 키운 균형 트리의 깊이.
    asks: a well-balanced tree that grew on 1,000,000 rows until each leaf held one row
    asks-ko: 샘플 1,000,000개로 리프마다 샘플이 하나만 남을 때까지 키운, 균형이 잘 잡힌 트리의 깊이입니다
    hint: Each level doubles the number of leaves: which power of 2 is a million?
    hint-ko: 한 층 내려갈 때마다 리프의 수가 두 배가 돼요. 백만은 2의 몇 제곱일까요?
    """
    expect.agree(lambda code: code["depth_1e6"], 19.9658, rtol=0, atol=0.1)


@pytest.mark.points(1)
@pytest.mark.parametrize(("name", "right"), [("slowdown_10x", 70 / 6), ("slowdown_2feat", 2.0)], ids=["rows", "features"])
def test_slowdown(expect, name, right):
    """Training time with ten times the rows, and with twice the features.

    ko: 샘플이 열 배일 때와 특성이 두 배일 때의 훈련 시간.
    asks: training on m rows with n features takes about $n \\cdot m \\log_2 m$ steps
    asks-ko: 훈련에는 대략 $n \\cdot m \\log_2 m$번의 계산이 필요합니다
    hint: Put both sizes into n · m · log2(m) and divide.
    hint-ko: 두 크기를 n · m · log2(m)에 넣어 나누어 보세요.
    """
    expect.agree(lambda code: code[name], right, rtol=0, atol=0.1)


@pytest.mark.points(1)
def test_a_child_can_be_worse(expect):
    """Whether a child can be less pure than its parent.

    ko: 자식 노드가 부모보다 덜 순수할 수 있는지.
    asks: can one of the two children have a *higher* Gini impurity than their parent
    asks-ko: 두 자식 노드 가운데 하나의 지니 불순도가 부모보다 *높을* 수 있나요?
    hint: CART lowers the weighted mean of the children. Does that bind each child?
    hint-ko: CART가 낮추는 것은 자식 노드의 가중 평균이에요. 그렇다고 자식마다 낮아져야 할까요?
    """
    expect.agree(lambda code: code["child_can_be_worse"], True)
