"""A cart that balances a pole: the CartPole task with the interface of a Gymnasium environment, in numpy alone.

The physics follow Barto, Sutton and Anderson (1983), integrated with Euler's method every 0.02 s. Every constant is a
parameter, so the same task can be set on another planet, with a longer pole or a weaker motor.
"""

from __future__ import annotations

import numpy as np

ANGLE_LIMIT = np.deg2rad(12)
TRACK_LIMIT = 2.4


class CartPole:
    """One cart on a track of 2 x 2.4 m; an episode ends when the pole leans over 12 degrees or the cart leaves the track.

    Parameters
    ----------
    gravity : float
        In m/s².
    cart_mass, pole_mass : float
        In kg.
    length : float
        Half the length of the pole, in m.
    force : float
        What action 1 pushes the cart with, in newton to the right; action 0 pushes with ``-force``.
    start : float
        Each of the four state variables begins uniformly between ``-start`` and ``start``.
    max_steps : int
        The episode is cut off (truncated) after this many steps.

    Attributes
    ----------
    starts : list of tuple
        The state in which each episode began, for those who want to look back.
    actions : list of list of int
        The actions of each episode.
    """

    def __init__(
        self,
        gravity: float = 9.8,
        cart_mass: float = 1.0,
        pole_mass: float = 0.1,
        length: float = 0.5,
        force: float = 10.0,
        start: float = 0.05,
        max_steps: int = 200,
    ) -> None:
        self.gravity, self.cart_mass, self.pole_mass = gravity, cart_mass, pole_mass
        self.length, self.force, self.start, self.max_steps = length, force, start, max_steps
        self.rng = np.random.default_rng()
        self.state = np.zeros(4)
        self.steps = 0
        self.starts: list[tuple[float, ...]] = []
        self.actions: list[list[int]] = []

    def reset(self, seed: int | None = None) -> tuple[np.ndarray, dict]:
        """Begin an episode; return the observation (cart position, velocity, pole angle, angular velocity) and ``{}``."""
        if seed is not None:
            self.rng = np.random.default_rng(seed)
        self.state = self.rng.uniform(-self.start, self.start, size=4)
        self.steps = 0
        self.starts.append(tuple(self.state.tolist()))
        self.actions.append([])
        return self.state.copy(), {}

    def step(self, action: int) -> tuple[np.ndarray, float, bool, bool, dict]:
        """Push for 0.02 s; return observation, reward (1 for each step survived), terminated, truncated and ``{}``."""
        if action not in (0, 1):
            raise ValueError(f"action is {action!r}; it has to be 0 or 1")
        x, x_dot, theta, theta_dot = self.state.tolist()
        self.actions[-1].append(int(action))
        push = self.force if action == 1 else -self.force
        total = self.cart_mass + self.pole_mass
        sin, cos = float(np.sin(theta)), float(np.cos(theta))
        pull = (push + self.pole_mass * self.length * theta_dot**2 * sin) / total
        theta_acc = (self.gravity * sin - cos * pull) / (self.length * (4 / 3 - self.pole_mass * cos**2 / total))
        x_acc = pull - self.pole_mass * self.length * theta_acc * cos / total
        dt = 0.02
        self.state = np.array([x + dt * x_dot, x_dot + dt * x_acc, theta + dt * theta_dot, theta_dot + dt * theta_acc])
        self.steps += 1
        terminated = bool(abs(self.state[0]) > TRACK_LIMIT or abs(self.state[2]) > ANGLE_LIMIT)
        truncated = bool(self.steps >= self.max_steps and not terminated)
        return self.state.copy(), 1.0, terminated, truncated, {}


class Maker:
    """Makes carts that share their constants: ``make_env = Maker(length=1.0)``, then ``make_env()`` as often as you like."""

    def __init__(self, **physics: float) -> None:
        self.physics = physics
        self.made: list[CartPole] = []

    def __call__(self) -> CartPole:
        self.made.append(CartPole(**self.physics))
        return self.made[-1]

    def starts(self) -> list[tuple[float, ...]]:
        """The states in which the episodes of all these carts began."""
        return [start for env in self.made for start in env.starts]

    def actions(self, episodes: int) -> list[list[int]]:
        """The actions of the first ``episodes`` episodes of all these carts."""
        return [actions for env in self.made for actions in env.actions][:episodes]
