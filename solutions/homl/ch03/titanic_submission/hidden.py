"""Training passengers with labels, test passengers, and ways to make strangers of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd


def renumbered(passengers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give passengers other numbers."""
    return passengers.assign(PassengerId=rng.permutation(len(passengers)) + 5_000)


def renamed(passengers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give passengers other surnames and first names; titles stay."""
    titles = passengers["Name"].str.extract(r"(,\s*[^.]+\.)", expand=False)
    numbers = rng.permutation(len(passengers))
    return passengers.assign(Name=[f"Stranger{n}{title} Sam" for n, title in zip(numbers, titles, strict=True)])


def disguised(passengers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Make people of them who stand in no file; groups by ticket, its prefix and first digit stay as they are."""
    little = 1 + rng.uniform(1e-5, 1e-4, len(passengers))
    return renamed(renumbered(passengers, rng), rng).assign(
        Ticket=passengers["Ticket"] + "0", Age=passengers["Age"] * little, Fare=passengers["Fare"] * little
    )


def load(profile: str, data: Path) -> dict:
    """Return ``X``, ``y`` of the training file, ``test``, and the functions above."""
    train, test = pd.read_csv(data / "train.csv"), pd.read_csv(data / "test.csv")
    return {
        "X": train.drop(columns="Survived"),
        "y": train["Survived"].to_numpy(),
        "test": test,
        "renumbered": renumbered,
        "renamed": renamed,
        "disguised": disguised,
    }
