"""Visible checks of the policy gradient: the worked examples, the form of an action, a log that rises on the usual cart."""

import numpy as np
import pytest

from grader.checks import Text

RANDOM_PLAY = 22  # steps that the usual cart's pole stays up when pushes are drawn at random
LEANING = np.random.default_rng(2).uniform([0, 0, 0.05, 0.3], [0, 0, 0.15, 0.8], size=(40, 4))  # to the right, and falling on
DRAWS = Text("`act` gave different actions for the same observation.", "같은 관측인데 `act`가 다른 행동을 반환했어요.")
NOT_DRAWN = Text("In training the actions are not drawn.", "훈련할 때 행동을 뽑지 않았어요.")
NO_ACTIONS = Text("Each action should be 0 or 1, as an int.", "행동은 0이나 1인 int여야 해요.")
NOT_RISEN = Text(
    "The mean return in `log` does not grow to three times that of random play, which is about 22 steps.",
    "`log`의 평균 이득이 무작위로 밀 때(22스텝쯤)의 세 배까지 커지지 않아요.",
)


def trained(code, seed, **physics):
    """Parameters after a training on such carts, and the actions of its first ten episodes."""
    make_env = code.public("cartpole").call("Maker", hold=True, **physics)
    return code.call("train", make_env, seed, hold=True), make_env.call("actions", 10)


def acts(code, params, observations):
    return code.map("act", [(params, obs) for obs in observations])


def playing(code):
    """How actions are chosen in training, in words."""
    # Without a motor nothing moves by the actions, so a policy that does not draw changes its mind once or twice an episode.
    _, episodes = trained(code, 7, force=0.0, max_steps=15)
    if not episodes:
        return "no episode"
    if np.mean([np.mean(np.diff(actions) != 0) for actions in episodes]) > 0.12:
        return "drawn"
    trained(code, 1)
    return "not drawn, but balances" if max(code["log"], default=0) >= 150 else "not drawn"


def end_of(log):
    """How the course of a log ends, in words."""
    if not log:
        return "empty"
    end, most = np.mean(log[-5:]), max(log)
    if most > 200:
        return "more than 200 steps"
    # Against random play and not against the first entries alone: a good update is far ahead after two iterations.
    if end >= 3 * RANDOM_PLAY and end >= 1.5 * log[0]:
        return "rises"
    if len(log) < 30:
        return "few iterations"
    if most > 1.5 * RANDOM_PLAY:
        return "rises too little" if end > RANDOM_PLAY / 1.8 else "rises and falls"
    return "stays" if end > RANDOM_PLAY / 1.8 else "falls"


@pytest.mark.points(1)
def test_rewards_to_go_by_hand(expect):
    """The discounted sums of three rewards.

    ko: 보상 세 개의 할인된 합.
    asks: Rewards 1, 1, 1 and $\\gamma = 0.9$ give (2.71, 1.9, 1).
    asks-ko: 보상이 1, 1, 1이고 $\\gamma = 0.9$이면 (2.71, 1.9, 1)입니다.
    hint: Begin with the last reward; going back, each sum is its reward plus gamma times the sum after it.
    hint-ko: 마지막 보상에서 시작해 뒤에서 앞으로 가세요. 각 합은 그 보상에, 바로 뒤의 합에 감마를 곱한 값을 더한 것이에요.
    """
    expect.agree(lambda code: code.call("rewards_to_go", [1.0, 1.0, 1.0], 0.9), [2.71, 1.9, 1.0])


@pytest.mark.points(1)
def test_advantages_by_hand(expect):
    """The advantages of two short episodes.

    ko: 짧은 에피소드 두 개의 어드밴티지.
    asks: give (1.118, 0, -1.118, 1.118, -1.118)
    asks-ko: 결과는 (1.118, 0, -1.118, 1.118, -1.118)입니다
    hint: Join the rewards-to-go of both episodes, subtract their mean and divide by their standard deviation.
    hint-ko: 두 에피소드의 할인된 합을 한 배열로 이은 다음, 그 평균을 빼고 그 표준 편차로 나누세요.
    """
    right = np.array([1.0, 0.0, -1.0, 1.0, -1.0]) / np.sqrt(0.8)
    expect.agree(lambda code: code.call("advantages", [[1.0, 1.0, 1.0], [2.0, 1.0]], 1.0), right, rtol=1e-5)


