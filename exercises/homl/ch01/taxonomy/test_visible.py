"""Visible checks of the three axes: the form of the answers, not their content."""

import re

import pytest

from grader.checks import Text

CASES = [f"c{number:02d}" for number in range(1, 14)]
CODES = (
    {"supervised", "semi", "self", "rl", "cluster", "reduce", "rules", "anomaly", "novelty"},
    {"batch", "online"},
    {"instance", "model"},
)
NO_DICT = Text(
    '`answers` should be a dictionary with the keys "c01" to "c13".',
    '`answers`는 키가 "c01"부터 "c13"까지인 딕셔너리여야 해요.',
)
MISSHAPEN = Text(
    "{case} does not have three of the printed codes, in the order of the questions.",
    "{case}에 정해진 기호 세 개가 물음의 순서대로 있지 않아요.",
)
ALL_ALIKE = Text(
    "Your codes do not tell the systems apart: all thirteen have the same, or none.",
    "열세 가지 시스템의 기호가 모두 같거나 비어 있어서 시스템을 구별하지 못해요.",
)


def well_formed(answer):
    """Three codes in the order of the questions."""
    return (
        isinstance(answer, tuple | list)
        and len(answer) == 3
        and all(isinstance(code, str) and code.strip().casefold() in codes for code, codes in zip(answer, CODES, strict=True))
    )


@pytest.mark.points(2)
def test_every_case_has_three_codes(expect):
    """Every case has three of the printed codes, in the order of the questions.

    ko: 사례마다 정해진 기호 세 개가 물음의 순서대로 있다.
    asks: with the keys `"c01"` … `"c13"` and three codes each, in the order of the questions
    asks-ko: 키는 `"c01"`부터 `"c13"`까지이고 값은 물음의 순서대로 쓴 기호 세 개입니다
    hint: Each line looks like `"c01": ("…", "…", "…"),`: three codes as they are printed, in the order of the questions.
    hint-ko: 줄마다 `"c01": ("…", "…", "…"),`처럼 인쇄된 기호 세 개를 물음의 순서대로 쓰세요.
    """

    def forms(code):
        answers = code["answers"]
        rows = answers if isinstance(answers, dict) else dict(zip(CASES, answers, strict=False))
        return {"named": rows is answers} | {case: well_formed(rows.get(case)) for case in CASES}

    def all_right(found, _):
        expect.true(found["named"], message=NO_DICT)
        for case in CASES:
            expect.true(found[case], message=MISSHAPEN.format(case=case))

    expect.agree(forms, dict.fromkeys(["named", *CASES], True), how=all_right)


@pytest.mark.points(0)
def test_systems_are_told_apart(expect):
    """Not all systems have the same codes.

    ko: 모든 시스템의 기호가 똑같지는 않다.
    asks: The same three codes for all systems earn nothing either.
    asks-ko: 모든 시스템에 똑같은 기호를 써도 점수가 없습니다.
    hint: The checks of the three axes count once at least two systems differ.
    hint-ko: 적어도 두 시스템의 기호가 달라야 세 가지 축에 대한 검사가 점수에 들어가요.
    """

    def differ(code):
        answers = code["answers"]
        rows = answers.values() if isinstance(answers, dict) else answers
        return len({tuple(re.findall(r"[a-z]+", str(row).casefold())) for row in rows}) > 1

    expect.agree(differ, True, message=ALL_ALIKE)
