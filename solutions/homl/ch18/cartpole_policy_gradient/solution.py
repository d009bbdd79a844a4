# %% [markdown] lang="en"
# # CartPole: learning a policy by its gradient
#
# A pole stands on a cart. At every step you push the cart to the left (action 0) or to the right (action 1), and collect
# a reward of 1 as long as the pole stays up. No one tells you which push was right: there are only whole episodes, some
# long, some short. REINFORCE, the oldest *policy gradient*, learns from that:
#
# 1. Play some episodes. In each state **draw** the action from the policy's own probabilities $\pi_\theta(a \mid s)$.
# 2. Give each action the **discounted sum of the rewards from its own on**: $G_t = r_t + \gamma\, r_{t+1} + \gamma^2 r_{t+2} + \dots$
# 3. Subtract the mean of all $G_t$ of these episodes and divide by their standard deviation. The result is $A_t$: better
#    than usual is positive, worse is negative.
# 4. Go **up** the gradient of $J = \frac1n \sum_t A_t \log \pi_\theta(a_t \mid s_t)$, and begin again.
#
# With one output $z$ and $p = \pi(1 \mid s) = \sigma(z)$ the derivative is short: $\partial \log \pi(a \mid s) / \partial z = a - p$.
#
# ## Part 1: the arithmetic
#
# * `rewards_to_go(rewards, gamma)`: the $G_t$ of one episode, an array. Rewards 1, 1, 1 and $\gamma = 0.9$ give (2.71, 1.9, 1).
#   Go through the episode backwards and each step needs a single addition.
# * `advantages(episodes, gamma)`: all $A_t$ in one array, one episode after the other; `episodes` is a list with the rewards
#   of each. There is **one** mean and **one** standard deviation (divide by $n$) for all. Rewards (1, 1, 1) and (2, 1) with
#   $\gamma = 1$ have $G$ = (3, 2, 1) and (3, 1), and give (1.118, 0, -1.118, 1.118, -1.118).
# * `logit_gradient(z, actions, A)`: $\partial J / \partial z_t$ of each of the $n$ steps, an array. $z = (0, \log 3)$, actions
#   (1, 0) and $A = (2, -1)$ give (0.5, 0.375).
#
# ## Part 2: the agent
#
# The environment is in `data/cartpole.py` (read it): `env.reset(seed=None)` returns `(obs, info)`,
# `env.step(action)` returns `(obs, reward, terminated, truncated, info)` as Gymnasium does. `obs` holds position and
# velocity of the cart, angle and angular velocity of the pole. An episode is cut off after 200 steps.
#
# * `train(make_env, seed) -> params`: `make_env()` returns a new environment. Train a policy by steps 1 to 4 in at most 20
#   seconds and return its parameters: an array, or a dictionary, list or tuple of arrays. Everything that is random comes
#   out of `seed`: the same seed and environment give the same parameters. Begin each episode in a random state of its own.
# * `act(params, obs) -> int`: the more probable action, 0 or 1. `obs` has shape `(4,)`; nothing here is random.
# * `log`: a list of floats at the top of the module; `train` clears it and appends the mean return (sum of rewards) of
#   each iteration's episodes.
#
# The checks train your agent on carts that you have not seen: other masses, poles and planets. On some the motor is
# wired the other way round and action 1 pushes to the left, so that a rule written by hand falls over at once.
#
# **Hints.** A random policy holds the pole for about 20 steps. Eight hidden units with tanh, 10 episodes per iteration,
# 100 iterations, $\gamma = 0.97$ and Adam with a rate that falls from 0.03 reach 200 in a second or two. For each episode draw
# a new seed for `reset` from your own generator.

