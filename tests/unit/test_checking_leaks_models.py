"""What a student reads of figures, samples, agents and networks holds nothing of what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from grader.checking.expect import CheckFailed, Expect
from grader.running.figures import FigureFacts

secrets = st.lists(st.integers(10**7, 10**9), min_size=4, max_size=4, unique=True)


def drawn() -> FigureFacts:
    figure = Figure()
    lines, bars, counts, picture, cloud = figure.subplots(5)
    lines.plot(np.arange(12.0), np.arange(12.0))
    bars.bar(["a", "b", "c", "d"], [1, 2, 3, 4])
    counts.hist([1, 2, 3])
    picture.imshow([[1, 2], [3, 4]])
    cloud.scatter([1, 2, 3, 4], [5, 6, 7, 8], s=[1, 2, 3, 4], c=[1, 2, 3, 4])
    return FigureFacts.of(figure)


FACTS = drawn()
MINE = np.random.default_rng(0).normal(size=(60, 2))


@settings(max_examples=25)
@given(hidden=secrets)
def test_no_sentence_repeats_a_secret(hidden: list[int]) -> None:
    values = np.array(hidden, dtype=float)
    world = np.random.default_rng(hidden[0]).normal(values[0], 3.0, size=(80, 2))
    names = {str(name): 1.0 for name in hidden}
    cloud, at = FACTS.plots[4], np.array([1.0, 2, 3, 4])
    expect, rng = Expect(), np.random.default_rng(0)
    asks: list[Callable[[], Any]] = [
        lambda: expect.scatter(cloud, values, values),
        lambda: expect.scatter(cloud, at, at + 4, area=values),
        lambda: expect.scatter(cloud, at, at + 4, color=values[::-1]),
        lambda: expect.scatter(cloud, at, at + 4, classes=np.array(hidden) % 2),
        lambda: expect.curve(FACTS, np.sort(values), values),
        lambda: expect.bars(FACTS, values),
        lambda: expect.bars(FACTS, names),
        lambda: expect.histogram(FACTS, values),
        lambda: expect.sampled_like(MINE, world, rng, within=0.1, false_rejection=0.05),
        lambda: expect.covers(MINE, world, np.repeat(hidden, 20)),
        lambda: expect.novel(MINE, MINE, world[:60]),
        lambda: expect.diverse(MINE * 0, world),
        lambda: expect.actions([hidden[1]], 1),
        lambda: expect.attends(lambda seen: [int(x) for x in seen], values),
        lambda: expect.learned(np.ones(9), values.repeat(3), rng),
        lambda: expect.gradient(lambda points: [float(p.sum() * values[0]) for p in points], at, at),
    ]
    failed = 0
    for ask in asks:
        try:
            ask()
        except CheckFailed as caught:
            failed += 1
            for text in caught.sentences:
                for number in re.findall(r"\d{4,}", text.en + text.ko):
                    assert not any(number in str(secret) for secret in hidden), text
    assert failed >= 14
