"""Hidden checks of the triage: many cases of each kind, high levels, two gaps, negative gaps, sizes of any number of parts."""

import numpy as np
import pytest

from grader.checks import Text

GAPS = ("underfit", "overfit", "mismatch", "overfit_dev")
# What is said of each kind where no known mistake is found.
NOT_SEEN = {
    "underfit": Text(
        "A training error far above the target was not seen: compare train with target, not with 0.",
        "훈련 오차가 목표보다 훨씬 큰데 알아보지 못했어요. 훈련 오차를 0이 아니라 목표와 비교하세요.",
    ),
    "overfit": Text(
        "A jump from train to train-dev was not seen: same source, but rows that are new.",
        "훈련에서 훈련-개발로 갈 때 뛰어오른 것을 알아보지 못했어요. 출처는 같지만 처음 보는 행이에요.",
    ),
    "mismatch": Text(
        "A jump from train-dev to dev was not seen: what changes there is the source of the rows.",
        "훈련-개발에서 개발로 갈 때 뛰어오른 것을 알아보지 못했어요. 거기서 달라지는 것은 행의 출처예요.",
    ),
    "overfit_dev": Text(
        "A jump from dev to test was not seen: both are of one kind, but dev was used for choosing.",
        "개발에서 테스트로 갈 때 뛰어오른 것을 알아보지 못했어요. 종류는 같지만 개발 세트는 고르는 데 썼어요.",
    ),
    "ok": Text(
        "Small gaps were taken for a disease: up to 0.02 is noise.",
        "작은 차이를 문제로 보았어요. 0.02 이하는 잡음이에요.",
    ),
}
HIGH = Text(
    "A case where all errors are high got another name than its gaps say.",
    "오차가 모두 높은 경우에 차이가 말해 주는 것과 다른 이름을 붙였어요.",
)
NOT_LARGER = Text(
    "A case with two large gaps did not get the name of the larger one.",
    "큰 차이가 둘인 경우에 더 큰 것의 이름을 붙이지 않았어요.",
)
NEGATIVE = Text(
    "A case with a negative gap got another name than it would get without.",
    "음수인 차이가 있는 경우에 그 차이가 없을 때와 다른 이름을 붙였어요.",
)
LOST = Text("The sizes do not add up to n: rows are lost or invented.", "크기의 합이 n과 달라요. 행이 없어지거나 생겨났어요.")


def case(rng, target, **large):
    """(train, train_dev, dev, test, target) with these gaps; the other gaps are noise."""
    gaps = [large.get(gap, round(rng.uniform(0.0, 0.01), 4)) for gap in GAPS]
    return *(float(level) for level in np.round(target + np.cumsum(gaps), 6)), target


def uniform(rng, low, high):
    """An error rate or a gap with four decimals, as people report them."""
    return round(float(rng.uniform(low, high)), 4)


def ask_names(expect, cases, right, message):
    """Ask for the name of each case."""

    def all_named(found, wanted):
        expect.true(found == wanted, message=message)

    expect.agree(lambda code: [str(code.call("diagnose", *errors)) for errors in cases], right, how=all_named)


@pytest.mark.points(0.5)
@pytest.mark.parametrize("kind", list(NOT_SEEN), ids=list(NOT_SEEN))
def test_cases_of_one_kind(expect, rng, kind):
    """Cases with one large gap, or none.

    ko: 큰 차이가 하나이거나 없는 경우.
    asks: A gap of at most 0.02 is noise: if no gap is larger, answer `"ok"`.
    asks-ko: 0.02 이하의 차이는 잡음으로 봅니다. 그보다 큰 차이가 없으면 `"ok"`를 반환하세요.
    hint: Four gaps, each between neighbours in the table; the largest one gives the name.
    hint-ko: 표에서 이웃한 두 값의 차이 네 개를 구하고, 가장 큰 차이의 이름을 반환하세요.
    """
    largest = [0.045, 0.2, 0.2, 0.2, 0.2, 0.2]  # the first gap is just large enough
    cases = [case(rng, uniform(rng, 0.0, 0.06), **{kind: uniform(rng, 0.04, most)}) for most in largest]
    ask_names(expect, cases, [kind] * len(cases), NOT_SEEN[kind])


