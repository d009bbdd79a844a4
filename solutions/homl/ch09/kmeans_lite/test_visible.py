"""Visible checks of k-means: the worked example, distances to the centres, groupings."""

import numpy as np
import pytest

from grader.checks import Text

X = np.array([[0.0, 0.0], [0.0, 4.0], [10.0, 0.0], [10.0, 4.0]])
NOT_SQUARED = Text(
    "This is the sum of the distances: the inertia adds up their squares.",
    "거리를 그대로 더했어요. 이너셔는 거리의 제곱을 더한 값이에요.",
)
MEAN = Text("This is a mean over the rows: the inertia is a sum.", "행에 대한 평균이에요. 이너셔는 합이에요.")


EXAMPLES = (
    ([[0.0, 0.0], [10.0, 4.0]], [[0.0, 2.0], [10.0, 2.0]], [0, 0, 1, 1], 16.0),
    ([[0.0, 0.0], [0.0, 4.0]], [[5.0, 0.0], [5.0, 4.0]], [0, 1, 0, 1], 100.0),
)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Assign, update, and again, until an assignment changes nothing. Each centre is a mean over rows: axis=0.",
    ko="할당이 더는 바뀌지 않을 때까지 할당과 갱신을 되풀이하세요. 센트로이드는 행들의 평균이므로 axis=0이에요.",
)
def test_worked_example(submission, expect):
    """Four rows, from two starts.

    ko: 행 네 개를 두 가지 출발점에서 나눈다.
    """
    for start, centers, labels, _ in EXAMPLES:
        model = submission.new("KMeansLite", n_clusters=2)
        model.call("fit", X, init=np.array(start), hold=True)
        expect.close(model.get("cluster_centers_"), np.array(centers), atol=1e-9)
        expect.close(model.get("labels_"), np.array(labels))
        expect.close(model.call("predict", X), np.array(labels))


@pytest.mark.points(2)
@pytest.mark.needs("test_worked_example")
@pytest.mark.hint(
    en="Square each row's distance to its own centre and add up.",
    ko="행마다 자기 센트로이드까지의 거리를 제곱해서 모두 더하세요.",
)
def test_inertia_of_the_example(submission, expect):
    """The inertia of the four rows.

    ko: 행 네 개의 이너셔.
    """
    for start, _, _, inertia in EXAMPLES:
        model = submission.new("KMeansLite", n_clusters=2)
        model.call("fit", X, init=np.array(start), hold=True)
        expect.close(
            model.get("inertia_"),
            inertia,
            mistakes=[(4 * np.sqrt(inertia / 4), NOT_SQUARED), (inertia / 4, MEAN)],
        )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="One column for each centre; take the square root of the summed squares.",
    ko="센트로이드마다 열이 하나예요. 제곱합에 제곱근을 씌우세요.",
)
def test_new_rows(submission, expect):
    """New rows: the nearest centre, and the distance to each.

    ko: 새로운 행에 대해 가장 가까운 센트로이드와 모든 센트로이드까지의 거리를 구한다.
    """
    model = submission.new("KMeansLite", n_clusters=2)
    model.call("fit", X, init=np.array([[0.0, 0.0], [10.0, 4.0]]), hold=True)
    new = np.array([[0.0, 2.0], [10.0, 5.0], [4.0, -1.0]])
    distances = np.array([[0.0, 10.0], [np.sqrt(109.0), 3.0], [5.0, np.sqrt(45.0)]])
    squared = Text("These are squared distances: take the square root.", "거리의 제곱이에요. 제곱근을 씌우세요.")
    expect.close(model.call("transform", new), distances, atol=1e-9, mistakes=[(distances**2, squared)])
    expect.close(model.call("predict", new), np.array([0, 1, 0]))


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Each label of a must go with exactly one label of b, and the other way round.",
    ko="a의 레이블 하나가 b의 레이블 꼭 하나와 짝지어져야 하고, 반대 방향도 마찬가지예요.",
)
def test_names_of_clusters_do_not_count(submission, expect):
    """The same grouping under other names, and two other groupings.

    ko: 이름만 다른 같은 묶음과, 정말로 다른 묶음을 구별한다.
    """
    a = np.array([0, 0, 1])
    for b, same in (([2, 2, 0], True), ([0, 0, 1], True), ([0, 1, 1], False), ([0, 0, 0], False)):
        found = submission.call("same_grouping", a, np.array(b))
        expect.type(found, (bool, np.bool_), what="same_grouping(...)")
        expect.true(
            bool(found) == same,
            en=f"`same_grouping([0, 0, 1], {b})` should be {same}.",
            ko=f"`same_grouping([0, 0, 1], {b})`의 값은 {same}이어야 해요.",
        )
