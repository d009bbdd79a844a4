"""Hidden checks of CART: other labels and data, both criteria, ties, edges, deeper trees, the arithmetic of cost."""

import contextlib
import math
from collections import Counter

import numpy as np
import pytest
from sklearn.datasets import load_iris

from grader.checks import SubmissionRaised, Text

NATURAL = Text(
    "That is the entropy with the natural logarithm; in bits it takes log2.",
    "자연로그로 계산한 엔트로피예요. 비트 단위에는 log2를 써요.",
)
UNWEIGHTED = Text(
    "That is the best split if both children count the same: weigh each child by its share of the rows.",
    "두 자식 노드를 똑같이 쳤을 때의 답이에요. 자식 노드마다 샘플의 비율을 곱해 더하세요.",
)
NOT_A_MIDPOINT = Text(
    "The right rows go left, but the threshold is not in the middle: take the midpoint between two neighbouring "
    "different values.",
    "왼쪽으로 가는 행은 맞지만 임곗값이 한가운데가 아니에요. 이웃한 서로 다른 두 값의 한가운데 값을 쓰세요.",
)
OTHER_CRITERION = Text(
    "That is the best split by the other measure: does `best_split` use `criterion`?",
    "다른 불순도로 찾은 분할이에요. `best_split`이 `criterion`을 쓰나요?",
)
NOT_THE_FIRST = Text(
    "Several splits have this gain: take the one with the smallest j, then the smallest thr.",
    "이득이 같은 분할이 여럿이에요. j가 가장 작은 것, 그다음에는 thr이 가장 작은 것을 고르세요.",
)
OTHER_SPLIT = Text("There is a split with a larger gain.", "이득이 더 큰 분할이 있어요.")
CHILDREN = Text(
    "That is the impurity that is left in the children; the gain is what it has fallen by.",
    "분할한 뒤 자식 노드에 남은 불순도예요. 이득은 불순도가 줄어든 만큼의 값이에요.",
)


def impurity(y, criterion):
    """Impurity of labels by counting."""
    p = [count / len(y) for count in Counter(map(str, y)).values()]
    return 1 - sum(q * q for q in p) if criterion == "gini" else -sum(q * math.log2(q) for q in p)


def splits(X, y, criterion, weighted=True):
    """Every split as (j, thr, gain), in the order in which ties are broken."""
    node, found = impurity(y, criterion), []
    for j in range(X.shape[1]):
        values = np.unique(X[:, j])
        for thr in (values[:-1] + values[1:]) / 2:
            left = X[:, j] <= thr
            share = left.mean() if weighted else 0.5
            children = share * impurity(y[left], criterion) + (1 - share) * impurity(y[~left], criterion)
            found.append((j, float(thr), node - children))
    return found


def best_of(found):
    """First split whose gain is the largest up to rounding."""
    top = max(gain for _, _, gain in found)
    return next(split for split in found if split[2] > top - 1e-9)


def is_clear(found, margin=1e-4):
    """Whether one split is better than all others by far more than rounding."""
    gains = sorted(gain for _, _, gain in found)
    return len(gains) > 1 and gains[-1] - gains[-2] > margin


NODE = np.array(list("aaabbc"))
OTHER = {"gini": "entropy", "entropy": "gini"}


def sound(submission):
    """Measures of impurity that the submission computes rightly: by these its splits are judged, by Gini if by none."""
    right = []
    for criterion in ("gini", "entropy"):
        with contextlib.suppress(SubmissionRaised):
            found = submission.call(criterion, NODE)
            if isinstance(found, float) and math.isclose(found, impurity(NODE, criterion), rel_tol=1e-9):
                right.append(criterion)
    return right or ["gini"]


def split_of(expect, found):
    """A student's split as j, thr and gain."""
    expect.type(found, (tuple, list), what="best_split(...)")
    expect.shape(found, (3,))
    expect.type(found[0], int, what="j")
    expect.type(found[1], float, what="thr")
    return int(found[0]), float(found[1]), found[2]


