"""Hidden inputs of the target exercise, with a label that must never cross."""

import numpy as np


def load(profile, data):
    """The table and its label."""
    return {"X": np.array([[84.291736, -2.5], [0.0, 4.0]]), "label": "planted-label-3be9d14f52"}