# %% [markdown] lang="ko"
# # 카트폴: 정책 그레이디언트로 배우기
#
# 수레 위에 막대가 서 있습니다. 매 스텝 수레를 왼쪽(행동 0)이나 오른쪽(행동 1)으로 밀고, 막대가 서 있는 동안 보상을 1씩 받습니다.
# 어느 쪽으로 미는 것이 옳았는지는 아무도 알려 주지 않습니다. 긴 에피소드와 짧은 에피소드가 있을 뿐입니다. 가장 오래된 *정책
# 그레이디언트*(policy gradient) 알고리즘인 REINFORCE는 여기서 배웁니다.
#
# 1. 에피소드를 여러 번 플레이합니다. 각 상태에서 행동은 정책의 확률 $\pi_\theta(a \mid s)$에 따라 **뽑습니다**.
# 2. 행동마다 **그때부터 받은 보상의 할인된 합**을 매깁니다. $G_t = r_t + \gamma\, r_{t+1} + \gamma^2 r_{t+2} + \dots$
# 3. 이 에피소드들의 모든 $G_t$에서 평균을 빼고 표준 편차로 나눕니다. 그 결과가 $A_t$입니다. 평소보다 좋으면 양수, 나쁘면 음수가 됩니다.
# 4. $J = \frac1n \sum_t A_t \log \pi_\theta(a_t \mid s_t)$의 그레이디언트를 따라 **올라갑니다**. 그리고 처음부터 되풀이합니다.
#
# 출력이 $z$ 하나이고 $p = \pi(1 \mid s) = \sigma(z)$라면 미분은 간단합니다. $\partial \log \pi(a \mid s) / \partial z = a - p$
#
# ## 1부: 계산
#
# * `rewards_to_go(rewards, gamma)`: 에피소드 하나의 $G_t$를 배열로 반환합니다. 보상이 1, 1, 1이고 $\gamma = 0.9$이면
#   (2.71, 1.9, 1)입니다. 에피소드를 뒤에서부터 훑으면 스텝마다 덧셈 한 번이면 됩니다.
# * `advantages(episodes, gamma)`: 모든 $A_t$를 에피소드 순서대로 이어서 배열 하나로 반환합니다. `episodes`는 에피소드마다 보상을 담은
#   리스트입니다. 평균과 표준 편차($n$으로 나눕니다)는 전체에 **하나씩**입니다. 보상이 (1, 1, 1)과 (2, 1)이고 $\gamma = 1$이면
#   $G$는 (3, 2, 1)과 (3, 1)이고, 결과는 (1.118, 0, -1.118, 1.118, -1.118)입니다.
# * `logit_gradient(z, actions, A)`: $n$개 스텝 각각의 $\partial J / \partial z_t$를 배열로 반환합니다. $z = (0, \log 3)$, 행동이
#   (1, 0), $A = (2, -1)$이면 (0.5, 0.375)입니다.
#
# ## 2부: 에이전트
#
# 환경은 `data/cartpole.py`에 있습니다(한번 읽어 보세요). Gymnasium과 같이 `env.reset(seed=None)`은 `(obs, info)`를,
# `env.step(action)`은 `(obs, reward, terminated, truncated, info)`를 반환합니다. `obs`는 수레의 위치와 속도, 막대의 각도와
# 각속도입니다. 에피소드는 200스텝에서 끊깁니다.
#
# * `train(make_env, seed) -> params`: `make_env()`는 새 환경을 반환합니다. 위의 1~4단계로 20초 안에 정책을 훈련하고 파라미터를
#   반환하세요. 파라미터는 배열이거나, 배열을 담은 딕셔너리·리스트·튜플입니다. 무작위로 정하는 것은 모두 `seed`에서 나와야 합니다. 시드와
#   환경이 같으면 파라미터도 같아야 합니다. 에피소드는 저마다 다른 무작위 상태에서 시작하세요.
# * `act(params, obs) -> int`: 확률이 더 높은 행동을 0 또는 1로 반환합니다. `obs`의 크기는 `(4,)`이고, 여기에는 무작위가 없습니다.
# * `log`: 모듈 맨 위에 있는 실수 리스트입니다. `train`은 이 리스트를 비운 뒤, 반복마다 에피소드들의 평균 이득(return, 보상의 합)을
#   덧붙입니다.
#
# 검사에서는 여러분이 본 적 없는 수레로 훈련합니다. 질량도, 막대도, 행성도 다릅니다. 어떤 수레는 모터가 거꾸로 연결되어 행동 1이
# 왼쪽으로 밉니다. 손으로 쓴 규칙은 그 자리에서 넘어집니다.
#
# **힌트.** 무작위 정책은 막대를 20스텝쯤 버팁니다. tanh 은닉 유닛 여덟 개, 반복마다 에피소드 10개, 반복 100번, $\gamma = 0.97$,
# 학습률을 0.03에서 차츰 줄이는 Adam이면 1~2초 만에 200에 이릅니다. 에피소드마다 여러분의 난수 생성기에서 새 시드를 뽑아 `reset`에 주면
# 됩니다.

# %%
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Params = dict[str, np.ndarray]
log: list[float] = []  # mean return of each iteration of the latest training


