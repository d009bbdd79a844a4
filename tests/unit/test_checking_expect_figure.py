"""Expectations about figures: every usual way to draw the right thing passes, each slip gets its sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.figure import Figure

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.figures import bars as figure_bars
from grader.checking.expect.figures import figure as expect_figure
from grader.checking.expect.figures import points as expect_points
from grader.checking.expect.figures.base import NOTHING_DRAWN
from grader.checking.values import tell
from grader.running.figures import AxesFacts, FigureFacts
from grader.vocabulary import Text

RNG = np.random.default_rng(0)
X, Y = RNG.uniform(-5, -1, 40), RNG.uniform(10, 20, 40)
AREA, COLOR = RNG.uniform(1, 9, 40), RNG.uniform(0, 1, 40)
CLASSES = np.arange(40) % 3


def drawn(draw: Callable[[Any], object]) -> FigureFacts:
    figure = Figure()
    draw(figure.subplots())
    return FigureFacts.of(figure)


def failure(ask: Callable[[], object]) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        ask()
    assert all(text.en and text.ko for text in caught.value.sentences)
    return caught.value


def groups(axes: Any) -> None:
    for label in range(3):
        axes.scatter(X[label == CLASSES], Y[label == CLASSES], label=str(label))


@pytest.mark.parametrize(
    "draw",
    [
        lambda axes: axes.scatter(X, Y),
        lambda axes: axes.scatter(X[::-1], Y[::-1]),
        lambda axes: axes.plot(X, Y, "o"),
        lambda axes: axes.scatter(np.append(X, np.nan), np.append(Y, 0)),
        groups,
    ],
)
def test_points_count_however_they_are_drawn(draw: Callable[[Any], object]) -> None:
    Expect().scatter(drawn(draw), X, Y)


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        (lambda axes: axes.scatter(Y, X), expect_points.SWAPPED),
        (lambda axes: axes.scatter(Y[:30], X[:30]), expect_points.SWAPPED),
        (lambda axes: axes.scatter(np.append(X, 1), np.append(Y, 1)), tell(expect_points.TOO_MANY, found=41)),
        (lambda axes: axes.scatter(X[1:], Y[1:]), tell(expect_points.TOO_FEW, found=39)),
        (lambda axes: axes.scatter(X, np.roll(Y, 1)), expect_points.ELSEWHERE),
        (lambda axes: axes.scatter(X, X * 0 + 3e300), expect_points.ELSEWHERE),
        (
            lambda axes: axes.plot(X, Y),
            Text("The figure holds no scatter plot.", "그림에 산점도이(가) 없어요."),
        ),
    ],
)
def test_wrong_points_are_explained(draw: Callable[[Any], object], sentence: Text) -> None:
    assert failure(lambda: Expect().scatter(drawn(draw), X, Y)).sentences[0] == sentence


def test_two_equal_points_are_not_one_point_and_another() -> None:
    facts = drawn(lambda axes: axes.scatter([0, 0, 1], [0, 0, 1]))
    Expect().scatter(facts, [0, 1, 0], [0, 1, 0])
    assert failure(lambda: Expect().scatter(facts, [0, 1, 1], [0, 1, 1]))


def test_area_and_colour_go_with_their_point() -> None:
    right = drawn(lambda axes: axes.scatter(X[::-1], Y[::-1], s=AREA[::-1] / 7, c=COLOR[::-1] * 3 + 1))
    Expect().scatter(right, X, Y, area=AREA, color=COLOR)
    for draw, sentence in (
        (lambda axes: axes.scatter(X, Y, s=AREA**2, c=COLOR), expect_points.WRONG_AREA),
        (lambda axes: axes.scatter(X, Y, s=20, c=COLOR), expect_points.ONE_SIZE),
        (lambda axes: axes.scatter(X, Y, s=AREA, c=-COLOR), expect_points.WRONG_COLOR),
        (lambda axes: axes.scatter(X, Y, s=AREA), expect_points.WRONG_COLOR),
    ):
        found = failure(lambda draw=draw: Expect().scatter(drawn(draw), X, Y, area=AREA, color=COLOR))
        assert found.sentences[0] == sentence


@pytest.mark.parametrize(
    "draw",
    [
        groups,
        lambda axes: axes.scatter(X, Y, c=CLASSES),
        lambda axes: axes.scatter(X, Y, c=np.array(["red", "blue", "green"])[CLASSES]),
    ],
)
def test_each_class_has_a_colour_of_its_own(draw: Callable[[Any], object]) -> None:
    names = np.array(["a", "b", "c"])[CLASSES]
    Expect().scatter(drawn(draw), X, Y, classes=names)
    one = drawn(lambda axes: axes.scatter(X, Y))
    mixed = drawn(lambda axes: axes.scatter(X, Y, c=np.roll(CLASSES, 1)))
    for facts in (one, mixed):
        assert (
            failure(lambda f=facts: Expect().scatter(f, X, Y, classes=names)).sentences[0]
            == expect_points.WRONG_CLASSES
        )


def test_a_curve_may_be_drawn_finely_or_coarsely() -> None:
    for n in (20, 1000):
        at = np.linspace(0, 3, n)
        Expect().curve(drawn(lambda axes, at=at: axes.plot(at, np.sin(at))), [0, 3], np.sin)
    at = np.linspace(0, 3, 1000)
    Expect().curve(drawn(lambda axes: axes.plot(at[::10], np.sin(at[::10]))), at, np.sin(at))
    Expect().curve(drawn(lambda axes: axes.plot([0, 1, 2], [3, 1, 2])), [0, 1, 2], [3, 1, 2])
    half = drawn(lambda axes: axes.plot(at[:400], np.sin(at[:400])))
    assert failure(lambda: Expect().curve(half, [0, 3], np.sin)).sentences[0] == expect_points.SHORT_CURVE
    ends = drawn(lambda axes: axes.plot([0, 3], np.sin([0, 3])))
    assert failure(lambda: Expect().curve(ends, [0, 3], np.sin)).sentences[0] == expect_points.SHORT_CURVE
    other = drawn(lambda axes: axes.plot(at, np.cos(at)))
    assert failure(lambda: Expect().curve(other, [0, 3], np.sin)).sentences[0] == expect_points.WRONG_CURVE


def test_bars_stand_or_lie_and_may_have_names() -> None:
    for method in ("bar", "barh"):
        facts = drawn(lambda axes, method=method: getattr(axes, method)(["나", "가", "다"], [2.0, 1.0, 3.0]))
        Expect().bars(facts, [2, 1, 3])
        Expect().bars(facts, [1, 2, 3], ordered=False)
        Expect().bars(facts, {"가": 1, "나": 2, "다": 3})
        assert failure(lambda f=facts: Expect().bars(f, [1, 2, 3])).sentences[0] == figure_bars.BAR_ORDER
        assert failure(lambda f=facts: Expect().bars(f, [1, 2, 4])).sentences[0] == figure_bars.WRONG_BARS
        assert failure(lambda f=facts: Expect().bars(f, [1, 2])).sentences[0] == tell(figure_bars.BAR_COUNT, found=3)
        unnamed = failure(lambda f=facts: Expect().bars(f, {"라": 1, "나": 2, "다": 3}))
        assert unnamed.sentences[0] == figure_bars.NO_BAR_NAME


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"bins": 40},
        {"density": True},
        {"histtype": "step"},
        {"histtype": "stepfilled"},
        {"orientation": "horizontal"},
        {"weights": np.full(500, 1 / 500)},
        {"edgecolor": "white", "bins": np.linspace(-6, 6, 13)},
    ],
)
def test_a_histogram_is_right_with_any_bins(options: dict[str, Any]) -> None:
    data = np.clip(np.random.default_rng(1).normal(size=500), -5, 5)
    Expect().histogram(drawn(lambda axes: axes.hist(data, **options)), data)
    others = drawn(lambda axes: axes.hist(np.append(data[:400], data[:100] * 0.5), **options))
    assert failure(lambda: Expect().histogram(others, data))


def test_whole_numbers_on_the_edges_of_bins_count() -> None:
    data = np.random.default_rng(2).integers(0, 10, 300)
    Expect().histogram(drawn(lambda axes: axes.hist(data)), data)
    Expect().histogram(drawn(lambda axes: axes.hist(data, bins=np.arange(11) - 0.5)), data, bins=10)
    short = drawn(lambda axes: axes.hist(data, range=(0, 5)))
    assert failure(lambda: Expect().histogram(short, data)).sentences[0] == figure_bars.BINS_LEAVE_OUT
    assert failure(lambda: Expect().histogram(drawn(lambda axes: axes.hist(data, bins=5)), data, bins=10))


def complete() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 10], [1, 3], label="훈련 손실")
    axes.plot([1, 10], [2, 4], label="Validation loss")
    points = axes.scatter([1, 2], [2, 3], c=[1, 2], label="_nothing")
    figure.colorbar(points, ax=axes, label="가격 (달러)")
    axes.set(xlabel="Epoch", ylabel="손실", title="Learning curves", xscale="log", aspect="equal")
    axes.legend(*[part[:2] for part in axes.get_legend_handles_labels()])
    return figure


DEMANDS: dict[str, Any] = {
    "plots": 1,
    "xlabel": ("epoch", "에포크"),
    "ylabel": ("loss", "손실"),
    "title": True,
    "xscale": "log",
    "legend": [("validation", "검증"), ("training", "훈련")],
    "colorbar": ("dollars", "달러"),
    "distinct_colors": True,
    "contains_data": True,
    "equal_aspect": True,
}


def test_a_complete_figure_has_all_that_can_be_demanded() -> None:
    axes = Expect().figure(FigureFacts.of(complete()), "line", **DEMANDS)
    assert isinstance(axes, AxesFacts)


SLIPS: list[tuple[str, Callable[[Any], object], Text]] = [
    ("xlabel", lambda axes: axes.set_xlabel(" "), expect_figure.NO_LABEL.format(axis="x")),
    ("ylabel", lambda axes: axes.set_ylabel("y"), expect_figure.OTHER_LABEL.format(axis="y")),
    ("title", lambda axes: axes.set_title(""), expect_figure.NO_TITLE),
    (
        "xscale",
        lambda axes: axes.set_xscale("linear"),
        tell(expect_figure.SCALE, axis="x", found="linear", wanted="log"),
    ),
    ("legend", lambda axes: axes.get_legend().remove(), expect_figure.NO_LEGEND),
    (
        "legend",
        lambda axes: axes.get_legend().texts[1].set_text("b"),
        expect_figure.LEGEND_LACKS.format(name="validation"),
    ),
    ("legend", lambda axes: axes.lines[0].set_color("black"), expect_figure.LEGEND_COLORS),
    ("distinct_colors", lambda axes: axes.lines[0].set_color(axes.lines[1].get_color()), expect_figure.SAME_COLORS),
    ("contains_data", lambda axes: axes.set_xlim(1, 9), expect_figure.CUT_OFF),
    ("equal_aspect", lambda axes: axes.set_aspect("auto"), expect_figure.NOT_EQUAL),
    ("colorbar", lambda axes: axes.figure.axes[1].set_ylabel(""), expect_figure.COLORBAR_LABEL),
    ("colorbar", lambda axes: axes.figure.delaxes(axes.figure.axes[1]), expect_figure.NO_COLORBAR),
    ("plots", lambda axes: axes.figure.add_subplot(4, 4, 1), tell(expect_figure.COUNT, wanted=1, found=2)),
]


@pytest.mark.parametrize(("demand", "spoil", "sentence"), SLIPS)
def test_what_is_missing_is_said_and_the_rest_earns_its_share(
    demand: str, spoil: Callable[[Any], object], sentence: Text
) -> None:
    figure = complete()
    spoil(figure.axes[0])
    facts = FigureFacts.of(figure)
    if sentence is expect_figure.NO_COLORBAR:  # the scatter still knows the axes that are gone
        facts = dataclasses.replace(facts, axes=[dataclasses.replace(a, colorbar_label="") for a in facts.axes])
    found = failure(lambda: Expect().figure(facts, "line", **DEMANDS))
    assert sentence in found.sentences and 0.5 < found.share < 1
    others = {name: wanted for name, wanted in DEMANDS.items() if name != demand}
    if sentence != expect_figure.SAME_COLORS:
        Expect().figure(facts, "line", **others)


def test_shared_axes() -> None:
    for share in (True, False):
        figure = Figure()
        for axes in figure.subplots(1, 2, sharey=share):
            axes.plot([1, 2])
        facts = FigureFacts.of(figure)
        if share:
            Expect().figure(facts, "line", plots=2, shared="y")
        else:
            assert failure(lambda f=facts: Expect().figure(f, shared="y")).sentences[
                0
            ] == expect_figure.NOT_SHARED.format(axis="y")


def test_an_empty_figure_and_mistakes_in_checks() -> None:
    assert failure(lambda: Expect().figure(FigureFacts.of(Figure()))).sentences[0] == NOTHING_DRAWN
    with pytest.raises(ValueError, match="kind"):
        Expect().figure(FigureFacts.of(Figure()), "pie")
    with pytest.raises(TypeError):
        Expect().figure("fig")  # type: ignore[arg-type]


arrays = st.one_of(
    hnp.arrays(
        st.sampled_from(["f8", "U3", "?", "c16", "i8", "f4"]), hnp.array_shapes(min_dims=0, min_side=0, max_side=4)
    ),
    st.sampled_from([np.full((4, 2), np.nan), np.full((4, 2), 1e308), np.array([[np.inf, 0.0]] * 4)]),
)


@settings(max_examples=60)
@given(one=arrays, other=arrays, third=arrays, cut=st.integers(0, 9))
def test_forged_facts_fail_with_a_sentence(one: Any, other: Any, third: Any, cut: int) -> None:
    figure = complete()
    figure.axes[0].hist([1, 2, 3])
    figure.axes[0].imshow([[1, 2]])
    facts = FigureFacts.of(figure)
    axes = facts.axes[0]
    forged = dataclasses.replace(
        axes,
        lines=[dataclasses.replace(line, x=one, y=other) for line in axes.lines],
        scatters=[dataclasses.replace(c, offsets=third, sizes=one, values=other, colors=third) for c in axes.scatters],
        bars=[dataclasses.replace(b, x=float(cut), width=float("nan")) for b in axes.bars[:cut]] + axes.bars[cut:],
        images=[dataclasses.replace(i, values=one) for i in axes.images],
        patches=[],
        xlim=(float("nan"), float("inf")),
    )
    expect = Expect()
    asks: list[Callable[[], object]] = [
        lambda: expect.scatter(forged, [1, 2], [3, 4], area=[1, 2], color=[1, 2], classes=["a", "b"]),
        lambda: expect.scatter(forged, [1, 2], [3, 4], classes=["a", "b"]),
        lambda: expect.curve(forged, [0, 1], np.sin),
        lambda: expect.bars(forged, [1, 2, 3]),
        lambda: expect.histogram(forged, [1, 2, 3]),
        lambda: expect.figure(forged, **DEMANDS),
    ]
    for ask in asks:
        try:
            ask()
        except CheckFailed as caught:
            assert caught.sentences and all(text.en and text.ko for text in caught.sentences)
