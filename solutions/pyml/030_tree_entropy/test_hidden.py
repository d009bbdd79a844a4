"""Hidden checks of entropy and information gain: other counts, other tables, the tree's root."""

import numpy as np
import pytest


FEATURES = ("slope", "surface", "speed_limit")


def named(gains):
    """Gains by name, also where they stand in a row or under numbers: a visible check minds that."""
    if isinstance(gains, dict) and list(gains) == [0, 1, 2]:
        gains = list(gains.values())
    return dict(zip(FEATURES, gains, strict=False)) if isinstance(gains, list | tuple | np.ndarray) else gains


def hidden_table(rng, n_rows, n_values, n_classes):
    """A table of two features; the first one tells something about the label, the second nothing on purpose."""
    labels = rng.integers(n_classes, size=n_rows)
    telling = np.where(rng.random(n_rows) < 0.6, labels % n_values, rng.integers(n_values, size=n_rows))
    idle = rng.integers(n_values, size=n_rows)
    return [(f"v{a}", f"w{b}", f"class {c}") for a, b, c in zip(telling, idle, labels, strict=True)]


@pytest.mark.points(1)
@pytest.mark.needs("test_entropy_in_bits")
def test_entropy_of_many_classes(expect, rng):
    """Entropy with three and more classes.

    ko: 클래스가 셋 이상일 때의 엔트로피.
    asks: four equally frequent classes have $H = 2$
    asks-ko: 네 클래스가 똑같이 섞여 있으면 $H = 2$입니다
    hint: With more than two classes the entropy may be larger than 1.
    hint-ko: 클래스가 셋 이상이면 엔트로피가 1보다 클 수 있어요.
    """
    tables = [rng.integers(1, 30, size=k).tolist() for k in (3, 4, 6, 9)]
    expect.agree(lambda code: code.call("entropy", [1, 1, 1, 1]), 2.0)
    expect.agree(lambda code: code.map("entropy", [(counts,) for counts in tables]))


@pytest.mark.points(2)
def test_entropy_ignores_empty_classes(expect):
    """A class without rows changes nothing.

    ko: 행이 없는 클래스가 있어도 값이 달라지지 않는다.
    asks: A class may have no rows at all; it adds nothing
    asks-ko: 행이 하나도 없는 클래스가 있을 수 있습니다
    hint: A class without rows adds nothing: leave out zero counts before you take the logarithm.
    hint-ko: 행이 없는 클래스는 아무것도 더하지 않아요. 로그를 구하기 전에 개수가 0인 클래스를 빼세요.
    """

    def with_and_without(code):
        pure, padded, plain = code.map("entropy", [([4, 0],), ([3, 0, 9, 0],), ([3, 9],)])
        return [pure, padded / plain]  # a ratio, so that another unit isn't charged here again

    expect.agree(with_and_without, [0.0, 1.0])
    expect.agree(lambda code: code.map("entropy", [([0, 0],), ([],)]), [0.0, 0.0])


@pytest.mark.points(6)
def test_gain_on_hidden_tables(expect, rng):
    """Information gain on other tables.

    ko: 다른 표에서도 정보 이득이 맞다.
    asks: A feature may have any number of values and the label any number of classes
    asks-ko: 특성의 값도 레이블의 클래스도 몇 가지든 될 수 있습니다
    hint: Split the rows by their value at j, take the entropy of the labels in each branch and weight it by the share of
        rows.
    hint-ko: j번 값에 따라 행을 나누고, 가지마다 레이블의 엔트로피를 구한 뒤 행의 비율로 가중치를 주세요.
    """
    sizes = ((9, 2, 2), (14, 3, 2), (25, 4, 3), (40, 3, 5))
    calls = [(rows, j) for rows in [hidden_table(rng, *size) for size in sizes] for j in (0, 1)]
    expect.agree(lambda code: code.map("info_gain", calls))


@pytest.mark.points(2)
def test_gain_at_its_two_ends(expect):
    """A constant column gains nothing, a row number gains everything.

    ko: 값이 하나뿐인 열의 이득은 0이고, 행 번호 열의 이득은 최대이다.
    asks: the entropy before a question minus the entropy that is left after it
    asks-ko: 질문하기 전의 엔트로피에서 질문한 뒤에 남은 엔트로피를 뺀 값입니다
    hint: A question whose answer is the same for all rows tells nothing; one that names every row tells everything.
    hint-ko: 모든 행의 답이 같은 질문은 아무것도 알려 주지 않고, 행마다 답이 다른 질문은 모든 것을 알려 줘요.
    """
    rows = [("same", f"row {i}", label) for i, label in enumerate("aabbbccccd")]
    expect.agree(lambda code: code.map("info_gain", [(rows, 0), (rows, 1)]), [0.0, 1.846439])


@pytest.mark.points(2)
def test_gains_of_the_other_features(expect):
    """The gains of surface and speed limit.

    ko: 노면 상태와 속도 제한의 정보 이득.
    asks: the gain of each feature of the road table
    asks-ko: 도로 표의 특성마다 구한 정보 이득입니다
    hint: Surface leaves slow and fast half and half in both branches; the speed limit separates them entirely.
    hint-ko: 노면 상태로 나누면 두 가지 모두 slow와 fast가 반반이고, 속도 제한으로 나누면 완전히 갈라져요.
    """

    def others(code):
        gains = named(code["gains"])
        return [expect.entry(gains, name, what="gains") for name in ("surface", "speed_limit")]

    expect.agree(others, [0.0, 1.0])


@pytest.mark.points(2)
def test_root(expect):
    """The feature that the tree asks about first.

    ko: 트리가 맨 먼저 물어볼 특성.
    asks: the name of the feature that the tree asks about first
    asks-ko: 트리가 맨 먼저 물어볼 특성의 이름입니다
    hint: Compare the gains of all three features, not only of the one that the lecture works out.
    hint-ko: 강의에서 계산한 특성 하나만 보지 말고 세 특성의 이득을 모두 비교하세요.
    """
    expect.agree(lambda code: code["root"], "speed_limit", how="choice")
