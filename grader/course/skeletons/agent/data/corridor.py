"""A corridor of cells with a treasure at one of its ends; an episode begins somewhere in the middle."""

import numpy as np


class Corridor:
    """States 0 to ``cells - 1``; action 0 goes left, 1 goes right. Each step costs 0.1, the treasure is worth 1."""

    def __init__(self, cells=9, treasure=0, max_steps=40):
        self.cells, self.treasure, self.max_steps = cells, treasure, max_steps
        self.state, self.steps = cells // 2, 0

    def reset(self, seed=None):
        """Begin an episode; returns the state."""
        self.state, self.steps = int(np.random.default_rng(seed).integers(2, self.cells - 2)), 0
        return self.state

    def step(self, action):
        """Returns (state, reward, done)."""
        self.state = min(self.cells - 1, max(0, self.state + (1 if action == 1 else -1)))
        self.steps += 1
        found = self.state == self.treasure
        return self.state, (1.0 if found else -0.1), found or self.steps >= self.max_steps


class Maker:
    """Makes corridors of one kind: ``make_env = Maker(cells=9, treasure=8)``; ``make_env()`` is a new one."""

    def __init__(self, **kind):
        self.kind = kind

    def __call__(self):
        return Corridor(**self.kind)
