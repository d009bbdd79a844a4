"""The generated tables resemble the real ones where exercises rely on it."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from grader.datasets import load
from grader.datasets.digits import enlarge
from grader.datasets.mails import draw


@pytest.fixture(scope="module")
def districts() -> pd.DataFrame:
    table: pd.DataFrame = load("housing", "small")["housing"]
    return table


@pytest.fixture(scope="module")
def passengers() -> pd.DataFrame:
    table: pd.DataFrame = load("titanic", "small")["train"]
    return table


def test_districts_have_gaps_only_in_total_bedrooms(districts: pd.DataFrame) -> None:
    gaps = districts.isna().mean()
    assert gaps.drop("total_bedrooms").max() == 0
    assert 0.005 < gaps["total_bedrooms"] < 0.02


def test_districts_have_five_proximities_and_one_is_rare(districts: pd.DataFrame) -> None:
    counts = districts["ocean_proximity"].value_counts()
    assert set(counts.index) == {"<1H OCEAN", "INLAND", "ISLAND", "NEAR BAY", "NEAR OCEAN"}
    assert 0 < counts["ISLAND"] <= 5
    assert counts.drop("ISLAND").min() > 0.08 * len(districts)


def test_district_values_are_capped(districts: pd.DataFrame) -> None:
    assert districts["median_house_value"].max() == 500_001
    assert (districts["median_house_value"] == 500_001).mean() > 0.02


def test_correlations_with_the_price_resemble_the_census(districts: pd.DataFrame) -> None:
    ratios = districts.assign(
        rooms_per_house=districts["total_rooms"] / districts["households"],
        bedrooms_ratio=districts["total_bedrooms"] / districts["total_rooms"],
    )
    corr = ratios.corr(numeric_only=True)["median_house_value"]
    assert corr["median_income"] == pytest.approx(0.69, abs=0.03)
    assert corr["rooms_per_house"] == pytest.approx(0.15, abs=0.05)
    assert corr["bedrooms_ratio"] == pytest.approx(-0.256, abs=0.04)


def test_ratios_and_logarithms_of_districts_are_finite(districts: pd.DataFrame) -> None:
    numbers = districts.drop(columns="ocean_proximity").dropna()
    assert (numbers[["total_rooms", "total_bedrooms", "population", "households", "median_income"]] > 0).all().all()
    assert (numbers["total_bedrooms"] <= numbers["total_rooms"]).all()


def test_passengers_have_the_gaps_of_the_competition(passengers: pd.DataFrame) -> None:
    gaps = passengers.isna().sum()
    assert 130 < gaps["Age"] < 220
    assert 600 < gaps["Cabin"] < 750
    assert gaps["Embarked"] == 2
    assert gaps.drop(["Age", "Cabin", "Embarked"]).sum() == 0
    assert load("titanic", "small")["test"]["Fare"].isna().sum() == 1


def test_women_only_rule_is_right_for_about_787_in_1000(passengers: pd.DataFrame) -> None:
    accuracy = ((passengers["Sex"] == "female") == passengers["Survived"]).mean()
    assert accuracy == pytest.approx(0.787, abs=0.01)
    assert passengers["Survived"].mean() == pytest.approx(0.384, abs=0.02)


def test_every_name_has_a_title(passengers: pd.DataFrame) -> None:
    titles = passengers["Name"].map(lambda name: re.fullmatch(r"[^,]+, ([A-Z][a-z]+)\. .+", name))
    assert titles.notna().all()
    counts = titles.map(lambda match: match[1]).value_counts()
    assert {"Mr", "Miss", "Mrs", "Master"} == set(counts.index[:4])
    boys = passengers[titles.map(lambda match: match[1] == "Master")]
    assert boys["Survived"].mean() > 0.45


def test_passengers_are_numbered_through_both_files() -> None:
    parts = load("titanic", "small")
    ids = pd.concat([parts["train"]["PassengerId"], parts["test"]["PassengerId"]])
    assert ids.tolist() == list(range(1, 1310))
    assert "Survived" not in parts["test"]


def test_seven_countries_give_the_line_of_the_slides() -> None:
    table = load("lifesat", "small")["lifesat"]
    slope, intercept = np.polyfit(table["GDP per capita (USD)"], table["Life satisfaction"], 1)
    assert table["GDP per capita (USD)"].is_monotonic_increasing
    assert intercept + slope * 37_655.2 == pytest.approx(6.2965, abs=1e-4)


def test_digits_have_the_layout_of_mnist() -> None:
    parts = load("digits28", "small")
    assert {name: (array.shape, array.dtype) for name, array in parts.items()} == {
        "x_train": ((1400, 28, 28), np.uint8),
        "y_train": ((1400,), np.uint8),
        "x_test": ((397, 28, 28), np.uint8),
        "y_test": ((397,), np.uint8),
    }
    assert not parts["x_train"][:, :4].any()
    assert not parts["x_train"][:, :, -4:].any()


def test_enlarging_keeps_a_plain_image_plain() -> None:
    picture = enlarge(np.full((1, 8, 8), 16.0))[0]
    assert (picture[4:24, 4:24] == 255).all()
    assert picture.astype(int).sum() == 255 * 400


def test_a_sixth_of_the_mails_is_spam_and_no_mail_comes_twice() -> None:
    mails = load("mails", "small")["mails"]
    assert list(mails.columns) == ["text", "spam"]
    assert mails["spam"].sum() == 100
    assert mails["text"].nunique() == len(mails) == 600


def test_mails_of_other_seeds_are_other_mails() -> None:
    one, again, other = draw(50, 1), draw(50, 1), draw(50, 2)
    pd.testing.assert_frame_equal(one, again)
    assert not set(one["text"]) & set(other["text"])


def test_mails_need_every_rule_of_a_word_counter() -> None:
    text = load("mails", "small")["mails"]["text"]
    for pattern in (r"<a href=", r"<br>", "&nbsp;", r"https?://", r"www\.", r"\d,\d", r"\d:\d", r"[A-Z]{5}"):
        assert text.str.contains(pattern).mean() > 0.01, pattern
