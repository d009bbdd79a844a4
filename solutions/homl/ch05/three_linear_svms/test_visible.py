"""Visible checks of the three linear SVMs: the form, the seed of SGD, separation and agreement of the borders."""

from itertools import combinations

import numpy as np
import pytest
from sklearn.datasets import load_iris

from grader.checks import Text

NAMES = ("LinearSVC", "SVC", "SGD")
CLASSES = {"linear_svc": "LinearSVC", "svc": "SVC", "sgd": "SGDClassifier"}
SMALL_AND_LARGE = [[-1.0, -1.0], [9.0, 9.0]]  # petals, in whatever unit
NO_SEED = Text("`sgd` has no `random_state`.", "`sgd`에 `random_state`가 없어요.")
NOT_PAIRS = Text(
    "Each border should be a pair of two single numbers, slope and intercept, which differ and are not NaN.",
    "경계마다 기울기와 절편, 서로 다른 두 수의 쌍이어야 해요. NaN이어도 안 돼요.",
)
NOT_APART = Text(
    "In cm, this border has petals of both species on one side.",
    "cm 단위로 보면 이 경계의 한쪽에 두 품종의 꽃잎이 섞여 있어요.",
)
TOO_FAR = Text(
    "Two of the borders lie more than 10 degrees apart.", "두 경계 사이의 각이 10도보다 큰 것이 있어요."
)


def pair(code, name):
    """Slope and intercept of a border, also in arrays or under another key: one check minds the form."""
    boundaries = code["boundaries"]
    found = boundaries[name] if name in boundaries else list(boundaries.values())[NAMES.index(name)]
    return np.concatenate([np.ravel(value) for value in found]).astype(float)


def separates(code, name):
    """Whether all petals of versicolor lie above a border in cm, and all of setosa below."""
    iris = load_iris()
    length, width = iris.data[iris.target < 2][:, 2:].T
    slope, intercept = pair(code, name)
    return bool(np.all((width > slope * length + intercept) == (iris.target[iris.target < 2] == 1)))


def setting(code, name, parameter):
    """A parameter of a classifier, also of one within a pipeline."""
    return {key.rpartition("__")[2]: value for key, value in code.estimator(name).params().items()}[parameter]


@pytest.mark.points(1)
def test_three_classifiers(expect):
    """`linear_svc`, `svc` and `sgd` are the classifiers themselves.

    ko: `linear_svc`, `svc`, `sgd`는 분류기 자체이다.
    asks: the classifiers themselves, not pipelines
    asks-ko: 파이프라인이 아니라 분류기 자체여야 합니다
    hint: linear_svc = LinearSVC(...).fit(X_scaled, y), and the same with SVC and SGDClassifier.
    hint-ko: linear_svc = LinearSVC(...).fit(X_scaled, y)처럼 쓰고, SVC와 SGDClassifier도 똑같이 하세요.
    """
    expect.agree(lambda code: [code.estimator(name).type_name for name in CLASSES], list(CLASSES.values()))
    expect.agree(lambda code: [code.estimator(name).predict(SMALL_AND_LARGE) for name in CLASSES], [[0, 1]] * 3)


@pytest.mark.points(1)
def test_form_of_the_boundaries(expect):
    """`boundaries` holds a slope and an intercept for each of the three classifiers.

    ko: `boundaries`에 세 분류기의 기울기와 절편이 들어 있다.
    asks: with the keys `"LinearSVC"`, `"SVC"` and `"SGD"`. Each value is a pair `(slope, intercept)`
    asks-ko: 키는 `"LinearSVC"`, `"SVC"`, `"SGD"`이고 값은 **cm 단위로** 구한 결정 경계의 `(기울기, 절편)`입니다
    hint: boundaries = {"LinearSVC": (slope, intercept), "SVC": ..., "SGD": ...}.
    hint-ko: boundaries = {"LinearSVC": (기울기, 절편), "SVC": ..., "SGD": ...}처럼 쓰세요.
    """

    def is_pair(found):
        right_kind = isinstance(found, tuple | list | np.ndarray) and np.shape(found) == (2,)
        return right_kind and bool(np.isfinite(found[0] - found[1]) and found[0] != found[1])

    expect.agree(lambda code: sorted(code["boundaries"]), sorted(NAMES))
    expect.agree(lambda code: [is_pair(found) for found in code["boundaries"].values()], [True] * 3, message=NOT_PAIRS)


@pytest.mark.points(1)
def test_sgd_can_be_repeated(expect):
    """`sgd` has a `random_state`.

    ko: `sgd`에 `random_state`가 정해져 있다.
    asks: Set `random_state` so that the result can be repeated.
    asks-ko: 결과를 되풀이할 수 있도록 `random_state`를 정하세요.
    hint: SGDClassifier(..., random_state=42): any whole number will do.
    hint-ko: SGDClassifier(..., random_state=42)처럼 쓰세요. 정수면 무엇이든 괜찮아요.
    """

    def seeded(code):
        return setting(code, "sgd", "random_state") is not None, code.estimator("sgd").predict(SMALL_AND_LARGE)

    expect.agree(seeded, (True, [0, 1]), message=NO_SEED)


@pytest.mark.points(1)
@pytest.mark.parametrize("name", NAMES)
def test_border_separates_the_species(expect, name):
    """A border, in cm, separates the two species.

    ko: cm 단위로 나타낸 경계가 두 품종을 나눈다.
    asks: The three borders must separate the two species
    asks-ko: 세 경계는 두 품종을 모두 나누어야 하고
    hint: All petals of versicolor lie above the border in cm, all of setosa below: plot it over the petals.
    hint-ko: cm 단위에서 versicolor의 꽃잎은 모두 경계 위쪽, setosa의 꽃잎은 모두 아래쪽에 있어요. 꽃잎 위에 그려 보세요.
    """
    expect.agree(lambda code: separates(code, name), True, message=NOT_APART)


@pytest.mark.points(1)
def test_borders_agree(expect):
    """The borders lie at most 10 degrees apart.

    ko: 경계들이 서로 10도 안에 있다.
    asks: at most 10 degrees apart from each other
    asks-ko: 서로 이루는 각이 10도를 넘으면 안 됩니다
    hint: The angle of a border is arctan(slope). SGD wanders: with another random_state, more epochs or average=True it
        comes closer.
    hint-ko: 경계의 각도는 arctan(기울기)예요. SGD는 조금씩 흔들리므로 random_state를 바꾸거나 에포크를 늘리거나
        average=True를 쓰면 더 가까워져요.
    """

    def near_each_other(code):
        angles = [float(np.degrees(np.arctan(pair(code, name)[0]))) for name in NAMES]
        return [bool(min(abs(one - two), 180 - abs(one - two)) <= 10) for one, two in combinations(angles, 2)]

    expect.agree(near_each_other, [True] * 3, message=TOO_FAR)
    expect.agree(lambda code: separates(code, "SVC"), True, message=NOT_APART)  # three numbers that agree are none
