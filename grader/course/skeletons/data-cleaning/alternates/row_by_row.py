# %%
import statistics

import pandas as pd


# %%
def clean(raw):
    rows = []
    for city, height in zip(raw["city"], raw["height"]):
        try:
            value = float(height)
        except ValueError:
            value = None
        row = (city.strip().title(), value)
        if row not in rows:
            rows.append(row)
    middle = statistics.median(value for _, value in rows if value is not None)
    return pd.DataFrame([(city, middle if value is None else value) for city, value in rows], columns=["city", "height"])
