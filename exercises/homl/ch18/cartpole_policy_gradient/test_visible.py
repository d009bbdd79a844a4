"""Visible checks of the policy gradient: the form of an action, and a log that rises on the usual cart."""

import numpy as np
import pytest

from grader.vocabulary import Text

RANDOM_PLAY = 22  # steps that the usual cart's pole stays up when pushes are drawn at random


@pytest.mark.points(2)
@pytest.mark.hint(
    en="act compares the two probabilities and returns 0 or 1; nothing in it is random.",
    ko="act는 두 행동의 확률을 비교해서 0이나 1을 반환해요. 여기에는 무작위가 없어요.",
)
def test_action_is_greedy(submission, expect):
    """An action is 0 or 1, and the same for the same observation.

    ko: 행동은 0 또는 1이고, 같은 관측에는 같은 행동을 한다.
    """
    # Episodes of at most ten steps make a training that takes no time.
    make_env = submission.public("cartpole").call("Maker", max_steps=10, hold=True)
    params = submission.call("train", make_env, 0, hold=True)
    observations = np.random.default_rng(1).uniform(-0.2, 0.2, size=(60, 4))
    first, again = (submission.map("act", [(params, obs) for obs in observations]) for _ in range(2))
    for action in [*first, *again]:
        expect.type(action, int, what="act(params, obs)")
        expect.true(
            action in (0, 1),
            en="`act` should return 0 (left) or 1 (right).",
            ko="`act`는 0(왼쪽)이나 1(오른쪽)을 반환해야 해요.",
        )
    expect.true(
        first == again,
        en="`act` gave different actions for the same observation: take the more probable one, do not draw.",
        ko="같은 관측인데 `act`가 다른 행동을 반환했어요. 뽑지 말고 확률이 더 높은 행동을 고르세요.",
    )


@pytest.mark.points(4)
@pytest.mark.hint(
    en="If the log falls or stays flat, look at the sign of the update and at the rewards that an action is credited with.",
    ko="log가 떨어지거나 그대로라면, 파라미터를 바꾸는 부호와 행동마다 매긴 보상을 살펴보세요.",
)
def test_log_rises(submission, expect):
    """On the usual cart the mean return grows to three times that of random play.

    ko: 기본 수레에서 평균 이득이 무작위로 밀 때의 세 배 이상으로 늘어난다.
    """
    submission.call("train", submission.public("cartpole").call("Maker", hold=True), 1, hold=True)
    returns = submission["log"]
    expect.type(returns, list, what="log")
    expect.at_least(
        len(returns),
        10,
        what="entries in log",
        message=Text(
            "`log` should get one mean return for each iteration, at least ten in all.",
            "`log`에는 반복마다 평균 이득이 하나씩, 모두 열 개 이상 들어 있어야 해요.",
        ),
    )
    for value in returns:
        expect.type(value, (int, float), what="an entry of log")
    expect.finite(returns)
    values = np.array(returns, dtype=float)
    expect.true(
        bool((values >= 1).all() and (values <= 200).all()),
        en="Every return lies between 1 and 200, the length of the shortest and the longest episode.",
        ko="이득은 모두 1과 200 사이의 값이에요. 가장 짧은 에피소드와 가장 긴 에피소드의 길이이지요.",
    )
    flat = Text(
        "The policy hardly gets better: at the end the mean return should be three times the 22 steps of random pushes.",
        "정책이 거의 나아지지 않아요. 마지막에는 평균 이득이 무작위로 밀 때의 22스텝의 세 배는 되어야 해요.",
    )
    # Against random play and not against the first entries alone: a good update is far ahead after two iterations.
    expect.at_least(float(values[-5:].mean()), 3 * RANDOM_PLAY, what="mean of the last five entries", message=flat)
    expect.at_least(
        float(values[-5:].mean() / values[0]),
        1.5,
        what="mean of the last five entries over the first one",
        message=Text(
            "`log` begins almost as high as it ends: its first entry belongs to the policy before any learning.",
            "`log`의 처음과 끝이 비슷해요. 첫 번째 값은 아무것도 배우기 전 정책의 이득이어야 해요.",
        ),
    )
