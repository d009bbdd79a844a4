"""Hidden checks of the maps: the roll unrolled, neighbours kept, labels unused, all points in the picture."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_hex

from grader.checks import Text

PCA_AGAIN = Text(
    "This is the flat shadow that PCA throws: it keeps large distances, not neighbours.",
    "PCA로 만든 납작한 그림자예요. PCA는 이웃이 아니라 먼 거리를 지켜요.",
)
OTHER_ORDER = Text(
    "Neighbours in the map are no neighbours in the data at all: are the rows in another order?",
    "지도의 이웃이 데이터에서는 전혀 이웃이 아니에요. 행의 순서가 바뀌었나요?",
)
LINEAR = Text(
    "Each column of this map is a weighted sum of pixels, as PCA and LDA make them; a manifold method bends the data.",
    "이 지도의 열은 PCA나 LDA처럼 픽셀에 가중치를 곱해 더한 값이에요. 매니폴드 학습은 데이터를 구부려 펴요.",
)
UNRELATED = Text(
    "Neighbours in this map are far apart on the roll: does one of the columns have nothing to do with it?",
    "지도의 이웃이 말린 종이에서는 멀리 떨어져 있어요. 두 열 가운데 종이와 상관없는 것이 있나요?",
)
SHARED = Text(
    "The colour map `{name}` has fewer than ten colours, so that some digits share one: `tab10` has ten.",
    "컬러맵 `{name}`에는 색이 열 가지가 안 돼서 같은 색을 쓰는 숫자가 있어요. `tab10`에는 열 가지가 있어요.",
)
MISNAMED = Text(
    "The legend calls the points of the digit {digit} by another name.",
    "범례에서 숫자 {digit}의 점들에 다른 이름이 붙어 있어요.",
)
FEW_COLOURS = ("Set1", "Set2", "Pastel1", "Pastel2", "Accent", "Dark2")


def own_colours(axes):
    """A point and its colour, for every cloud drawn in one colour of its own."""
    for cloud in axes.scatters:
        if cloud.values is None and np.shape(cloud.colors) in ((1, 3), (1, 4)) and len(cloud.offsets):
            yield cloud.offsets[0], to_hex(cloud.colors[0])
    for line in axes.lines:
        if len(line.x):
            yield (line.x[0], line.y[0]), line.color


def the_map(submission, name, expect):
    """A map of the submission, once it is one."""
    found = submission[name]
    expect.type(found, np.ndarray, what=name)
    return expect.array(found, (1000, 2), dtype="float").astype(float)


def is_shadow(found, flat):
    """Whether a map is PCA's, up to signs, order and scale of the columns."""
    crossed = np.abs(np.corrcoef(found.T, flat.T)[:2, 2:])
    return bool(np.nan_to_num(crossed).max(axis=1).min() > 0.999)


def is_linear(found, X):
    """Whether each column of a map is a weighted sum of the columns of the data, and a constant."""
    columns = np.column_stack([X, np.ones(len(X))])
    left = found - columns @ np.linalg.lstsq(columns, found, rcond=None)[0]
    return bool((left.std(axis=0) < 1e-6 * found.std(axis=0)).all())


@pytest.mark.points(6)
@pytest.mark.hint(
    en="The sheet has to be unrolled: a method that looks at each point's neighbours, with about ten of them.",
    ko="말린 종이를 펴야 해요. 점마다 이웃 열 개쯤을 보는 방법을 쓰세요.",
)
def test_roll_is_unrolled(submission, hidden, expect, band):
    """A column of the map runs along the sheet.

    ko: 지도의 한 열이 종이를 따라 변한다.
    """
    found = the_map(submission, "emb_roll", expect)
    reached = hidden.along(found)
    expect.true(
        reached < 0.99999,
        en="This is the position itself, not a map that was learnt from `X_roll`.",
        ko="`X_roll`에서 배운 지도가 아니라 위치 자체예요.",
    )
    message = PCA_AGAIN if is_shadow(found, hidden.flat_roll) else None
    expect.metric(band["along"], reached, baseline=hidden.along(hidden.flat_roll), message=message)


