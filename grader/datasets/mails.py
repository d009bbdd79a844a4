"""Make-believe mails, about one in six of them spam: plain and HTML, with links, prices, dates and shouting.

No mail was ever sent. Each is put together from sentences with gaps; gaps are filled with names, numbers, sums of money
and addresses that hardly ever come twice, so that words must be normalised before they can be counted. Some mails are hard:
newsletters that advertise, and spam that begins like a private letter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

N_MAILS = 600
SEED = 2003
SPAM_SHARE = 1 / 6
MIXED = 0.07  # share of mails that borrow sentences from the other kind

NAMES = (
    "Anna",
    "Bob",
    "Chen",
    "Dana",
    "Emil",
    "Farid",
    "Grace",
    "Hana",
    "Igor",
    "Jiho",
    "Kim",
    "Lena",
    "Minsu",
    "Nora",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TOPICS = ("kernel", "parser", "budget", "garden", "server", "chapter", "survey", "recipe", "choir", "patch", "camera")
SYLLABLES = ("ba", "den", "ki", "lo", "mur", "ne", "pa", "qui", "ro", "sta", "tu", "vex", "wen", "zo")

HAM = (
    "the meeting about the {topic} is on {day} at {clock}",
    "please read chapter {n} before {day} and send me your notes",
    "I have put the new version of the {topic} on {url}",
    "{name} asked whether we can move the {topic} to {day}",
    "the build fails on line {n} of the {topic}, see {url}",
    "thanks for your help with the {topic} yesterday",
    "could you have a look at the {topic} when you have time?",
    "we were {n} people on {day} and the weather was fine",
    "the mailing list has moved, the archive is at {url}",
    "my train leaves at {clock}, I will call you from the station",
    "I attach the minutes, there are {n} open points",
    "has anyone seen this error since the update to version {version}?",
    "the report says that prices rose by {version} percent last year",
    "{name} wrote: I think the {topic} needs another test",
    "see you at dinner on {day}, {name} brings the dessert",
    "the article on {url} is worth reading",
)
SPAM = (
    "buy now and save {n} percent on every order",
    "this offer is free for the first {n} customers",
    "click here to claim your prize of {money}",
    "you have been selected as a winner of our {money} lottery",
    "lose {n} pounds in {n} days with no effort, guaranteed",
    "cheap pills without prescription, order at {url}",
    "a loan of {money} with no credit check, apply at {url}",
    "make {money} a week from home, no experience needed",
    "limited time offer, visit {url} today",
    "to be removed from this list click {url}",
    "act now, this is not a scam, 100% risk free",
    "dear friend, I am the widow of a banker with {money} to share",
    "lowest mortgage rates since {n}, reply now",
    "get your free sample, only {money} for shipping",
    "amazing watches from {money}, your wife will love it",
)
EITHER = (
    "please find the details below",
    "let me know what you think",
    "this is the last mail about it",
    "have a nice day",
    "you can find more at {url}",
    "I hope that all is well with you",
    "it takes only {n} minutes",
)


def draw(n: int, seed: int) -> pd.DataFrame:
    """Draw mails.

    Parameters
    ----------
    n : int
        How many.
    seed : int
        Other seeds, other mails. NumPy keeps the streams of ``RandomState``, so a seed gives the same everywhere.

    Returns
    -------
    DataFrame
        ``text`` (str) and ``spam`` (0 or 1), in random order; a sixth is spam, rounded.
    """
    rng = np.random.RandomState(seed)
    spam = (np.arange(n) < round(SPAM_SHARE * n)).astype(int)[rng.permutation(n)]
    return pd.DataFrame({"text": [_mail(rng, bool(kind)) for kind in spam], "spam": spam})


def generate() -> dict[str, pd.DataFrame]:
    """The public table.

    Returns
    -------
    dict
        ``{"mails": DataFrame}`` of 600 mails, columns as `draw` says.
    """
    return {"mails": draw(N_MAILS, SEED)}


def _mail(rng: np.random.RandomState, spam: bool) -> str:
    own, other = (SPAM, HAM) if spam else (HAM, SPAM)
    length = rng.randint(4, 10)
    mixed = rng.uniform() < MIXED
    sentences = []
    for _ in range(length):
        chance = rng.uniform()
        pool = EITHER if chance < 0.2 else other if mixed and chance < 0.4 else own
        sentence = _filled(rng, _one(rng, pool))
        shout = rng.uniform() < (0.25 if spam else 0.15)
        sentences.append(sentence.upper() + "!" * rng.randint(1, 4) if shout else sentence[0].upper() + sentence[1:])
    greeting = f"Hi {_one(rng, NAMES)}," if rng.uniform() < (0.3 if spam else 0.7) else "Hello,"
    lines = [greeting, *sentences]
    if rng.uniform() < (0.2 if spam else 0.8):
        lines.append(f"-- {_one(rng, NAMES)}")
    if rng.uniform() < (0.5 if spam else 0.3):
        return _as_html(rng, lines)
    return "\n".join(lines)


def _as_html(rng: np.random.RandomState, lines: Sequence[str]) -> str:
    lines = [line.replace("percent", "&nbsp;&#37;") for line in lines]
    if rng.uniform() < 0.7:
        place = rng.randint(1, len(lines))
        lines.insert(place, f'<a href="{_address(rng)}">{_one(rng, ("here", "Read more", "This way"))}</a>')
    body = "<br>\n".join(line if rng.uniform() < 0.8 else f"<b>{line}</b>" for line in lines)
    return f"<html><body>{body}</body></html>"


def _filled(rng: np.random.RandomState, sentence: str) -> str:
    gaps: dict[str, Callable[[], str]] = {
        "{n}": lambda: str(rng.randint(2, 2_000)),
        "{clock}": lambda: f"{rng.randint(7, 20)}:{rng.randint(0, 60):02}",
        "{version}": lambda: f"{rng.randint(1, 20)}.{rng.randint(0, 10)}",
        "{money}": lambda: f"${rng.randint(1, 999)},{rng.randint(0, 1000):03}.{rng.randint(0, 100):02}",
        "{day}": lambda: _one(rng, DAYS),
        "{name}": lambda: _one(rng, NAMES),
        "{topic}": lambda: _one(rng, TOPICS),
        "{url}": lambda: _address(rng),
    }
    for gap, fill in gaps.items():
        while gap in sentence:
            sentence = sentence.replace(gap, fill(), 1)
    return sentence


def _address(rng: np.random.RandomState) -> str:
    host = "".join(_one(rng, SYLLABLES) for _ in range(rng.randint(2, 5)))
    start = _one(rng, ("http://", "https://", "www."))
    return f"{start}{host}.example/{_one(rng, SYLLABLES)}{rng.randint(1, 100_000)}"


def _one(rng: np.random.RandomState, choices: Sequence[str]) -> str:
    return choices[rng.randint(len(choices))]