def judge(expect, found, X, y, criterion="gini"):
    """Whether a student's split parts the rows as the right one does, with the mistake that explains it if not."""
    j, thr, _ = split_of(expect, found)
    everything = splits(X, y, criterion)
    right = best_of(everything)
    sides = (X[:, j] <= thr, X[:, j] < thr) if 0 <= j < X.shape[1] else ()
    same = [
        each for each in everything if each[0] == j and any(np.array_equal(X[:, j] <= each[1], side) for side in sides)
    ]
    chosen = right if right in same else same[-1] if same else None
    if chosen != right:
        if chosen is not None and abs(chosen[2] - right[2]) < 1e-9:
            message = NOT_THE_FIRST
        elif chosen is not None and chosen[:2] == best_of(splits(X, y, criterion, weighted=False))[:2]:
            message = UNWEIGHTED
        elif chosen is not None and chosen[:2] == best_of(splits(X, y, OTHER[criterion]))[:2]:
            message = OTHER_CRITERION
        else:
            message = OTHER_SPLIT
        expect.true(False, message=message)
    return thr, right[1]


def table(rng, m, n_values, labels=("cat", "dog", "owl")):
    """Rows of whole numbers with many repeats, and labels that depend on column 1."""
    X = rng.integers(n_values, size=(m, 3)).astype(float) * np.array([2.0, 1.0, 0.25])
    noisy = X[:, 1] + rng.normal(scale=1.5, size=m)
    return X, np.asarray(labels)[np.digitize(noisy, np.quantile(noisy, [0.5, 0.8]))]


def clear_table(rng, m, n_values, criteria=("gini",)):
    """A table whose best split is clear by each criterion."""
    while True:
        X, y = table(rng, m, n_values)
        if all(is_clear(splits(X, y, criterion)) for criterion in criteria):
            return X, y


def nodes(rng):
    """Labels of a node, numbers and text."""
    for labels in (np.array([-3, 0, 7, 12]), np.array(["oak", "elm", "fir"])):
        shares = np.arange(1, len(labels) + 1)
        yield rng.choice(labels, p=shares / shares.sum(), size=37)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Count each label (np.unique with return_counts=True) and divide by the number of rows.",
    ko="레이블마다 개수를 세어(np.unique의 return_counts=True) 샘플의 수로 나누세요.",
)
def test_gini_of_other_labels(submission, expect, rng):
    """Gini impurity of nodes with several classes, numbers or text.

    ko: 클래스가 여럿인 노드(레이블이 숫자 또는 글자)의 지니 불순도.
    """
    for y in nodes(rng):
        expect.close(submission.call("gini", y), impurity(y, "gini"), rtol=1e-9)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Count each label (np.unique with return_counts=True), divide by the number of rows; the entropy takes log2.",
    ko="레이블마다 개수를 세어(np.unique의 return_counts=True) 샘플의 수로 나누세요. 엔트로피에는 log2를 써요.",
)
def test_entropy_of_other_labels(submission, expect, rng):
    """Entropy of nodes with several classes, numbers or text.

    ko: 클래스가 여럿인 노드(레이블이 숫자 또는 글자)의 엔트로피.
    """
    for y in nodes(rng):
        right = impurity(y, "entropy")
        expect.close(submission.call("entropy", y), right, rtol=1e-9, mistakes=[(right * math.log(2), NATURAL)])


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Loop over the columns, then over the midpoints of np.unique(column); weigh each child by its share of the rows.",
    ko="열마다, 그리고 np.unique(column)의 이웃한 두 값의 한가운데마다 반복하세요. 자식 노드마다 샘플의 비율을 곱해야 해요.",
)
def test_split_of_other_data(submission, expect, rng):
    """The best split of other data with many equal values.

    ko: 같은 값이 많은 다른 데이터의 가장 좋은 분할.
    """
    criterion = sound(submission)[0]
    for _ in range(3):
        X, y = clear_table(rng, 40, 7, (criterion,))
        judge(expect, submission.call("best_split", X, y, criterion=criterion), X, y, criterion)
    # Labels that tell the weighted from the unweighted children.
    X = np.arange(12.0)[:, np.newaxis] ** 2
    y = np.array([1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0])
    judge(expect, submission.call("best_split", X, y, criterion=criterion), X, y, criterion)


