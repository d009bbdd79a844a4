"""The metric registry: what must hold for every metric in it, whichever it is."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from sklearn import metrics as sk

from grader.checking.band import Band
from grader.checking.expect import CheckFailed, Expect
from grader.course.models import Metric
from grader.errors import GraderError
from grader.metrics import METRICS, BadAnswer, ScoreMetric, confusion_cost, get_metric

ALL = pytest.mark.parametrize("metric", METRICS.values(), ids=list(METRICS))
N = 40


def case(metric: ScoreMetric) -> tuple[Any, Any, Any]:
    """A truth, a perfect answer and an imperfect one, for the kind of input that the metric takes."""
    rng = np.random.default_rng(7)
    kind = metric.takes.name
    binary, classes = rng.permutation([0] * 20 + [1] * 20), rng.integers(0, 8, N)
    if kind == "binary labels":
        return binary, binary, np.where(rng.random(N) < 0.3, 1 - binary, binary)
    if kind in ("labels", "clusters"):
        return classes, classes, np.where(rng.random(N) < 0.3, (classes + 1) % 8, classes)
    if kind == "scores":
        return binary, binary * 1.0, binary + rng.normal(size=N)
    if kind in ("probabilities", "scores of classes"):
        soft = np.eye(8)[classes] + rng.random((N, 8))
        return classes, np.eye(8)[classes], soft / soft.sum(axis=1, keepdims=True)
    if kind in ("values", "values from zero on"):
        values = rng.random(N) * 5 + 1
        return values, values, values + rng.random(N)
    if kind in ("rows and centres", "samples"):
        rows = rng.normal(size=(N, 2))
        return rows, rows, rows[:7] + 1
    if kind == "rows and their clusters":
        rows = np.repeat([[0.0, 0.0], [9.0, 9.0]], N // 2, axis=0)
        return rows, np.repeat([0, 1], N // 2), binary
    if kind == "distributions":
        known, other = rng.dirichlet([1, 1, 1], N), rng.dirichlet([1, 1, 1], N)
        return known, known, other
    if kind == "boxes":
        boxes = np.column_stack([rng.random((N, 2)), 1 + rng.random((N, 2))])
        return boxes, boxes, boxes + 0.2
    if kind == "sequences":
        texts = ["the cat sat on the mat today", "a dog ran over there and back", "one two three four five"]
        return texts, texts, ["the cat sat on a mat", "a dog ran over there", "one two four five"]
    assert kind == "returns", f"say here what {kind!r} looks like"
    return [1.0, 2.0, 3.0], [math.inf], [4.0, 6.0, 8.0]


@ALL
def test_a_perfect_answer_reaches_the_best_of_the_domain(metric: ScoreMetric) -> None:
    truth, perfect, imperfect = case(metric)
    sign = 1 if metric.direction == "higher" else -1
    assert metric.low <= metric(truth, imperfect) <= metric.high
    if math.isfinite(metric.best):
        assert metric(truth, perfect) == pytest.approx(metric.best, abs=1e-9)
        assert sign * metric(truth, imperfect) < sign * metric.best or metric.name == "top_5_accuracy"


@ALL
def test_the_baseline_is_within_the_domain_and_worse_than_a_perfect_answer(metric: ScoreMetric) -> None:
    truth, perfect, _ = case(metric)
    baseline = metric.baseline(truth, truth)
    assert metric.low <= baseline <= metric.high
    if math.isfinite(metric.best):
        assert baseline != metric(truth, perfect)


@ALL
def test_the_order_of_rows_does_not_matter(metric: ScoreMetric) -> None:
    truth, _, answer = case(metric)
    order = np.random.default_rng(3).permutation(len(truth))
    paired = len(answer) == len(truth) and metric.takes.name != "returns"
    again = [answer[i] for i in (order if paired else range(len(answer))[::-1])]
    assert metric([truth[i] for i in order], again) == pytest.approx(metric(truth, answer))


@ALL
def test_rows_that_come_twice_change_nothing(metric: ScoreMetric) -> None:
    if metric.name in ("silhouette", "inertia", "ari", "mmd"):
        pytest.skip("counts pairs or sums over rows")
    truth, _, answer = case(metric)
    assert metric([*truth, *truth], [*answer, *answer]) == pytest.approx(metric(truth, answer))


HOSTILE: list[Any] = [
    None, "x", b"x", 3, 10**400, object(), {}, set(), [], [[]], [[1], [1, 2]], [None] * N, [10**400] * N, [1j] * N,
    [{}] * N, [1, "x"] * (N // 2), np.array([object()] * N), np.zeros((N, 1, 1, 1)), np.full(N, np.nan),
    np.full(N, np.inf), np.full((N, 2), np.nan), np.full((N, 8), -1.0e308), np.full(N, 1.7e308), np.zeros(0), [True] * N,
    np.full(N, np.datetime64("NaT")), np.zeros((N, 0)), np.zeros((3, N)), ["a" * 100_000] * 3, np.zeros((100_000, 2)),
]  # fmt: skip


@ALL
@pytest.mark.parametrize("place", range(len(HOSTILE)))
def test_no_answer_breaks_a_metric(metric: ScoreMetric, place: int) -> None:
    truth, _, _ = case(metric)
    try:
        value = metric(truth, HOSTILE[place])
    except BadAnswer as refused:
        assert refused.text.en and refused.text.ko
    else:
        assert metric.low <= value <= metric.high


@ALL
@pytest.mark.parametrize(
    "wrong", [None, "x", [], [[1], [1, 2]], [None] * N, np.full(N, np.nan), np.full((N, 2), np.inf)]
)
def test_what_is_never_an_answer_is_refused(metric: ScoreMetric, wrong: Any) -> None:
    with pytest.raises(BadAnswer):
        metric(case(metric)[0], wrong)


@ALL
def test_the_wrong_length_is_refused(metric: ScoreMetric) -> None:
    if metric.takes.name in ("rows and centres", "samples", "returns"):
        pytest.skip("any number of rows is right")
    truth, _, answer = case(metric)
    with pytest.raises(BadAnswer, match="shape"):
        metric(truth, answer[:-1])


@ALL
def test_strings_for_numbers_are_refused(metric: ScoreMetric) -> None:
    if metric.takes.name in ("clusters", "rows and their clusters", "sequences"):
        pytest.skip("names are as good as numbers")
    with pytest.raises(BadAnswer):
        metric(case(metric)[0], ["1"] * N)


@ALL
def test_one_class_is_defined_or_refused(metric: ScoreMetric) -> None:
    if metric.takes.name not in ("labels", "binary labels", "scores", "clusters", "probabilities", "scores of classes"):
        pytest.skip("knows no classes")
    truth = np.ones(N, dtype=int)
    _, _, answer = case(metric)
    if metric.takes.name == "scores":
        with pytest.raises(ValueError, match="one class"):
            metric(truth, answer)
    else:
        assert metric.low <= metric(truth, answer) <= metric.high


@pytest.mark.parametrize("name", [name for name, metric in METRICS.items() if metric.takes.name == "probabilities"])
@pytest.mark.parametrize("scale", [-1.0, 0.9, 2.0])
def test_what_is_no_probability_is_refused(name: str, scale: float) -> None:
    truth, perfect, _ = case(METRICS[name])
    with pytest.raises(BadAnswer, match=r"between 0 and 1|sum to 1"):
        METRICS[name](truth, perfect * scale)


@pytest.mark.parametrize(
    "name", [n for n, m in METRICS.items() if m.takes.name in ("clusters", "rows and their clusters")]
)
def test_names_of_clusters_do_not_matter(name: str) -> None:
    truth, _, answer = case(METRICS[name])
    renamed = np.array([f"c{label}" for label in answer])
    assert METRICS[name](truth, renamed) == pytest.approx(METRICS[name](truth, answer))


@pytest.mark.parametrize("name", ["roc_auc", "pr_auc", "top_5_accuracy", "mean_average_precision"])
def test_ranks_do_not_know_a_scale(name: str) -> None:
    truth, _, answer = case(METRICS[name])
    assert METRICS[name](truth, 100 * answer - 3) == pytest.approx(METRICS[name](truth, answer))


SAME_AS_SKLEARN = {
    "accuracy": sk.accuracy_score,
    "balanced_accuracy": sk.balanced_accuracy_score,
    "f1_micro": lambda t, a: sk.f1_score(t, a, average="micro"),
    "f1_macro": lambda t, a: sk.f1_score(t, a, average="macro"),
    "top_5_accuracy": lambda t, a: sk.top_k_accuracy_score(t, a, k=5, labels=range(8)),
    "log_loss": lambda t, a: sk.log_loss(t, a, labels=range(8)),
    "rmse": sk.root_mean_squared_error,
    "rmsle": sk.root_mean_squared_log_error,
    "reconstruction_error": sk.mean_squared_error,
}


@pytest.mark.parametrize("name", SAME_AS_SKLEARN)
def test_agrees_with_scikit_learn(name: str) -> None:
    truth, _, answer = case(METRICS[name])
    assert METRICS[name](truth, answer) == pytest.approx(SAME_AS_SKLEARN[name](truth, answer))


def test_the_binary_brier_score_is_scikit_learns() -> None:
    truth, chances = np.array([0, 1, 1, 0]), np.array([0.2, 0.7, 0.4, 0.6])
    assert get_metric("brier")(truth, chances) == pytest.approx(sk.brier_score_loss(truth, chances))


def test_formulas_by_hand() -> None:
    assert get_metric("edit_rate")(["kitten"], ["sitting"]) == pytest.approx(3 / 7)
    assert get_metric("iou")([[0, 0, 2, 2]], [[1, 0, 3, 2]]) == pytest.approx(1 / 3)
    assert get_metric("kl")([[0.5, 0.5]], [[0.25, 0.75]]) == pytest.approx(0.5 * math.log(2) + 0.5 * math.log(2 / 3))
    assert get_metric("perplexity")([0, 1], [[0.25, 0.75], [0.75, 0.25]]) == pytest.approx(4)
    assert get_metric("inertia")([[0, 0], [3, 4]], [[0, 0]]) == pytest.approx(25)
    assert confusion_cost(1, 5).baseline([0, 0, 0, 1], [0, 1]) == 0.5  # always 1 costs 3 there, always 0 costs 5


def test_an_unknown_metric_offers_what_is_close() -> None:
    with pytest.raises(GraderError, match="roc_auc"):
        get_metric("rocauc")


KNOWN = Band("m", "higher", (0.9, 1.0), 0.5, 0.75, "accuracy")


def test_a_score_is_judged_on_its_band() -> None:
    for answer in ([0, 1, 1, 0], np.array([0.0, 1.0, 1.0, 0.0]), (False, True, True, False)):
        expect = Expect()
        expect.score(KNOWN, [0, 1, 1, 0], answer)
        assert expect.share == 1 and not expect.sentences
    expect = Expect()
    expect.score(KNOWN, [0, 1, 1, 0, 0, 1, 1, 0], [0, 1, 1, 0, 0, 0, 0, 1])
    assert expect.share == pytest.approx(0.5)


@pytest.mark.parametrize("answer", HOSTILE)
def test_a_score_of_anything_fails_kindly(answer: Any) -> None:
    with pytest.raises(CheckFailed) as failed:
        Expect().score(KNOWN, [0, 1, 1, 0], answer)
    assert failed.value.sentences[0].ko


def test_a_score_in_the_wrong_direction_is_the_checks_mistake() -> None:
    with pytest.raises(GraderError, match="lower is better"):
        Expect().score(KNOWN, [0.0, 1.0], [0.0, 1.0], metric="rmse")


def test_a_band_takes_its_direction_from_the_metric_that_it_names() -> None:
    assert Metric.model_validate({"metric": "rmse"}).direction == "lower"
    assert Metric.model_validate({"metric": "rmse", "direction": "lower"}).direction == "lower"
    for wrong in ({"metric": "rmse", "direction": "higher"}, {"metric": "rmsee"}):
        with pytest.raises(ValidationError, match="rmse"):
            Metric.model_validate(wrong)
