"""Hidden checks of the maps: the roll unrolled, neighbours kept, labels unused, all points in the picture."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_hex

FEW = ("Set1", "Set2", "Pastel1", "Pastel2", "Accent", "Dark2")  # colour maps of fewer than ten colours


def the_map(code, name):
    return np.asarray(code[name], dtype=float)


def is_linear(found, X):
    """Whether each column of a map is a weighted sum of the columns of the data, and a constant."""
    columns = np.column_stack([X, np.ones(len(X))])
    left = found - columns @ np.linalg.lstsq(columns, found, rcond=None)[0]
    return bool((left.std(axis=0) <= 1e-6 * found.std(axis=0)).all())


def own_colours(axes):
    """A point and its colour, for every cloud drawn in one colour of its own."""
    for cloud in axes.scatters:
        if cloud.values is None and np.shape(cloud.colors) in ((1, 3), (1, 4)) and len(cloud.offsets):
            yield cloud.offsets[0], to_hex(cloud.colors[0])
    for line in axes.lines:
        if len(line.x):
            yield (line.x[0], line.y[0]), line.color


@pytest.mark.points(5)
def test_roll_is_unrolled(submission, hidden, expect, band):
    """A column of the map runs along the sheet.

    ko: 지도의 한 열이 종이를 따라 변한다.
    asks: its correlation with the position along the roll, which you do not have, is at least 0.95 in absolute value
    asks-ko: 상관계수의 절댓값이 0.95 이상이어야 합니다
    hint: Unroll the sheet: use a method that looks at each point's neighbours, with about ten of them.
    hint-ko: 말린 종이를 펴야 해요. 점마다 이웃 열 개쯤을 보는 방법을 쓰세요.
    """

    def made_of(code):
        found = the_map(code, "emb_roll")
        if hidden.along(found) > 0.99999:
            return "the position itself"
        return "sums of the columns" if is_linear(found, hidden.X_roll) else "neighbours"

    expect.agree(made_of, "neighbours")
    found = expect.array(submission["emb_roll"], (1000, None))
    expect.metric(band["along"], hidden.along(found), baseline=hidden.along(hidden.flat_roll))


@pytest.mark.points(2)
def test_roll_keeps_neighbours(hidden, expect):
    """Neighbours in the map of the roll are neighbours on the roll.

    ko: 지도의 이웃은 말린 종이에서도 이웃이다.
    asks: what lies close together stays close together
    asks-ko: 가까운 것은 가깝게 두고
    hint: Both columns belong to the map: the second one runs across the sheet.
    hint-ko: 두 열이 모두 지도를 이뤄요. 둘째 열은 종이의 폭 방향으로 변해야 해요.
    """

    def neighbours(code):
        trust = hidden.trust(the_map(code, "emb_roll"), hidden.X_roll)
        return "neighbours" if trust > 0.98 else "fewer neighbours" if trust > 0.9 else "others"

    expect.agree(neighbours, "neighbours")


@pytest.mark.points(5)
@pytest.mark.parametrize("measure", ["neighbours", "trust"])
def test_digits(submission, hidden, expect, band, measure):
    """Neighbours in the map of the digits are of one kind, and neighbours in the data, without help of the labels.

    ko: 숫자 지도의 이웃은 같은 숫자이고 데이터에서도 이웃이며, 레이블의 도움을 받지 않는다.
    asks: made **without the labels** and in one piece for all digits
    asks-ko: **레이블을 쓰지 않고** 모든 숫자를 한꺼번에 넣어 만듭니다
    hint: One `fit_transform(X_digits)` of t-SNE for all digits, its rows in their order, without `y_digits`.
    hint-ko: `y_digits` 없이, 행의 순서를 지켜 모든 숫자에 t-SNE의 `fit_transform(X_digits)`를 한 번만 쓰세요.
    """
    by_digit = np.argsort(hidden.y, kind="stable")

    def made_of(code):
        found = the_map(code, "emb_digits")
        if is_linear(found, hidden.X):
            return "sums of pixels"
        if hidden.neighbours(found) > hidden.neighbours(hidden.X) + 0.035:
            return "labels"
        if hidden.trust(found) > 0.6:
            return "neighbours"
        return "digits in another order" if hidden.trust(found, hidden.X[by_digit]) > 0.9 else "nothing"

    expect.agree(made_of, "neighbours")
    found = expect.array(submission["emb_digits"], (1000, None))
    reached, baseline = (getattr(hidden, measure)(each) for each in (found, hidden.flat))
    expect.metric(band[measure], reached, baseline=baseline)


@pytest.mark.points(4)
def test_picture_shows_all_digits(hidden, expect):
    """All 1,000 points of the map, each digit in a colour of its own, under its own name.

    ko: 지도의 점 1,000개를 모두 숫자마다 다른 색으로, 제 이름으로 그린다.
    asks: a scatter plot of all 1,000 points of `emb_digits`, each digit in a colour of its own (ten colours)
    asks-ko: 점 1,000개를 모두 그린 산점도입니다. 숫자마다 색이 달라야 하고
    hint: `ax.scatter(emb_digits[:, 0], emb_digits[:, 1], c=y_digits, cmap=...)` draws all of them.
    hint-ko: `ax.scatter(emb_digits[:, 0], emb_digits[:, 1], c=y_digits, cmap=...)`로 모든 점을 그리세요.
    """

    def picture(code):
        return code.figure("fig"), the_map(code, "emb_digits")

    def points(code):
        figure, found = picture(code)
        if expect.holds(expect.scatter, figure, found[:, 0], found[:, 1]):
            return "all points"
        drawn = sum(len(cloud.offsets) for axes in figure.plots for cloud in axes.scatters)
        return "too few points" if drawn < len(found) else "other points"

    def colours(code):
        figure, found = picture(code)
        for axes in figure.plots:
            if any(str(cloud.cmap).removesuffix("_r") in FEW for cloud in axes.scatters):
                return "fewer than ten colours"
        own = expect.holds(expect.scatter, figure, found[:, 0], found[:, 1], classes=hidden.y)
        return "a colour for each" if own else "other colours"

    def names(code):
        figure, found = picture(code)
        for axes in figure.plots:
            names = dict(zip(axes.legend_colors, axes.legend, strict=False))
            for point, colour in own_colours(axes):
                digit = hidden.y[np.abs(found - point).sum(axis=1).argmin()]
                told = re.findall(r"\d+", names.get(colour, ""))
                if told and str(digit) not in told:
                    return "names of others"
        return "its own name"

    for question, right in ((points, "all points"), (colours, "a colour for each"), (names, "its own name")):
        expect.agree(question, right)
