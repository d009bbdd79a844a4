"""Executed notebooks and pictures: only text and checked PNG reach a page, whatever the notebook holds."""

from __future__ import annotations

import base64
import math
import struct
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.reporting import cells as module
from grader.reporting.cells import checked_png, notebook_cells
from grader.reporting.pictures import WIDTH, band_picture, curve_picture, histogram
from grader.running.run import CellResult, Run
from grader.vocabulary import Outcome, Text
from tests import samples

PICTURE = samples.png(20, 10)


def run_of(notebook: dict[str, object], *results: CellResult) -> Run:
    return Run(Outcome.PASSED, Text(""), True, results, notebook, seconds=1.0)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_real_picture_passes_unchanged() -> None:
    assert checked_png(PICTURE) == PICTURE


def test_text_chunks_and_trailing_bytes_are_dropped() -> None:
    ihdr_end = 8 + 12 + 13
    smuggled = PICTURE[:ihdr_end] + chunk(b"tEXt", b"Comment\x00<script>") + PICTURE[ihdr_end:] + b"<script>"
    assert checked_png(smuggled) == PICTURE


@given(st.binary(max_size=200))
def test_bytes_that_are_no_picture_are_refused(data: bytes) -> None:
    assert checked_png(data) is None
    assert checked_png(PICTURE[:8] + data) is None


@pytest.mark.parametrize("size", [(0, 5), (100_000, 100_000)])
def test_absurd_sizes_are_refused(size: tuple[int, int]) -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0))
    assert checked_png(PICTURE[:8] + header + chunk(b"IDAT", b"") + chunk(b"IEND", b"")) is None


def test_a_damaged_picture_is_refused() -> None:
    damaged = bytearray(PICTURE)
    damaged[45] ^= 1
    assert checked_png(bytes(damaged)) is None
    assert checked_png(PICTURE, limit=len(PICTURE) - 1) is None


def test_rich_output_never_reaches_a_page() -> None:
    rich = samples.notebook(
        samples.code_cell("df", samples.display(text_html="<b>x</b>", text_plain="plain x")),
        samples.code_cell("svg", {"output_type": "display_data", "data": {"image/svg+xml": "<svg onload=x>"}}),
        samples.code_cell("js", {"output_type": "display_data", "data": {"application/javascript": "alert(1)"}}),
        samples.code_cell("jpg", samples.display(image_png=base64.b64encode(b"\xff\xd8\xff").decode())),
    )
    plain_frame, svg, script, jpeg = notebook_cells(run_of(rich))
    assert [output.text for output in plain_frame.outputs] == ["plain x"]
    for cell in (svg, script, jpeg):
        assert [(o.text, o.image) for o in cell.outputs] == [("", "")]
        assert cell.outputs[0].left_out


def test_a_fault_stands_on_its_cell() -> None:
    views = notebook_cells(samples.softmax_run())
    stopped = [view for view in views if view.error]
    assert [view.number for view in stopped] == [4]
    assert "ValueError" in stopped[0].traceback
    assert any(output.image for view in views for output in view.outputs)
    assert "epoch 1/3" not in "".join(output.text for view in views for output in view.outputs)


def test_prompts_in_the_other_language_are_left_out() -> None:
    english, korean = samples.text_cell("Train it."), samples.text_cell("학습시켜 보세요.")
    english["metadata"], korean["metadata"] = {"lang": "en"}, {"lang": "ko"}
    run = run_of(samples.notebook(english, korean, samples.text_cell("My note")))
    assert [view.source for view in notebook_cells(run, "ko")] == ["학습시켜 보세요.", "My note"]
    assert len(notebook_cells(run)) == 3


