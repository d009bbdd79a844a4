"""Visible check of the nineteen concepts: the form of the answers, not their content."""

import pytest

from grader.checks import Text

OTHER_FORM = Text(
    "{name} is missing or has another form than its question asks for.", "{name}의 답이 없거나 문제에서 정한 형식이 아니에요."
)


def is_text(answer):
    """A string that is not empty."""
    return isinstance(answer, str) and bool(answer.strip())


def is_code(answer, codes):
    """One of the printed codes."""
    return isinstance(answer, str) and answer.strip().casefold() in set(codes)


def is_set(answer):
    """A collection of non-empty strings; whether they are enough is a matter of what they say."""
    return isinstance(answer, set | frozenset | list | tuple) and len(answer) >= 1 and all(is_text(item) for item in answer)


def is_code_set(answer, codes):
    """A collection of printed codes."""
    return is_set(answer) and all(is_code(item, codes) for item in answer)


def is_dict(answer, keys, codes):
    """A dictionary with exactly these keys and a printed code at each."""
    return isinstance(answer, dict) and set(answer) == set(keys) and all(is_code(answer[key], codes) for key in keys)


QUANTITIES = (
    "slope learning_rate weight k split_threshold alpha centroid max_depth batch_size epochs".split()
)
FORMS = {
    "a01": lambda a: is_dict(a, "TEP", "abcde"),
    "a02": lambda a: is_code_set(a, "abcdefgh"),
    "a03": is_text,
    "a04": is_set,
    "a05": is_set,
    "a06": is_text,
    "a07": lambda a: is_dict(a, ("unknown", "known"), "abcd"),
    "a08": is_text,
    "a09": lambda a: is_code_set(a, "abcdef"),
    "a10": is_text,
    "a11": is_text,
    "a12": lambda a: is_dict(a, QUANTITIES, "ph"),
    "a13": is_text,
    "a14": lambda a: is_code_set(a, "abcdefg"),
    "a15": lambda a: (
        isinstance(a, dict)
        and set(a) == {"problem", "remedies"}
        and is_text(a["problem"])
        and is_code_set(a["remedies"], "abcdef")
    ),
    "a16": lambda a: is_code(a, "abcd"),
    "a17": lambda a: is_code(a, "abcd"),
    "a18": lambda a: is_dict(a, ("m1", "m2", "m3"), "abc"),
    "a19": lambda a: (
        isinstance(a, dict)
        and set(a) == {"estimate", "real_error"}
        and is_code(a["estimate"], "abc")
        and is_code(a["real_error"], ("higher", "lower", "same"))
    ),
}


@pytest.mark.points(1)
def test_every_answer_has_its_form(expect):
    """Every answer has the announced form.

    ko: 모든 답이 정해진 형식을 지킨다.
    asks: plus one point for answers that all have the announced form
    asks-ko: 모든 답이 정해진 형식을 지키면 1점을 더 받습니다
    hint: Look at the last line of each question: it says whether a code, a set, a dictionary or a text is wanted.
    hint-ko: 문제마다 마지막 줄에 기호, 집합, 딕셔너리, 글 가운데 무엇을 써야 하는지 적혀 있어요.
    """

    def other_forms(code):
        found = {name: code[name] if code.has(name) else None for name in FORMS}
        return {name: type(found[name]).__name__ for name, fits in FORMS.items() if not fits(found[name])}

    def none_left(found, _):
        for name in found:
            expect.true(False, message=OTHER_FORM.format(name=name))

    expect.agree(other_forms, {}, how=none_left)