@pytest.mark.points(1)
@pytest.mark.needs("test_split_of_other_data")
@pytest.mark.hint(
    en="np.unique(column) sorts and drops repeats; then take the mean of each value and the next.",
    ko="np.unique(column)은 값을 정렬하고 중복을 없애요. 그다음 이웃한 두 값의 평균을 구하세요.",
)
def test_thresholds_are_midpoints(submission, expect, rng):
    """The threshold lies in the middle between two values, also where values repeat.

    ko: 같은 값이 되풀이되어도 임곗값은 이웃한 두 값의 한가운데이다.
    """
    criterion = sound(submission)[0]
    for _ in range(3):
        X, y = clear_table(rng, 40, 7, (criterion,))
        thr, middle = judge(expect, submission.call("best_split", X, y, criterion=criterion), X, y, criterion)
        expect.true(abs(thr - middle) < 1e-9, message=NOT_A_MIDPOINT)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Impurity of the node, minus the impurity of each child times its share of the rows.",
    ko="노드의 불순도에서, 자식 노드마다 불순도에 샘플의 비율을 곱해 빼세요.",
)
def test_gain_of_the_best_split(submission, expect, rng):
    """The gain that `best_split` reports, by both measures.

    ko: `best_split`이 돌려주는 이득(두 가지 불순도).
    """
    X, y = clear_table(rng, 40, 7, ("gini", "entropy"))
    measures, iris = sound(submission), load_iris()
    for rows, labels in ((X, y), (iris.data[:, 2:], iris.target)):
        for criterion in measures:
            _, _, found = split_of(expect, submission.call("best_split", rows, labels, criterion=criterion))
            gain, unweighted, other = (
                best_of(splits(rows, labels, measure, weighted))[2]
                for measure, weighted in ((criterion, True), (criterion, False), (OTHER[criterion], True))
            )
            children = impurity(labels, criterion) - gain
            mistakes = [(children, CHILDREN), (-children, CHILDREN), (unweighted, UNWEIGHTED), (other, OTHER_CRITERION)]
            expect.close(found, gain, rtol=0, atol=1e-7, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Choose the function once: impurity = {'gini': gini, 'entropy': entropy}[criterion].",
    ko="함수를 먼저 고르세요. impurity = {'gini': gini, 'entropy': entropy}[criterion]처럼요.",
)
def test_split_by_entropy(submission, expect, rng):
    """With `criterion="entropy"` the entropy decides, even where Gini disagrees.

    ko: `criterion="entropy"`이면 지니와 답이 달라도 엔트로피로 고른다.
    """
    for _ in range(2):
        while True:
            X, y = clear_table(rng, 30, 6, ("gini", "entropy"))
            if best_of(splits(X, y, "gini"))[:2] != best_of(splits(X, y, "entropy"))[:2]:
                break
        judge(expect, submission.call("best_split", X, y, criterion="entropy"), X, y, "entropy")


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Replace the best split only by one that is better by more than 1e-9, going through j and thr in order.",
    ko="j와 thr을 차례로 시험하면서, 이득이 1e-9보다 많이 커질 때만 가장 좋은 분할을 바꾸세요.",
)
def test_ties(submission, expect, rng):
    """Of splits with equal gain the first column wins, then the smallest threshold (as at the root of the irises).

    ko: 이득이 같으면(붓꽃의 루트처럼) 앞선 열, 그다음에는 작은 임곗값을 고른다.
    """
    criterion = sound(submission)[0]
    column = rng.permutation(np.arange(9.0))
    X = np.column_stack([np.full(9, 3.0), 2 * column + 1, column, 5 * column])
    y = (column > 3).astype(int)
    judge(expect, submission.call("best_split", X, y, criterion=criterion), X, y, criterion)
    mirrored = np.array([0, 1, 1, 1, 1, 0])
    X = np.sort(rng.choice(50, size=6, replace=False)).astype(float)[:, np.newaxis]
    judge(expect, submission.call("best_split", X, mirrored, criterion=criterion), X, mirrored, criterion)
    X, y = load_iris(return_X_y=True)
    judge(expect, submission.call("best_split", X[:, 2:], y, criterion=criterion), X[:, 2:], y, criterion)