@pytest.mark.points(2)
def test_logit_gradient_by_hand(expect):
    """The gradient by the logits of two steps.

    ko: 스텝 두 개의 로짓에 대한 그레이디언트.
    asks: (1, 0) and $A = (2, -1)$ give (0.5, 0.375)
    asks-ko: (1, 0), $A = (2, -1)$이면 (0.5, 0.375)입니다
    hint: Each entry is A (a - p) / n; here p is 1/2 and 3/4.
    hint-ko: 각 값은 A (a - p) / n이에요. 여기서 p는 1/2과 3/4이에요.
    """
    z, actions, A = np.array([0.0, np.log(3.0)]), np.array([1, 0]), np.array([2.0, -1.0])
    expect.agree(lambda code: code.call("logit_gradient", z, actions, A), [0.5, 0.375])


@pytest.mark.points(2)
def test_action_is_greedy(expect):
    """An action is 0 or 1, and the same for the same observation.

    ko: 행동은 0 또는 1이고, 같은 관측에는 같은 행동을 한다.
    asks: the more probable action, 0 or 1
    asks-ko: 확률이 더 높은 행동을 0 또는 1로 반환합니다
    hint: act compares the two probabilities and returns 0 or 1; nothing in it is random.
    hint-ko: act는 두 행동의 확률을 비교해서 0이나 1을 반환해요. 여기에는 무작위가 없어요.
    """
    observations = np.random.default_rng(1).uniform(-0.2, 0.2, size=(60, 4))

    def both_times(code):
        params, _ = trained(code, 0, max_steps=10)
        return acts(code, params, observations), acts(code, params, observations)

    expect.agree(lambda code: expect.holds(expect.actions, both_times(code)[0], 60), True, message=NO_ACTIONS)
    expect.agree(lambda code: np.array_equal(*both_times(code)), True, message=DRAWS)


@pytest.mark.points(2)
def test_actions_are_drawn(expect):
    """In training the actions are drawn from the policy's probabilities.

    ko: 훈련할 때 행동을 정책의 확률에 따라 뽑는다.
    asks: **draw** the action from the policy's own probabilities
    asks-ko: 행동은 정책의 확률 $\\pi_\\theta(a \\mid s)$에 따라 **뽑습니다**
    hint: action = int(rng.random() < p) while training: from actions that vary by chance the agent sees which are better.
    hint-ko: 훈련할 때는 action = int(rng.random() < p)로 뽑으세요. 행동이 우연히 달라져야 무엇이 더 나은지 알 수 있어요.
    """
    expect.agree(playing, "drawn", message=NOT_DRAWN)


@pytest.mark.points(2)
def test_log_rises(expect):
    """On the usual cart the mean return grows to three times that of random play.

    ko: 기본 수레에서 평균 이득이 무작위로 밀 때의 세 배 이상으로 늘어난다.
    asks: appends the mean return (sum of rewards) of each iteration's episodes
    asks-ko: 반복마다 에피소드들의 평균 이득(return, 보상의 합)을 덧붙입니다
    hint: Print log. Does it grow at first, and then fall? Then the steps are too long. Does it never grow? Compare steps 1 to 4.
    hint-ko: log를 출력해 보세요. 커지다가 작아지면 학습률이 너무 큰 거예요. 전혀 커지지 않으면 1~4단계와 하나씩 비교해 보세요.
    """

    def course(code):
        params, _ = trained(code, 1)
        end = end_of(code["log"])
        if end == "falls" and np.mean(acts(code, params, LEANING)) < 0.1:
            end = "falls; pushes away from the pole"
        played = playing(code)
        return played if played.startswith("not drawn") else end

    expect.agree(course, "rises", message=NOT_RISEN)