@pytest.mark.points(2)
def test_hard_tasks(expect, rng):
    """Tasks where even people err often: high errors, the same gaps.

    ko: 사람도 자주 틀리는 어려운 작업. 오차는 크지만 차이는 같다.
    asks: the error that you would be content with, a careful person's for example
    asks-ko: 이 정도면 만족할 오차. 예를 들어 주의 깊은 사람의 오차
    hint: It is the gaps that count, not how high the errors are; the first gap begins at the target.
    hint-ko: 오차의 크기가 아니라 차이가 중요해요. 첫째 차이는 목표에서 시작해요.
    """
    cases = [case(rng, uniform(rng, 0.25, 0.4), **{kind: uniform(rng, 0.05, 0.15)}) for kind in NOT_SEEN]
    ask_names(expect, cases, list(NOT_SEEN), HIGH)


@pytest.mark.points(3)
def test_two_large_gaps(expect, rng):
    """Of two large gaps the larger one counts, wherever it stands.

    ko: 큰 차이가 둘이면 어디에 있든 더 큰 것을 고른다.
    asks: Compute the four gaps and return the name of the **largest**
    asks-ko: 차이 네 개를 계산해서 **가장 큰 것**의 이름을 반환합니다
    hint: Compare all four gaps with each other before you return a name.
    hint-ko: 이름을 반환하기 전에 차이 네 개를 모두 서로 비교하세요.
    """
    pairs = [(large, other) for large in GAPS for other in GAPS if large != other]
    cases = [
        case(rng, 0.05, **{large: uniform(rng, 0.1, 0.16), other: uniform(rng, 0.04, 0.06)}) for large, other in pairs
    ]
    ask_names(expect, cases, [large for large, _ in pairs], NOT_LARGER)


@pytest.mark.points(3)
def test_negative_gaps(expect, rng):
    """Negative gaps are no trouble, beside a large gap and without one.

    ko: 음수인 차이는 큰 차이가 따로 있든 없든 문제가 아니다.
    asks: A negative gap is no trouble, however large.
    asks-ko: 음수인 차이는 아무리 커도 문제가 아닙니다.
    hint: A set that is easier than the one before is no trouble: no absolute values.
    hint-ko: 앞의 세트보다 쉬운 세트는 문제가 아니에요. 절댓값을 쓰지 마세요.
    """
    steps = list(zip(GAPS[:-1], GAPS[1:], strict=True))
    alone = [case(rng, 0.3, **{gap: -uniform(rng, 0.1, 0.14)}) for gap in GAPS[1:]]
    beside = [case(rng, 0.3, **{before: 0.06, gap: -uniform(rng, 0.1, 0.14)}) for before, gap in steps]
    ask_names(expect, alone + beside, ["ok"] * 3 + [before for before, _ in steps], NEGATIVE)


def sizes(code, n, fractions):
    """Sizes of the parts, also where they are floats: a visible check minds that."""
    return np.asarray(code.call("split_sizes", n, fractions), dtype=float)


@pytest.mark.points(4)
def test_sizes_of_many_splits(expect, rng):
    """The sizes of many splits follow the rule and add up.

    ko: 여러 분할의 크기가 규칙에 맞고 합이 맞는다.
    asks: The rows left over go, one each, to the parts with the largest remainder
    asks-ko: 남은 행은 나머지(버린 소수 부분)가 큰 부분부터 하나씩 받습니다.
    hint: Neither the last part alone nor every part's own rounding: sort the parts by what rounding down cut off.
    hint-ko: 마지막 부분에 몰아주거나 부분마다 따로 반올림하지 말고, 버린 소수 부분이 큰 순서로 나누어 주세요.
    """
    splits = []
    for parts in (2, 3, 4, 5) * 6:  # of sixteenths, which computers hold exactly
        cuts = np.sort(rng.choice(np.arange(1, 16), parts - 1, replace=False))
        splits.append((int(rng.integers(5, 5000)), tuple((np.diff([0, *cuts, 16]) / 16).tolist())))

    def complete(code):
        return all(sizes(code, n, fractions).sum() == n for n, fractions in splits)

    expect.agree(complete, True, message=LOST)
    expect.agree(lambda code: np.concatenate([sizes(code, *split) for split in splits]))


