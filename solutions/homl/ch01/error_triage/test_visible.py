"""Visible checks of the triage: the worked examples and one case of each kind."""

import pytest

from grader.checks import Text

# (train, train_dev, dev, test, target) and what it is
CASES = [
    ((0.03, 0.04, 0.15, 0.16, 0.02), "mismatch"),
    ((0.12, 0.12, 0.13, 0.13, 0.03), "underfit"),
    ((0.01, 0.10, 0.10, 0.11, 0.01), "overfit"),
    ((0.04, 0.05, 0.05, 0.12, 0.04), "overfit_dev"),
    ((0.05, 0.06, 0.06, 0.07, 0.05), "ok"),
]

LOST = Text("The sizes do not add up to n: rows are lost or invented.", "크기의 합이 n과 달라요. 행이 없어지거나 생겨났어요.")
RULE = Text(
    "The sizes add up, but the rows left over went to other parts than the rule says.",
    "합은 맞지만 남은 행이 규칙과 다른 부분에 들어갔어요.",
)
LAST = Text("The last part got whatever was left over.", "남은 행을 모두 마지막 부분이 받았어요.")
LATER = Text("Among equal remainders the later part came first.", "나머지가 같은데 뒤에 있는 부분이 먼저 받았어요.")
# n, fractions, the sizes, and sizes that betray a mistake
SPLITS = [
    (10, (0.55, 0.25, 0.2), (6, 2, 2), {LAST: (5, 2, 3), LATER: (5, 3, 2)}),
    (10, (1 / 3, 1 / 3, 1 / 3), (4, 3, 3), {}),
]


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Print the four gaps of the case and look which one is largest, and whether it is larger than 0.02.",
    ko="그 경우의 차이 네 개를 출력해서 어느 것이 가장 큰지, 0.02보다 큰지 살펴보세요.",
)
def test_one_case_of_each_kind(submission, expect):
    """`diagnose` names one case of each kind.

    ko: `diagnose`가 다섯 가지 경우를 하나씩 알아본다.
    """
    items = []
    for errors, name in CASES:
        listed = ", ".join(f"{error:.2f}" for error in errors)
        answer = submission.call("diagnose", *errors)
        items.append((
            isinstance(answer, str) and answer == name,
            Text(f'diagnose({listed}) should be "{name}".', f'diagnose({listed})은(는) "{name}"이어야 해요.'),
        ))
    expect.items(items, options=5)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Round down first, then hand out the rows that are left over, one to a part.",
    ko="먼저 버림하고, 남은 행을 한 부분에 하나씩 나누어 주세요.",
)
def test_sizes_of_the_worked_example(submission, expect):
    """`split_sizes` of the worked example and of three equal parts.

    ko: 예제와 똑같은 세 부분에 대한 `split_sizes`.
    """
    for n, fractions, right, mistakes in SPLITS:
        sizes = submission.call("split_sizes", n, fractions)
        expect.array(sizes, (len(fractions),), dtype="int")
        expect.sums_to(sizes, n, rtol=0, atol=0, message=LOST)
        expect.close(sizes, right, rtol=0, atol=0, message=RULE, mistakes=mistakes)
