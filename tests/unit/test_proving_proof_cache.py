"""What was proven is found again as it was, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.checking.verdict import Difference
from grader.course import load_course
from grader.course.models import Bilingual, Course, Exercise
from grader.grading.conditions import Conditions
from grader.proving.job import TRIED_ATTEMPT, TriedAttempt
from grader.proving.proof_cache import ProofCache, attempt_result, cache_key
from grader.running.run import Run
from grader.vocabulary import Outcome, Text
from tests import samples
from tests.tiny_course import write_tiny_course

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


def test_what_marking_needs_comes_back_from_the_disk_and_from_a_worker(tmp_path: Path) -> None:
    verdict = replace(
        samples.verdict(Outcome.FAILED, bands=(replace(samples.band(), value=float("nan")),)),
        needs=("test_first",),
        differences=(Difference(0, ("a sum", "n - 1")), Difference(2, (), False)),
        otherwise=True,
        feedback=(Text("A sum.", "합이에요."), Text("\ud800" + 3000 * "x")),
    )
    kept = attempt_result(RUN, [verdict], 2.0)
    ProofCache(tmp_path).put("abc", kept)
    assert repr(ProofCache(tmp_path).get("abc")) == repr(kept)  # NaN does not equal itself
    (check,) = kept.checks
    assert check.differences == verdict.differences
    assert (check.needs, check.otherwise, check.feedback[0]) == (("test_first",), True, verdict.feedback[0])
    assert len(check.feedback[1].en) < 2100 and "\ud800" not in check.feedback[1].en
    tried = TriedAttempt(kept, True, "line 3")
    assert repr(TRIED_ATTEMPT.loads(TRIED_ATTEMPT.dumps(tried))) == repr(tried)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    write_tiny_course(tmp_path, "mean")
    return load_course(tmp_path)


def key(course: Course, exercise: Exercise) -> str:
    return cache_key(course, exercise, b"handed in", Conditions(), None)


def with_first(exercise: Exercise, **changes: Any) -> Exercise:
    first, *others = exercise.mutant
    return exercise.model_copy(update={"mutant": [first.model_copy(update=changes), *others]})


TOLD = Bilingual(en="A sum is divided by all.", ko="전체 개수로 나눠야 해요.")


def test_mutants_without_a_sentence_are_no_part_of_the_key(course: Course) -> None:
    exercise = course.exercises["one/u1/mean"]
    assert key(course, exercise) == key(course, exercise.model_copy(update={"mutant": []}))
    assert key(course, exercise) == key(course, with_first(exercise, costs=1.0))


def test_what_known_mistakes_answer_is_part_of_the_key_and_nothing_else_of_them(course: Course) -> None:
    exercise = with_first(course.exercises["one/u1/mean"], told=TOLD)
    now = key(course, exercise)
    assert now != key(course, course.exercises["one/u1/mean"])
    for told in ({"told": Bilingual(en="Another.", ko="달라요.")}, {"costs": 1.0}):
        assert key(course, with_first(exercise, **told)) == now, told
    assert key(course, exercise.model_copy(update={"charge_once": False})) == now
    for made in ({"name": "other"}, {"replace": [("x > 0", "x < 0")]}, {"alternate": "loop", "replace": [("0", "1")]}):
        assert key(course, with_first(exercise, **made)) != now, made


def test_a_change_of_the_alternate_that_a_mistake_is_made_from_is_noticed(course: Course) -> None:
    exercise = with_first(
        course.exercises["one/u1/mean"], told=TOLD, alternate="loop", replace=[("total = 0", "total = 1")]
    )
    now = key(course, exercise)
    path = exercise.source_dir / "alternates" / "loop.py"
    path.write_text(path.read_text("utf-8").replace("value in x", "value in list(x)"), "utf-8")
    assert key(course, exercise) != now