@pytest.mark.points(1)
def test_sizes_at_the_edges(expect):
    """Shares that are all but whole, one part, no rows, equal remainders, a part of nothing, a list.

    ko: 정수나 다름없는 몫, 부분 하나, 행 0개, 같은 나머지, 비율이 0인 부분, 리스트.
    asks: `n` is a whole number ≥ 0; `fractions` is a list or tuple of numbers ≥ 0, one or more.
    asks-ko: `n`은 0 이상의 정수이고, `fractions`는 0 이상인 수가 하나 이상 들어 있는 리스트나 튜플입니다.
    hint: Try split_sizes(100, (0.29, 0.71)), a single part, no rows at all, equal remainders.
    hint-ko: split_sizes(100, (0.29, 0.71)), 부분이 하나인 경우, 행이 없는 경우, 나머지가 같은 경우를 시험해 보세요.
    """
    expect.agree(lambda code: sizes(code, 100, (0.29, 0.71)), [29, 71])
    expect.agree(lambda code: sizes(code, 1000, (0.57, 0.29, 0.14)), [570, 290, 140])
    expect.agree(lambda code: sizes(code, 7, (1.0,)), [7])
    expect.agree(lambda code: sizes(code, 0, (0.5, 0.25, 0.25)), [0, 0, 0])
    expect.agree(lambda code: sizes(code, 1, (0.25, 0.5, 0.25)), [0, 1, 0])
    expect.agree(lambda code: sizes(code, 2, (0.25, 0.25, 0.25, 0.25)), [1, 1, 0, 0])
    expect.agree(lambda code: sizes(code, 3, (0.125, 0.75, 0.125)), [1, 2, 0])
    expect.agree(lambda code: sizes(code, 9, [0.0, 0.5, 0.5]), [0, 5, 4])


@pytest.mark.points(1)
def test_remainders_that_differ_by_the_computers_rounding(expect):
    """Remainders that only the computer's rounding makes unequal count as equal.

    ko: 컴퓨터의 반올림 오차만큼만 다른 나머지는 같은 것으로 본다.
    asks: and remainders closer than 1e-9 as equal
    asks-ko: 나머지의 차이가 1e-9보다 작으면 같은 것으로 보세요
    hint: 0.1 + 0.2 is 0.30000000000000004: round the remainders to nine decimals before you compare them.
    hint-ko: 0.1 + 0.2는 0.30000000000000004예요. 나머지를 소수점 아래 아홉째 자리까지 반올림해서 비교하세요.
    """
    expect.agree(lambda code: sizes(code, 5, (0.3, 0.1 + 0.2, 0.4)), [2, 1, 2])
    expect.agree(lambda code: sizes(code, 35, (0.7, 0.1, 0.2)), [25, 3, 7])
    expect.agree(lambda code: sizes(code, 10, (1 / 3, 1 / 3, 1 - 2 / 3)), [4, 3, 3])


@pytest.mark.points(2)
def test_wrong_fractions_are_refused(expect):
    """Fractions that do not sum to 1, or are negative, raise ValueError; a sum within 1e-6 is right.

    ko: 합이 1이 아니거나 음수인 비율에는 ValueError를 일으킨다. 1e-6까지의 오차는 허용한다.
    asks: If a fraction is negative or they do not sum to 1 (to within 1e-6), raise `ValueError`.
    asks-ko: 음수인 비율이 있거나 합이 1이 아니면(오차 1e-6까지 허용) `ValueError`를 일으키세요.
    hint: Percentages such as (60, 20, 20) do not sum to 1; (1.2, -0.2) does, and is wrong all the same.
    hint-ko: (60, 20, 20) 같은 퍼센트는 합이 1이 아니에요. (1.2, -0.2)는 합이 1이지만 역시 잘못이에요.
    """
    expect.agree(lambda code: sizes(code, 50, (0.6, 0.2, 0.2)), [30, 10, 10])
    expect.agree(lambda code: sizes(code, 50, (0.6, 0.2, 0.2000005)), [30, 10, 10])
    for fractions in ((60, 20, 20), (0.6, 0.2, 0.1), (0.6, 0.2, 0.201), (0.5, 0.3, 0.1999), (1.2, -0.2)):
        expect.agree(lambda code: sizes(code, 50, fractions))
