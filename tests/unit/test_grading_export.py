"""Grades survive the way to JSON and back, and their published forms hold what the documentation says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checking.verdict import BandReading, Verdict
from grader.course.models import Bilingual, Course, Exercise
from grader.errors import FormatError, GraderError
from grader.grading.export import (
    DOCUMENT,
    defuse,
    grades_csv,
    grades_document,
    read_grades_json,
    write_grades_csv,
    write_grades_json,
)
from grader.grading.grade import GRADE, Grade, without_notebook
from grader.running.run import CellResult, Run
from grader.vocabulary import Outcome, Text

texts = st.text(max_size=20)
numbers = st.floats(allow_nan=False)  # NaN is not equal to itself; it has a test of its own
outcomes = st.sampled_from(Outcome)
bilingual = st.builds(Text, texts, texts)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
bands = st.builds(
    BandReading,
    texts,
    numbers,
    numbers,
    numbers,
    st.lists(numbers, max_size=3).map(tuple),
    st.sampled_from(["higher", "lower"]),
)
verdicts = st.builds(
    Verdict,
    check=texts,
    title=bilingual,
    outcome=outcomes,
    points=numbers,
    max_points=numbers,
    visible=st.booleans(),
    feedback=st.lists(bilingual, max_size=2).map(tuple),
    details=texts,
    student_details=texts,
    bands=st.lists(bands, max_size=2).map(tuple),
    seconds=numbers,
)
cells = st.builds(CellResult, st.integers(0, 99), st.integers(1, 99), outcomes, numbers, texts, texts)
runs = st.builds(
    Run,
    outcome=outcomes,
    message=bilingual,
    alive=st.booleans(),
    cells=st.lists(cells, max_size=2).map(tuple),
    notebook=st.dictionaries(texts, plain, max_size=3),
    seconds=numbers,
    cpu_seconds=numbers,
    backend=texts,
    environment=st.dictionaries(texts, texts, max_size=2),
)
grades = st.builds(
    Grade,
    student=texts,
    exercise_id=st.sampled_from(["t/u/one", "t/u/two"]),
    submission_digest=texts,
    task=texts,
    outcome=outcomes,
    points=numbers,
    max_points=numbers,
    verdicts=st.lists(verdicts, max_size=2).map(tuple),
    message=bilingual,
    run=st.none() | runs,
    seconds=numbers,
    grader_seconds=numbers,
    curve=st.lists(numbers, max_size=3).map(tuple),
    reference_curve=st.lists(numbers, max_size=3).map(tuple),
    extra=st.dictionaries(texts, plain, max_size=2),
)


def a_course() -> Course:
    exercises = {
        key: Exercise(id=key, title=Bilingual(en=key, ko=key), form="module", kind=["function"], points=10)
        for key in ("t/u/two", "t/u/one")
    }
    return Course(name="c", title=Bilingual(en="Course", ko="강좌"), exercises=exercises)


def a_grade(**changes: Any) -> Grade:
    base = Grade(
        student="kim",
        exercise_id="t/u/one",
        submission_digest="0" * 64,
        task="1" * 64,
        outcome=Outcome.PARTIAL,
        points=4.5,
        max_points=10,
        verdicts=(Verdict("test_a", Text("A", "가"), Outcome.PARTIAL, 4.5, 10, True, details="secret"),),
        run=Run(
            outcome=Outcome.PASSED,
            message=Text(""),
            alive=True,
            cells=(CellResult(0, 1, Outcome.PASSED, 0.1),),
            notebook={"cells": []},
            seconds=1.0,
            environment={"numpy": "2"},
        ),
    )
    return replace(base, **changes)


SCHEMA = DOCUMENT.schema()


def document(some: Sequence[Grade] | None = None) -> Any:
    """As somebody else reads it."""
    made = grades_document(a_course(), [a_grade()] if some is None else some)
    return json.loads(json.dumps(DOCUMENT.to_data(made), allow_nan=False))


@given(grades)
@settings(max_examples=60)
def test_a_grade_survives_json(grade: Grade) -> None:
    assert GRADE.loads(GRADE.dumps(grade)) == grade


@pytest.mark.parametrize(
    "field", ["student", "exercise", "submission_digest", "task", "outcome", "points", "max_points"]
)
def test_a_missing_field_is_named(field: str) -> None:
    data = json.loads(GRADE.dumps(a_grade()))
    del data[field]
    with pytest.raises(FormatError, match=f"Grade: {field}: "):
        GRADE.from_data(data)


@given(plain)
def test_nonsense_is_refused_cleanly(nonsense: Any) -> None:
    data = {**json.loads(GRADE.dumps(a_grade())), "verdicts": [nonsense]}
    with pytest.raises(FormatError, match=r"Grade: verdicts\.0"):
        GRADE.from_data(data)


def test_an_error_does_not_repeat_what_was_found() -> None:
    data = {**json.loads(GRADE.dumps(a_grade())), "points": "<script>"}
    with pytest.raises(FormatError) as caught:
        GRADE.from_data(data)
    assert "points" in str(caught.value) and "script" not in str(caught.value)


def test_a_grade_keeps_its_notebook_and_the_document_leaves_it_out() -> None:
    assert json.loads(GRADE.dumps(a_grade()))["run"]["notebook"] == {"cells": []}
    (written,) = document()["grades"]
    assert "notebook" not in written["run"]
    assert GRADE.from_data(written) == without_notebook(a_grade())


@given(st.lists(grades, max_size=3))
@settings(max_examples=40)
def test_every_document_fits_the_published_schema(some: list[Grade]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(document(some))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.pop("schema_version"),
        lambda d: d.update(schema_version=1),
        lambda d: d.update(schema_version=3),
        lambda d: d.update(surprise=1),
        lambda d: d["grades"][0].update(outcome="great"),
        lambda d: d["grades"][0].pop("points"),
        lambda d: d["grades"][0].update(points="many"),
        lambda d: d["grades"][0].update(points="nan"),
        lambda d: d["grades"][0].pop("notes"),
        lambda d: d["grades"][0]["verdicts"][0].update(surprise=1),
        lambda d: d["grades"][0]["verdicts"][0].update(tags=[]),
        lambda d: d["grades"][0]["verdicts"][0].pop("bands"),
        lambda d: d["grades"][0]["run"].update(alive="yes"),
        lambda d: d["students"][0].pop("student"),
    ],
)
def test_the_schema_refuses_what_is_not_documented(spoil: Any) -> None:
    spoilt = document()
    spoil(spoilt)
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(spoilt)


def test_the_published_schema_is_that_of_the_types() -> None:
    assert Path("docs/grades.schema.json").read_text("utf-8") == json.dumps(SCHEMA, indent=1) + "\n", (
        "run: make reference"
    )


def test_the_documentation_page_names_every_field_of_the_schema() -> None:
    page = Path("docs/grades-json.md").read_text("utf-8")

    def names(schema: Any) -> set[str]:
        if isinstance(schema, dict):
            own = set(schema.get("properties", {}))
            return own.union(*(names(value) for value in schema.values())) if schema else own
        return set().union(*map(names, schema)) if isinstance(schema, list) and schema else set()

    assert {name for name in names(SCHEMA) if f"`{name}`" not in page} == set()


def test_grades_json_reads_back(tmp_path: Path) -> None:
    grade = a_grade(student="김\udcff<b>")
    write_grades_json(a_course(), [grade], tmp_path / "grades.json")
    (back,) = read_grades_json(tmp_path / "grades.json")
    assert grade.run is not None
    assert back == replace(grade, run=replace(grade.run, notebook={}))
    assert [path.name for path in tmp_path.iterdir()] == ["grades.json"]


def test_a_document_of_version_1_can_be_read(tmp_path: Path) -> None:
    old = {**document(), "schema_version": 1}
    old["grades"][0]["verdicts"][0]["tags"] = []
    del old["grades"][0]["notes"], old["grades"][0]["run"]["gpu"]  # there were none at first
    (tmp_path / "grades.json").write_text(json.dumps(old))
    assert read_grades_json(tmp_path / "grades.json") == [without_notebook(a_grade())]


@pytest.mark.parametrize("version", [3, "2", None])
def test_a_document_of_another_version_is_refused_with_what_to_do(version: Any, tmp_path: Path) -> None:
    (tmp_path / "grades.json").write_text(json.dumps({**document(), "schema_version": version}))
    with pytest.raises(GraderError, match=r"schema_version.*reads up to 2.*use the version"):
        read_grades_json(tmp_path / "grades.json")


def test_csv_has_a_row_per_student_and_a_column_per_exercise(tmp_path: Path) -> None:
    table = [
        a_grade(student="kim"),
        a_grade(student="kim", exercise_id="t/u/two", points=10.0),
        a_grade(student="lee", outcome=Outcome.GRADER_ERROR, points=0.0),
    ]
    write_grades_csv(a_course(), table, tmp_path / "grades.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "grades.csv").read_text("utf-8-sig"))))
    assert rows == [
        ["student", "t/u/two", "t/u/one", "total", "maximum"],
        ["kim", "10", "4.5", "14.5", "20"],
        ["lee", "", "grader_error", "0", "10"],
    ]


@given(st.text())
def test_no_csv_cell_begins_a_formula(name: str) -> None:
    rows = list(csv.reader(io.StringIO(grades_csv(a_course(), [a_grade(student=name)]), newline="")))
    assert len(rows) == 2
    assert not rows[1][0].lstrip().startswith(("=", "+", "-", "@"))
    assert not rows[1][0].startswith(("\t", "\r"))


def test_defused_text_is_otherwise_unchanged() -> None:
    assert defuse("=cmd|' /C calc'!A0") == "'=cmd|' /C calc'!A0"
    assert defuse("김하늘") == "김하늘"
    assert defuse("Smith-Jones") == "Smith-Jones"
