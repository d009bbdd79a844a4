"""Hidden checks of the triage: twenty-four cases, high and low levels, negative gaps, sizes of any number of parts."""

from fractions import Fraction

import numpy as np
import pytest

from grader.checks import Text

KINDS = ("underfit", "overfit", "mismatch", "overfit_dev")
# How often each kind stands among the twenty-four; a third is overfitting, so that "overfit" is a tempting answer.
COUNTS = {"overfit": 8, "underfit": 4, "mismatch": 4, "overfit_dev": 4, "ok": 4}
SENTENCES = {
    "underfit": Text(
        "A training error far above the target was not seen: compare train with target, not with 0.",
        "훈련 오차가 목표보다 훨씬 큰데 알아보지 못했어요. 훈련 오차를 0이 아니라 목표와 비교하세요.",
    ),
    "overfit": Text(
        "A jump from train to train-dev was not seen: same source, but rows that are new.",
        "훈련에서 훈련-개발로 갈 때 뛰어오른 것을 알아보지 못했어요. 출처는 같지만 처음 보는 행이에요.",
    ),
    "mismatch": Text(
        "A jump from train-dev to dev was not seen: what changes there is the source of the rows. Is train-dev used?",
        "훈련-개발에서 개발로 갈 때 뛰어오른 것을 알아보지 못했어요. 거기서 달라지는 것은 행의 출처예요. train_dev를 쓰고 있나요?",
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
NO_NAME = Text(
    'What was returned is none of the five names: "underfit", "overfit", "mismatch", "overfit_dev" or "ok", letter by letter.',
    '반환한 값이 다섯 이름 가운데 하나가 아니에요. "underfit", "overfit", "mismatch", "overfit_dev", "ok" 중 하나를 철자 그대로 반환하세요.',
)
MISSED = Text(
    'A gap of more than 0.02 was taken for noise: the answer was "ok".',
    '0.02보다 큰 차이를 잡음으로 보고 "ok"라고 했어요.',
)
NEGATIVE = Text(
    "A negative gap was named: a set that is easier than the one before is no trouble.",
    "음수인 차이를 문제로 보았어요. 앞의 세트보다 쉬운 세트는 문제가 아니에요.",
)
SMALLER = Text("Of two large gaps the smaller one was named.", "큰 차이가 둘인데 그중 작은 것을 골랐어요.")
NEAR_TARGET = Text(
    "It was called underfitting although the training error is close to the target: compare it with the target, not with 0.",
    "훈련 오차가 목표에 가까운데 과소적합이라고 했어요. 훈련 오차를 0이 아니라 목표와 비교하세요.",
)
ALL_OK = Text(
    'Every case was called "ok": errors and gaps are fractions here, so that 0.02 stands for two percent.',
    '모든 경우를 "ok"라고 했어요. 여기서 오차와 차이는 비율이어서 0.02가 2퍼센트예요.',
)
ALL_SAME = Text(
    "Every case got the same name, whatever the errors are.",
    "오차가 어떻든 모든 경우에 같은 이름을 붙였어요.",
)
LEVEL = Text(
    "The same four gaps got another name where all errors are higher: it is the differences that count, not the ratios.",
    "차이 네 개가 똑같은데 오차가 모두 높아지니 다른 이름을 붙였어요. 비율이 아니라 차이(뺄셈)를 보세요.",
)


def draw(rng, low, high):
    """An error rate or a gap, with four decimals as people report them."""
    return round(float(rng.uniform(low, high)), 4)


def small(rng):
    """Four gaps that are noise."""
    return rng.uniform(0.0, 0.01, 4).round(4)


def errors_of(gaps, target):
    """(train, train_dev, dev, test, target) with these four gaps."""
    train, train_dev, dev, test = (float(round(target + s, 6)) for s in np.cumsum(gaps))
    return train, train_dev, dev, test, float(target)


def diagnosed(submission, errors):
    """The student's name for a case, "" where the answer is no text."""
    answer = submission.call("diagnose", *errors)
    return answer if isinstance(answer, str) else ""


def mistake(errors, name, answer):
    """What a wrong name says about how it was found."""
    if answer not in SENTENCES:
        return NO_NAME
    if answer == "ok":
        return MISSED
    *levels, target = errors
    gaps = dict(zip(KINDS, np.diff([target, *levels]), strict=True))
    if gaps.get(answer, 0) < -0.02:
        return NEGATIVE
    if gaps.get(answer, 0) > 0.02:
        return SMALLER
    return NEAR_TARGET if answer == "underfit" and name != "ok" else SENTENCES[name]


def judge_names(expect, cases, answers, sentences):
    """Items: whether each case is named, and what was overlooked."""
    same = len(set(answers)) == 1 and answers[0] and LEVEL not in sentences
    message = ALL_OK if answers[0] == "ok" else ALL_SAME
    items = [(a == name, text) for (_, name), a, text in zip(cases, answers, sentences, strict=True)]
    expect.items(items, options=5, message=message if same else None)


def told(submission, expect, cases):
    """Ask for the name of each case and judge it."""
    answers = [diagnosed(submission, errors) for errors, _ in cases]
    judge_names(expect, cases, answers, [mistake(*case, answer) for case, answer in zip(cases, answers, strict=True)])


@pytest.mark.points(6)
@pytest.mark.hint(
    en="Four gaps, each between neighbours in the table; the largest one gives the name.",
    ko="표에서 이웃한 두 값의 차이 네 개를 구하고, 가장 큰 차이의 이름을 반환하세요.",
)
def test_twenty_four_cases(submission, expect, rng):
    """Twenty-four cases with one large gap, or none.

    ko: 큰 차이가 하나이거나 없는 스물네 가지 경우.
    """
    cases = []
    for name, count in COUNTS.items():
        for i in range(count):
            gaps = small(rng)
            if name != "ok":
                gaps[KINDS.index(name)] = draw(rng, 0.04, 0.2 if i else 0.045)  # one just large enough
            cases.append((errors_of(gaps, draw(rng, 0.0, 0.06)), name))
    told(submission, expect, [cases[i] for i in rng.permutation(len(cases))])


@pytest.mark.points(2)
@pytest.mark.hint(
    en="It is the gaps that count, not how high the errors are.",
    ko="오차의 크기가 아니라 차이가 중요해요.",
)
def test_hard_tasks(submission, expect, rng):
    """Tasks where even people err often: high errors, the same gaps.

    ko: 사람도 자주 틀리는 어려운 작업. 오차는 크지만 차이는 같다.
    """
    cases, answers, sentences = [], [], []
    for name in (*KINDS, "ok") * 2:
        gaps = small(rng)
        if name != "ok":
            gaps[KINDS.index(name)] = draw(rng, 0.05, 0.15)
        errors, easy = errors_of(gaps, draw(rng, 0.25, 0.4)), errors_of(gaps, 0.01)
        answer = diagnosed(submission, errors)
        cases.append((errors, name))
        answers.append(answer)
        other = answer not in (name, "underfit") and diagnosed(submission, easy) == name
        sentences.append(LEVEL if other else mistake(errors, name, answer))
    judge_names(expect, cases, answers, sentences)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Name the largest of the four, wherever it stands; a set that is easier than the one before is no trouble.",
    ko="어디에 있든 넷 가운데 가장 큰 것을 고르세요. 앞의 세트보다 쉬운 세트는 문제가 아니에요.",
)
def test_two_gaps_and_negative_gaps(submission, expect, rng):
    """Two large gaps, and gaps that are negative.

    ko: 큰 차이가 둘인 경우와 음수인 차이가 있는 경우.
    """
    cases = []
    for largest in range(4):
        for other in set(range(4)) - {largest}:
            gaps = small(rng)
            gaps[largest], gaps[other] = draw(rng, 0.10, 0.16), draw(rng, 0.04, 0.06)
            cases.append((errors_of(gaps, 0.05), KINDS[largest]))
    for place in range(1, 4):
        gaps = small(rng)
        gaps[place] = -draw(rng, 0.10, 0.14)
        cases.append((errors_of(gaps, 0.3), "ok"))
        before = gaps.copy()
        before[place - 1] = 0.06
        cases.append((errors_of(before, 0.3), KINDS[place - 1]))
    told(submission, expect, cases)


def by_largest_remainder(n, fractions):
    """The rule in exact arithmetic."""
    shares = [n * Fraction(fraction) for fraction in fractions]
    sizes = [int(share) for share in shares]
    order = sorted(range(len(shares)), key=lambda i: (sizes[i] - shares[i], i))
    for i in order[: n - sum(sizes)]:
        sizes[i] += 1
    return tuple(sizes)


def parts(rng):
    """Numbers of rows with fractions in sixteenths or thousandths, without remainders that are all but equal."""
    while True:
        base = int(rng.choice([16, 1000]))
        cuts = np.sort(rng.integers(1, base, size=int(rng.integers(1, 5))))
        counts = np.diff([0, *cuts.tolist(), base])
        n = int(rng.integers(5, 5000))
        remainders = np.sort(n * counts % base)
        if counts.min() > 0 and (base == 16 or (np.diff(remainders).min() > 1 and remainders.min() > 1)):
            return n, tuple(float(count / base) for count in counts)


LOST = Text("The sizes do not add up to n: rows are lost or invented.", "크기의 합이 n과 달라요. 행이 없어지거나 생겨났어요.")
RULE = Text(
    "The sizes add up, but the rows left over went to other parts than the rule says.",
    "합은 맞지만 남은 행이 규칙과 다른 부분에 들어갔어요.",
)
DOWN = Text("What rounding down leaves over was given to no part.", "버림하고 남은 행을 아무 부분도 받지 않았어요.")
ROUNDED = Text("Each part was rounded by itself.", "부분마다 따로 반올림했어요.")
LAST = Text("The last part got whatever was left over.", "남은 행을 모두 마지막 부분이 받았어요.")
FIRST = Text("The first part got whatever was left over.", "남은 행을 모두 첫째 부분이 받았어요.")
LATER = Text("Among equal remainders the later part came first.", "나머지가 같은데 뒤에 있는 부분이 먼저 받았어요.")


def down(n, fractions):
    """Every share rounded down."""
    return [int(n * Fraction(fraction)) for fraction in fractions]


def rounded(n, fractions):
    """Every share rounded to the nearest whole number."""
    return [round(n * fraction) for fraction in fractions]


def later_first(n, fractions):
    """The rule, but the last of the parts with equal remainders comes first."""
    return by_largest_remainder(n, fractions[::-1])[::-1]


WRONG_RULES = [
    (down, DOWN),
    (rounded, ROUNDED),
    (lambda n, fractions: [int(n * fraction + 0.5) for fraction in fractions], ROUNDED),
    (lambda n, fractions: [*(sizes := down(n, fractions)[:-1]), n - sum(sizes)], LAST),
    (lambda n, fractions: [*(sizes := rounded(n, fractions)[:-1]), n - sum(sizes)], LAST),
    (lambda n, fractions: [n - sum(sizes := down(n, fractions)[1:]), *sizes], FIRST),
    (later_first, LATER),
]


def at_once(rule, splits):
    """The sizes of all splits in one list, for a mistake has to explain every one of them."""
    return [size for n, fractions in splits for size in rule(n, fractions)]


def judge_sizes(submission, expect, n, fractions, right, message):
    """Compare one split; whatever else is wrong, the sum comes first."""
    sizes = submission.call("split_sizes", n, fractions)
    expect.array(sizes, (len(fractions),), dtype="int")
    expect.sums_to(sizes, n, rtol=0, atol=0, message=LOST)
    expect.true(np.array_equal(sizes, right), en=message.en, ko=message.ko)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Neither the last part alone nor every part's own rounding: sort the parts by what rounding down cut off.",
    ko="마지막 부분에 몰아주거나 부분마다 따로 반올림하지 말고, 버린 소수 부분이 큰 순서로 나누어 주세요.",
)
def test_sizes_of_many_splits(submission, expect, rng):
    """The sizes of many splits follow the rule and add up.

    ko: 여러 분할의 크기가 규칙에 맞고 합이 맞는다.
    """
    splits, found = [parts(rng) for _ in range(30)], []
    for n, fractions in splits:
        sizes = submission.call("split_sizes", n, fractions)
        expect.array(sizes, (len(fractions),), dtype="int")
        found.append(np.asarray(sizes))
    complete = all(sizes.sum() == n for sizes, (n, _) in zip(found, splits, strict=True))
    mistakes = [(at_once(rule, splits), text) for rule, text in WRONG_RULES]
    expect.close(
        np.concatenate(found),
        at_once(by_largest_remainder, splits),
        rtol=0,
        message=RULE if complete else LOST,
        mistakes=mistakes,
    )