@pytest.mark.points(1)
@pytest.mark.needs("test_roll_is_unrolled")
@pytest.mark.hint(
    en="Both columns belong to the map: the second one runs across the sheet.",
    ko="두 열이 모두 지도를 이뤄요. 둘째 열은 종이의 폭 방향으로 변해야 해요.",
)
def test_roll_keeps_neighbours(submission, hidden, expect):
    """Neighbours in the map of the roll are neighbours on the roll.

    ko: 지도의 이웃은 말린 종이에서도 이웃이다.
    """
    found = the_map(submission, "emb_roll", expect)
    reached = hidden.trust(found, hidden.X_roll)
    message = UNRELATED if reached < 0.9 else None
    expect.at_least(reached, 0.98, what=Text("trustworthiness", "신뢰도"), measured=True, message=message)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="t-SNE keeps digits of one kind together much better than PCA.", ko="t-SNE는 PCA보다 같은 숫자를 훨씬 잘 모아요."
)
def test_digits_find_their_kind(submission, hidden, expect, band):
    """Five nearest neighbours in the map tell the digits apart.

    ko: 지도의 5-최근접 이웃으로 숫자를 구별한다.
    """
    found = the_map(submission, "emb_digits", expect)
    message = PCA_AGAIN if is_shadow(found, hidden.flat) else LINEAR if is_linear(found, hidden.X) else None
    expect.metric(
        band["neighbours"], hidden.neighbours(found), baseline=hidden.neighbours(hidden.flat), message=message
    )


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Give the map the rows of `X_digits` in their order, all at once.",
    ko="`X_digits`의 행을 순서 그대로 한꺼번에 넣으세요.",
)
def test_digits_keep_their_neighbours(submission, hidden, expect, band):
    """Neighbours in the map are neighbours in the data.

    ko: 지도의 이웃은 데이터에서도 이웃이다.
    """
    found = the_map(submission, "emb_digits", expect)
    reached = hidden.trust(found)
    message = OTHER_ORDER if reached < 0.6 else PCA_AGAIN if is_shadow(found, hidden.flat) else None
    expect.metric(band["trust"], reached, baseline=hidden.trust(hidden.flat), message=message)


@pytest.mark.points(2)
@pytest.mark.needs("test_digits_find_their_kind")
@pytest.mark.hint(
    en="One `fit_transform(X_digits)` for all digits, without `y_digits`.",
    ko="`y_digits` 없이 모든 숫자에 `fit_transform(X_digits)`를 한 번만 쓰세요.",
)
def test_labels_do_not_shape_the_map(submission, hidden, expect):
    """The map knows no more about the digits than the data do.

    ko: 지도는 데이터가 아는 것보다 더 많이 알지 못한다.
    """
    found = the_map(submission, "emb_digits", expect)
    expect.true(
        hidden.neighbours(found) <= hidden.neighbours(hidden.X) + 0.035,
        en="In this map the digits are told apart better than in the data themselves: the labels have shaped it.",
        ko="이 지도에서는 원래 데이터에서보다 숫자가 더 잘 구별돼요. 지도를 만드는 데 레이블이 쓰인 거예요.",
    )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="`ax.scatter(emb_digits[:, 0], emb_digits[:, 1], c=y_digits, cmap=...)` draws all of them.",
    ko="`ax.scatter(emb_digits[:, 0], emb_digits[:, 1], c=y_digits, cmap=...)`로 모든 점을 그리세요.",
)
def test_picture_shows_all_digits(submission, hidden, expect):
    """All 1,000 points of the map, each digit in a colour of its own.

    ko: 지도의 점 1,000개를 모두, 숫자마다 다른 색으로 그린다.
    """
    found = the_map(submission, "emb_digits", expect)
    figure = submission.figure("fig")
    expect.scatter(figure, found[:, 0], found[:, 1], classes=hidden.y)
    for axes in figure.plots:
        for cloud in axes.scatters:
            few = str(cloud.cmap).removesuffix("_r") in FEW_COLOURS
            expect.true(not few, message=SHARED.format(name=cloud.cmap))
        names = dict(zip(axes.legend_colors, axes.legend, strict=False))
        for point, colour in own_colours(axes):
            digit = hidden.y[np.abs(found - point).sum(axis=1).argmin()]
            told = re.findall(r"\d+", names.get(colour, ""))
            expect.true(not told or str(digit) in told, message=MISNAMED.format(digit=digit))
