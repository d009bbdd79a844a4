"""Income and life satisfaction of seven countries: the table that the course's first chapter shows, whole dollars.

The figures are facts of the World Bank (GDP per capita, purchasing power parity, 2020) and of the OECD (Better Life
Index). The full file has 27 countries and unrounded dollars; names of columns, types and the order by income are its.
"""

from __future__ import annotations

import pandas as pd

COUNTRIES = (
    ("Turkey", 28_384.0, 5.5),
    ("Hungary", 31_008.0, 5.6),
    ("France", 42_026.0, 6.5),
    ("New Zealand", 42_404.0, 7.3),
    ("Australia", 48_698.0, 7.3),
    ("Denmark", 55_938.0, 7.6),
    ("United States", 60_236.0, 6.9),
)


def generate() -> dict[str, pd.DataFrame]:
    """Write the table down.

    Returns
    -------
    dict
        ``{"lifesat": DataFrame}`` of shape (7, 3): country, GDP per capita in dollars, mean life satisfaction from 0 to
        10; sorted by GDP per capita.
    """
    return {"lifesat": pd.DataFrame(COUNTRIES, columns=["Country", "GDP per capita (USD)", "Life satisfaction"])}
