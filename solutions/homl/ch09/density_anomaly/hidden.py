"""Two moons, three stretched clouds, and pictures of digits some of which are turned or mirrored."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from sklearn.datasets import load_digits, make_blobs, make_moons


def three_clouds() -> tuple[np.ndarray, np.ndarray]:
    """1,250 rows, shape (1250, 2), of three Gaussians, and the mean of each, shape (3, 2)."""
    two, kind = make_blobs(1000, centers=((4, -4), (0, 0)), random_state=42)
    one, _ = make_blobs(250, centers=1, random_state=42)
    parts = [two @ np.array([[0.374, 0.95], [0.732, 0.598]]), one + [6, -8]]
    means = [parts[0][kind == 0].mean(axis=0), parts[0][kind == 1].mean(axis=0), parts[1].mean(axis=0)]
    return np.concatenate(parts), np.array(means)


def pictures(seed: int) -> SimpleNamespace:
    """Pixels in some order: ``ordinary`` (1000, 64) to learn from, ``new`` (400, 64) and whether these are ``odd``.

    ``lazy`` scores the new ones by their distance from the mean picture.
    """
    rng = np.random.default_rng([seed, 98])
    images = load_digits().images[rng.permutation(1797)] / 16
    odd = images[1350:1400]
    turned = np.concatenate([np.rot90(odd[:25], axes=(1, 2)), odd[25:, ::-1]])
    new = np.concatenate([images[1000:1350], turned]).reshape(400, 64)
    pixels, rows = rng.permutation(64), rng.permutation(400)
    ordinary, new = images[:1000].reshape(1000, 64)[:, pixels], new[rows][:, pixels]
    lazy = np.linalg.norm(new - ordinary.mean(axis=0), axis=1)
    return SimpleNamespace(ordinary=ordinary, new=new, odd=(np.arange(400) >= 350)[rows], lazy=lazy)


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return ``moons`` (1000, 2), ``clouds`` (1250, 2), their ``means`` (3, 2) and ``pictures``, a function of the seed."""
    moons, _ = make_moons(1000, noise=0.05, random_state=42)
    clouds, means = three_clouds()
    return {"moons": moons, "clouds": clouds, "means": means, "pictures": pictures}