# %%
def rewards_to_go(rewards: Sequence[float], gamma: float) -> np.ndarray:
    """Discounted sum of each step's own reward and all later ones, shape (n_steps,)."""
    # SOLUTION
    returns, running = np.empty(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        running = rewards[t] + gamma * running
        returns[t] = running
    return returns
    # END SOLUTION


# %%
def advantages(episodes: Sequence[Sequence[float]], gamma: float) -> np.ndarray:
    """Standardised rewards-to-go of all steps of all episodes, one after the other."""
    # SOLUTION
    returns = np.concatenate([rewards_to_go(rewards, gamma) for rewards in episodes])
    # The mean of all these episodes is the baseline: half of the actions have to be worse than usual.
    return (returns - returns.mean()) / (returns.std() + 1e-8)
    # END SOLUTION


# %%
def logit_gradient(z: np.ndarray, actions: np.ndarray, A: np.ndarray) -> np.ndarray:
    """Derivative of J by the logit of each step, shape (n_steps,)."""
    # SOLUTION
    return A * (actions - 1 / (1 + np.exp(-z))) / len(z)
    # END SOLUTION


# %% tags=["solution-only"]
HIDDEN_UNITS = 8
ITERATIONS = 100
EPISODES = 10  # in each iteration
GAMMA = 0.97
LEARNING_RATE = 0.03


def forward(params: Params, obs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Hidden activations and the logit of action 1, for one observation (4,) or a batch (n, 4)."""
    hidden = np.tanh(obs @ params["W1"] + params["b1"])
    return hidden, hidden @ params["w2"] + params["b2"]


def play(env: Any, params: Params, rng: np.random.Generator) -> tuple[list[np.ndarray], list[int], list[float]]:
    """One episode with actions drawn from the policy: observations, actions and rewards."""
    observations, actions, rewards = [], [], []
    obs, _ = env.reset(seed=int(rng.integers(2**31)))
    done = False
    while not done:
        logit = forward(params, obs)[1]
        action = int(rng.random() < 1 / (1 + np.exp(-logit)))
        observations.append(obs)
        actions.append(action)
        obs, reward, terminated, truncated, _ = env.step(action)
        rewards.append(reward)
        done = terminated or truncated
    return observations, actions, rewards


def policy_gradient(params: Params, obs: np.ndarray, actions: np.ndarray, A: np.ndarray) -> Params:
    """Gradient of J by each parameter: the chain rule from the logit back through the network."""
    hidden, logits = forward(params, obs)
    d_logit = logit_gradient(logits, actions, A)
    d_hidden = np.outer(d_logit, params["w2"]) * (1 - hidden**2)
    return {"W1": obs.T @ d_hidden, "b1": d_hidden.sum(axis=0), "w2": hidden.T @ d_logit, "b2": d_logit.sum()}


# %%
def train(make_env: Callable[[], Any], seed: int) -> Any:
    """Train a policy on ``make_env()`` and return its parameters; ``log`` gets one mean return per iteration."""
    # SOLUTION
    rng = np.random.default_rng(seed)
    env = make_env()
    params: Params = {
        "W1": rng.normal(0, 0.5, (4, HIDDEN_UNITS)),
        "b1": np.zeros(HIDDEN_UNITS),
        "w2": rng.normal(0, 0.3, HIDDEN_UNITS),
        "b2": np.zeros(()),
    }
    mean = {name: np.zeros_like(value) for name, value in params.items()}
    square = {name: np.zeros_like(value) for name, value in params.items()}
    log.clear()
    for iteration in range(1, ITERATIONS + 1):
        episodes = [play(env, params, rng) for _ in range(EPISODES)]
        log.append(float(np.mean([sum(rewards) for _, _, rewards in episodes])))
        A = advantages([rewards for _, _, rewards in episodes], GAMMA)
        observations = np.array([obs for episode in episodes for obs in episode[0]])
        actions = np.array([action for episode in episodes for action in episode[1]])
        gradient = policy_gradient(params, observations, actions, A)
        for name, slope in gradient.items():  # Adam, upwards
            mean[name] = 0.9 * mean[name] + 0.1 * slope
            square[name] = 0.999 * square[name] + 0.001 * slope**2
            step = mean[name] / (1 - 0.9**iteration) / (np.sqrt(square[name] / (1 - 0.999**iteration)) + 1e-8)
            # Long strides first, short ones at the end, so that a good policy is not thrown away again.
            params[name] = params[name] + LEARNING_RATE * (1 - iteration / (ITERATIONS + 1)) * step
    return params
    # END SOLUTION


# %%
def act(params: Any, obs: np.ndarray) -> int:
    """The more probable action for one observation (4,)."""
    # SOLUTION
    return int(forward(params, np.asarray(obs))[1] > 0)
    # END SOLUTION
