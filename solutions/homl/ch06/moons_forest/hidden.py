"""The exercise's own split, crescents that nobody has seen, and what a tree that grew as it liked says of them."""

from pathlib import Path
from typing import Any

from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return the split of the starter, ``fresh_X``, ``fresh_y`` from the same source, and the accuracy ``lazy`` there."""
    X, y = make_moons(n_samples=10_000, noise=0.4, random_state=42)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
    fresh_X, fresh_y = make_moons(n_samples=20_000, noise=0.4, random_state=917_403)
    lazy = DecisionTreeClassifier(random_state=0).fit(X_train, y_train).score(fresh_X, fresh_y)
    split = {"X_train": X_train, "X_test": X_test, "y_train": y_train, "y_test": y_test}
    return split | {"fresh_X": fresh_X, "fresh_y": fresh_y, "lazy": float(lazy)}
