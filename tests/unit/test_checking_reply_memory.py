"""Replies that are remembered whole: what they are known by, and what a question leaves behind that is not put again."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from grader.checking.asking import question as question_module
from grader.checking.asking.caching_link import CachingLink, reference_proxy
from grader.checking.asking.question import Question
from grader.checking.asking.reply import Reply
from grader.checking.asking.reply_memory import ReplyMemory
from grader.checking.failure import CheckFailed
from grader.checking.plugin import CheckPlugin, Context
from grader.errors import SubmissionFault
from grader.vocabulary import Outcome, Text
from tests.support import make_exercise


@pytest.fixture(autouse=True)
def memory(monkeypatch) -> ReplyMemory:
    """An empty one for each test."""
    empty = ReplyMemory()
    monkeypatch.setattr(question_module, "REPLIES", empty)
    return empty


def somebody(identity: str = "code") -> Any:
    """Code that nobody can run, so that each question must answer by itself."""

    def never() -> Any:
        raise AssertionError("no session was wanted")

    return reference_proxy(make_exercise(), b"", 0, CachingLink(never, identity, None, "test"))


class Asked:
    """A question that counts how often it is put, and draws a number."""

    def __init__(self, rng: np.random.Generator | None = None) -> None:
        self.times, self.rng = 0, rng

    def __call__(self, code: Any) -> float:
        self.times += 1
        return float(self.rng.random()) if self.rng is not None else 1.0


def test_what_rests_on_the_checks_alone_is_asked_once_of_each_code() -> None:
    asks = Asked()
    one, other = somebody(), somebody("other code")
    for code in (one, one, other, somebody()):
        assert Question("test_it", 0, asks, rests_on="files").put(code).value == 1.0
    assert asks.times == 2


@pytest.mark.parametrize(
    "changed", [{"check": "test_other"}, {"number": 1}, {"rests_on": "other files"}, {"rests_on": ""}]
)
def test_another_question_is_asked_anew(changed: dict[str, Any]) -> None:
    asks, code = Asked(), somebody()
    first: dict[str, Any] = {"check": "test_it", "number": 0, "ask": asks, "rests_on": "files"}
    Question(**first).put(code)
    Question(**{**first, **changed}).put(code)
    assert asks.times == 2


def test_a_submission_is_asked_always() -> None:
    asks = Asked()
    for _ in range(2):
        Question("test_it", 0, asks, rests_on="files").put(object())
    assert asks.times == 2


def test_random_numbers_go_on_as_if_it_had_been_asked() -> None:
    drawn = []
    for _ in range(2):
        rng = np.random.default_rng(5)
        asks = Asked(rng)
        question = Question("test_it", 0, asks, rng, rests_on="files")
        replies = [question.put(code).value for code in (somebody(), object(), somebody("mistake"))]
        drawn.append((replies, rng.random()))
    assert drawn[0] == drawn[1] and len(set(drawn[0][0])) == 1
    assert asks.times == 1  # the submission's


def test_other_random_numbers_are_another_question() -> None:
    replies = []
    for seed in (5, 6):
        rng = np.random.default_rng(seed)
        replies.append(Question("test_it", 0, Asked(rng), rng, rests_on="files").put(somebody()).value)
    assert replies[0] != replies[1]


def test_an_exception_is_a_reply_and_what_a_limit_decided_is_not(memory: ReplyMemory) -> None:
    memory.keep("refused", Reply(fault=CheckFailed(Text("no"))), None)
    memory.keep("late", Reply(fault=SubmissionFault(Outcome.TIMEOUT, Text("late"))), None)
    known = memory.recall("refused")
    assert known is not None and isinstance(known[0].fault, CheckFailed) and memory.recall("late") is None


@pytest.mark.parametrize(
    "large", [np.zeros(200_000), "x" * 2_000_000, {"a": [np.zeros(200_000)]}, pd.DataFrame(np.zeros((400, 400)))]
)
def test_large_replies_are_not_kept(large: Any, memory: ReplyMemory) -> None:
    memory.keep("large", Reply(large), None)
    assert memory.recall("large") is None


def test_what_a_check_does_to_an_answer_reaches_no_other(memory: ReplyMemory) -> None:
    answer = {"rows": [np.zeros(3)]}
    memory.keep("rows", Reply(answer), None)
    for _ in range(2):
        answer["rows"][0][:] = 7
        answer["rows"].append("more")
        known = memory.recall("rows")
        assert known is not None
        answer = known[0].value
        assert len(answer["rows"]) == 1 and not answer["rows"][0].any()


def test_what_was_not_wanted_longest_goes_first() -> None:
    small = ReplyMemory(most_bytes=2_500)
    for key in ("a", "b"):
        small.keep(key, Reply(np.zeros(100)), None)
    assert small.recall("a") is not None
    small.keep("c", Reply(np.zeros(100)), None)
    assert [key for key in "abc" if small.recall(key)] == ["a", "c"]


def rests_on(folder: Path, *fixtures: str, seed: int = 0) -> str:
    """What the questions of a check with these fixtures rest on, in an exercise whose files lie in this folder."""
    exercise = make_exercise().model_copy(update={"source_dir": folder})
    context = Context(exercise, object(), None, None, seed, "small", folder, SimpleNamespace())  # type: ignore[arg-type]
    item: Any = SimpleNamespace(name="test_it", fixturenames=["expect", "request", *fixtures])
    asking = CheckPlugin(context, lambda report: True)._asking(item)
    assert asking is not None
    return asking.rests_on


@pytest.mark.parametrize("fixture", ["submission", "reference", "remembered", "band"])
def test_a_check_that_looks_beyond_its_files_is_not_remembered(tmp_path: Path, fixture: str) -> None:
    assert rests_on(tmp_path, "rng", "hidden") and not rests_on(tmp_path, "rng", fixture)


def test_what_a_question_rests_on_changes_with_the_files_and_the_seed(tmp_path: Path) -> None:
    (tmp_path / "hidden.py").write_text("ROWS = 3\n", "utf-8")
    before = rests_on(tmp_path)
    assert rests_on(tmp_path) == before != rests_on(tmp_path, seed=1)
    (tmp_path / "hidden.py").write_text("ROWS = 4\n", "utf-8")
    assert rests_on(tmp_path) != before
