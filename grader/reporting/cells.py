"""An executed notebook as plain values for a page: code, text and PNG images. Rich output is never carried over.

The notebook is hostile: any field may be missing, of a wrong type, huge or a forgery.
"""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grader.feedback import advice_on_code, advice_on_error, advice_on_output
from grader.reporting.text import plain
from grader.running.run import Run
from grader.vocabulary import LANGS, Lang, Outcome, Text

MAX_SOURCE = 20_000
MAX_TEXT = 8_000
MAX_TEXT_TOTAL = 400_000
MAX_CELLS = 1_000
MAX_OUTPUTS = 60
MAX_IMAGES = 40
MAX_IMAGE_BYTES = 2 * 2**20
MAX_IMAGE_BYTES_TOTAL = 12 * 2**20
MAX_PIXELS = 40_000_000

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs"})


@dataclass(frozen=True)
class OutputView:
    """One output: ``text``, or ``image`` (base64 of a checked PNG), or ``left_out`` (why nothing is shown, a key)."""

    text: str = ""
    image: str = ""
    left_out: str = ""
    stderr: bool = False


@dataclass(frozen=True)
class CellView:
    """One cell of the executed notebook. ``outcome`` is None for text cells and for code that did not run."""

    kind: str  # "code" or "markdown"
    number: int  # code cells from 1; 0 for text
    source: str
    outputs: tuple[OutputView, ...] = ()
    outcome: Outcome | None = None
    error: str = ""
    traceback: str = ""
    heading: str = ""
    seconds: float = 0.0
    advice: tuple[str, ...] = ()  # what the libraries have moved on from, with the modern form


