"""Expectations about generators: right samples pass at the stated rate, each way to be wrong is refused and named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import sparse, stats

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.samples import samples as expect_samples
from grader.checking.expect.samples.two_sample import TESTS, mmd, p_values

HOSTILE: list[Any] = [
    None,
    "x",
    3,
    True,
    [],
    [[]],
    [[1, 2], [3]],
    [["a", "b"]] * 30,
    {"a": 1},
    np.full((30, 2), np.nan),
    np.full((30, 2), np.inf),
    np.zeros((0, 2)),
    np.zeros((30, 3)),
    np.zeros((3, 2)),
    np.zeros((30, 2), complex),
    np.full((30, 2), 10**400, dtype=object),
    np.full((30, 2), 1e308),
    np.zeros((30, 2)),
    np.array([[None, 1]] * 30, dtype=object),
]


def moons(seed: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    angle, upper = rng.uniform(0, np.pi, n), rng.random(n) < 0.5
    arc = np.column_stack([np.cos(angle), np.sin(angle)])
    points = np.where(upper[:, None], arc, [1.0, 0.5] - arc) + rng.normal(0, 0.05, (n, 2))
    return points, 2 * upper + (angle > np.pi / 2)


REAL, MODES = moons(0, 2000)
OTHERS, _ = moons(1, 1500)


def failure(ask: Callable[[], object]) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        ask()
    assert caught.value.sentences and all(text.en and text.ko for text in caught.value.sentences)
    return caught.value


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def gaussian(n: int = 1500) -> np.ndarray:
    return rng().multivariate_normal(REAL.mean(axis=0), np.cov(REAL.T), size=n)


def test_samples_of_the_same_distribution_pass_both_ways() -> None:
    strict = Expect().sampled_like(OTHERS, REAL, rng())
    assert strict.typical < strict.null < strict.gaussian
    Expect().sampled_like(OTHERS.tolist(), REAL, rng(), within=0.0)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda points: points + 1.0, expect_samples.CENTRE),
        (lambda points: points * 0.6 + 0.4 * REAL.mean(axis=0), expect_samples.NARROW),
        (lambda points: points * 1.7 - 0.7 * REAL.mean(axis=0), expect_samples.WIDE),
        (lambda points: np.column_stack([points[:, 0], rng().permutation(points[:, 1])]), expect_samples.TOGETHER),
        (lambda points: gaussian(), expect_samples.BLOB),
        (lambda points: np.repeat(points[:15], 100, axis=0), None),
    ],
)
def test_other_distributions_are_refused_and_named(spoil: Callable[[np.ndarray], np.ndarray], sentence: Any) -> None:
    for options in ({}, {"within": 0.3}):
        found = failure(lambda options=options: Expect().sampled_like(spoil(OTHERS), REAL, rng(), **options))
        assert sentence is None or found.sentences == (sentence,)


def test_a_generator_that_comes_close_passes_with_a_margin_only() -> None:
    rough = OTHERS + rng().normal(0, 0.2, OTHERS.shape)
    assert failure(lambda: Expect().sampled_like(rough, REAL, rng()))
    close = Expect().sampled_like(rough, REAL, rng(), within=0.5)
    assert 0 < close.share < 0.5
    with pytest.raises(ValueError, match="beaten"):
        Expect().sampled_like(rough, REAL, rng(), within=1.0)


@pytest.mark.parametrize("test", TESTS)
def test_false_rejections_keep_to_their_rate(test: str) -> None:
    """At a rate of 5 % each test alone refuses an exact generator in at most 5 % of 300 trials, up to luck of 1e-4."""
    draw = np.random.default_rng(3)
    rejected = sum(
        p_values(draw.normal(size=(50, 2)), draw.normal(size=(50, 2)), draw, (test,), 0.05)[test] < 0.05
        for _ in range(300)
    )
    assert stats.binom.sf(rejected - 1, 300, 0.05) > 1e-4


def test_verdicts_repeat() -> None:
    one, other = (Expect().sampled_like(OTHERS, REAL, rng()) for _ in range(2))
    assert one == other


def test_the_discrepancy_is_zero_for_equal_samples_and_grows() -> None:
    assert mmd(REAL[:200], REAL[:200]) == pytest.approx(0, abs=1e-9)
    assert mmd(REAL[:200] + 0.5, REAL[:200]) < mmd(REAL[:200] + 1.0, REAL[:200])


def test_images_count_as_long_rows() -> None:
    pictures = np.random.default_rng(0).random((120, 4, 4))
    Expect().sampled_like(pictures[:60], pictures[60:], rng())
    assert failure(lambda: Expect().sampled_like(pictures[:60].reshape(60, 16), pictures[60:], rng()))


def test_every_part_of_the_data_is_covered() -> None:
    Expect().covers(OTHERS, REAL, MODES)
    Expect().covers(OTHERS, REAL, np.array(["a", "b", "c", "d"])[MODES.astype(int)], near=0.15)
    half = OTHERS[OTHERS[:, 0] < 0]
    assert failure(lambda: Expect().covers(half, REAL, MODES)).sentences[0] == expect_samples.MODE_MISSED
    assert failure(lambda: Expect().covers(gaussian(), REAL, MODES)).sentences[0] == expect_samples.OFF_DATA
    with pytest.raises(ValueError, match="modes"):
        Expect().covers(OTHERS, REAL, MODES[:5])


def test_copies_are_found_with_jitter_and_among_others() -> None:
    unseen, _ = moons(2, 1000)
    Expect().novel(OTHERS, REAL, unseen)
    copies = REAL[:500]
    mixed = np.concatenate([OTHERS[:400], REAL[:100]])
    for samples in (copies, copies + rng().normal(0, 1e-3, copies.shape), mixed):
        assert failure(lambda s=samples: Expect().novel(s, REAL, unseen)).sentences[0] == expect_samples.COPIED


def test_collapsed_samples_are_found() -> None:
    Expect().diverse(OTHERS[:500], REAL)
    few = np.repeat(OTHERS[:25], 20, axis=0)
    for samples in (few, few + rng().normal(0, 1e-4, few.shape)):
        assert failure(lambda s=samples: Expect().diverse(s, REAL)).sentences[0] == expect_samples.COLLAPSED


def test_seeds_decide() -> None:
    def draw(seed: int) -> Any:
        return {"W": np.random.default_rng(seed).normal(size=(2, 3)), "rest": [np.ones(2), "a", None]}

    assert Expect().seeded(draw, (3, 4))["rest"][1] == "a"
    counter = iter(range(100))
    unseeded = failure(lambda: Expect().seeded(lambda seed: draw(next(counter))))
    assert unseeded.sentences[0] == expect_samples.SEED_DIFFERS
    ignored = failure(lambda: Expect().seeded(lambda seed: draw(0), (1, 2, 3)))
    assert ignored.sentences[0] == expect_samples.SEED_IGNORED
    Expect().seeded(lambda seed: [0, 1] if seed == 9 else [1, 1], (1, 2, 9))  # one of the others is enough
    with pytest.raises(ValueError, match="two seeds"):
        Expect().seeded(draw, (1,))


@pytest.mark.parametrize("build", [sparse.coo_matrix, sparse.csr_array], ids=["matrix", "array"])
def test_seeds_decide_about_what_is_too_large_to_write_out(build: Any) -> None:
    def draw(seed: int) -> Any:
        return build(([1.0 + seed], ([0], [seed])), shape=(1_000_000, 1_000_000))

    Expect().seeded(draw)
    ignored = failure(lambda: Expect().seeded(lambda seed: draw(0)))
    assert ignored.sentences[0] == expect_samples.SEED_IGNORED


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: type(value).__name__)
def test_any_data_fails_with_a_sentence(value: Any) -> None:
    expect = Expect()
    for ask in (
        lambda: expect.sampled_like(value, REAL, rng(), false_rejection=0.05),
        lambda: expect.sampled_like(value, REAL, rng(), within=0.5, false_rejection=0.05),
        lambda: expect.covers(value, REAL, MODES),
        lambda: expect.diverse(value, REAL),
        lambda: expect.seeded(lambda seed: value),
    ):
        assert failure(ask)


def test_hostile_values_are_no_new_samples() -> None:
    for value in HOSTILE:
        try:
            Expect().novel(value, REAL, OTHERS)
        except CheckFailed as caught:
            assert caught.sentences
