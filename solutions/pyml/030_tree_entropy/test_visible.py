"""Visible checks of entropy and information gain."""

import pytest

from grader.checks import Text


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Turn the counts into shares first, then sum -p * log2(p).",
    ko="먼저 개수를 비율로 바꾼 다음 -p * log2(p)를 더하세요.",
)
def test_entropy_in_bits(submission, expect):
    """Entropy of two classes, in bits.

    ko: 두 클래스의 엔트로피를 비트 단위로 구한다.
    """
    even, uneven = submission.map("entropy", [([5, 5],), ([2, 1],)])
    expect.close(uneven, 0.9182958340544896, atol=1e-6)
    expect.close(even, 1.0, atol=1e-6)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Steep holds three of the four rows and flat one: weights 3/4 and 1/4.",
    ko="steep에는 네 행 가운데 셋, flat에는 하나가 들어가요. 가중치는 3/4과 1/4이에요.",
)
def test_gain_of_slope(submission, expect):
    """The gain of the slope, as in the lecture.

    ko: 강의에서 계산한 경사도의 정보 이득.
    """
    gain = expect.entry(submission["gains"], "slope", what="gains")
    # The slide rounds on the way and prints 0.312, hence the width.
    expect.close(gain, 0.3112781244591328, atol=0.0015)


@pytest.mark.points(1)
@pytest.mark.hint(en="Every name in FEATURES is a key of `gains`.", ko="FEATURES의 모든 이름이 `gains`의 키예요.")
def test_every_feature_has_a_gain(submission, expect):
    """`gains` names the three features.

    ko: `gains`에 세 특성이 모두 들어 있다.
    """
    gains = submission["gains"]
    for name in ("slope", "surface", "speed_limit"):
        expect.between(expect.entry(gains, name, what="gains"), 0, 1)
    expect.same(
        len(gains),
        3,
        message=Text(
            "The keys of `gains` should be exactly slope, surface and speed_limit.",
            "`gains`의 키는 slope, surface, speed_limit 세 개여야 해요.",
        ),
    )
