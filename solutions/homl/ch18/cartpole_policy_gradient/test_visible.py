"""Visible checks of the policy gradient: the form of an action, and a log that rises on the usual cart."""

import numpy as np
import pytest

from grader.checks import Text

RANDOM_PLAY = 22  # steps that the usual cart's pole stays up when pushes are drawn at random
EMPTY = Text(
    "`log` is empty: `train` has played no iteration, or not written down what it returned.",
    "`log`가 비어 있어요. `train`이 한 번도 플레이하지 않았거나 이득을 적어 두지 않았어요.",
)
SHORT = Text(
    "Training ends while the agent still has much to learn: `log` holds few iterations.",
    "에이전트가 더 배워야 하는데 훈련이 끝났어요. `log`에 반복이 몇 번밖에 없어요.",
)
COLLAPSED = Text(
    "The mean return grew at first and fell below that of random play afterwards: the policy drifts to one action, "
    "even where that action was already probable.",
    "평균 이득이 처음에는 커지다가 무작위로 밀 때보다도 작아졌어요. 이미 확률이 높은 행동인데도 정책이 그쪽으로만 쏠려요.",
)
FALLS = Text(
    "The mean return falls far below that of random play: what was better than usual becomes less probable.",
    "평균 이득이 무작위로 밀 때보다 훨씬 작아졌어요. 평소보다 좋았던 행동의 확률이 오히려 줄어들어요.",
)
FLAT = Text(
    "The mean return stays at that of random play: is each action credited with what came after it, with all of it?",
    "평균 이득이 무작위로 밀 때에 머물러요. 행동마다 그 뒤에 받은 보상을 모두 매겼나요?",
)


def course(log):
    """What the course of a log that has not risen far enough says about the training."""
    if not isinstance(log, list) or not all(isinstance(value, int | float) for value in log):
        return None
    if not log:
        return EMPTY
    end, most = np.mean(log[-5:]), max(log)
    if len(log) < 30:
        return SHORT
    if end < RANDOM_PLAY / 1.5:
        return COLLAPSED if most > 1.5 * RANDOM_PLAY else FALLS
    return FLAT if most < 1.5 * RANDOM_PLAY else None


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
    expect.rises(log, floor=3 * RANDOM_PLAY, message=course(log))
    expect.at_most(max(log), 200, what=Text("the highest return in log", "log에서 가장 큰 이득"))
