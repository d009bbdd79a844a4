"""Visible checks of the three linear SVMs: form, separation, agreement."""

from itertools import combinations

import numpy as np
import pytest
from sklearn.datasets import load_iris

from grader.checks import Text

NAMES = ("LinearSVC", "SVC", "SGD")


def lines(submission, expect):
    """The student's three borders as (name, slope, intercept)."""
    boundaries = submission["boundaries"]
    expect.type(boundaries, dict, what="boundaries")
    found = []
    for name in NAMES:
        expect.true(
            name in boundaries, en=f'`boundaries` has no key "{name}".', ko=f'`boundaries`에 "{name}" 키가 없어요.'
        )
        pair = boundaries[name]
        expect.type(pair, (tuple, list, np.ndarray), what=f'boundaries["{name}"]')
        found.append((name, *expect.array(pair, (2,)).tolist()))
    return found


@pytest.mark.points(2)
@pytest.mark.hint(
    en='boundaries = {"LinearSVC": (slope, intercept), "SVC": ..., "SGD": ...}.',
    ko='boundaries = {"LinearSVC": (기울기, 절편), "SVC": ..., "SGD": ...}처럼 쓰세요.',
)
def test_three_boundaries(submission, expect):
    """`boundaries` holds a slope and an intercept for each of the three classifiers.

    ko: `boundaries`에 세 분류기의 기울기와 절편이 들어 있다.
    """
    for _, slope, intercept in lines(submission, expect):
        expect.true(
            slope != 0 and intercept != 0 and slope != intercept,
            en="Slope and intercept are two different numbers other than 0: compute them from the fitted classifier.",
            ko="기울기와 절편은 서로 다르고 0도 아니에요. 훈련한 분류기에서 구하세요.",
        )


@pytest.mark.points(4)
@pytest.mark.hint(
    en="All petals of versicolor lie above the border in cm, all of setosa below. A border that separates the scaled "
    "petals must be translated: z = (x - mean) / scale.",
    ko="cm 단위의 경계에서 versicolor의 꽃잎은 모두 위쪽, setosa의 꽃잎은 모두 아래쪽에 있어요. 표준화한 꽃잎을 나누는 경계라면 "
    "z = (x - mean) / scale을 써서 cm로 바꾸어야 해요.",
)
def test_boundaries_separate_the_species(submission, expect):
    """Each border, in cm, separates the two species.

    ko: cm 단위로 나타낸 경계가 두 품종을 나눈다.
    """
    iris = load_iris()
    length, width = iris.data[iris.target < 2][:, 2:].T
    versicolor = iris.target[iris.target < 2] == 1
    items = []
    for name, slope, intercept in lines(submission, expect):
        above = width > slope * length + intercept
        text = Text(
            f'The border "{name}" does not separate the species in cm.',
            f'"{name}" 경계가 cm 단위에서 두 품종을 나누지 못해요.',
        )
        items.append((bool(np.all(above == versicolor)), text))
    expect.items(items)


@pytest.mark.points(3)
@pytest.mark.needs("test_boundaries_separate_the_species")
@pytest.mark.hint(
    en="The angle of a border is arctan(slope). SGD wanders: with another random_state, more epochs or average=True it "
    "comes closer.",
    ko="경계의 각도는 arctan(기울기)예요. SGD는 조금씩 흔들리므로 random_state를 바꾸거나 에포크를 늘리거나 average=True를 쓰면 더 "
    "가까워져요.",
)
def test_boundaries_agree(submission, expect):
    """The borders lie at most 10 degrees apart.

    ko: 경계들이 서로 10도 안에 있다.
    """
    items = []
    for (first, one, _), (second, two, _) in combinations(lines(submission, expect), 2):
        apart = abs(np.degrees(np.arctan(one) - np.arctan(two)))
        text = Text(
            f"{first} and {second} lie more than 10 degrees apart.",
            f"{first}와(과) {second}의 각이 10도보다 커요.",
        )
        items.append((min(apart, 180 - apart) <= 10, text))
    expect.items(items)
