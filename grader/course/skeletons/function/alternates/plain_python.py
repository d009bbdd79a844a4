# %%
import numpy as np


# %%
def mean_positive(values):
    """Mean of the entries greater than 0, or 0.0 where there are none."""
    chosen = [value for value in values.tolist() if value > 0]
    return sum(chosen) / len(chosen) if chosen else 0.0
