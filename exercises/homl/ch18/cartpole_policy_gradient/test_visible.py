"""Visible checks of the policy gradient: the form of an action, and a log that rises on the usual cart."""

import numpy as np
import pytest

from grader.vocabulary import Text

RANDOM_PLAY = 22  # steps that the usual cart's pole stays up when pushes are drawn at random


@pytest.mark.points(1)
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
    first, again = (
        expect.actions(submission.map("act", [(params, obs) for obs in observations]), len(observations))
        for _ in range(2)
    )
    expect.same(
        again,
        first,
        message=Text(
            "`act` gave different actions for the same observation: take the more probable one, do not draw.",
            "같은 관측인데 `act`가 다른 행동을 반환했어요. 뽑지 말고 확률이 더 높은 행동을 고르세요.",
        ),
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="If the log falls or stays flat, look at the sign of the update and at the rewards that an action is credited with.",
    ko="log가 떨어지거나 그대로라면, 파라미터를 바꾸는 부호와 행동마다 매긴 보상을 살펴보세요.",
)
def test_log_rises(submission, expect):
    """On the usual cart the mean return grows to three times that of random play.

    ko: 기본 수레에서 평균 이득이 무작위로 밀 때의 세 배 이상으로 늘어난다.
    """
    submission.call("train", submission.public("cartpole").call("Maker", hold=True), 1, hold=True)
    log = submission["log"]
    # Against random play and not against the first entries alone: a good update is far ahead after two iterations.
    expect.rises(log, floor=3 * RANDOM_PLAY)
    expect.at_most(max(log), 200, what=Text("the highest return in log", "log에서 가장 큰 이득"))
