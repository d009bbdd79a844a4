"""How many seeds a calibration takes, and that an interrupted one goes on where it was.

Only the sandbox run of one seed is replaced: no real reference has a spread that a test could choose.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from grader.course.models import Course, Exercise
from grader.errors import GraderError
from grader.references import calibrate as calibrate_here
from grader.references import load_card
from grader.references.calibration_progress import SeedRun
from grader.sandbox import choose_backend
from tests.support import make_exercise

module = sys.modules[calibrate_here.__module__]


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    made = make_exercise(metrics={"accuracy": {}})
    (tmp_path / "solution.py").write_text("# %%\nx = 1\n")
    return made.model_copy(update={"source_dir": tmp_path, "card_path": tmp_path / "cards" / "sample.json"})


def run(
    exercise: Exercise, monkeypatch: pytest.MonkeyPatch, spread: float, stop: int = 99, **given: object
) -> list[int]:
    """Calibrate with a reference of this spread that is interrupted at seed `stop`; the seeds that it measured."""
    measured: list[int] = []

    def fake(course: Course, exercise: Exercise, backend: object, seed: int) -> SeedRun:
        if seed == stop:
            raise KeyboardInterrupt
        measured.append(seed)
        value = 0.9 + spread * (seed % 5 - 2)
        return SeedRun(seed=seed, values={"accuracy": value}, baselines={"accuracy": 0.3}, seconds=1.0)

    monkeypatch.setattr(module, "_measure_seed", fake)
    course = Course.model_validate({"name": "c", "title": {"en": "C", "ko": "C"}})
    course = course.model_copy(update={"root": exercise.source_dir, "exercises": {exercise.id: exercise}})
    calibrate_here(course, exercise, backend=choose_backend(trust=True), **given)  # type: ignore[arg-type]
    return measured


def test_a_deterministic_reference_stops_at_five(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(exercise, monkeypatch, 0.0) == [0, 1, 2, 3, 4]


def test_a_moderate_spread_stops_when_the_edge_is_known(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = run(exercise, monkeypatch, 0.008)
    assert 5 < len(measured) < 20
    card = load_card(exercise, "small")
    assert card is not None and card.seeds == tuple(measured)
    metric = card.metrics["accuracy"]
    assert metric.precision is not None and metric.precision <= 0.05 and metric.confidence == 0.95
    assert {"python", "numpy", "scipy", "sklearn", "pandas"} <= set(card.packages)


def test_a_wild_reference_ends_at_twenty_and_the_card_says_what_was_reached(
    exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(run(exercise, monkeypatch, 0.1)) == 20
    card = load_card(exercise, "small")
    assert card is not None and (card.metrics["accuracy"].precision or 0) > 0.05


def test_seeds_that_are_given_are_all_that_run(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(exercise, monkeypatch, 0.1, seeds=range(6)) == list(range(6))
    with pytest.raises(GraderError, match="at least 5"):
        run(exercise, monkeypatch, 0.1, seeds=range(4))


def test_an_interrupted_calibration_goes_on(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(exercise, monkeypatch, 0.0, stop=3)
    assert load_card(exercise, "small") is None
    assert run(exercise, monkeypatch, 0.0) == [3, 4]
    assert [path.name for path in exercise.card_path.parent.iterdir()] == ["sample.json"]
    assert run(exercise, monkeypatch, 0.0) == [0, 1, 2, 3, 4]
