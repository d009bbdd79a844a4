"""What was proven is found again as it was, and nothing else is."""

from __future__ import annotations

from pathlib import Path

from grader.proving.proof_cache import ProofCache, attempt_result
from grader.running.run import Run
from grader.vocabulary import Outcome, Text
from tests import samples

RUN = Run(Outcome.PASSED, Text("Done.", "끝."), True, (), {}, 1.0)


def test_an_attempt_is_recalled_as_it_was(tmp_path: Path) -> None:
    kept = attempt_result(
        RUN, [samples.verdict(bands=(samples.band(), samples.band("recall", bonus=1.0)))], 2.0, 0.5, 0.25
    )
    ProofCache(tmp_path).put("abc", kept)
    assert ProofCache(tmp_path).get("abc") == kept
    assert ProofCache(tmp_path).get("abd") is None


def test_our_own_faults_are_not_kept(tmp_path: Path) -> None:
    ProofCache(tmp_path).put("abc", attempt_result(RUN, [samples.verdict(Outcome.GRADER_ERROR)], 2.0))
    assert ProofCache(tmp_path).get("abc") is None


def test_what_is_damaged_is_run_again(tmp_path: Path) -> None:
    memory = ProofCache(tmp_path)
    memory.put("abc", attempt_result(RUN, [samples.verdict()], 2.0))
    (kept,) = (path for path in tmp_path.rglob("*.json"))
    kept.write_text(kept.read_text("utf-8")[:-9], "utf-8")
    assert memory.get("abc") is None
