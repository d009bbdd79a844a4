"""Sample grades for tests of whatever shows or stores them: every outcome, bands, curves, pictures, hostile text."""

from __future__ import annotations

import base64
import math
import struct
import zlib
from dataclasses import replace
from functools import lru_cache
from typing import Any

from grader.checking.verdict import BandReading, Charge, Difference, Verdict
from grader.course.models import Bilingual, Course, Exercise, Metric
from grader.grading.grade import Grade
from grader.running.run import CellResult, Run
from grader.vocabulary import Outcome, Text

HOSTILE = (
    '<script>document.title="owned"</script><img src=x onerror=alert(1)>"\'></pre></details><b>{{7*7}}{% raw %}'
    "${7*7}\x1b[31mred\x1b]0;title\x07\x00\u202egnp.exe\u2066=cmd|'/C calc'!A0 [b]`x`](javascript:alert(1))"
)
"""Markup, templates, terminal escapes, direction overrides, spreadsheet formulas and Rich markup in one string."""

SECRET = "HIDDEN-LABEL-7f3a9c"
"""Stands in ``Verdict.details`` of the samples; no student may ever see it."""


@lru_cache
def png(width: int = 320, height: int = 200) -> bytes:
    """A real PNG: a smooth colour field, so that a screenshot shows whether it was drawn."""
    rows = []
    for y in range(height):
        row = bytearray(b"\x00")
        for x in range(width):
            wave = 0.5 + 0.5 * math.sin(x / 24) * math.cos(y / 18)
            row += bytes((int(40 + 190 * wave), int(90 + 60 * y / height), int(200 - 120 * wave)))
        rows.append(bytes(row))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def code_cell(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    """A code cell of nbformat 4."""
    return {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": source, "outputs": list(outputs)}


def text_cell(source: str) -> dict[str, Any]:
    """A Markdown cell of nbformat 4."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    """A stream output."""
    return {"output_type": "stream", "name": name, "text": text}


def display(**data: str) -> dict[str, Any]:
    """Rich output; keyword ``image_png`` becomes the MIME type ``image/png`` and so on."""
    return {"output_type": "display_data", "metadata": {}, "data": {k.replace("_", "/", 1): v for k, v in data.items()}}


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    """A notebook of nbformat 4."""
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


TRACEBACK = """Traceback (most recent call last):
  File "softmax_regression.ipynb", cell 3, line 2, in softmax
    return np.exp(Z) / np.exp(Z).sum(axis=1)
ValueError: operands could not be broadcast together with shapes (5,3) (5,)"""


def course() -> Course:
    """A course of five exercises without files."""

    def exercise(exercise_id: str, en: str, ko: str, **more: Any) -> Exercise:
        return Exercise(id=exercise_id, title=Bilingual(en=en, ko=ko), kind=["function"], points=10, **more)

    accuracy = Metric(title=Bilingual(en="Accuracy on unseen flowers", ko="처음 보는 꽃에 대한 정확도"))
    loss = Metric(direction="lower", title=Bilingual(en="Validation loss", ko="검증 손실"))
    exercises = [
        exercise("homl/ch01/concepts-19", "Nineteen core concepts", "핵심 개념 19문항", form="notebook"),
        exercise(
            "homl/ch04/softmax-regression",
            "Softmax regression from scratch",
            "소프트맥스 회귀 직접 만들기",
            form="notebook",
            metrics={"accuracy": accuracy, "loss": loss},
        ),
        exercise("homl/ch02/scaler-clone", "A scaler of your own", "나만의 스케일러", form="module"),
        exercise("keras/ch02/first-net", "Your first network", "첫 신경망", form="module"),
        exercise("dlstart/two-machines", "Two machines", "두 대의 기계", form="notebook"),
    ]
    return Course(
        name="sample",
        title=Bilingual(en="Hands-on machine learning", ko="실습으로 배우는 머신러닝"),
    ).model_copy(update={"exercises": {e.id: e for e in exercises}})


def band(metric: str = "accuracy", value: float = 0.91, **changes: Any) -> BandReading:
    """A reading on the band of an accuracy."""
    reading = BandReading(metric, value, 0.34, 0.948, (0.951, 0.956, 0.96, 0.962, 0.967), "higher")
    return replace(reading, **changes)


def verdict(outcome: Outcome = Outcome.PASSED, **changes: Any) -> Verdict:
    """One verdict; hidden ones carry ``SECRET`` in their details."""
    earned = {Outcome.PASSED: 2.0, Outcome.PARTIAL: 1.0}.get(outcome, 0.0)
    made = Verdict(
        check=f"test_{outcome}",
        title=Text(f"A check that is {outcome}", f"{outcome} 결과가 나온 검사"),
        outcome=outcome,
        points=earned,
        max_points=2.0,
        visible=True,
        details=f"expected {SECRET}",
    )
    return replace(made, **changes)


def softmax_verdicts() -> tuple[Verdict, ...]:
    """The verdicts of a typical half-right submission."""
    return (
        verdict(
            Outcome.PASSED,
            check="test_rows_sum_to_one",
            title=Text("Each row of probabilities sums to one", "확률의 각 행은 합이 1이다"),
        ),
        verdict(
            Outcome.FAILED,
            check="test_stays_finite_for_large_logits",
            title=Text("Softmax survives large logits", "큰 로짓에도 소프트맥스가 발산하지 않는다"),
            feedback=(
                Text("The result holds nan for logits around 1000.", "로짓이 1000쯤 되면 결과에 nan이 들어 있어요."),
                Text("Subtract the row maximum first.", "먼저 각 행의 최댓값을 빼 보세요."),
            ),
        ),
        verdict(
            Outcome.PARTIAL,
            check="test_accuracy",
            visible=False,
            points=3.4,
            max_points=4.0,
            title=Text("It recognises flowers it has not seen", "처음 보는 꽃도 알아본다"),
            feedback=(
                Text(
                    "Your accuracy is 0.91; full points start at 0.948.",
                    "정확도가 0.91이에요. 만점은 0.948부터예요.",
                ),
            ),
            bands=(
                band(),
                band("loss", 0.31, baseline=1.1, edge=0.2, reference_values=(0.16, 0.18, 0.19), direction="lower"),
            ),
        ),
        verdict(
            Outcome.ERROR,
            check="test_gradient_step",
            title=Text("One step of gradient descent goes downhill", "경사 하강법 한 걸음이 손실을 줄인다"),
            feedback=(Text("Calling step raised ValueError.", "step을 부르자 ValueError가 났어요."),),
            student_details=TRACEBACK,
        ),
        verdict(
            Outcome.SKIPPED,
            check="test_early_stopping",
            visible=False,
            title=Text("Training stops when validation loss rises", "검증 손실이 오르면 학습을 멈춘다"),
            feedback=(
                Text(
                    "This check needs “One step of gradient descent goes downhill” to pass first.",
                    "먼저 “경사 하강법 한 걸음이 손실을 줄인다” 검사를 통과해야 해요.",
                ),
            ),
        ),
    )


def softmax_run() -> Run:
    """A run whose fourth code cell stopped, with a picture, rich HTML and a progress bar among its outputs."""
    cells = notebook(
        text_cell("# Softmax regression\n\nImplement **softmax** and train it with batch gradient descent."),
        code_cell("import numpy as np\n\nrng = np.random.default_rng(42)"),
        code_cell(
            "def softmax(Z):\n    exps = np.exp(Z)\n    return exps / exps.sum(axis=1, keepdims=True)\n\n"
            "softmax(np.array([[1.0, 2.0]]))",
            display(text_plain="array([[0.26894142, 0.73105858]])", text_html="<script>alert(1)</script><b>x</b>"),
        ),
        code_cell(
            "for epoch in range(3):\n    print(epoch, loss)",
            stream("epoch 1/3\repoch 2/3\repoch 3/3 loss 0.31\n"),
            stream("RuntimeWarning: overflow encountered in exp\n", "stderr"),
            display(image_png=base64.b64encode(png()).decode(), text_plain="<Figure size 640x400>"),
        ),
        code_cell("def step(W, X, y):\n    return W - 0.1 * gradient(W, X, y)\n\nstep(W, X, y)"),
        code_cell("W_best"),
    )
    results = (
        CellResult(1, 1, Outcome.PASSED, 0.2),
        CellResult(2, 2, Outcome.PASSED, 0.01),
        CellResult(3, 3, Outcome.PASSED, 3.2),
        CellResult(4, 4, Outcome.ERROR, 0.01, "ValueError: operands could not be broadcast together", TRACEBACK),
        CellResult(5, 5, Outcome.SKIPPED, 0.0),
    )
    return Run(
        Outcome.ERROR,
        Text("Code cell 4 raised ValueError; the cells after it ran on.", "코드 셀 4번에서 ValueError가 났어요."),
        True,
        results,
        cells,
        seconds=4.1,
        cpu_seconds=3.9,
    )


def grade(student: str = "haneul", exercise_id: str = "homl/ch04/softmax-regression", **changes: Any) -> Grade:
    """The grade of a half-right submission, with a run, bands and a learning curve."""
    verdicts = changes.pop("verdicts", softmax_verdicts())
    reference = tuple(1.1 * math.exp(-i / 12) + 0.16 for i in range(60))
    made = Grade(
        student=student,
        exercise_id=exercise_id,
        submission_digest="ab" * 32,
        task=f"{student}:{exercise_id}",
        outcome=Outcome.PARTIAL,
        points=sum(v.points for v in verdicts),
        max_points=sum(v.max_points for v in verdicts),
        verdicts=verdicts,
        run=softmax_run(),
        seconds=5.0,
        grader_seconds=0.9,
        curve=tuple(v + 0.12 + 0.05 * math.sin(i) for i, v in enumerate(reference[:45])),
        reference_curve=reference,
    )
    return replace(made, **changes)


def complete_grade(student: str, exercise_id: str = "dlstart/two-machines") -> Grade:
    """All points."""
    return grade(
        student,
        exercise_id,
        outcome=Outcome.PASSED,
        run=replace(softmax_run(), outcome=Outcome.PASSED, cells=()),
        curve=(),
        verdicts=(
            verdict(check="test_a", title=Text("The answers are right", "답이 맞다"), points=6.0, max_points=6.0),
            verdict(
                check="test_b",
                visible=False,
                title=Text("It also works on a bigger table", "더 큰 표에서도 된다"),
                points=4.0,
                max_points=4.0,
                bands=(band(value=0.96),),
            ),
        ),
    )


def unjudged_grade(student: str, outcome: Outcome, exercise_id: str, message: Text = Text("")) -> Grade:  # noqa: B008
    """A grade without verdicts."""
    return grade(
        student, exercise_id, outcome=outcome, verdicts=(), run=None, curve=(), max_points=10.0, message=message
    )


MISTAKE = "softmax: KNOWN-MISTAKE-5d1c"
"""Name of the known mistake in `charged_grade`; it says how the reference goes, so no student may ever see it."""


def charged_grade(student: str = "haneul", exercise_id: str = "homl/ch04/softmax-regression", **changes: Any) -> Grade:
    """The grade of a submission with two known mistakes, whose checks quote the prompt."""
    told = (
        Text(
            "This runs along the wrong axis of the array: each row of the logits is a flower.",
            "배열의 다른 축(axis)을 따라 계산했어요. 로짓의 행 하나가 꽃 한 송이예요.",
        ),
        Text("The gradient is a sum: divide it by the number of rows.", "기울기가 합이에요. 행의 수로 나누세요."),
    )
    asks = (
        Text(
            "`softmax(Z)` returns the probabilities, also for logits of several hundred.",
            "`softmax(Z)`는 확률을 돌려줘요.",
        ),
        Text("one step of gradient descent on the mean loss", "평균 손실에 대한 경사 하강법 한 걸음"),
    )
    rows, _, accuracy, _, stopping = softmax_verdicts()
    finite = verdict(
        Outcome.FAILED,
        check="test_stays_finite_for_large_logits",
        title=Text("Softmax survives large logits", "큰 로짓에도 소프트맥스가 발산하지 않는다"),
        feedback=(told[0],),
        asks=asks[0],
        differences=(Difference(0, (MISTAKE,)),),
        mistakes=(MISTAKE,),
        alone=0.0,
    )
    step = verdict(
        Outcome.FAILED,
        check="test_gradient_step",
        visible=False,
        title=Text("One step of gradient descent goes downhill", "경사 하강법 한 걸음이 손실을 줄인다"),
        feedback=(told[1],),
        asks=asks[1],
        needs=("test_stays_finite_for_large_logits",),
        mistakes=(f"{MISTAKE} twice",),
    )
    verdicts = (replace(rows, asks=asks[0]), finite, replace(accuracy, asks=asks[1]), step, stopping)
    charges = (
        Charge(MISTAKE, told[0], 3.0, ("test_stays_finite_for_large_logits", "test_accuracy")),
        Charge(f"{MISTAKE} twice", told[1], 1.0, ("test_gradient_step",)),
    )
    return grade(student, exercise_id, **{"verdicts": verdicts, "charges": charges, "run": None, **changes})


def hostile_grade(exercise_id: str = "homl/ch02/scaler-clone") -> Grade:
    """Hostile text wherever a student can put some, and wherever an author could by mistake."""
    text = Text(HOSTILE, HOSTILE)
    cells = notebook(
        text_cell(HOSTILE),
        code_cell(HOSTILE, stream(HOSTILE), stream(HOSTILE, "stderr"), display(text_html=HOSTILE, image_svg=HOSTILE)),
        code_cell(HOSTILE, display(image_png=HOSTILE, text_plain=HOSTILE), {"output_type": HOSTILE}),
    )
    run = Run(
        Outcome.ERROR,
        text,
        False,
        (CellResult(1, 1, Outcome.ERROR, 0.1, HOSTILE, HOSTILE), CellResult(2, 2, Outcome.PASSED, 0.1)),
        cells,
        seconds=1.0,
    )
    hostile = verdict(
        Outcome.ERROR,
        check=HOSTILE,
        title=text,
        feedback=(text,),
        student_details=HOSTILE,
        bands=(band(HOSTILE, math.nan), band(value=math.inf)),
        asks=text,
    )
    charges = (Charge(HOSTILE, text, math.nan, (HOSTILE,)),)
    curve = (math.nan, 1e308, 0.2)
    return grade(HOSTILE, exercise_id, message=text, run=run, verdicts=(hostile,), curve=curve, charges=charges)


def student_grades(student: str = "haneul") -> list[Grade]:
    """One student's rich record: something complete, something half right, something that could not be judged."""
    return [
        grade(student),
        complete_grade(student),
        grade(
            student,
            "homl/ch01/concepts-19",
            verdicts=tuple(verdict(outcome, visible=i % 2 == 0) for i, outcome in enumerate(Outcome)),
            run=None,
            curve=(),
        ),
        unjudged_grade(
            student,
            Outcome.INVALID,
            "homl/ch02/scaler-clone",
            Text(
                "This file is not a Python module: line 3 is not valid syntax.",
                "파이썬 모듈이 아니에요. 3번째 줄의 문법이 맞지 않아요.",
            ),
        ),
        unjudged_grade(student, Outcome.GRADER_ERROR, "keras/ch02/first-net"),
    ]


def class_grades(n_students: int = 12) -> list[Grade]:
    """A class: rich, complete, absent, late, broken and hostile students."""
    grades = [hostile_grade(), *student_grades("haneul"), *student_grades("김서연")]
    outcomes = list(Outcome)
    for place in range(n_students):
        student = f"student{place + 1}"
        grades.append(complete_grade(student) if place % 3 else grade(student, "dlstart/two-machines"))
        outcome = outcomes[place % len(outcomes)]
        if outcome in (Outcome.GRADER_ERROR, Outcome.VIOLATION, Outcome.TIMEOUT):
            grades.append(grade(student, "homl/ch02/scaler-clone", outcome=outcome, verdicts=(verdict(outcome),)))
        elif place % 2:
            grades.append(grade(student, "homl/ch04/softmax-regression"))
    return grades
