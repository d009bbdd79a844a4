"""Hidden checks of the policy gradient: the agent is trained on carts of other physics and plays on the grader's own."""

import importlib.util
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from grader.checks import Text

EPISODES = 50  # on each cart
ENOUGH = 150.0  # steps out of 200; more than that earns nothing more
HARDLY = Text(
    "Training played hardly any episodes in the environments that make_env() gives: learn by playing there.",
    "make_env()가 만든 환경에서 플레이한 에피소드가 거의 없어요. 그 환경에서 플레이하며 배워야 해요.",
)
SAME = Text(
    "The episodes begin in the same states again and again; an agent should not be trained on one start only.",
    "에피소드가 같은 상태에서 되풀이해 시작해요. 한 가지 시작 상태만으로 훈련하면 안 돼요.",
)
AGAIN = Text(
    "After a second training `log` should hold the returns of that training only.",
    "두 번째 훈련이 끝나면 `log`에는 그 훈련의 이득만 들어 있어야 해요.",
)
BY_RULE = Text(
    "The agent acts alike on two carts whose motors are wired in opposite ways: it follows one rule, and not what it learned.",
    "모터가 서로 반대로 연결된 두 수레에서 똑같이 행동해요. 배운 것이 아니라 한 가지 규칙을 따르고 있어요.",
)


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


@pytest.fixture
def trained(submission, seed, remembered):
    """Parameters for each of the two carts, held inside; trained once for all checks of a run."""

    def train(number):
        make_env = submission.public("cartpole").call("Maker", hold=True, **carts(seed)[number])
        return submission.call("train", make_env, seed + number, hold=True)

    return lambda number: remembered(f"cart {number}", lambda: train(number))


@pytest.fixture
def policy(submission):
    """The greedy policy of some parameters: asked for a list of observations in one go."""
    return lambda params: lambda seen: submission.map("act", [(params, obs) for obs in seen])


@pytest.fixture
def returns(trained, policy, expect, seed, remembered):
    """Returns on each of the two carts: of the trained agent, and of random pushes in the same episodes."""

    def measure():
        rng = np.random.default_rng([seed, 50])
        found = []
        for number, physics in enumerate(carts(seed)):
            seeds = rng.integers(2**31, size=EPISODES)
            make_env = partial(cartpole.CartPole, **physics)
            trained_returns = expect.plays(make_env, policy(trained(number)), seeds)
            found.append((trained_returns, expect.plays(make_env, lambda seen: rng.integers(2, size=len(seen)), seeds)))
        return found

    return remembered("returns", measure)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Before anything else: does the mean return in log grow on every cart, with the motor either way round?",
    ko="무엇보다 먼저, 모터가 어느 쪽으로 연결되어 있든 log의 평균 이득이 커지는지 확인하세요.",
)
def test_training_teaches_something(returns, trained, policy, expect, rng):
    """On carts that are new to it, the trained agent is clearly better than random pushes.

    ko: 처음 보는 수레에서 훈련된 에이전트가 무작위로 밀 때보다 뚜렷하게 낫다.
    """
    seen = list(np.random.default_rng(0).uniform(-0.15, 0.15, size=(200, 4)))
    one, other = (expect.actions(policy(trained(number))(seen), len(seen)) for number in (0, 1))
    message = BY_RULE if one == other and len(set(one)) == 2 else None
    for trained_returns, random_returns in returns:
        expect.learned(trained_returns, random_returns, rng, times=1.5, message=message)


@pytest.mark.points(13)
@pytest.mark.hint(
    en="Print log for carts of your own, for example Maker(force=-10, length=0.7): does it reach 150 and stay there?",
    ko="Maker(force=-10, length=0.7)처럼 직접 만든 수레로 훈련하고 log를 출력해 보세요. 150에 이르러 그대로 머무나요?",
)
def test_return_on_new_carts(returns, expect, band):
    """The trained agent balances carts that it was not written for.

    ko: 훈련된 에이전트가 처음 보는 수레에서도 막대를 세운다.
    """
    # The weaker of the two counts: a rule for one kind of motor is no learning.
    found, baseline = min(((mine.mean(), random.mean()) for mine, random in returns), key=lambda pair: pair[0])
    expect.metric(band["return"], min(ENOUGH, float(found)), baseline=float(baseline))


