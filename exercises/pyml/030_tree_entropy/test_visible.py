"""Visible checks of entropy and information gain."""

import numpy as np
import pytest

from grader.checks import Text

FEATURES = ("slope", "surface", "speed_limit")
SEQUENCES = (list, tuple, np.ndarray)


def named(gains):
    """Gains by name, also where they stand in a row or under numbers: only the check of the names minds that."""
    if isinstance(gains, dict) and list(gains) == [0, 1, 2]:
        gains = list(gains.values())
    return dict(zip(FEATURES, gains, strict=False)) if isinstance(gains, SEQUENCES) else gains


@pytest.mark.points(2)
def test_entropy_in_bits(expect):
    """Entropy of two classes, in bits.

    ko: 두 클래스의 엔트로피를 비트 단위로 구한다.
    asks: *Entropy* measures how mixed a group of labels is, in bits
    asks-ko: 한 무리 안에 레이블이 얼마나 섞여 있는지를 비트 단위로 나타냅니다
    hint: Turn the counts into shares first, then sum -p * log2(p).
    hint-ko: 먼저 개수를 비율로 바꾼 다음 -p * log2(p)를 더하세요.
    """
    expect.agree(lambda code: code.map("entropy", [([5, 5],), ([2, 1],)]), [1.0, 0.918296])


@pytest.mark.points(2)
def test_gain_of_slope(expect):
    """The gain of the slope, as in the lecture.

    ko: 강의에서 계산한 경사도의 정보 이득.
    asks: the exact value is 0.3113
    asks-ko: 정확한 값은 0.3113입니다
    hint: Steep holds three of the four rows and flat one: weights 3/4 and 1/4.
    hint-ko: steep에는 네 행 가운데 셋, flat에는 하나가 들어가요. 가중치는 3/4과 1/4이에요.
    """
    # The slide rounds on the way and prints 0.312, hence the width.
    expect.agree(lambda code: expect.entry(named(code["gains"]), "slope", what="gains"), 0.311278, atol=0.0015)


@pytest.mark.points(1)
def test_every_feature_has_a_gain(expect):
    """`gains` names the three features.

    ko: `gains`에 세 특성이 모두 들어 있다.
    asks: the gain of each feature of the road table, by the names in `FEATURES`
    asks-ko: 키는 `FEATURES`에 있는 이름입니다
    """
    message = Text(
        "The keys of `gains` should be exactly slope, surface and speed_limit, each with a gain between 0 and 1.",
        "`gains`의 키는 slope, surface, speed_limit 세 개이고 이득은 모두 0과 1 사이여야 해요.",
    )

    def possible(code):
        gains = code["gains"]
        if isinstance(gains, SEQUENCES):
            return "values without names"
        return {name: -0.001 < gain < 1.001 for name, gain in gains.items()}

    expect.agree(possible, dict.fromkeys(FEATURES, True), message=message)
