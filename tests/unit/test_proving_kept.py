"""What was proven is found again as it was, and nothing else is."""

from __future__ import annotations

from pathlib import Path

from grader.proving.kept import Memory, kept_of
from grader.running.run import Run
from grader.vocabulary import Outcome, Text
from tests import samples

RUN = Run(Outcome.PASSED, Text("Done.", "끝."), True, (), {}, 1.0)


def test_an_attempt_is_recalled_as_it_was(tmp_path: Path) -> None:
    kept = kept_of(RUN, [samples.verdict(bands=(samples.band(), samples.band("recall", bonus=1.0)))], 2.0, 0.5, 0.25)
    Memory(tmp_path).keep("abc", kept)
    assert Memory(tmp_path).recall("abc") == kept
    assert Memory(tmp_path).recall("abd") is None


def test_our_own_faults_are_not_kept(tmp_path: Path) -> None:
    Memory(tmp_path).keep("abc", kept_of(RUN, [samples.verdict(Outcome.GRADER_ERROR)], 2.0))
    assert Memory(tmp_path).recall("abc") is None


def test_what_is_damaged_is_run_again(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.keep("abc", kept_of(RUN, [samples.verdict()], 2.0))
    (kept,) = (path for path in tmp_path.rglob("*.json"))
    kept.write_text(kept.read_text("utf-8")[:-9], "utf-8")
    assert memory.recall("abc") is None
