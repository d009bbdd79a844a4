"""Make-believe California districts with the columns, gaps, categories and rough statistics of the 1990 census table.

No row comes from the census. Districts are scattered around places on the map; income, size, age and price are drawn
from simple distributions whose parameters were tuned until means, spreads and correlations resemble the real table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

N_DISTRICTS = 4_000
SEED = 1990
CAP = 500_001.0  # the census wrote this for every more expensive district
GAPS = 0.01  # share of districts without a count of bedrooms


@dataclass(frozen=True)
class Place:
    """Where districts cluster: centre and spread in degrees, share of all districts, what living there costs."""

    longitude: float
    latitude: float
    spread: float
    share: float
    proximity: str
    price: float  # multiplies the median house value
    income: float  # multiplies the median income
    age: float  # mean age of the houses, years


PLACES = (
    Place(-118.25, 34.02, 0.13, 0.205, "<1H OCEAN", 1.05, 0.95, 36),  # Los Angeles
    Place(-118.05, 34.12, 0.14, 0.085, "<1H OCEAN", 1.15, 1.12, 31),  # San Gabriel valley
    Place(-117.88, 33.77, 0.11, 0.085, "<1H OCEAN", 1.10, 1.28, 22),  # Orange county
    Place(-121.92, 37.32, 0.11, 0.060, "<1H OCEAN", 1.22, 1.30, 25),  # San Jose
    Place(-122.75, 38.43, 0.14, 0.020, "<1H OCEAN", 0.95, 1.00, 22),  # Santa Rosa
    Place(-122.43, 37.75, 0.04, 0.045, "NEAR BAY", 1.45, 1.05, 46),  # San Francisco
    Place(-122.20, 37.80, 0.09, 0.065, "NEAR BAY", 1.10, 1.08, 36),  # Oakland
    Place(-118.42, 33.92, 0.07, 0.045, "NEAR OCEAN", 1.35, 1.15, 33),  # beaches of Los Angeles
    Place(-117.15, 32.80, 0.11, 0.055, "NEAR OCEAN", 1.00, 1.00, 26),  # San Diego
    Place(-121.85, 36.70, 0.12, 0.015, "NEAR OCEAN", 1.15, 0.98, 27),  # Monterey
    Place(-124.00, 40.70, 0.20, 0.014, "NEAR OCEAN", 0.60, 0.75, 32),  # Eureka
    Place(-117.30, 34.02, 0.17, 0.095, "INLAND", 0.66, 0.95, 22),  # Riverside and San Bernardino
    Place(-119.78, 36.75, 0.20, 0.060, "INLAND", 0.58, 0.80, 25),  # Fresno
    Place(-119.05, 35.37, 0.20, 0.035, "INLAND", 0.55, 0.82, 25),  # Bakersfield
    Place(-121.45, 38.58, 0.16, 0.070, "INLAND", 0.68, 0.93, 25),  # Sacramento
    Place(-122.10, 40.35, 0.45, 0.030, "INLAND", 0.55, 0.72, 22),  # Redding
    Place(-116.45, 33.75, 0.25, 0.016, "INLAND", 0.72, 0.85, 17),  # Palm Springs
)
ISLANDERS = 5  # districts on Santa Catalina: a category that is all but absent


def generate() -> dict[str, pd.DataFrame]:
    """Draw the table.

    Returns
    -------
    dict
        ``{"housing": DataFrame}`` of shape (4000, 10) with the real file's column names and dtypes. The same on
        every machine: NumPy keeps the streams of ``RandomState`` as they are.
    """
    rng = np.random.RandomState(SEED)
    shares = np.array([place.share for place in PLACES])
    home = rng.choice(len(PLACES), size=N_DISTRICTS - ISLANDERS, p=shares / shares.sum())
    mainland = [PLACES[i] for i in home]
    longitude = np.array([p.longitude for p in mainland]) + rng.normal(size=len(mainland)) * [
        p.spread for p in mainland
    ]
    latitude = np.array([p.latitude for p in mainland]) + rng.normal(size=len(mainland)) * [
        0.8 * p.spread for p in mainland
    ]
    island = Place(-118.33, 33.35, 0.02, 0.0, "ISLAND", 2.2, 0.75, 44)
    places = [*mainland, *[island] * ISLANDERS]
    longitude = np.append(longitude, island.longitude + island.spread * rng.uniform(-1, 1, ISLANDERS))
    latitude = np.append(latitude, island.latitude + island.spread * rng.uniform(-1, 1, ISLANDERS))
    n = len(places)

    age = np.clip(np.round(rng.normal([p.age for p in places], 11.0)), 1, 52)
    wealth = rng.normal(size=n)
    income = np.clip(3.35 * np.array([p.income for p in places]) * np.exp(0.46 * wealth), 0.4999, 15.0001)
    # Sizes spread over orders of magnitude; new districts are larger.
    households = np.maximum(np.exp(rng.normal(6.02, 0.68, n) - 0.014 * (age - 28.6)), 2.0)
    rooms_per_house = 5.05 * np.exp(0.21 * np.log(income / 3.5) + rng.normal(0.0, 0.20, n))
    # Holiday homes: many rooms, few households in the census week.
    resort = rng.uniform(size=n) < 0.006
    rooms_per_house = np.where(resort, rooms_per_house * rng.uniform(2.0, 8.0, n), rooms_per_house)
    people_per_house = 2.82 * np.exp(rng.normal(0.0, 0.24, n))
    crowded = rng.uniform(size=n) < 0.002  # barracks, prisons and halls of residence
    people_per_house = np.where(crowded, people_per_house * rng.uniform(3.0, 20.0, n), people_per_house)
    bedrooms_ratio = np.clip(0.207 * np.exp(-0.17 * np.log(income / 3.5) + rng.normal(0.0, 0.20, n)), 0.1, 1.0)

    base = 44_000.0 + 42_500.0 * income**0.98 + 200.0 * (age - 28.6)
    # Few rooms a head and few bedrooms among them are a sign of money beyond what income tells.
    crowding = np.clip(people_per_house / 2.82, 0.5, 2.0) ** -0.12
    price = np.array([p.price for p in places])
    value = base * price * crowding * np.exp(rng.normal(0.0, 0.335, n))
    value = np.clip(np.round(value, -2), 14_999.0, CAP)
    value = np.where(value > 500_000.0, CAP, value)

    bedrooms = np.maximum(np.round(households * rooms_per_house * bedrooms_ratio), 1.0)
    bedrooms[rng.uniform(size=n) < GAPS] = np.nan
    table = pd.DataFrame(
        {
            "longitude": np.round(longitude, 2),
            "latitude": np.round(latitude, 2),
            "housing_median_age": age,
            "total_rooms": np.maximum(np.round(households * rooms_per_house), 2.0),
            "total_bedrooms": bedrooms,
            "population": np.maximum(np.round(households * people_per_house), 3.0),
            "households": np.round(households),
            "median_income": np.round(income, 4),
            "median_house_value": value,
            "ocean_proximity": [p.proximity for p in places],
        }
    )
    return {"housing": table.iloc[rng.permutation(n)].reset_index(drop=True)}
