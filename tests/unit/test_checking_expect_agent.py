"""Expectations about agents: they play for real, and an agent that has learned nothing is told so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.samples import agents as expect_agent
from grader.checking.values import tell


class Balance:
    """A weight on a line that has to be pushed back to the middle; 40 steps at most."""

    def __init__(self, push: float = 0.3) -> None:
        self.push = push

    def reset(self, seed: int | None = None) -> tuple[np.ndarray, dict[str, Any]]:
        self.rng, self.steps = np.random.default_rng(seed), 0
        self.x = float(self.rng.uniform(-0.5, 0.5))
        return np.array([self.x]), {}

    def step(self, action: int) -> tuple[np.ndarray, float, bool, bool, dict[str, Any]]:
        self.x += self.push * (1 if action else -1) + float(self.rng.normal(0, 0.1))
        self.steps += 1
        return np.array([self.x]), 1.0, abs(self.x) > 1, self.steps >= 40, {}


def good(seen: list[Any]) -> list[int]:
    return [int(obs[0] < 0) for obs in seen]


def failure(ask: Callable[[], object]) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        ask()
    assert caught.value.sentences and all(text.en and text.ko for text in caught.value.sentences)
    return caught.value


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_episodes_are_played_in_step_with_few_questions() -> None:
    asked: list[int] = []

    def choose(seen: list[Any]) -> list[int]:
        asked.append(len(seen))
        return good(seen)

    returns = Expect().plays(Balance, choose, range(30))
    assert returns.shape == (30,) and returns.mean() > 35
    assert asked[0] == 30 and len(asked) <= 40 and asked == sorted(asked, reverse=True)
    assert Expect().plays(Balance, good, range(30)).tolist() == returns.tolist()
    assert Expect().plays(Balance, good, range(4), max_steps=3).tolist() == [3.0] * 4


def test_other_physics_find_a_rule_written_by_hand() -> None:
    draw = rng()
    random = Expect().plays(Balance, lambda seen: draw.integers(2, size=len(seen)), range(50))
    Expect().learned(Expect().plays(Balance, good, range(50)), random, rng(), times=1.5)
    turned = Expect().plays(lambda: Balance(push=-0.3), good, range(50))
    assert "mean return" in failure(lambda: Expect().learned(turned, random, rng())).sentences[0].en


def test_no_luck_passes_for_learning() -> None:
    """Agents that know nothing are taken for learners at the stated rate: at 5 %, in at most 30 of 300 trials."""
    draw = np.random.default_rng(1)
    passed = 0
    for _ in range(300):
        try:
            Expect().learned(draw.exponential(20, 50), draw.exponential(20, 50), draw, false_rejection=0.05)
            passed += 1
        except CheckFailed:
            pass
    assert passed <= 30


@pytest.mark.parametrize(
    "answers",
    [
        None,
        "01",
        1,
        [],
        [0],
        [0, 1, 1],
        [0, 2],
        [True, False],
        [0.0, 1.0],
        [None, 1],
        [[0], [1]],
        np.array([[0, 1]]),
        [10**400, 0],
        {0: 1},
    ],
    ids=str,
)
def test_answers_that_are_no_actions(answers: Any) -> None:
    found = failure(lambda: Expect().plays(Balance, lambda seen: answers, [1, 2]))
    assert "100000" not in found.sentences[0].en
    assert failure(lambda: Expect().attends(lambda seen: answers, [1, 2]))


@pytest.mark.parametrize("answers", [[0, 1], (0, 1), np.array([0, 1]), [np.int64(0), np.int32(1)]], ids=str)
def test_answers_that_are_actions(answers: Any) -> None:
    assert Expect().actions(answers, 2) == [0, 1]


def test_a_policy_looks_at_its_observation() -> None:
    assert Expect().attends(good, [[-1.0], [1.0]]) == [1, 0]
    always = failure(lambda: Expect().attends(lambda seen: [1] * len(seen), [[-1.0], [1.0]]))
    assert always.sentences[0] == expect_agent.SAME_ACTION
    draw = rng()
    drawn = failure(lambda: Expect().attends(lambda seen: draw.integers(2, size=len(seen)), np.zeros((60, 1))))
    assert drawn.sentences[0] == expect_agent.CHANGES_MIND


def test_policies_that_learned_other_things_differ() -> None:
    Expect().policies_differ([0, 1, 0, 1], [0, 1, 1, 1])
    assert failure(lambda: Expect().policies_differ([0] * 30, [0] * 30)).sentences[0] == expect_agent.ACT_ALIKE
    with pytest.raises(ValueError, match="same observations"):
        Expect().policies_differ([0], [0, 1])


def test_logs_rise() -> None:
    rising = [20.0, 22, 30, 50, 80, 120, 160, 190, 195, 200]
    Expect().rises(rising, times=3, floor=66)
    Expect().rises(np.array(rising))
    for log in (rising[::-1], [20] * 10, [150.0] * 9 + [200.0]):
        assert failure(lambda log=log: Expect().rises(log, times=1.5))
    assert failure(lambda: Expect().rises(rising, floor=300))
    assert failure(lambda: Expect().rises(rising[:5])).sentences[0] == tell(expect_agent.SHORT_LOG, found=5, least=10)


@pytest.mark.parametrize(
    "log",
    [
        None,
        "x",
        3,
        {},
        [[1, 2]] * 10,
        [None] * 10,
        [np.nan] * 10,
        [np.inf] * 10,
        ["a"] * 10,
        [True] * 10,
        [1j] * 10,
        [10**400] * 10,
    ],
    ids=lambda log: str(log)[:12],
)
def test_logs_of_anything_fail_with_a_sentence(log: Any) -> None:
    assert failure(lambda: Expect().rises(log))


def test_mistakes_in_checks() -> None:
    with pytest.raises(ValueError, match="five returns"):
        Expect().learned([1.0], [1.0], rng())