def shares(expect, found):
    """What `leaf_proba` returned for two classes as shares, whether or not the student divided."""
    found = expect.array(found, (2,))
    return found / max(float(found.sum()), 1e-300)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Start from 'no split yet' (None), not from the gain 0: sometimes only the second question helps.",
    ko="이득 0이 아니라 '아직 분할 없음'(None)에서 시작하세요. 두 번째 질문에서야 효과가 나타날 때도 있어요.",
)
def test_split_without_gain(submission, expect):
    """Where no split gains anything, one is still returned (exclusive or).

    ko: 어떤 분할에도 이득이 없을 때(배타적 논리합)에도 분할을 돌려준다.
    """
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    X, y = np.repeat(corners, 3, axis=0), np.array([0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0, 1])
    found = submission.call("best_split", X, y)
    expect.true(
        found is not None,
        en="`best_split` gave None where splits exist: a gain of 0 is a gain too, and the next question may help.",
        ko="나눌 수 있는데 `best_split`이 None을 돌려주었어요. 이득이 0이어도 분할이고, 다음 질문에서 효과가 나타날 수 있어요.",
    )
    split_of(expect, found)
    proba = shares(expect, submission.call("leaf_proba", X, y, np.array([0.0, 1.0])))
    expect.close(proba, np.array([1 / 3, 2 / 3]), atol=1e-9)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="With one value per column there is no midpoint: return None, and let leaf_proba end there.",
    ko="열마다 값이 하나뿐이면 나눌 곳이 없어요. None을 돌려주고, leaf_proba는 거기서 멈추세요.",
)
def test_rows_that_cannot_be_split(submission, expect):
    """Equal rows cannot be split.

    ko: 모두 같은 행은 나눌 수 없다.
    """
    X, y = np.tile([2.0, 5.0], (4, 1)), np.array([0, 1, 1, 1])
    expect.true(
        submission.call("best_split", X, y) is None,
        en="Where no column has two different values, `best_split` must return None.",
        ko="서로 다른 값이 있는 열이 하나도 없으면 `best_split`은 None을 돌려주어야 해요.",
    )
    proba = shares(expect, submission.call("leaf_proba", X, y, np.array([2.0, 5.0])))
    expect.close(proba, np.array([0.25, 0.75]), atol=1e-9)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Left is `<=`: a row that lies on the threshold itself belongs to the left side.",
    ko="왼쪽은 `<=`예요. 임곗값과 똑같은 행은 왼쪽에 속해요.",
)
def test_row_on_the_threshold_goes_left(submission, expect, rng):
    """A row exactly on the threshold goes left.

    ko: 값이 임곗값과 똑같은 행은 왼쪽으로 간다.
    """
    middle = float(rng.integers(10, 20))
    X = np.repeat([middle - 1, middle + 1], 3)[:, np.newaxis]
    y = np.array(["low", "low", "top", "low", "top", "top"])
    thr = judge(expect, submission.call("best_split", X, y), X, y)[0]  # the submission's own, midpoint or not
    right_side = Text(
        "A row on the threshold itself went right: rows with `<=` go left.",
        "임곗값과 똑같은 행이 오른쪽으로 갔어요. `<=`인 행은 왼쪽으로 가야 해요.",
    )
    proba = shares(expect, submission.call("leaf_proba", X, y, np.array([thr]), max_depth=1))
    expect.close(proba, np.array([2 / 3, 1 / 3]), atol=1e-9, mistakes={right_side: np.array([1 / 3, 2 / 3])})


def leaf(submission, expect, X, y, row, max_depth, criterion):
    """Labels in the leaf of a row, by the submission's own splits."""
    for _ in range(max_depth):
        found = submission.call("best_split", X, y, criterion=criterion)
        if found is None or len(set(y)) == 1:
            break
        j, thr, _ = split_of(expect, found)
        expect.between(j, 0, X.shape[1] - 1)
        side = (X[:, j] <= thr) == (row[j] <= thr)
        if not side.any():
            break
        X, y = X[side], y[side]
    return y


COUNTS = Text(
    "These are counts: divide them by the number of rows in the leaf.", "개수예요. 리프에 있는 행의 수로 나누세요."
)
LEFT_OUT = Text(
    "Shares of some classes are missing: there is one for each class of the whole `y`, 0 where the leaf lacks it.",
    "빠진 클래스가 있어요. 전체 `y`의 클래스마다 비율이 하나씩 있어야 하고, 리프에 없는 클래스의 비율은 0이에요.",
)
TOO_DEEP = Text(
    "This leaf lies too deep: the root has depth 0, and at depth `max_depth` nothing is split any more.",
    "너무 깊이 내려갔어요. 루트의 깊이가 0이고, 깊이가 `max_depth`인 노드는 더 나누지 않아요.",
)
NOT_PASSED_ON = Text(
    "This is the leaf of the tree by Gini: does `leaf_proba` hand `criterion` on to `best_split`?",
    "지니로 키운 트리의 리프예요. `leaf_proba`가 `best_split`에 `criterion`을 넘겨주나요?",
)