@pytest.mark.points(2)
@pytest.mark.needs("test_sizes_of_the_worked_example")
@pytest.mark.hint(
    en="Try split_sizes(100, (0.29, 0.71)), a single part, no rows at all, equal remainders.",
    ko="split_sizes(100, (0.29, 0.71)), 부분이 하나인 경우, 행이 없는 경우, 나머지가 같은 경우를 시험해 보세요.",
)
def test_sizes_at_the_edges(submission, expect):
    """Shares that are all but whole, one part, no rows, equal remainders, a part of nothing.

    ko: 정수나 다름없는 몫, 부분 하나, 행 0개, 같은 나머지, 비율이 0인 부분.
    """
    cases = {
        (100, (0.29, 0.71)): (29, 71),
        (1000, (0.57, 0.29, 0.14)): (570, 290, 140),
        (7, (1.0,)): (7,),
        (0, (0.5, 0.25, 0.25)): (0, 0, 0),
        (1, (0.25, 0.5, 0.25)): (0, 1, 0),
        (2, (0.25, 0.25, 0.25, 0.25)): (1, 1, 0, 0),
        (3, (0.125, 0.75, 0.125)): (1, 2, 0),
        (9, (0.0, 0.5, 0.5)): (0, 5, 4),
    }
    for (n, fractions), right in cases.items():
        judge_sizes(submission, expect, n, fractions, right, RULE)
    judge_sizes(submission, expect, 8, [0.75, 0.25], (6, 2), RULE)