def checked_png(data: bytes, limit: int = MAX_IMAGE_BYTES) -> bytes | None:
    """The same picture with only the chunks that draw it, or None where it is not a well-formed PNG of sane size."""
    if len(data) > limit or not data.startswith(_SIGNATURE):
        return None
    kept, position, first = [_SIGNATURE], len(_SIGNATURE), True
    while position + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, position)
        kind, end = data[position + 4 : position + 8], position + 12 + length
        if end > len(data) or zlib.crc32(data[position + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            return None
        if first:
            if kind != b"IHDR" or length != 13:
                return None
            width, height = struct.unpack_from(">II", data, position + 8)
            if not 0 < width * height <= MAX_PIXELS:
                return None
            first = False
        if kind in _KEPT_CHUNKS:
            kept.append(data[position:end])
        if kind == b"IEND":
            return b"".join(kept)
        position = end
    return None


def _text(value: object) -> str:
    """nbformat's multi-line string: a string, or a list of them."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return ""


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


@dataclass
class _Budget:
    """What one notebook may still put on a page."""

    text: int = MAX_TEXT_TOTAL
    images: int = MAX_IMAGES
    image_bytes: int = MAX_IMAGE_BYTES_TOTAL
    spent: bool = field(default=False)

    def take_text(self, text: str, limit: int) -> str:
        # Cut generously before cleaning, so that a giant output costs no time; then exactly.
        rough = text if len(text) <= 4 * limit else f"{text[: 2 * limit]}\n⋯\n{text[-2 * limit :]}"
        shown = plain(rough, min(limit, max(0, self.text))) if self.text > 0 else "⋯"
        self.text -= len(shown)
        return shown

    def take_image(self, encoded: str) -> str | None:
        if self.images <= 0 or len(encoded) > 2 * MAX_IMAGE_BYTES:
            return None
        try:
            data = base64.b64decode("".join(encoded.split()), validate=True)
        except (binascii.Error, ValueError):
            return None
        picture = checked_png(data, min(MAX_IMAGE_BYTES, self.image_bytes))
        if picture is None:
            return None
        self.images -= 1
        self.image_bytes -= len(picture)
        return base64.b64encode(picture).decode("ascii")


def _output(raw: object, budget: _Budget) -> OutputView | None:
    output = _mapping(raw)
    kind = output.get("output_type")
    if kind == "stream":
        text = budget.take_text(_text(output.get("text")), MAX_TEXT).strip("\n")
        return OutputView(text=text, stderr=output.get("name") == "stderr") if text.strip() else None
    if kind in ("execute_result", "display_data"):
        data = _mapping(output.get("data"))
        left_out = ""
        if "image/png" in data:
            image = budget.take_image(_text(data["image/png"]))
            if image is not None:
                return OutputView(image=image)
            left_out = "cell.image_left_out"
        text = budget.take_text(_text(data.get("text/plain")), MAX_TEXT).strip("\n")
        if text.strip():
            return OutputView(text=text, left_out=left_out)
        return OutputView(left_out=left_out or "cell.output_left_out") if data else None
    return None


def _error_of(outputs: Iterable[object]) -> tuple[str, str]:
    """Name and traceback of the first error output, for cells of which the run says nothing more."""
    for raw in outputs:
        output = _mapping(raw)
        if output.get("output_type") == "error":
            lines = [line for line in _items(output.get("traceback")) if isinstance(line, str)]
            return f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}", "\n".join(lines)
    return "", ""


def _others(lang: Lang) -> list[Lang]:
    return [other for other in LANGS if other != lang]


def _heading(source: str) -> str:
    """The first line that says something, without its Markdown signs."""
    lines = (line.strip().lstrip("#>*- ").rstrip("* ") for line in source.splitlines())
    return next((line for line in lines if line), "")[:160]


def _advice(source: str, outputs: Iterable[OutputView], error: str, traceback: str, given: _Given) -> tuple[str, ...]:
    """Sentences on old forms in one cell: in its error, in its warnings and, where `given` says so, in its code."""
    found: list[Text] = []
    if error:
        name, _, message = error.partition(": ")
        found += advice_on_error(name, message, traceback, given.sources)
    for output in outputs:
        found += advice_on_output(output.text) if output.stderr else ()
    if given.silent:
        found += advice_on_code(source, given.sources)
    return tuple(text[given.lang] for text in dict.fromkeys(found))


@dataclass(frozen=True)
class _Given:
    """What advice on a cell depends on besides the cell."""

    sources: tuple[str, ...]
    silent: bool
    lang: Lang


def notebook_cells(run: Run, lang: Lang | None = None, *, silent_advice: bool = False) -> tuple[CellView, ...]:
    """Lay out the executed notebook of a run, with each fault on the cell where it happened.

    Parameters
    ----------
    lang : "en" or "ko", optional
        Leave out text cells that are marked as being in the other language.
    silent_advice : bool
        Also explain old forms that raise nothing and print nothing: for work that something is wrong with.

    Returns
    -------
    tuple of CellView
        In the notebook's order; empty cells are left out, as is everything beyond the caps of this module.
    """
    results = {cell.index: cell for cell in run.cells}
    budget = _Budget()
    cells: list[CellView] = []
    number = 0
    codes = [_mapping(raw) for raw in _items(run.notebook.get("cells"))[:MAX_CELLS]]
    sources = tuple(_text(cell.get("source"))[:MAX_SOURCE] for cell in codes if cell.get("cell_type") == "code")
    given = _Given(sources, silent_advice, lang or "en")
    for index, raw in enumerate(_items(run.notebook.get("cells"))[:MAX_CELLS]):
        cell = _mapping(raw)
        if cell.get("cell_type") != "code" and lang and _mapping(cell.get("metadata")).get("lang") in _others(lang):
            continue
        source = budget.take_text(_text(cell.get("source")), MAX_SOURCE).strip("\n")
        if cell.get("cell_type") != "code":
            if source.strip():
                cells.append(CellView("markdown", 0, source, heading=_heading(source)))
            continue
        number += 1
        result = results.get(index)
        raw_outputs = _items(cell.get("outputs"))
        outputs = [view for view in (_output(item, budget) for item in raw_outputs[:MAX_OUTPUTS]) if view is not None]
        if len(raw_outputs) > MAX_OUTPUTS:
            outputs.append(OutputView(left_out="cell.output_left_out"))
        error, traceback = _error_of(raw_outputs)
        if result is not None:
            error, traceback = result.error or error, result.traceback or traceback
        faulty = result is not None and result.outcome not in (Outcome.PASSED, Outcome.SKIPPED)
        if not source.strip() and not outputs and not faulty:
            continue
        cells.append(
            CellView(
                kind="code",
                number=result.number if result is not None else number,
                source=source,
                outputs=tuple(outputs),
                outcome=result.outcome if result is not None else None,
                error=budget.take_text(error, 600) if faulty else "",
                traceback=budget.take_text(traceback, MAX_TEXT).strip("\n") if faulty else "",
                seconds=result.seconds if result is not None else 0.0,
                advice=_advice(source, outputs, error if faulty else "", traceback, given),
            )
        )
    return tuple(cells)