ALWAYS_TWO = Text(
    "This is the leaf at depth 2, where another depth was asked for: does `leaf_proba` use `max_depth`?",
    "다른 깊이를 물었는데 깊이 2에 있는 리프예요. `leaf_proba`가 `max_depth`를 쓰나요?",
)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="The classes come from all of y, not from the labels in the leaf; depth 0 is the root alone.",
    ko="클래스는 리프의 레이블이 아니라 전체 y에서 구하세요. 깊이 0은 루트만 있는 트리예요.",
)
@pytest.mark.parametrize("criterion", ["gini", "entropy"])
def test_leaves_of_other_trees(submission, expect, rng, criterion):
    """Class shares in the leaves of trees that grow by your own splits, down to depth 3.

    ko: 내가 만든 분할로 깊이 3까지 키운 트리에서 리프의 클래스 비율.
    """
    for max_depth in (0, 1, 3):
        X = rng.normal(size=(60, 3))
        y = np.digitize(X[:, 0] + X[:, 2] ** 2 + 0.3 * rng.normal(size=60), [0.0, 1.5]) * 10
        rows = rng.normal(size=(4, 3))
        found = submission.map("leaf_proba", [(X, y, row, max_depth, criterion) for row in rows])
        for proba, row in zip(found, rows, strict=True):
            counts, deeper, by_gini, at_two = (
                np.array([np.sum(leaf(submission, expect, X, y, row, depth, by) == label) for label in (0, 10, 20)])
                for depth, by in ((max_depth, criterion), (max_depth + 1, criterion), (max_depth, "gini"), (2, criterion))
            )
            right = counts / counts.sum()
            mistakes = [(counts, COUNTS), (right[counts > 0], LEFT_OUT)]
            mistakes += [(deeper / deeper.sum(), TOO_DEEP), (by_gini / by_gini.sum(), NOT_PASSED_ON)]
            mistakes += [(at_two / at_two.sum(), ALWAYS_TWO)]
            expect.close(proba, right, atol=1e-9, mistakes=mistakes)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Each level doubles the number of leaves: which power of 2 is a million?",
    ko="한 층 내려갈 때마다 리프의 수가 두 배가 돼요. 백만은 2의 몇 제곱일까요?",
)
def test_depth_for_a_million_rows(submission, expect):
    """Depth of a balanced tree on a million rows.

    ko: 샘플 백만 개로 키운 균형 트리의 깊이.
    """
    answer = submission["depth_1e6"]
    expect.type(answer, float, what="depth_1e6")
    base = Text(
        "A binary tree doubles its leaves at each level, so the logarithm has the base 2.",
        "이진 트리는 층마다 리프가 두 배로 늘어나므로 로그의 밑은 2예요.",
    )
    expect.close(answer, 19.9658, rtol=0, atol=0.1, mistakes=[(6.0, base), (math.log(1e6), base)])


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Put both numbers of rows into m · log2(m) and divide.",
    ko="두 샘플 수를 m · log2(m)에 넣어 나누어 보세요.",
)
def test_ten_times_the_rows(submission, expect):
    """Training time with ten times the rows.

    ko: 샘플이 열 배일 때의 훈련 시간.
    """
    answer = submission["slowdown_10x"]
    expect.type(answer, float, what="slowdown_10x")
    forgotten = Text("The logarithm grows as well.", "로그도 함께 커져요.")
    expect.close(answer, 70 / 6, rtol=0, atol=0.1, mistakes=[(10.0, forgotten)])


@pytest.mark.points(1)
@pytest.mark.hint(en="Look for n in n · m · log2(m).", ko="n · m · log2(m)에서 n을 찾아보세요.")
def test_twice_the_features(submission, expect):
    """Training time with twice the features.

    ko: 특성이 두 배일 때의 훈련 시간.
    """
    answer = submission["slowdown_2feat"]
    expect.type(answer, float, what="slowdown_2feat")
    squared = Text("That would hold if the square of n stood there.", "n의 제곱이 들어 있을 때의 답이에요.")
    expect.close(answer, 2.0, rtol=0, atol=0.01, mistakes={squared: 4.0})


@pytest.mark.points(1)
@pytest.mark.hint(
    en="CART lowers the weighted mean of the children. Does that bind each child?",
    ko="CART가 낮추는 것은 자식 노드의 가중 평균이에요. 그렇다고 자식마다 낮아져야 할까요?",
)
def test_a_child_can_be_worse(submission, expect):
    """Whether a child can be less pure than its parent.

    ko: 자식 노드가 부모보다 덜 순수할 수 있는지.
    """
    answer = submission["child_can_be_worse"]
    expect.type(answer, bool, what="child_can_be_worse")
    expect.true(
        bool(answer),
        en="Compute the impurities for one rare row next to a common one, with many common ones on the other side.",
        ko="드문 클래스의 샘플 하나와 흔한 클래스의 샘플 하나가 한쪽에 있고, 나머지 흔한 샘플은 다른 쪽에 있을 때의 불순도를 "
        "계산해 보세요.",
    )
