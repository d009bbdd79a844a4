"""Checks that students do not have: trained on corridors of other lengths, played on the grader's own copy."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

EPISODES = 30  # in each corridor


def trusted_environment():
    """The grader's own copy of the environment, loaded from the file that students get."""
    spec = importlib.util.spec_from_file_location("corridor", Path(__file__).parent / "data" / "corridor.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


corridor = trusted_environment()


def play(kind, rng, choose):
    """Mean return of some episodes."""
    env, returns = corridor.Corridor(**kind), []
    for _ in range(EPISODES):
        state, done, total = env.reset(seed=int(rng.integers(2**31))), False, 0.0
        while not done:
            state, reward, done = env.step(choose(state))
            total += reward
        returns.append(total)
    return float(np.mean(returns))


@pytest.fixture
def policies(submission, seed, remembered, expect):
    """Two corridors with the treasure at either end, and the action that the agent trained there takes in each cell."""

    def ask():
        rng = np.random.default_rng([seed, 7])
        found = []
        for end in (0, 1):
            cells = int(rng.integers(7, 11))
            kind = {"cells": cells, "treasure": end * (cells - 1)}
            make_env = submission.public("corridor").call("Maker", hold=True, **kind)
            table = submission.call("train", make_env, seed, hold=True)
            found.append((kind, submission.map("act", [(table, state) for state in range(cells)])))
        return found

    answers = remembered("policies", ask)
    for _, actions in answers:
        for action in actions:
            expect.type(action, int, what="act(table, state)")
    return [(kind, [int(action) for action in actions]) for kind, actions in answers]


@pytest.mark.points(3)
@pytest.mark.hint(
    en="act has to look at what train returned, and train has to try both directions now and then.",
    ko="act는 train이 돌려준 것을 보고 골라야 하고, train은 가끔 두 방향을 모두 시도해야 해요.",
)
def test_what_was_learned_decides(policies, expect):
    """Where the treasure lies at the other end, the agent goes the other way.

    ko: 보물이 반대쪽 끝에 있으면 에이전트도 반대로 간다.
    """
    (_, to_the_left), (_, to_the_right) = policies
    expect.true(
        to_the_left[3] == 0 and to_the_right[3] == 1,
        en="The agent does not walk towards the treasure in both corridors.",
        ko="두 복도에서 모두 보물 쪽으로 가지는 않아요.",
    )


@pytest.mark.points(5)
@pytest.mark.hint(
    en="Print the mean return of the last 20 episodes while you train: does it rise?",
    ko="훈련하는 동안 마지막 20개 에피소드의 평균 이득을 출력해 보세요. 올라가나요?",
)
def test_return_on_new_corridors(policies, expect, band, rng):
    """The trained agent finds the treasure quickly.

    ko: 훈련된 에이전트가 보물을 빨리 찾는다.
    """
    returns, baselines = [], []
    for kind, actions in policies:
        returns.append(play(kind, rng, lambda state, actions=actions: actions[state]))
        baselines.append(play(kind, rng, lambda state: int(rng.integers(2))))
    # the weaker of the two counts: a rule for one end is no learning
    weaker = int(np.argmin(returns))
    expect.metric(band["return"], returns[weaker], baseline=baselines[weaker])
