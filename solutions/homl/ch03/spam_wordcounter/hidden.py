"""Other mails, and word counts and vectors as the exercise defines them."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from grader.checks import draw_mails

UNSEEN = 31  # seed of the mails on which precision and recall are measured


def words(text: str, *, lower_case=True, strip_html=True, replace_urls=True, replace_numbers=True) -> dict[str, int]:
    """Count the words of one mail."""
    if lower_case:
        text = text.lower()
    if strip_html:
        text = re.sub(r"(?i)<a\s[^>]*>", " HYPERLINK ", text)
        text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    if replace_urls:
        text = re.sub(r"(?i)(?:https?://|www\.)\S*", " URL ", text)
    if replace_numbers:
        text = re.sub(r"\d+(?:[.,:]\d+)*", " NUMBER ", text)
    return dict(Counter(re.findall(r"\w+", text)))


def vocabulary(counts: list[dict[str, int]], size: int) -> dict[str, int]:
    """Column of each of the most frequent words."""
    total: Counter[str] = Counter()
    for mail in counts:
        total.update(mail)
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:size]
    return {word: place + 1 for place, (word, _) in enumerate(ranked)}


def matrix(counts: list[dict[str, int]], columns: dict[str, int], size: int) -> np.ndarray:
    """Dense rows of counts, unknown words in column 0."""
    table = np.zeros((len(counts), size + 1), dtype=int)
    for row, mail in zip(table, counts, strict=True):
        for word, count in mail.items():
            row[columns.get(word, 0)] += count
    return table


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return the public mails, mails for measuring, and the functions above; ``draw`` makes more mails."""
    return {
        "train": pd.read_csv(data / "mails.csv"),
        "unseen": draw_mails(1_800, UNSEEN),
        "draw": draw_mails,
        "words": words,
        "vocabulary": vocabulary,
        "matrix": matrix,
    }
