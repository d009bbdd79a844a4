"""Measures what the reference reaches over seeds and writes it down as a card."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from grader.checking.verdict import Verdict
from grader.course.models import Course, Exercise, Profile
from grader.datasets.public import public_data
from grader.errors import CourseError, GraderError
from grader.references.attempts import Attempt, run_attempt
from grader.references.card import Card, MetricCard, data_digest, measure, save_card, source_digest
from grader.references.versions import versions
from grader.sandbox import Backend
from grader.vocabulary import Outcome


def calibrate(
    course: Course,
    exercise: Exercise,
    *,
    backend: Backend,
    seeds: Sequence[int] | None = None,
    profile: Profile | None = None,
    on_event: Callable[[str], None] | None = None,
) -> Card:
    """Run the reference under each seed, record every ``expect.metric``, and write the card.

    Parameters
    ----------
    seeds : sequence of int, optional
        The course's number of them by default; at least five for an exercise with metrics.
    on_event : callable, optional
        Called with one line per seed.

    Raises
    ------
    GraderError
        The reference fails a check of its own exercise, or does not report a declared metric exactly once.
    """
    seeds = tuple(range(course.seeds) if seeds is None else seeds)
    if exercise.metrics and len(seeds) < 5:
        raise GraderError(f"{exercise.id}: a band needs at least 5 seeds, {len(seeds)} were given; raise --seeds")
    profile = profile or course.profile
    if profile != course.as_run(exercise, backend.gpu is not None).profile:
        raise GraderError(
            f"{exercise.id}: asks for a GPU, and this machine has none that can be used: its profile {profile!r} cannot "
            "be measured here; calibrate it on a machine with a GPU (grader doctor says what is wrong with this one)"
        )
    values: dict[str, list[float]] = {name: [] for name in exercise.metrics}
    baselines: dict[str, list[float]] = {name: [] for name in exercise.metrics}
    curve: tuple[float, ...] = ()
    began = time.monotonic()
    for seed in seeds:
        if on_event is not None:
            on_event(f"reference, seed {seed}")
        outcomes = run_attempt(
            course, exercise, Attempt("reference", "", seed), backend=backend, card=None, measuring=True
        )
        for verdict in outcomes.verdicts:
            if verdict.outcome is not Outcome.PASSED:
                raise GraderError(_complaint(exercise, seed, verdict))
        readings = [reading for verdict in outcomes.verdicts for reading in verdict.bands]
        found = sorted(reading.metric for reading in readings)
        if found != sorted(exercise.metrics):
            raise GraderError(
                f"{exercise.source_dir / 'exercise.toml'}: metrics: declared {sorted(exercise.metrics)}, but the "
                f"checks measured {found}; each must be measured by exactly one expect.metric"
            )
        for reading in readings:
            values[reading.metric].append(reading.value)
            baselines[reading.metric].append(reading.baseline)
        curve = curve or outcomes.curve
    metrics: dict[str, MetricCard] = {}
    for name, metric in sorted(exercise.metrics.items()):
        try:
            metrics[name] = measure(metric.direction, values[name], baselines[name], metric.edge)
        except ValueError as error:
            raise CourseError(exercise.source_dir / "exercise.toml", str(error), key=f"metrics.{name}.edge") from None
    for name, measured in metrics.items():
        _must_beat_baseline(exercise, name, measured)
    card = Card(
        exercise=exercise.id,
        profile=profile,
        seeds=seeds,
        metrics=metrics,
        curve=curve,
        seconds=round((time.monotonic() - began) / len(seeds), 1),
        packages=versions(exercise),
        source_digest=source_digest(exercise),
        data_digest=data_digest(public_data(course, exercise, profile)),
    )
    save_card(card, exercise.card_path)
    return card


def _must_beat_baseline(exercise: Exercise, name: str, metric: MetricCard) -> None:
    """A band that is empty or upside down would give everything or nothing to everybody."""
    sign = 1.0 if metric.direction == "higher" else -1.0
    if sign * metric.edge <= sign * metric.baseline:
        raise GraderError(
            f"{exercise.source_dir / 'exercise.toml'}: metrics.{name}: the reference reaches "
            f"{', '.join(f'{value:.4g}' for value in metric.values)} where the baseline has {metric.baseline:.4g}, and "
            f"{metric.direction} is better; look at the direction, the baseline and the reference"
        )


def _complaint(exercise: Exercise, seed: int, verdict: Verdict) -> str:
    said = "; ".join(text.en for text in verdict.feedback)
    return (
        f"{exercise.id}: the reference itself does not pass {verdict.check} under seed {seed} "
        f"({verdict.outcome.value}): {said} {verdict.details} {verdict.student_details}".strip()
    )
