"""The digits as the grader knows them; the labels of the rescanned test digits stay on this side."""

from pathlib import Path
from typing import Any

from grader.checks import load_dataset


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return raw pixels (uint8) and labels of both parts."""
    digits = load_dataset("digits28", profile)
    return {
        "x_train": digits["x_train"],
        "y_train": digits["y_train"].astype(int),
        "x_test": digits["x_test"],
        "y_test": digits["y_test"].astype(int),
    }
