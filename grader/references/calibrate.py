"""Measures what the reference reaches over seeds and writes it down as a card."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from grader.checking.verdict import Verdict
from grader.course import build_reference
from grader.course.models import Course, Exercise, Profile
from grader.datasets.public import public_data
from grader.errors import CourseError, GraderError
from grader.references.calibration_progress import CalibrationProgress, SeedRun
from grader.references.card import Card, MetricCard, data_digest, measure, save_card, source_digest
from grader.references.edge import MOST_SEEDS, known_well
from grader.references.solution_run import run_solution
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

    Finished seeds are kept beside the card until it is written, so that an interrupted calibration goes on.

    Parameters
    ----------
    seeds : sequence of int, optional
        At least five for an exercise with metrics. By default the course's number of them, and more, up to twenty,
        until the edge of every band is known to `grader.references.edge.PRECISION`.
    on_event : callable, optional
        Called with one line per seed.

    Raises
    ------
    GraderError
        The reference fails a check of its own exercise, or does not report a declared metric exactly once.
    """
    forced = seeds is not None
    seeds = tuple(range(course.seeds) if seeds is None else seeds)
    if exercise.metrics and len(seeds) < 5:
        raise GraderError(f"{exercise.id}: a band needs at least 5 seeds, {len(seeds)} were given; raise --seeds")
    profile = profile or course.profile
    if profile != course.as_run(exercise, backend.gpu is not None).profile:
        raise GraderError(
            f"{exercise.id}: asks for a GPU, and this machine has none that can be used: its profile {profile!r} cannot "
            "be measured here; calibrate it on a machine with a GPU (grader doctor says what is wrong with this one)"
        )
    data = data_digest(public_data(course, exercise, profile))
    progress = CalibrationProgress(exercise, profile, data)
    runs: list[SeedRun] = []
    planned = list(seeds)
    while len(runs) < len(planned):
        seed = planned[len(runs)]
        run = progress.get(seed)
        if on_event is not None:
            on_event(f"reference, seed {seed}" + (", measured before" if run is not None else ""))
        if run is None:
            run = _measure_seed(course, exercise, backend, seed)
            progress.add(run)
        runs.append(run)
        if not forced and len(runs) == len(planned) < MOST_SEEDS and (unsure := _unsure(exercise, runs)):
            planned.append(max(planned) + 1)
            if on_event is not None:
                on_event(f"the edge of {', '.join(unsure)} is not known well enough; one more seed")
    seeds = tuple(planned)
    values = {name: [run.values[name] for run in runs] for name in exercise.metrics}
    baselines = {name: [run.baselines[name] for run in runs] for name in exercise.metrics}
    metrics: dict[str, MetricCard] = {}
    for name, metric in sorted(exercise.metrics.items()):
        try:
            at = metric.bonus.at if metric.bonus is not None else None
            metrics[name] = measure(metric.direction, values[name], baselines[name], metric.edge, at)
        except ValueError as error:
            raise CourseError(exercise.source_dir / "exercise.toml", str(error), key=f"metrics.{name}") from None
    for name, measured in metrics.items():
        _must_beat_baseline(exercise, name, measured)
    card = Card(
        exercise=exercise.id,
        profile=profile,
        seeds=seeds,
        metrics=metrics,
        curve=next((run.curve for run in runs if run.curve), ()),
        seconds=round(sum(run.seconds for run in runs) / len(seeds), 1),
        packages=versions(exercise),
        source_digest=source_digest(exercise),
        data_digest=data,
    )
    save_card(card, exercise.card_path)
    progress.remove()
    return card


def _measure_seed(course: Course, exercise: Exercise, backend: Backend, seed: int) -> SeedRun:
    began = time.monotonic()
    outcomes = run_solution(
        course, exercise, build_reference(exercise), seed, backend=backend, card=None, measuring=True
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
    return SeedRun(
        seed=seed,
        values={reading.metric: reading.value for reading in readings},
        baselines={reading.metric: reading.baseline for reading in readings},
        curve=outcomes.curve,
        seconds=time.monotonic() - began,
    )


def _unsure(exercise: Exercise, runs: Sequence[SeedRun]) -> list[str]:
    """The metrics whose edge more seeds could make surer; a stated edge is sure."""
    unsure = []
    for name, metric in exercise.metrics.items():
        baselines = [run.baselines[name] for run in runs]
        baseline = max(baselines) if metric.direction == "higher" else min(baselines)
        if metric.edge is None and not known_well([run.values[name] for run in runs], baseline):
            unsure.append(name)
    return unsure


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
    said = "; ".join(text["en"] for text in verdict.feedback)
    return (
        f"{exercise.id}: the reference itself does not pass {verdict.check} under seed {seed} "
        f"({verdict.outcome.value}): {said} {verdict.details} {verdict.student_details}".strip()
    )
