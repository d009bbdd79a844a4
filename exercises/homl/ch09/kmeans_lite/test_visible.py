"""Visible checks of k-means: the worked example, distances to the centres, groupings."""

import numpy as np
import pytest

from grader.checks import Text

X = np.array([[0.0, 0.0], [0.0, 4.0], [10.0, 0.0], [10.0, 4.0]])
START = np.array([[0.0, 0.0], [10.0, 4.0]])
OTHER_START = np.array([[0.0, 0.0], [0.0, 4.0]])


def fitted(code, start):
    model = code.new("KMeansLite", n_clusters=2)
    model.call("fit", X, init=start, hold=True)
    return model


@pytest.mark.points(0)
def test_own_work(expect):
    """No library does the work.

    ko: 라이브러리가 대신 계산하지 않는다.
    asks: without `sklearn.cluster` and `scipy.cluster`
    asks-ko: `sklearn.cluster`와 `scipy.cluster`를 쓰지 않고
    hint: All other checks ask what your own code computes.
    hint-ko: 다른 검사는 모두 여러분의 코드가 직접 계산한 것을 봐요.
    """
    # The answer names the library, so that it tells this mistake from others.
    libraries = ("sklearn.cluster", "scipy.cluster")
    expect.agree(lambda code: [name for name in libraries if not expect.holds(expect.source(code).avoids, name)], [])


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_worked_example(expect):
    """Four rows, from two starts.

    ko: 행 네 개를 두 가지 출발점에서 나눈다.
    asks: From the centres (0, 0) and (10, 4) the rows split into left and right
    asks-ko: (0, 0)과 (10, 4)에서 출발하면 왼쪽과 오른쪽으로 나뉘고
    hint: Assign, update, and again, until an assignment changes nothing. Each centre is a mean over rows: axis=0.
    hint-ko: 할당이 더는 바뀌지 않을 때까지 할당과 갱신을 되풀이하세요. 센트로이드는 행들의 평균이므로 axis=0이에요.
    """

    def found(code, start):
        model = fitted(code, start)
        return model.get("cluster_centers_"), model.get("labels_"), model.call("predict", X)

    left_right, bottom_top = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    expect.agree(lambda code: found(code, START), (np.array([[0.0, 2.0], [10.0, 2.0]]), left_right, left_right))
    expect.agree(lambda code: found(code, OTHER_START), (np.array([[5.0, 0.0], [5.0, 4.0]]), bottom_top, bottom_top))


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
@pytest.mark.needs("test_worked_example")
def test_inertia_of_the_example(expect):
    """The inertia of the four rows, in the end and at the start.

    ko: 행 네 개의 이너셔. 끝났을 때와 출발할 때의 값을 본다.
    asks: the inertia is $4 \\cdot 2^2 = 16$
    asks-ko: 이너셔는 $4 \\cdot 2^2 = 16$입니다
    hint: Square each row's distance to its own centre and add up, after each assignment.
    hint-ko: 할당할 때마다, 행에서 자기 센트로이드까지의 거리를 제곱해서 모두 더하세요.
    """

    def ends(code, start):
        model = fitted(code, start)
        trace = model.get("inertias_")
        return model.get("inertia_"), trace[0], trace[-1]

    expect.agree(lambda code: ends(code, START), (16.0, 32.0, 16.0))
    expect.agree(lambda code: ends(code, OTHER_START), (100.0, 200.0, 100.0))


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_new_rows(expect):
    """New rows: the nearest centre, and the distance to each.

    ko: 새로운 행에 대해 가장 가까운 센트로이드와 모든 센트로이드까지의 거리를 구한다.
    asks: the distance (**not** squared) of each row to each centre
    asks-ko: 각 행에서 각 센트로이드까지의 거리(제곱하지 **않은** 값)
    hint: One column for each centre; take the square root of the summed squares.
    hint-ko: 센트로이드마다 열이 하나예요. 제곱합에 제곱근을 씌우세요.
    """
    new = np.array([[0.0, 2.0], [10.0, 5.0], [4.0, -1.0]])
    distances = np.array([[0.0, 10.0], [109.0**0.5, 3.0], [5.0, 45.0**0.5]])
    expect.agree(lambda code: fitted(code, START).call("transform", new), distances)
    expect.agree(lambda code: fitted(code, START).call("predict", new), np.array([0, 1, 0]))


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
def test_names_of_clusters_do_not_count(expect):
    """The same grouping under other names, and two other groupings.

    ko: 이름만 다른 같은 묶음과, 정말로 다른 묶음을 구별한다.
    asks: `[0, 0, 1]` and `[2, 2, 0]` are the same grouping
    asks-ko: `[0, 0, 1]`과 `[2, 2, 0]`은 같은 묶음이지만
    hint: Each label of a must go with exactly one label of b, and the other way round.
    hint-ko: a의 레이블 하나가 b의 레이블 꼭 하나와 짝지어져야 하고, 반대 방향도 마찬가지예요.
    """
    for b, same in (([2, 2, 0], True), ([0, 0, 1], True), ([0, 1, 1], False), ([0, 0, 0], False)):
        told = Text(
            f"`same_grouping([0, 0, 1], {b})` should be {same}.",
            f"`same_grouping([0, 0, 1], {b})`의 값은 {same}이어야 해요.",
        )
        expect.agree(lambda code: code.call("same_grouping", np.array([0, 0, 1]), np.array(b)), same, message=told)
