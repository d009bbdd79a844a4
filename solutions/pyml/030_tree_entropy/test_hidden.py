"""Hidden checks of entropy and information gain: other counts, other tables, the tree's root."""

from collections import Counter

import numpy as np
import pytest

from grader.checks import Text

NATS = Text(
    "This looks like the natural logarithm: use base 2, so that the unit is the bit.",
    "자연로그를 쓴 것 같아요. 단위가 비트가 되도록 밑이 2인 로그를 쓰세요.",
)
UNWEIGHTED = Text(
    "This looks like the plain mean of the branches: weight each branch by its share of the rows.",
    "가지들의 엔트로피를 그냥 평균 낸 것 같아요. 각 가지에 들어간 행의 비율을 가중치로 쓰세요.",
)
PARENT_IS_ONE = Text(
    "This looks as if the parent's entropy were always 1: compute it from all labels of the table.",
    "부모의 엔트로피를 항상 1로 둔 것 같아요. 표 전체의 레이블에서 계산하세요.",
)
REMAINDER = Text(
    "This is the entropy that remains after the split; the gain is the parent's entropy minus it.",
    "이 값은 나눈 뒤에 남은 엔트로피예요. 정보 이득은 부모의 엔트로피에서 이 값을 뺀 것이에요.",
)

ROAD = Text(
    "This is the gain of the road table: compute it from the rows that are given.",
    "도로 표의 정보 이득이에요. 넘겨받은 행에서 계산하세요.",
)
CUT_OFF = Text(
    "The entropy seems to be cut off at 1: only with two classes is 1 bit the most.",
    "엔트로피를 1에서 자른 것 같아요. 최댓값이 1비트인 것은 클래스가 둘일 때뿐이에요.",
)


def bits(counts):
    """Entropy in bits of class counts."""
    shares = [count / sum(counts) for count in counts if count]
    return max(0.0, -sum(share * np.log2(share) for share in shares))


def branches_of(rows, j):
    """Labels of each branch when ``rows`` are split on feature ``j``."""
    branches = {}
    for row in rows:
        branches.setdefault(row[j], []).append(row[-1])
    return list(branches.values())


def remaining(rows, j):
    """Weighted entropy of the branches."""
    return sum(len(branch) / len(rows) * bits(Counter(branch).values()) for branch in branches_of(rows, j))


def before(rows):
    """Entropy of all labels."""
    return bits(Counter(row[-1] for row in rows).values())


def hidden_table(rng, n_rows, n_values, n_classes):
    """A table of two features; the first one tells something about the label, the second nothing on purpose."""
    labels = rng.integers(n_classes, size=n_rows)
    telling = np.where(rng.random(n_rows) < 0.6, labels % n_values, rng.integers(n_values, size=n_rows))
    idle = rng.integers(n_values, size=n_rows)
    return [(f"v{a}", f"w{b}", f"class {c}") for a, b, c in zip(telling, idle, labels, strict=True)]


def wrong_gains(rows, j):
    """What the usual mistakes make of a table."""
    branches = branches_of(rows, j)
    road = [(value, ROAD) for value in (0.3112781244591328, 0.3113, 0.311, 0.312)] if j == 0 else []
    return [
        (np.log(2) * (before(rows) - remaining(rows, j)), NATS),
        (before(rows) - np.mean([bits(Counter(branch).values()) for branch in branches]), UNWEIGHTED),
        (1.0 - remaining(rows, j), PARENT_IS_ONE),
        (remaining(rows, j), REMAINDER),
        *road,
    ]


@pytest.mark.points(2)
@pytest.mark.needs("test_entropy_in_bits")
@pytest.mark.hint(
    en="With more than two classes the entropy may be larger than 1.",
    ko="클래스가 셋 이상이면 엔트로피가 1보다 클 수 있어요.",
)
def test_entropy_of_many_classes(submission, expect, rng):
    """Entropy with three and more classes.

    ko: 클래스가 셋 이상일 때의 엔트로피.
    """
    tables = [[1, 1, 1, 1], *(rng.integers(1, 30, size=k).tolist() for k in (3, 4, 6, 9))]
    for counts, value in zip(tables, submission.map("entropy", [(counts,) for counts in tables]), strict=True):
        expect.close(value, bits(counts), atol=1e-9, mistakes=[(min(1.0, bits(counts)), CUT_OFF)])


