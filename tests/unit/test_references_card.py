"""Reference cards: the rule for the edge, the file, and when a card no longer holds."""

from __future__ import annotations

import json
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from scipy.stats import norm

from grader.course.models import Exercise
from grader.errors import CourseError, GraderError
from grader.references.calibrate import _must_beat_baseline
from grader.references.calibration_progress import CalibrationProgress, SeedRun
from grader.references.card import Card, load_card, measure, save_card, source_digest, staleness
from grader.references.edge import find_edge, known_well, precision_of, tolerance_factor
from tests.support import make_exercise

scores = st.lists(st.floats(0.5, 1.0), min_size=5, max_size=8)


@given(values=scores, baseline=st.floats(0.0, 0.49))
def test_the_edge_lies_between_baseline_and_reference(values: list[float], baseline: float) -> None:
    edge = find_edge(values, baseline, "higher").value
    assert baseline < edge <= min(values)


@given(values=scores, baseline=st.floats(0.0, 0.49))
def test_lower_is_better_is_the_mirror_image(values: list[float], baseline: float) -> None:
    higher = find_edge(values, baseline, "higher").value
    lower = find_edge([-value for value in values], -baseline, "lower").value
    assert lower == -higher


def test_the_edge_follows_its_rule() -> None:
    # three hundredths of the way: 0.9 - 0.03 * 0.6
    assert find_edge([0.9] * 5, 0.3, "higher").value == pytest.approx(0.882)
    # a wild reference: half way from the baseline to its worst
    assert find_edge([0.5, 0.9, 0.5, 0.9, 0.7], 0.3, "higher").value == pytest.approx(0.4)


def test_a_bonus_lies_beyond_the_reference() -> None:
    assert measure("lower", [0.2, 0.3] * 3, [1.0] * 6, bonus_at=0.1).edge > 0.3
    for direction, values, baseline, at in (("higher", [0.9] * 5, 0.3, 0.9), ("lower", [0.2] * 5, 1.0, 0.25)):
        with pytest.raises(ValueError, match="must be better than the reference's best"):
            measure(direction, values, [baseline] * 5, bonus_at=at)


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    made = make_exercise(metrics={"accuracy": {}})
    (tmp_path / "solution.py").write_text("# %%\nx = 1\n")
    (tmp_path / "test_visible.py").write_text("def test_x(): pass\n")
    return made.model_copy(update={"source_dir": tmp_path, "card_path": tmp_path / "cards" / "sample.json"})


def make_card(exercise: Exercise, profile: str = "small") -> Card:
    return Card(
        exercise=exercise.id,
        profile=profile,
        seeds=(0, 1, 2, 3, 4),
        metrics={"accuracy": measure("higher", [0.9, 0.91, 0.92, 0.9, 0.93], [0.3] * 5)},
        curve=(1.0, 0.5),
        packages={"numpy": "2.0"},
        source_digest=source_digest(exercise),
    )


def test_a_card_survives_its_file_beside_that_of_another_profile(exercise: Exercise) -> None:
    small, full = make_card(exercise), make_card(exercise, "full")
    save_card(small, exercise.card_path)
    save_card(full, exercise.card_path)
    assert load_card(exercise, "small") == small
    assert load_card(exercise, "full") == full
    before = exercise.card_path.read_bytes()
    save_card(small, exercise.card_path)
    assert exercise.card_path.read_bytes() == before
    assert [path.name for path in exercise.card_path.parent.iterdir()] == ["sample.json"]


def test_no_card_is_none(exercise: Exercise) -> None:
    assert load_card(exercise, "small") is None


@pytest.mark.parametrize("content", ["{", "[]", '{"small": {"exercise": 1}}', '{"small": {}}'])
def test_what_is_not_a_card_is_named(exercise: Exercise, content: str) -> None:
    exercise.card_path.parent.mkdir()
    exercise.card_path.write_text(content)
    with pytest.raises(CourseError, match="grader calibrate"):
        load_card(exercise, "small")


def test_a_changed_source_makes_a_card_stale(exercise: Exercise) -> None:
    card = make_card(exercise)
    assert staleness(card, exercise, None) == ""
    (exercise.source_dir / "notes.txt").write_text("not part of it")
    assert staleness(card, exercise, None) == ""
    (exercise.source_dir / "solution.py").write_text("# %%\nx = 2\n")
    assert "have changed" in staleness(card, exercise, None)


def test_changed_data_make_a_card_stale(exercise: Exercise, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "rows.csv").write_text("a\n1\n")
    assert "data" in staleness(make_card(exercise), exercise, data)


def test_a_missing_card_and_a_missing_metric_are_told(exercise: Exercise) -> None:
    assert "no reference card" in staleness(None, exercise, None)
    bare = make_card(exercise).model_copy(update={"metrics": {}})
    assert "accuracy" in staleness(bare, exercise, None)


def test_the_file_is_plain_json(exercise: Exercise) -> None:
    save_card(make_card(exercise), exercise.card_path)
    assert json.loads(exercise.card_path.read_text())["small"]["metrics"]["accuracy"]["direction"] == "higher"


def test_a_reference_worse_than_the_baseline_has_no_band(exercise: Exercise) -> None:
    with pytest.raises(GraderError, match="look at the direction"):
        _must_beat_baseline(exercise, "accuracy", measure("lower", [0.9, 0.8], [0.3, 0.3]))


@pytest.mark.parametrize(("n", "factor"), [(5, 5.741), (10, 3.981), (20, 3.295)])
def test_the_tolerance_factor_is_that_of_published_tables(n: int, factor: float) -> None:
    assert tolerance_factor(n) == pytest.approx(factor, abs=0.002)


def test_the_tolerance_limit_covers_as_often_as_it_says() -> None:
    runs = np.random.default_rng(0).normal(size=(20_000, 10))
    limits = runs.mean(axis=1) - tolerance_factor(10) * runs.std(axis=1, ddof=1)
    assert np.mean(norm.sf(limits) >= 0.99) == pytest.approx(0.95, abs=0.01)


def test_more_seeds_of_the_same_spread_know_the_edge_better() -> None:
    values = [0.88, 0.9, 0.92, 0.89, 0.91]
    assert precision_of(values * 4, 0.3) < precision_of(values, 0.3)
    assert not known_well(values, 0.3) and known_well([0.9] * 5, 0.3) and known_well(values * 20, 0.3)


def test_a_card_of_before_the_tolerance_limit_is_read(exercise: Exercise) -> None:
    save_card(make_card(exercise), exercise.card_path)
    cards = json.loads(exercise.card_path.read_text())
    for key in ("coverage", "confidence", "precision"):
        del cards["small"]["metrics"]["accuracy"][key]
    exercise.card_path.write_text(json.dumps(cards))
    card = load_card(exercise, "small")
    assert card is not None and card.metrics["accuracy"].confidence is None


def test_finished_seeds_are_kept_until_something_changes(exercise: Exercise) -> None:
    run = SeedRun(seed=3, values={"accuracy": 0.9}, baselines={"accuracy": 0.3}, seconds=1.0)
    CalibrationProgress(exercise, "small", "d").add(run)
    assert CalibrationProgress(exercise, "small", "d").get(3) == run
    assert CalibrationProgress(exercise, "small", "d").get(4) is None
    assert CalibrationProgress(exercise, "small", "other data").get(3) is None
    (exercise.source_dir / "solution.py").write_text("# %%\nx = 2\n")
    assert CalibrationProgress(exercise, "small", "d").get(3) is None
    CalibrationProgress(exercise, "small", "d").remove()
    assert not list(exercise.card_path.parent.iterdir())
