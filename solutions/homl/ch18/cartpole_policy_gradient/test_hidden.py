"""Hidden checks of the policy gradient: other numbers, and an agent that is trained on carts of other physics."""

import importlib.util
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from grader.checks import Text

EPISODES = 50  # on each cart
ENOUGH = 150.0  # steps out of 200; more than that earns nothing more
SAME = Text("The episodes begin in the same states.", "에피소드가 같은 상태에서 시작해요.")
SEED = Text("The same seed gave another training.", "시드가 같은데 훈련 결과가 달라요.")
ALL_SEEDS = Text("Another seed gave the same training.", "시드가 다른데 훈련 결과가 같아요.")
AGAIN = Text("After a second training `log` is not of the same length.", "두 번째 훈련이 끝난 뒤 `log`의 길이가 달라요.")
NOT_BETTER = Text("The agent is hardly better than random pushes.", "무작위로 밀 때보다 별로 낫지 않아요.")
BY_RULE = Text("The agent acts alike on two such carts.", "그런 두 수레에서 똑같이 행동해요.")


def trusted_environment():
    """The grader's own copy of the environment, loaded from the file that students get."""
    spec = importlib.util.spec_from_file_location("cartpole", Path(__file__).parent / "data" / "cartpole.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cartpole = trusted_environment()


def carts(seed):
    """Physics of two carts that nobody has seen; the motor of the first is wired the other way round."""
    rng = np.random.default_rng([seed, 18])
    return [
        {
            "gravity": float(rng.uniform(8, 12)),
            "length": float(rng.uniform(0.5, 0.7)),
            "pole_mass": float(rng.uniform(0.08, 0.15)),
            "force": float(sign * rng.uniform(9, 11)),
            "start": 0.1,
        }
        for sign in (-1, 1)
    ]


def maker(code, **physics):
    return code.public("cartpole").call("Maker", hold=True, **physics)


def short_training(code, seed):
    """The environments of a training that takes no time."""
    make_env = maker(code, max_steps=12)
    code.call("train", make_env, seed, hold=True)
    return make_env


@pytest.fixture
def trained(submission, seed, remembered):
    """Parameters for each of the two carts, held inside; those of the submission are trained once for all checks."""

    def train(code, number):
        def anew():
            return code.call("train", maker(code, **carts(seed)[number]), seed + number, hold=True)

        return remembered(f"cart {number}", anew) if code is submission else anew()

    return train


@pytest.fixture
def played(submission, trained, expect, seed, remembered):
    """Returns on one of the two carts: of the trained agent, and of random pushes in the same episodes."""

    def play(code, number):
        def anew():
            params, rng = trained(code, number), np.random.default_rng([seed, 50, number])
            make_env, seeds = partial(cartpole.CartPole, **carts(seed)[number]), rng.integers(2**31, size=EPISODES)
            mine = expect.plays(make_env, lambda seen: code.map("act", [(params, obs) for obs in seen]), seeds)
            return mine, expect.plays(make_env, lambda seen: rng.integers(2, size=len(seen)), seeds)

        return remembered(f"returns {number}", anew) if code is submission else anew()

    return play


@pytest.mark.points(2)
def test_other_episodes(expect, rng):
    """Discounted sums and advantages of episodes of different length.

    ko: 길이가 서로 다른 에피소드들의 할인된 합과 어드밴티지.
    asks: There is **one** mean and **one** standard deviation (divide by $n$) for all.
    asks-ko: 평균과 표준 편차($n$으로 나눕니다)는 전체에 **하나씩**입니다.
    hint: Try rewards that are not all 1. Join the sums of all episodes before you take mean and standard deviation.
    hint-ko: 모두 1이 아닌 보상으로 시험해 보세요. 모든 에피소드의 합을 하나로 이은 다음 평균과 표준 편차를 구하세요.
    """
    for gamma in (0.5, 0.97):
        episodes = [rng.uniform(-1, 3, steps).tolist() for steps in (3, 30, 11)]
        expect.agree(lambda code: code.call("rewards_to_go", episodes[1], gamma))
        expect.agree(lambda code: code.call("advantages", episodes, gamma), rtol=1e-5)


@pytest.mark.points(1)
def test_logit_gradient_of_many_steps(expect, rng):
    """The gradient by the logits of many steps, with sure policies too.

    ko: 확신이 강한 정책까지 포함해 여러 스텝의 로짓에 대한 그레이디언트.
    asks: $\\partial J / \\partial z_t$ of each of the $n$ steps
    asks-ko: $n$개 스텝 각각의 $\\partial J / \\partial z_t$
    hint: p = 1 / (1 + exp(-z)), and each entry is A (a - p) / n.
    hint-ko: p = 1 / (1 + exp(-z))이고, 각 값은 A (a - p) / n이에요.
    """
    z, actions, A = rng.normal(0, 4, 50), rng.integers(2, size=50), rng.normal(size=50)
    expect.agree(lambda code: code.call("logit_gradient", z, actions, A))


@pytest.mark.points(2)
@pytest.mark.needs("test_actions_are_drawn")
def test_acts_by_what_it_learned(trained, played, expect):
    """The trained agent acts otherwise where the motor is turned round, and clearly better than random pushes.

    ko: 모터가 거꾸로 연결되면 훈련된 에이전트의 행동도 달라지고, 무작위로 밀 때보다 뚜렷하게 낫다.
    asks: the motor is wired the other way round
    asks-ko: 모터가 거꾸로 연결되어
    hint: Does the mean return in log grow on every cart, with the motor either way round? And does act follow params?
    hint-ko: 모터가 어느 쪽으로 연결되어 있든 log의 평균 이득이 커지나요? act는 params를 따르나요?
    """
    seen = np.random.default_rng(0).uniform(-0.15, 0.15, size=(200, 4))

    def otherwise(code):
        agents = [trained(code, number) for number in (0, 1)]
        one, other = (code.map("act", [(params, obs) for obs in seen]) for params in agents)
        return bool(np.mean(np.not_equal(one, other)) > 0.05)

    def better(code):
        return all(mine.mean() > 1.5 * random.mean() for mine, random in (played(code, number) for number in (0, 1)))

    expect.agree(otherwise, True, message=BY_RULE)
    expect.agree(better, True, message=NOT_BETTER)


@pytest.mark.points(6)
@pytest.mark.needs("test_actions_are_drawn")
def test_return_on_new_carts(submission, played, expect, band):
    """The trained agent balances carts that it was not written for.

    ko: 훈련된 에이전트가 처음 보는 수레에서도 막대를 세운다.
    asks: The checks train your agent on carts that you have not seen
    asks-ko: 검사에서는 여러분이 본 적 없는 수레로 훈련합니다
    hint: Print log for carts of your own, for example Maker(force=-10, length=0.7): does it reach 150 and stay there?
    hint-ko: Maker(force=-10, length=0.7)처럼 직접 만든 수레로 훈련하고 log를 출력해 보세요. 150에 이르러 그대로 머무나요?
    """
    # The weaker of the two counts: a rule for one kind of motor is no learning.
    mine, random = min([float(each.mean()) for each in played(submission, number)] for number in (0, 1))
    expect.metric(band["return"], min(ENOUGH, mine), baseline=random)


@pytest.mark.points(2)
@pytest.mark.needs("test_acts_by_what_it_learned")
def test_plays_different_episodes(expect):
    """Each episode of a training begins in a state of its own.

    ko: 훈련의 에피소드는 저마다 다른 상태에서 시작한다.
    asks: Begin each episode in a random state of its own.
    asks-ko: 에피소드는 저마다 다른 무작위 상태에서 시작하세요.
    hint: Play in make_env(), and give reset a new seed from your generator for each episode.
    hint-ko: make_env()로 만든 환경에서 플레이하고, 에피소드마다 난수 생성기에서 새로 뽑은 시드를 reset에 주세요.
    """

    def starts(code):
        return [str(start) for start in short_training(code, 4).call("starts")]

    expect.agree(lambda code: len(set(starts(code))) >= 0.8 * len(starts(code)), True, message=SAME)


@pytest.mark.points(1)
@pytest.mark.needs("test_acts_by_what_it_learned")
def test_seed_decides_the_training(expect):
    """The same seed gives the same training, another seed another.

    ko: 시드가 같으면 같은 훈련이, 다르면 다른 훈련이 된다.
    asks: Everything that is random comes out of `seed`
    asks-ko: 무작위로 정하는 것은 모두 `seed`에서 나와야 합니다
    hint: rng = np.random.default_rng(seed) at the top of train, and every draw out of it, the seeds for reset too.
    hint-ko: train 첫머리에서 rng = np.random.default_rng(seed)를 만들고, reset에 줄 시드까지 모두 여기서 뽑으세요.
    """

    def played(code, seed):
        make_env = short_training(code, seed)
        return make_env.call("starts"), make_env.call("actions", 1000)

    expect.agree(lambda code: played(code, 11) == played(code, 11), True, message=SEED)
    expect.agree(lambda code: played(code, 11) != played(code, 12), True, message=ALL_SEEDS)


@pytest.mark.points(1)
@pytest.mark.needs("test_acts_by_what_it_learned")
def test_log_belongs_to_the_latest_training(expect):
    """A second training begins the log anew.

    ko: 다시 훈련하면 log도 처음부터 다시 쓴다.
    asks: `train` clears it
    asks-ko: 이 리스트를 비운 뒤
    hint: log.clear() at the beginning of train.
    hint-ko: train 첫머리에서 log.clear()를 호출하세요.
    """

    def entries(code):
        short_training(code, 2)
        return len(code["log"])

    expect.agree(lambda code: entries(code) == entries(code) > 0, True, message=AGAIN)