@pytest.mark.points(2)
@pytest.mark.hint(
    en="A class without rows adds nothing: leave out zero counts before you take the logarithm.",
    ko="행이 없는 클래스는 아무것도 더하지 않아요. 로그를 구하기 전에 개수가 0인 클래스를 빼세요.",
)
def test_entropy_ignores_empty_classes(submission, expect):
    """A class without rows changes nothing.

    ko: 행이 없는 클래스가 있어도 값이 달라지지 않는다.
    """
    message = Text(
        "log2(0) is minus infinity, and 0 times it is NaN: skip the classes that have no rows.",
        "log2(0)은 음의 무한대이고 여기에 0을 곱하면 NaN이 돼요. 행이 없는 클래스는 건너뛰세요.",
    )
    pure, padded, plain = submission.map("entropy", [([4, 0],), ([3, 0, 9, 0],), ([3, 9],)])
    for value in (pure, padded, plain):
        expect.finite(value, message=message)
    expect.close(pure, 0.0, atol=1e-9)
    expect.at_least(plain, 0.1, what=Text("The entropy of 3 and 9 rows", "3행과 9행의 엔트로피"))
    # Compared with the student's own value, so that a wrong logarithm is not punished here again.
    expect.close(padded, plain, atol=1e-9)


@pytest.mark.points(4)
@pytest.mark.needs("test_entropy_in_bits")
@pytest.mark.hint(
    en="Split the rows by their value at j, take the entropy of the labels in each branch and weight it by the share of rows.",
    ko="j번 값에 따라 행을 나누고, 가지마다 레이블의 엔트로피를 구한 뒤 행의 비율로 가중치를 주세요.",
)
def test_gain_on_hidden_tables(submission, expect, rng):
    """Information gain on other tables.

    ko: 다른 표에서도 정보 이득이 맞다.
    """
    questions = []
    for n_rows, n_values, n_classes in ((9, 2, 2), (14, 3, 2), (25, 4, 3), (40, 3, 5)):
        rows = hidden_table(rng, n_rows, n_values, n_classes)
        questions += [(rows, 0), (rows, 1)]
    for (rows, j), gain in zip(questions, submission.map("info_gain", questions), strict=True):
        expect.close(gain, before(rows) - remaining(rows, j), atol=1e-9, mistakes=wrong_gains(rows, j))


@pytest.mark.points(2)
@pytest.mark.needs("test_entropy_in_bits")
@pytest.mark.hint(
    en="A question whose answer is the same for all rows tells nothing; one that names every row tells everything.",
    ko="모든 행의 답이 같은 질문은 아무것도 알려 주지 않고, 행마다 답이 다른 질문은 모든 것을 알려 줘요.",
)
def test_gain_at_its_two_ends(submission, expect):
    """A constant column gains nothing, a row number gains everything.

    ko: 값이 하나뿐인 열의 이득은 0이고, 행 번호 열의 이득은 최대이다.
    """
    rows = [("same", f"row {i}", label) for i, label in enumerate("aabbbccccd")]
    constant, number = submission.map("info_gain", [(rows, 0), (rows, 1)])
    expect.close(constant, 0.0, atol=1e-9, mistakes=wrong_gains(rows, 0))
    expect.close(number, before(rows), atol=1e-9, mistakes=wrong_gains(rows, 1))


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Surface leaves slow and fast half and half in both branches; the speed limit separates them entirely.",
    ko="노면 상태로 나누면 두 가지 모두 slow와 fast가 반반이고, 속도 제한으로 나누면 완전히 갈라져요.",
)
def test_gains_of_the_other_features(submission, expect):
    """The gains of surface and speed limit.

    ko: 노면 상태와 속도 제한의 정보 이득.
    """
    for name, gain in (("surface", 0.0), ("speed_limit", 1.0)):
        expect.close(expect.entry(submission["gains"], name, what="gains"), gain, atol=1e-4)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Compare the gains of all three features, not only of the one that the lecture works out.",
    ko="강의에서 계산한 특성 하나만 보지 말고 세 특성의 이득을 모두 비교하세요.",
)
def test_root(submission, expect):
    """The feature that the tree asks about first.

    ko: 트리가 맨 먼저 물어볼 특성.
    """
    expect.choice(
        submission["root"],
        "speed_limit",
        message=Text(
            "The root is the feature with the largest gain of the three.",
            "루트는 세 특성 가운데 정보 이득이 가장 큰 특성이에요.",
        ),
    )
