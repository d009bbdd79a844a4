"""Reference cards: what the worked solution reaches over seeds, what it was measured with, and whether it still holds."""

from __future__ import annotations

import hashlib
import json
import math
import os
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from grader.course.models import Exercise, Model, Profile
from grader.errors import CourseError
from grader.references.edge import find_edge

_SOURCES = ("solution.py", "test_visible.py", "test_hidden.py", "hidden.py")


class MetricCard(Model):
    """One metric of the reference over seeds.

    Attributes
    ----------
    direction : "higher" or "lower"
        Which way is better.
    values : tuple of float
        One per seed.
    mean, sd : float
        Of ``values``; the sample standard deviation (ddof 1).
    baseline : float
        The trivial predictor's value, the best one met over the seeds.
    edge : float
        Where full credit begins; ``method`` says how it was found.
    coverage, confidence, precision : float or None
        What is claimed of the edge, as in `grader.references.edge.Edge`; None in older cards and for a stated edge.
    """

    direction: str
    values: tuple[float, ...]
    mean: float
    sd: float
    baseline: float
    edge: float
    method: str
    coverage: float | None = None
    confidence: float | None = None
    precision: float | None = None


class Card(Model):
    """What one profile's calibration found."""

    exercise: str
    profile: Profile
    seeds: tuple[int, ...]
    metrics: Mapping[str, MetricCard] = {}
    curve: tuple[float, ...] = ()
    seconds: float = 0.0
    packages: Mapping[str, str] = {}
    source_digest: str = ""
    data_digest: str = ""


def measure(
    direction: str,
    values: Sequence[float],
    baselines: Sequence[float],
    stated: float | None = None,
    bonus_at: float | None = None,
) -> MetricCard:
    """A metric's card from its value and its baseline under each seed.

    Parameters
    ----------
    stated : float, optional
        The exercise's own edge.
    bonus_at : float, optional
        Where all of the exercise's bonus is due.

    Raises
    ------
    ValueError
        When the stated edge does not lie between the baseline and the reference's worst value, or the bonus not beyond
        the reference's best.
    """
    baseline = max(baselines) if direction == "higher" else min(baselines)
    found = find_edge(values, baseline, direction)
    edge, method, coverage, confidence = found.value, found.method, found.coverage, found.confidence
    if stated is not None:
        worst = min(values) if direction == "higher" else max(values)
        if not min(baseline, worst) <= stated <= max(baseline, worst):
            raise ValueError(f"edge {stated:g} is not between the baseline {baseline:g} and the reference's {worst:g}")
        edge, method, coverage, confidence = stated, "stated by the exercise", None, None
    best = max(values) if direction == "higher" else min(values)
    if bonus_at is not None and (bonus_at <= best if direction == "higher" else bonus_at >= best):
        raise ValueError(f"bonus.at {bonus_at:g} must be better than the reference's best, {best:g}")
    sd = statistics.stdev(values) if len(values) > 1 else 0.0
    return MetricCard(
        direction=direction,
        values=tuple(values),
        mean=statistics.fmean(values),
        sd=sd,
        baseline=baseline,
        edge=edge,
        method=method,
        coverage=coverage,
        confidence=confidence,
        precision=found.precision if math.isfinite(found.precision) else None,
    )


def source_digest(exercise: Exercise) -> str:
    """SHA-256 (hex) of what decides a metric: the solution, the checks, hidden data, and the declared metrics."""
    digest = hashlib.sha256()
    for name in _SOURCES:
        path = exercise.source_dir / name
        digest.update(f"{name}\0{path.read_text('utf-8') if path.is_file() else ''}\0".encode())
    metrics = {name: metric.model_dump(mode="json", exclude_none=True) for name, metric in exercise.metrics.items()}
    digest.update(json.dumps([exercise.form, exercise.curve, metrics], sort_keys=True).encode())
    return digest.hexdigest()


def data_digest(folder: Path | None) -> str:
    """SHA-256 (hex) of the public data's names and contents; empty where there is none."""
    if folder is None:
        return ""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def load_card(exercise: Exercise, profile: Profile) -> Card | None:
    """The card of one profile, or None where it has not been calibrated.

    Raises
    ------
    CourseError
        The file is not a card.
    """
    entry = _read(exercise.card_path).get(profile)
    if entry is None:
        return None
    try:
        return Card.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, (profile, *first["loc"])))
        raise CourseError(exercise.card_path, f"{first['msg']}; run: grader calibrate {exercise.id}", key=key) from None


def save_card(card: Card, path: Path) -> None:
    """Write ``card`` into its file beside the cards of other profiles."""
    cards = _read(path)
    cards[card.profile] = card.model_dump(mode="json")
    text = json.dumps(dict(sorted(cards.items())), indent=1, sort_keys=True, allow_nan=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    os.replace(fresh, path)  # never half a card, not even on Ctrl-C


def _read(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        cards = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise CourseError(path, f"is not JSON ({error}); delete it and run: grader calibrate") from None
    if not isinstance(cards, dict):
        raise CourseError(path, "is not a reference card; delete it and run: grader calibrate")
    return cards


def staleness(card: Card | None, exercise: Exercise, data_dir: Path | None) -> str:
    """Why the card no longer holds, or an empty text."""
    remedy = f"run: grader calibrate {exercise.id}"
    if card is None:
        return f"no reference card; {remedy}"
    if card.source_digest != source_digest(exercise):
        return f"the solution, checks or metrics have changed since calibration; {remedy}"
    if card.data_digest != data_digest(data_dir):
        return f"the public data has changed since calibration; {remedy}"
    missing = sorted(set(exercise.metrics) - set(card.metrics))
    return f"the card lacks {', '.join(missing)}; {remedy}" if missing else ""