def test_many_pictures_and_long_outputs_are_capped() -> None:
    image = samples.display(image_png=base64.b64encode(PICTURE).decode())
    flood = samples.notebook(
        *[samples.code_cell("plot()", *[image] * 30) for _ in range(3)],
        samples.code_cell("print()", samples.stream("x" * 10_000_000)),
        *[samples.code_cell("y" * 19_000) for _ in range(60)],
    )
    views = notebook_cells(run_of(flood))
    outputs = [output for view in views for output in view.outputs]
    assert sum(bool(output.image) for output in outputs) == module.MAX_IMAGES
    shown = sum(len(view.source) for view in views) + sum(len(output.text) for output in outputs)
    assert shown < 2 * module.MAX_TEXT_TOTAL


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
CELL = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | JSON,
        "source": JSON,
        "outputs": JSON
        | st.lists(
            st.fixed_dictionaries(
                {"output_type": st.sampled_from(["stream", "display_data", "error"])},
                optional={"text": JSON, "data": JSON, "traceback": JSON, "ename": JSON},
            ),
            max_size=3,
        ),
    },
)


@settings(max_examples=150)
@given(JSON | st.lists(CELL | JSON, max_size=4))
def test_any_json_is_laid_out_without_an_exception(cells: object) -> None:
    for view in notebook_cells(run_of({"cells": cells})):
        assert view.kind in ("code", "markdown")


NUMBER = st.floats(allow_nan=True, allow_infinity=True)


@given(NUMBER, NUMBER, NUMBER, st.lists(NUMBER, max_size=6), st.sampled_from(["higher", "lower"]))
def test_bands_stay_inside_their_picture(
    value: float, baseline: float, edge: float, references: list[float], direction: str
) -> None:
    made = replace(
        samples.band(),
        value=value,
        baseline=baseline,
        edge=edge,
        reference_values=tuple(references),
        direction=direction,
    )
    picture = band_picture(made, "metric")
    if picture is not None:
        for x in (picture.x_value, picture.x_baseline, picture.x_edge, *picture.x_reference):
            assert 0 <= x <= WIDTH


def test_better_is_to_the_right_for_both_directions() -> None:
    higher = band_picture(samples.band(value=0.97), "accuracy")
    lower = band_picture(
        samples.band(value=0.1, baseline=1.0, edge=0.2, reference_values=(0.15,), direction="lower"), "loss"
    )
    for picture in (higher, lower):
        assert picture is not None
        assert picture.reached
        assert picture.x_baseline < picture.x_edge < picture.x_value


def test_a_value_that_is_no_number_stands_at_the_worst_end() -> None:
    picture = band_picture(samples.band(value=math.nan), "accuracy")
    assert picture is not None
    assert (picture.beyond, picture.reached) == ("left", False)


@given(st.lists(NUMBER, max_size=400), st.lists(NUMBER, max_size=400))
def test_curves_stay_inside_their_picture(own: list[float], reference: list[float]) -> None:
    picture = curve_picture(own, reference)
    for piece in (*picture.own, *picture.reference) if picture else ():
        for point in piece.split(" "):
            x, y = map(float, point.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= 170


@given(st.lists(st.floats(0, 1)))
def test_the_distribution_counts_everybody_once(shares: list[float]) -> None:
    assert sum(bar.count for bar in histogram(shares)) == len(shares)


@pytest.mark.parametrize(("value", "shown"), [(0.949999, "0.949999"), (0.95, "0.95"), (0.9500001, "0.9500001")])
def test_the_report_never_rounds_a_value_onto_the_edge(value: float, shown: str) -> None:
    picture = band_picture(samples.band(value=value, edge=0.95), "accuracy")
    assert picture is not None
    assert picture.value_text == shown
    assert (picture.value_text == picture.edge_text) == (value == 0.95)
    assert picture.reached == (value >= 0.95)


@pytest.mark.parametrize(("value", "better"), [(0.967, False), (0.9671, True), (math.nan, False)])
def test_better_than_every_run_of_the_reference_is_said(value: float, better: bool) -> None:
    higher = band_picture(samples.band(value=value), "accuracy")
    lower = band_picture(
        samples.band(value=-value, baseline=-0.34, edge=-0.948, reference_values=(-0.951, -0.967), direction="lower"),
        "loss",
    )
    assert higher is not None and lower is not None
    assert higher.better == lower.better == better
