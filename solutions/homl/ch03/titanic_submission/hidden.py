"""Training passengers with labels, test passengers, and strangers: the same people under other numbers, names, tickets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd


def renamed(passengers: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Give passengers other numbers, surnames and first names; titles and everything else stay."""
    rng = np.random.default_rng(seed)
    titles = passengers["Name"].str.extract(r"(,\s*[^.]+\.)", expand=False)
    numbers = rng.permutation(len(passengers)) + 5_000
    return passengers.assign(
        PassengerId=numbers,
        Name=[f"Stranger{number}{title} Sam" for number, title in zip(numbers, titles, strict=True)],
    )


def reticketed(passengers: pd.DataFrame) -> pd.DataFrame:
    """Give passengers tickets that stand in no file: groups, order, prefix and first digit stay as they are."""
    return passengers.assign(Ticket=passengers["Ticket"] + "0")


def load(profile: str, data: Path) -> dict:
    """Return ``X``, ``y`` of the training file, ``test``, and the functions ``renamed`` and ``reticketed``."""
    train, test = pd.read_csv(data / "train.csv"), pd.read_csv(data / "test.csv")
    return {
        "X": train.drop(columns="Survived"),
        "y": train["Survived"].to_numpy(),
        "test": test,
        "renamed": renamed,
        "reticketed": reticketed,
    }
