"""Grades as JSON and back. The one place that knows how a grade is written down; nothing here can run code.

``grade_to_json`` and ``grade_from_json`` are inverse to each other. Floats that JSON has no word for are written as the
strings ``"NaN"``, ``"Infinity"`` and ``"-Infinity"``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from grader.checking.verdict import BandReading, Verdict
from grader.errors import GraderError
from grader.grading.grade import Grade
from grader.running.run import CellResult, Run
from grader.sandbox import GpuUse
from grader.vocabulary import Outcome, Text

Json = Any

_SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class GradeFormatError(GraderError, ValueError):
    """A grade document lacks a field or holds a value of the wrong kind."""


def grade_to_json(grade: Grade, *, notebook: bool = True) -> dict[str, Json]:
    """Write a grade as data that ``json.dumps`` takes.

    Parameters
    ----------
    grade : Grade
    notebook : bool
        Whether the executed notebook comes along. ``grades.json`` leaves it out, the gradebook keeps it.
    """
    return {
        "student": grade.student,
        "exercise": grade.exercise_id,
        "submission_digest": grade.submission_digest,
        "task": grade.task,
        "outcome": grade.outcome.value,
        "points": _number(grade.points),
        "max_points": _number(grade.max_points),
        "message": _text(grade.message),
        "verdicts": [_verdict(verdict) for verdict in grade.verdicts],
        "run": None if grade.run is None else _run(grade.run, notebook=notebook),
        "seconds": _number(grade.seconds),
        "grader_seconds": _number(grade.grader_seconds),
        "curve": [_number(value) for value in grade.curve],
        "reference_curve": [_number(value) for value in grade.reference_curve],
        "notes": [_text(note) for note in grade.notes],
        "extra": plain(grade.extra),
    }


def grade_from_json(data: Mapping[str, Json]) -> Grade:
    """Read a grade that ``grade_to_json`` wrote.

    Raises
    ------
    GradeFormatError
        Names the field that is missing or wrong.
    """
    try:
        return Grade(
            student=_str(data["student"]),
            exercise_id=_str(data["exercise"]),
            submission_digest=_str(data["submission_digest"]),
            task=_str(data["task"]),
            outcome=Outcome(data["outcome"]),
            points=_float(data["points"]),
            max_points=_float(data["max_points"]),
            verdicts=tuple(_read_verdict(item) for item in data["verdicts"]),
            message=_read_text(data["message"]),
            run=None if data["run"] is None else _read_run(data["run"]),
            seconds=_float(data["seconds"]),
            grader_seconds=_float(data["grader_seconds"]),
            curve=tuple(_float(value) for value in data["curve"]),
            reference_curve=tuple(_float(value) for value in data["reference_curve"]),
            notes=tuple(_read_text(note) for note in data.get("notes", ())),
            extra=dict(data["extra"]),
        )
    except KeyError as error:
        raise GradeFormatError(f"grade document: the field {error.args[0]!r} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise GradeFormatError(f"grade document: {error}") from error


def plain(value: Any) -> Json:
    """Reduce a tree of data to what strict JSON holds: other floats become strings, unknown objects their type."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [plain(item) for item in value]
    return f"<{type(value).__name__}>"


def _number(value: float) -> float | int | str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def _float(value: Json) -> float:
    if isinstance(value, str):
        if value not in _SPECIAL:
            raise ValueError(f"expected a number, found the text {value[:40]!r}")
        return _SPECIAL[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"expected a number, found {type(value).__name__}")
    return float(value)


def _str(value: Json) -> str:
    if not isinstance(value, str):
        raise ValueError(f"expected text, found {type(value).__name__}")
    return value


def _text(text: Text) -> dict[str, Json]:
    return {"en": text.en, "ko": text.ko}


def _read_text(data: Mapping[str, Json]) -> Text:
    return Text(_str(data["en"]), _str(data["ko"]))


