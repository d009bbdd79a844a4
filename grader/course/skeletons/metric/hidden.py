"""What never crosses: where the moons come from."""

from pathlib import Path
from typing import Any


def load(profile: str, data: Path) -> dict[str, Any]:
    """How many points there are to learn from and to be judged by, and how far they stray from their moon."""
    return {"n_train": 300, "n_test": 2000, "noise": 0.2}
