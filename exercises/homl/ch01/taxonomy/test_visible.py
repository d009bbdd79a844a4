"""Visible check of the three axes: the form of the answers, not their content."""

import pytest

from grader.checks import Text

CASES = [f"c{number:02d}" for number in range(1, 14)]
CODES = (
    {"supervised", "semi", "self", "rl", "cluster", "reduce", "rules", "anomaly", "novelty"},
    {"batch", "online"},
    {"instance", "model"},
)


def well_formed(answer):
    """Three codes in the order of the questions."""
    return (
        isinstance(answer, tuple | list)
        and len(answer) == 3
        and all(isinstance(code, str) and code.strip().casefold() in codes for code, codes in zip(answer, CODES, strict=True))
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en='Each line looks like `"c01": ("…", "…", "…"),`: three codes as they are printed, in the order of the questions.',
    ko='줄마다 `"c01": ("…", "…", "…"),`처럼 인쇄된 기호 세 개를 물음의 순서대로 쓰세요.',
)
def test_every_case_has_three_codes(submission, expect):
    """Every case has three of the printed codes, in the order of the questions.

    ko: 사례마다 정해진 기호 세 개가 물음의 순서대로 있다.
    """
    answers = submission["answers"]
    expect.type(answers, dict, what="answers")
    expect.items(
        [
            (
                well_formed(answers.get(case)),
                Text(f"{case} does not have three of the printed codes.", f"{case}에 정해진 기호 세 개가 없어요."),
            )
            for case in CASES
        ]
    )