def _verdict(verdict: Verdict) -> dict[str, Json]:
    return {
        "check": verdict.check,
        "title": _text(verdict.title),
        "outcome": verdict.outcome.value,
        "points": _number(verdict.points),
        "max_points": _number(verdict.max_points),
        "visible": verdict.visible,
        "feedback": [_text(text) for text in verdict.feedback],
        "details": verdict.details,
        "student_details": verdict.student_details,
        "bands": [_band(band) for band in verdict.bands],
        "seconds": _number(verdict.seconds),
        "tags": list(verdict.tags),
    }


def _read_verdict(data: Mapping[str, Json]) -> Verdict:
    return Verdict(
        check=_str(data["check"]),
        title=_read_text(data["title"]),
        outcome=Outcome(data["outcome"]),
        points=_float(data["points"]),
        max_points=_float(data["max_points"]),
        visible=bool(data["visible"]),
        feedback=tuple(_read_text(item) for item in data["feedback"]),
        details=_str(data["details"]),
        student_details=_str(data["student_details"]),
        bands=tuple(_read_band(item) for item in data["bands"]),
        seconds=_float(data["seconds"]),
        tags=tuple(_str(tag) for tag in data["tags"]),
    )


def _band(band: BandReading) -> dict[str, Json]:
    return {
        "metric": band.metric,
        "value": _number(band.value),
        "baseline": _number(band.baseline),
        "edge": _number(band.edge),
        "reference_values": [_number(value) for value in band.reference_values],
        "direction": band.direction,
        "bonus": _number(band.bonus),
    }


def _read_band(data: Mapping[str, Json]) -> BandReading:
    return BandReading(
        metric=_str(data["metric"]),
        value=_float(data["value"]),
        baseline=_float(data["baseline"]),
        edge=_float(data["edge"]),
        reference_values=tuple(_float(value) for value in data["reference_values"]),
        direction=_str(data["direction"]),
        bonus=_float(data.get("bonus", 0.0)),  # grades of before have none
    )


def _run(run: Run, *, notebook: bool) -> dict[str, Json]:
    data: dict[str, Json] = {
        "outcome": run.outcome.value,
        "message": _text(run.message),
        "alive": run.alive,
        "cells": [
            {
                "index": cell.index,
                "number": cell.number,
                "outcome": cell.outcome.value,
                "seconds": _number(cell.seconds),
                "error": cell.error,
                "traceback": cell.traceback,
            }
            for cell in run.cells
        ],
        "seconds": _number(run.seconds),
        "cpu_seconds": _number(run.cpu_seconds),
        "backend": run.backend,
        "environment": dict(run.environment),
        "gpu": None if run.gpu is None else _gpu_use(run.gpu),
    }
    if notebook:
        data["notebook"] = plain(run.notebook)
    return data


def _read_run(data: Mapping[str, Json]) -> Run:
    return Run(
        outcome=Outcome(data["outcome"]),
        message=_read_text(data["message"]),
        alive=bool(data["alive"]),
        cells=tuple(
            CellResult(
                index=int(cell["index"]),
                number=int(cell["number"]),
                outcome=Outcome(cell["outcome"]),
                seconds=_float(cell["seconds"]),
                error=_str(cell["error"]),
                traceback=_str(cell["traceback"]),
            )
            for cell in data["cells"]
        ),
        notebook=dict(data.get("notebook") or {}),
        seconds=_float(data["seconds"]),
        cpu_seconds=_float(data["cpu_seconds"]),
        backend=_str(data["backend"]),
        environment={_str(name): _str(version) for name, version in data["environment"].items()},
        gpu=None if data.get("gpu") is None else _read_gpu_use(data["gpu"]),
    )


def _gpu_use(use: GpuUse) -> dict[str, Json]:
    return {
        "name": use.name,
        "share": _number(use.share),
        "seconds": _number(use.seconds),
        "memory_mb": None if use.memory_mb is None else _number(use.memory_mb),
    }


def _read_gpu_use(data: Mapping[str, Json]) -> GpuUse:
    memory = data["memory_mb"]
    return GpuUse(
        name=_str(data["name"]),
        share=_float(data["share"]),
        seconds=_float(data["seconds"]),
        memory_mb=None if memory is None else _float(memory),
    )
