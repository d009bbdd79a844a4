"""Checks that students do not have: trained on corridors of other lengths, played on the grader's own copy."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from grader.checks import Text

EPISODES = 30  # in each corridor
ELSEWHERE = Text(
    "The agent does not walk towards the treasure in both corridors.", "두 복도에서 모두 보물 쪽으로 가지는 않아요."
)


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
def corridors(seed):
    """Two corridors with the treasure at either end."""
    rng = np.random.default_rng([seed, 7])
    lengths = [int(rng.integers(7, 11)) for _ in range(2)]
    return [{"cells": cells, "treasure": end * (cells - 1)} for end, cells in enumerate(lengths)]


def policy(code, kind, seed):
    """The action that an agent which is trained in a corridor takes in each of its cells."""
    make_env = code.public("corridor").call("Maker", hold=True, **kind)
    table = code.call("train", make_env, seed, hold=True)
    return code.map("act", [(table, state) for state in range(kind["cells"])])


@pytest.mark.points(3)
def test_what_was_learned_decides(corridors, expect, seed):
    """Where the treasure lies at the other end, the agent goes the other way.

    ko: 보물이 반대쪽 끝에 있으면 에이전트도 반대로 간다.
    asks: with the treasure at either end
    asks-ko: 보물이 어느 쪽에나 있을 수 있는
    hint: act has to look at what train returned, and train has to try both directions now and then.
    hint-ko: act는 train이 돌려준 것을 보고 골라야 하고, train은 가끔 두 방향을 모두 시도해야 해요.
    """
    expect.agree(lambda code: [policy(code, kind, seed)[3] for kind in corridors], [0, 1], message=ELSEWHERE)


@pytest.mark.points(5)
def test_return_on_new_corridors(submission, corridors, expect, band, rng, seed):
    """The trained agent finds the treasure quickly.

    ko: 훈련된 에이전트가 보물을 빨리 찾는다.
    asks: Your agent is trained and played in corridors of other lengths
    asks-ko: 길이가 다르고
    hint: Print the mean return of the last 20 episodes while you train: does it rise?
    hint-ko: 훈련하는 동안 마지막 20개 에피소드의 평균 이득을 출력해 보세요. 올라가나요?
    """
    returns, baselines = [], []
    for kind in corridors:
        actions = policy(submission, kind, seed)
        for action in actions:
            expect.type(action, int, what="act(table, state)")
        returns.append(play(kind, rng, lambda state, actions=actions: actions[state]))
        baselines.append(play(kind, rng, lambda state: int(rng.integers(2))))
    # the weaker of the two counts: a rule for one end is no learning
    weaker = int(np.argmin(returns))
    expect.metric(band["return"], returns[weaker], baseline=baselines[weaker])