@pytest.mark.points(1)
@pytest.mark.needs("test_sizes_of_the_worked_example")
@pytest.mark.hint(
    en="0.1 + 0.2 is 0.30000000000000004: round the remainders to nine decimals before you compare them.",
    ko="0.1 + 0.2는 0.30000000000000004예요. 나머지를 소수점 아래 아홉째 자리까지 반올림해서 비교하세요.",
)
def test_remainders_that_differ_by_the_computers_rounding(submission, expect):
    """Remainders that only the computer's rounding makes unequal count as equal.

    ko: 컴퓨터의 반올림 오차만큼만 다른 나머지는 같은 것으로 본다.
    """
    unequal = Text(
        "Two remainders that only the computer's rounding tells apart were not taken as equal.",
        "컴퓨터의 반올림 오차만큼만 다른 두 나머지를 같은 것으로 보지 않았어요.",
    )
    cases = {
        (5, (0.3, 0.1 + 0.2, 0.4)): (2, 1, 2),
        (35, (0.7, 0.1, 0.2)): (25, 3, 7),
        (10, (1 / 3, 1 / 3, 1 - 2 / 3)): (4, 3, 3),
    }
    for (n, fractions), right in cases.items():
        judge_sizes(submission, expect, n, fractions, right, unequal)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Percentages such as (60, 20, 20) do not sum to 1; (1.2, -0.2) does, and is wrong all the same.",
    ko="(60, 20, 20) 같은 퍼센트는 합이 1이 아니에요. (1.2, -0.2)는 합이 1이지만 역시 잘못이에요.",
)
def test_wrong_fractions_are_refused(submission, expect):
    """Fractions that do not sum to 1, or are negative, raise ValueError.

    ko: 합이 1이 아니거나 음수인 비율에는 ValueError를 일으킨다.
    """
    accepted = submission.call("split_sizes", 50, (0.6, 0.2, 0.2))
    expect.array(accepted, (3,), dtype="int")
    wrong_sum = Text("Here the fractions do not sum to 1.", "여기서는 비율의 합이 1이 아니에요.")
    nearly = Text(
        "Here the fractions miss the sum of 1 by a little, but by more than 1e-6.",
        "여기서는 비율의 합이 1과 조금 다른데, 그 차이가 1e-6보다 커요.",
    )
    negative = Text("Here a fraction is negative.", "여기서는 비율 하나가 음수예요.")
    refused = {
        (60, 20, 20): wrong_sum,
        (0.6, 0.2, 0.1): wrong_sum,
        (0.6, 0.2, 0.201): nearly,
        (0.5, 0.3, 0.1999): nearly,
        (1.2, -0.2): negative,
    }
    for fractions, message in refused.items():
        with expect.raises(ValueError, message=message):
            submission.call("split_sizes", 50, fractions)
