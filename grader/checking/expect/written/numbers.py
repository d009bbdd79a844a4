"""Reads numbers out of short written answers: ``about 3.5 %``, ``약 3,500개``, ``1.2e-3``, ``1/3``, ``3만``."""

from __future__ import annotations

import math
import re

from grader.checking.expect.written.answers import normalise

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+"
_NUMBER = re.compile(
    rf"(?<![\w.])(?P<sign>[+\-−–]?)\s?(?P<digits>{_DIGITS})(?P<exponent>e[+\-−]?\d{{1,5}}|\s?[x×*]\s?10\s?(?:\^|\*\*)\s?[+\-−]?\d{{1,5}})?"
    rf"(?:\s?/\s?(?P<below>{_DIGITS}))?(?:(?P<scale>만(?![큼은이을])|억|천|백(?!분))|\s?(?P<word>thousand|million|billion|percent|퍼센트|프로(?!그|젝|세)|%))?"
)
_SCALES = {"백": 1e2, "천": 1e3, "만": 1e4, "억": 1e8, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_PERCENT = frozenset(["%", "percent", "퍼센트", "프로"])
_LARGER = frozenset(["백", "천", "만", "억"])
_MOST_DIGITS = 300


def numbers_in(text: str) -> list[tuple[float, bool]]:
    """The numbers of a text in order, each with whether it is followed by a sign or word for percent.

    Digits may be grouped by commas in threes; Korean 백, 천, 만, 억 and English thousand, million, billion multiply; a slash
    divides. A digit inside of a word (``ResNet50``, ``x1``) is no number. A number in percent is not divided by 100 here.
    What no float can hold is infinite.
    """
    found: list[tuple[float, bool]] = []
    text, before, end = normalise(text), "", 0
    for match in _NUMBER.finditer(text):
        value = _float(match["digits"])
        power = re.sub(r"\s", "", (match["exponent"] or "")).replace("−", "-")
        if power:
            value *= _power(int(re.split(r"e|\^|\*\*", power)[-1]))
        if match["below"]:
            below = _float(match["below"])
            value = value / below if below else math.nan
        scale = match["scale"] or match["word"] or ""
        value *= _SCALES.get(scale, 1.0)
        if match["sign"] in ("-", "−", "–"):
            value = -value
        if before in _LARGER and not match["sign"] and not text[end : match.start()].strip() and scale not in _PERCENT:
            value += found.pop()[0]  # 3만 5천 is one number
        found.append((value, scale in _PERCENT))
        before, end = scale, match.end()
    return found


def _float(digits: str) -> float:
    return float(digits.replace(",", "")[:_MOST_DIGITS]) if len(digits) <= _MOST_DIGITS else math.inf


def _power(exponent: int) -> float:
    return 10.0**exponent if abs(exponent) <= 300 else math.inf if exponent > 0 else 0.0