@pytest.mark.points(3)
@pytest.mark.needs("test_training_teaches_something")
@pytest.mark.hint(
    en="Play in make_env(), and give reset a new seed from your generator for each episode.",
    ko="make_env()로 만든 환경에서 플레이하고, 에피소드마다 난수 생성기에서 새로 뽑은 시드를 reset에 주세요.",
)
def test_plays_different_episodes(submission, expect):
    """Training plays many episodes, each from a state of its own.

    ko: 훈련은 저마다 다른 상태에서 시작하는 에피소드를 여러 번 플레이한다.
    """
    make_env = submission.public("cartpole").call("Maker", max_steps=12, hold=True)
    submission.call("train", make_env, 4, hold=True)
    starts = make_env.call("starts")
    expect.type(starts, list, what="starts of the episodes")
    new = len({str(start) for start in starts}) / max(1, len(starts))
    expect.at_least(len(starts), 30, what=Text("Episodes played", "플레이한 에피소드"), message=HARDLY, measured=True)
    expect.at_least(new, 0.8, what=Text("Share of new starts", "새로운 시작의 비율"), message=SAME, measured=True)


@pytest.mark.points(2)
@pytest.mark.needs("test_action_is_greedy", "test_training_teaches_something")
@pytest.mark.hint(
    en="rng = np.random.default_rng(seed) at the top of train, and every draw out of it, the seeds for reset too.",
    ko="train 첫머리에서 rng = np.random.default_rng(seed)를 만들고, reset에 줄 시드까지 모두 여기서 뽑으세요.",
)
def test_seed_decides_the_training(submission, policy, expect, rng):
    """The same seed trains the same policy, another seed another.

    ko: 시드가 같으면 같은 정책이, 다르면 다른 정책이 훈련된다.
    """
    module = submission.public("cartpole")
    observations = rng.uniform(-0.2, 0.2, size=(300, 4))

    def train(number):
        params = submission.call("train", module.call("Maker", max_steps=12, hold=True), number, hold=True)
        # The log as well: two short trainings may well end in the same greedy actions.
        log = expect.array(submission["log"], (None,))
        return [expect.actions(policy(params)(observations), len(observations)), log]

    expect.seeded(train, (11, 12, 13, 14))


@pytest.mark.points(1)
@pytest.mark.needs("test_training_teaches_something")
@pytest.mark.hint(en="log.clear() at the beginning of train.", ko="train 첫머리에서 log.clear()를 호출하세요.")
def test_log_belongs_to_the_latest_training(submission, expect):
    """A second training begins the log anew.

    ko: 다시 훈련하면 log도 처음부터 다시 쓴다.
    """
    module = submission.public("cartpole")
    lengths = []
    for _ in range(2):
        submission.call("train", module.call("Maker", max_steps=5, hold=True), 2, hold=True)
        lengths.append(len(expect.array(submission["log"], (None,))))
    expect.same(*lengths, message=AGAIN)


@pytest.mark.points(1)
@pytest.mark.needs("test_action_is_greedy", "test_training_teaches_something")
@pytest.mark.hint(
    en="act has to compute the action from params, and params have to come out of the episodes.",
    ko="act는 params로 행동을 계산해야 하고, params는 에피소드에서 배운 값이어야 해요.",
)
def test_parameters_decide_the_action(trained, policy, expect, rng):
    """Parameters learned on another cart lead to other actions.

    ko: 다른 수레에서 배운 파라미터는 다른 행동으로 이어진다.
    """
    observations = rng.uniform(-0.15, 0.15, size=(200, 4))
    expect.policies_differ(*(expect.attends(policy(trained(number)), observations) for number in (0, 1)))
