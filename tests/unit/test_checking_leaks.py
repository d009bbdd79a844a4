"""Nothing leaks: no expectation tells a student a secret, be it what is expected or what hidden inputs went into a call.

Theory of operation: every public expectation stands in the table `CASES`; one that does not makes a test fail. Three
properties are proven over all of them with random secrets.

1. The answer knows nothing, the expected values are secret: no sentence holds a secret, and a sentence that changes with
   the secret is an authored one without blanks, or counts right answers.
2. The answer is made out of the secret, as a function can do that is called with hidden inputs, and the check is a hidden
   one: no sentence holds a secret, and what fills the blanks of sentences does not change with the secret.
3. The same, with expected values that are as secret and near the answer, so that diagnoses speak up.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st

import grader.checking
import grader.metrics
from grader.checking import verdicts
from grader.checking.band import Band
from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect import structure as expect_structure
from grader.checking.expect.files import files as expect_files
from grader.checking.expect.keras import network as expect_network
from grader.checking.expect.learning import estimators as expect_estimator
from grader.checking.expect.learning import metric as expect_metric
from grader.checking.expect.learning import pipelines
from grader.checking.expect.learning import splits as expect_splits
from grader.checking.expect.numbers import arrays as expect_arrays
from grader.checking.expect.numbers import numbers as expect_numbers
from grader.checking.expect.numbers import properties as expect_properties
from grader.checking.expect.samples import agents as expect_agent
from grader.checking.expect.source import source as expect_source
from grader.checking.expect.tables import parts as expect_parts
from grader.checking.expect.tables import tables as expect_tables
from grader.checking.expect.written import codes as written_codes
from grader.checking.expect.written import text as expect_text
from grader.checking.values import discreet
from grader.running.faults import SubmissionRaised
from grader.vocabulary import Outcome, Text
from tests.hostile import values
from tests.leak_cases import FURTHER

COUNTS = {  # sentences that say how many parts of an answer are right: a relation, in numbers that the author chose
    expect_estimator.CONVENTIONS,
    expect_splits.MISSING_ROWS,
    expect_splits.SHARED,
    expect_splits.SHARED_GROUPS,
    expect_splits.STRANGE_ROWS,
    expect_structure.SHARE_RIGHT,
    expect_text.MISSING_IDEAS,
    expect_text.TOO_FEW,
    written_codes.MATCHED,
    written_codes.MATCHED_SOME,
}
MEASURED = {  # sentences that say how good answers were, as the trusted side measured it: for that students hand in
    expect_agent.NOT_LEARNED,
    expect_metric.BELOW_EDGE_HIGHER,
    expect_metric.BELOW_EDGE_LOWER,
    expect_network.LEARNED_NOTHING,
}
AUTHORS = {  # sentences that no case says, whose blanks hold what an author wrote or where the submission's source stands
    expect_arrays.FIXED_LABEL,
    expect_estimator.NO_ATTRIBUTE,
    expect_files.WITH_INDEX,
    expect_numbers.LOWER,
    expect_numbers.UPPER,
    expect_parts.TWICE,
    expect_properties.OUTSIDE_OPEN,
    expect_source.NOT_REACHED,
    expect_source.WASTED,
    expect_structure.NO_ERROR,
    expect_tables.COLUMN_MISSING,
    expect_text.TOO_LONG,
    pipelines.MORE_BRANCHES,
    verdicts.ASSERTED,  # in visible checks only
    verdicts.NEEDS_OTHER,
}
AUTHORED = Text("An authored sentence.", "선생님이 쓴 문장이에요.")


class Held:
    """An object that stays in the sandbox, as checks see it; its class may be named at will."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name

    def is_a(self, name: str) -> bool:
        return name == self.type_name


@dataclass(frozen=True)
class Secret:
    """Numbers and words that nobody may read; two of them have nothing in common but their form."""

    number: float
    count: int
    word: str
    order: tuple[int, ...]  # a permutation of 0 to 5

    @property
    def vector(self) -> np.ndarray:
        return self.number * (1 + np.array(self.order) / 7)

    @property
    def matrix(self) -> np.ndarray:
        return np.outer(self.vector, [1.0, 1.3, -1.7]) + np.arange(18).reshape(6, 3) ** 2

    @property
    def labels(self) -> list[int]:
        return [place // 2 for place in self.order]

    @property
    def words(self) -> list[str]:
        return [f"{self.word}{'abcdef'[place]}" for place in self.order]

    @property
    def frame(self) -> pd.DataFrame:
        return pd.DataFrame({"x": self.vector, "name": self.words}, index=[self.count + place for place in self.order])

    def unlike(self) -> Secret:
        """Another secret, no number or word of which is the same."""
        word = "".join(chr(ord(letter) ^ 1) for letter in self.word)
        return Secret(self.number * 1.3719 + 71.239, 7_001 - self.count // 2, word, self.order[::-1])

    @cached_property
    def renderings(self) -> set[str]:
        """What the secret looks like in a text, in any usual form of numbers."""
        numbers = [self.number, *self.vector, *self.matrix.ravel()]
        forms = ("{:.6g}", "{:.5g}", "{:.4g}", "{:.2f}", "{:.3f}", "{!r}", "{:.0f}", "{:,.2f}", "{:,.0f}", "{:.3e}")
        told = {form.format(abs(float(number))) for form in forms for number in numbers}
        whole = {f"{self.count + more}" for more in range(7)} | {f"{self.count:,}"}
        # Of what rounding leaves ("2e+06") many numbers have the same.
        return {text for text in told if len(text.partition("e")[0].replace(".", "")) >= 4} | whole | {self.word}


def drawn_from(seed: int) -> Secret:
    rng = np.random.default_rng(seed)
    word = "".join(rng.choice(list("bcdfghjklmnpqrstvwxz"), 9))
    order = tuple(rng.permutation(6).tolist())
    return Secret(round(float(rng.uniform(1e4, 1e6)), 4) + 0.00007, int(rng.integers(1_009, 5_000)), word, order)


secrets = st.integers(0, 2**32).map(drawn_from)  # simple secrets would meet simple answers by chance
BAND = Band("accuracy", "higher", (0.95, 0.97), 0.3, 0.9)
Check = Callable[[Expect, Any, Secret], None]


def raising(expect: Expect, answer: Any, secret: Secret) -> None:
    """A call that raises an exception whose name and words the submission chose."""
    name = answer if isinstance(answer, str) else repr(answer)[:50]
    with expect.raises((KeyError, "Odd")):
        raise SubmissionRaised(Outcome.ERROR, AUTHORED, name, name, (name, "Exception"), name)


def explaining(expect: Expect, answer: Any, secret: Secret) -> None:
    """The same call, where the author explains what stops it."""
    with suppress(SubmissionRaised), expect.explains((KeyError, "Exception"), AUTHORED):
        name = answer if isinstance(answer, str) else repr(answer)[:50]
        raise SubmissionRaised(Outcome.ERROR, AUTHORED, name, name, (name, "Exception"), name)


# One entry for each public expectation: how a check uses it, with the secret where something is expected. Bounds, shapes,
# types and names of columns are the author's to tell. What other kinds of objects take stands in `leak_cases`.
CASES: dict[str, list[Check]] = {
    "array": [lambda e, x, s: e.array(x, (6, None)), lambda e, x, s: e.array(x, (None,), dtype="int")],
    "at_least": [lambda e, x, s: e.at_least(x, 2e6, what="height")],
    "at_most": [lambda e, x, s: e.at_most(x, 0.5)],
    "between": [lambda e, x, s: e.between(x, 0, 1)],
    "choice": [lambda e, x, s: e.choice(x, [s.word])],
    "close": [
        lambda e, x, s: e.close(x, s.number),
        lambda e, x, s: e.close(x, s.vector),
        lambda e, x, s: e.close(x, s.matrix, 1e-3, dtype="float", nan="forbid"),
        lambda e, x, s: e.close(x, s.vector, shape="flat"),
    ],
    "clustering": [
        lambda e, x, s: e.clustering(x, s.labels),
        lambda e, x, s: e.clustering(x, s.labels, at_least=0.9, fixed=[-1]),
    ],
    "codes": [lambda e, x, s: e.codes(x, s.words), lambda e, x, s: e.codes(x, s.words, count=2)],
    "column": [lambda e, x, s: e.column(x, "rooms"), lambda e, x, s: e.column(x, "y")],
    "columns": [
        lambda e, x, s: e.columns(x, ["x", "y"], ordered=True),
        lambda e, x, s: e.columns(x, ["x", "name"], dtypes={"x": "str"}),
    ],
    "concept": [lambda e, x, s: e.concept(x, "overfitting", rejected="underfitting")],
    "conserved": [lambda e, x, s: e.conserved(s.vector, x), lambda e, x, s: e.conserved(x, s.number, what="sum")],
    "decreasing": [lambda e, x, s: e.decreasing(x, strict=True)],
    "dtype": [lambda e, x, s: e.dtype(x, "bool"), lambda e, x, s: e.dtype(x, np.int8)],
    "entry": [lambda e, x, s: e.entry(x, "A", what="metrics"), lambda e, x, s: e.entry(x, 3)],
    "finite": [lambda e, x, s: e.finite(x)],
    "fraction": [lambda e, x, s: e.fraction(1, 2)],
    "frame": [
        lambda e, x, s: e.frame(x, s.frame),
        lambda e, x, s: e.frame(x, s.frame, dtypes="same", index="sorted"),
        lambda e, x, s: e.frame(x, s.frame, rows="multiset", missing="forbid"),
    ],
    "ideas": [
        lambda e, x, s: e.ideas(x, {"a": [s.word], "b": ["noise"]}, [s.word]),
        lambda e, x, s: e.ideas(x, [[s.word], ["noise"]], stems=True),
    ],
    "holds": [lambda e, x, s: e.true(e.holds(e.same, x, s.word), message=AUTHORED)],
    "increasing": [lambda e, x, s: e.increasing(x, strict=True)],
    "integer_valued": [lambda e, x, s: e.integer_valued(x)],
    "items": [lambda e, x, s: e.items([(False, AUTHORED), (True, AUTHORED)])],
    "matching": [lambda e, x, s: e.matching(x, dict(zip("abcdef", s.words, strict=True)))],
    "measure": [lambda e, x, s: e.measure("accuracy", s.labels, x)],
    "metric": [lambda e, x, s: e.metric(BAND, x, baseline=0.2)],
    "multiset": [lambda e, x, s: e.multiset(x, s.vector), lambda e, x, s: e.multiset(x, s.words)],
    "ordering": [lambda e, x, s: e.ordering(x, s.vector), lambda e, x, s: e.ordering(x, s.words)],
    "permuted": [
        lambda e, x, s: e.permuted(x, s.matrix),
        lambda e, x, s: e.permuted(x, s.matrix, axis="columns", signs=True),
    ],
    "explains": [explaining],
    "raises": [raising],
    "results": [lambda e, x, s: e.results(x, ["loss", "gradient"], what="fit")],
    "same": [
        lambda e, x, s: e.same(x, s.number),
        lambda e, x, s: e.same(x, s.word),
        lambda e, x, s: e.same(x, s.words),
        lambda e, x, s: e.same(x, {s.word: s.vector}),
        lambda e, x, s: e.same(x, s.frame),
    ],
    "series": [
        lambda e, x, s: e.series(x, s.frame["x"]),
        lambda e, x, s: e.series(x, s.frame["x"], index="same", missing="forbid", dtype="int"),
        lambda e, x, s: e.series(x, s.frame["name"], rows="multiset", name="n"),
    ],
    "shape": [lambda e, x, s: e.shape(x, (3, None)), lambda e, x, s: e.shape(x, 4)],
    "sign_invariant": [
        lambda e, x, s: e.sign_invariant(x, s.vector),
        lambda e, x, s: e.sign_invariant(x, s.matrix, per="column"),
    ],
    "subspace": [lambda e, x, s: e.subspace(x, s.matrix), lambda e, x, s: e.subspace(x, s.vector)],
    "sums_to": [lambda e, x, s: e.sums_to(x, s.number), lambda e, x, s: e.sums_to(x, s.number, axis=1)],
    "term_set": [lambda e, x, s: e.term_set(x, [[s.word], ["regression", "회귀"]])],
    "terms": [lambda e, x, s: e.terms(x, [s.word], rejected=["label"])],
    "true": [lambda e, x, s: e.true(False, en="It does not hold.", ko="성립하지 않아요.")],
    "type": [lambda e, x, s: e.type(x, (complex, "Pipeline"), what="answer")],
    "values_at": [lambda e, x, s: e.values_at(x, ["age"], what="corr")],
    "unchanged": [lambda e, x, s: e.unchanged(s.vector, x, what="X"), lambda e, x, s: e.unchanged(s.frame, x)],
    **FURTHER,
}
FLAT = [(name, place) for name, checks in sorted(CASES.items()) for place in range(len(checks))]

BLAND = Secret(1.5, 3, "bland", (0, 1, 2, 3, 4, 5))  # expected values that are no secret

# What a function can make of a hidden input that it was given.
SMUGGLERS: list[Callable[[Secret], Any]] = [
    lambda s: s.number,
    lambda s: np.float64(s.number),
    lambda s: s.count,
    lambda s: s.word,
    lambda s: f"about {s.number}",
    lambda s: f"{s.word} and noise and {s.count}",
    lambda s: s.vector,
    lambda s: s.vector.tolist(),
    lambda s: s.words,
    lambda s: set(s.words),
    lambda s: s.labels,
    lambda s: {s.word: s.number},
    lambda s: {"a": s.word, "b": s.count},
    lambda s: s.matrix,
    lambda s: s.frame,
    lambda s: s.frame["x"],
    lambda s: s.frame["x"].rename(s.word),
    lambda s: pd.DataFrame({s.word: [1.0], "x": [2.0], "y": [0.0]}),
    lambda s: pd.DataFrame({"x": [s.number], "y": [s.word]}),
    lambda s: pd.DataFrame({"x": np.zeros(s.count), "name": np.zeros(s.count)}),
    lambda s: pd.Series([s.word], dtype="category"),
    lambda s: np.zeros(s.count),
    lambda s: np.zeros((0, s.count)),
    lambda s: np.zeros((1,) * 7 + (0,) + (s.count,)),
    lambda s: [0] * s.count,
    lambda s: {*range(s.count)},
    lambda s: scipy.sparse.coo_matrix((s.count, 2)),
    lambda s: np.zeros(2, dtype=f"U{s.count}"),
    lambda s: np.zeros(2, dtype=[(s.word, float)]),
    lambda s: np.zeros(2, dtype=f"M8[{s.count}s]"),
    lambda s: Held(s.word),
    lambda s: Held(f"C{s.number}"),
    lambda s: complex(s.number, 1),
    lambda s: np.array(s.word),
    lambda s: np.array([[s.number]]),
]
# Answers that stand in a relation to what is expected, so that something can be diagnosed.
RELATIVES: list[Callable[[Secret], Any]] = [
    *SMUGGLERS,
    lambda s: -s.number,
    lambda s: s.number / 100,
    lambda s: str(100 * s.number),
    lambda s: -s.vector,
    lambda s: s.vector[::-1],
    lambda s: s.vector + 1,
    lambda s: s.vector * 2,
    lambda s: s.vector.astype(int),
    lambda s: s.vector[:, None],
    lambda s: s.matrix.T,
    lambda s: s.matrix + np.array([0, 0, 1]),
    lambda s: np.where(s.matrix == s.matrix.max(), np.nan, s.matrix),
    lambda s: s.matrix * [1, -1, 1],
    lambda s: s.frame[::-1],
    lambda s: s.frame.assign(x=0.0),
    lambda s: s.frame.astype(str),
    lambda s: s.frame.drop(columns="x"),
    lambda s: s.frame["x"][::-1],
    lambda s: s.frame["x"] + 1,
    lambda s: s.words[::-1],
    lambda s: dict(zip("abcdef", [*s.words[:3], *s.words[:3]], strict=True)),
    lambda s: [s.labels[0]] * 6,
    lambda s: [s.word, "regression", "noise"],
    lambda s: f"not {s.word}",
]


def said(check: Check, answer: Any, secret: Secret) -> list[Text]:
    """What a student reads."""
    expect = Expect()
    try:
        check(expect, answer, secret)
    except CheckFailed as failure:
        return [*failure.sentences, *expect.sentences]
    return expect.sentences


def told(sentences: list[Text], secret: Secret) -> list[str]:
    """The sentences that hold a secret, in either language."""
    texts = [text for sentence in sentences if not measured(sentence) for text in (sentence.en, sentence.ko)]
    return [text for text in texts if any(rendering in text for rendering in secret.renderings)]


def leaked(check: Check, answer: Any, secret: Secret) -> list[str]:
    """The sentences that hold a secret which the answer does not know, with this secret and not with another one.

    A visible check may repeat a student's own number, which can be the secret's by chance: then it says the same about
    any other secret.
    """
    found = told(said(check, answer, secret), secret)
    always = {text for s in said(check, answer, secret.unlike()) for text in (s.en, s.ko)} if found else set()
    return [text for text in found if text not in always]


def measured(sentence: Text) -> bool:
    return bool(MEASURED & set(fills_of(sentence)))


@cache
def templates() -> list[tuple[Text, re.Pattern[str], re.Pattern[str]]]:
    """All authored sentences of the package, each as a pattern of either language with a group for every blank."""
    found: dict[Text, None] = {AUTHORED: None}
    for package in (grader.checking, grader.metrics):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(module.name)).values():
                found.update(dict.fromkeys(texts_in(value)))
    return [(text, *(blanks(text[lang]) for lang in ("en", "ko"))) for text in found]


def texts_in(value: Any) -> Iterator[Text]:
    """The sentences of a module's variable, which may be a table of them."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_in(item)


def blanks(sentence: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^{}]*\}|\[\[|\]\])", sentence)
    groups = ({"[[": "(?:", "]]": ")?"}.get(part, "(.*)" if part[:1] == "{" else re.escape(part)) for part in parts)
    return re.compile("".join(groups), re.DOTALL)


def filled(sentences: list[Text]) -> dict[Text, set[tuple[str | None, ...]]]:
    """By authored sentence with blanks, what fills the blanks."""
    found: dict[Text, set[tuple[str | None, ...]]] = {}
    for sentence in sentences:
        for template, fills in fills_of(sentence).items():
            found.setdefault(template, set()).add(fills)
    return found


@lru_cache(20_000)
def fills_of(sentence: Text) -> dict[Text, tuple[str | None, ...]]:
    """The authored sentences that this one can be, and what fills their blanks."""
    found = {}
    for template, en, ko in templates():
        english = en.fullmatch(sentence.en)
        korean = ko.fullmatch(sentence["ko"]) if english else None
        if english and korean:
            found[template] = (*english.groups(), *korean.groups())
    return found


def unexplained(first: list[Text], second: list[Text]) -> list[Text]:
    """Sentences that differ between two secrets by more than the choice of an authored sentence."""
    fills, others = filled(first), filled(second)
    odd = []
    for sentence in set(first) - set(second):
        mine = {template: fill for template, fill in filled([sentence]).items()}
        constant = any(fill == {()} for fill in mine.values())
        same_blanks = any(others.get(template, fills[template]) == fills[template] for template in mine)
        if not constant and not same_blanks and not (COUNTS | MEASURED) & set(mine):
            odd.append(sentence)
    return odd


def public_expectations() -> set[str]:
    return {name for name, _ in inspect.getmembers(Expect, callable) if not name.startswith("_")}


def test_every_expectation_has_a_case() -> None:
    assert public_expectations() == set(CASES), "add one entry to CASES for each new expectation"


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_case_speaks(name: str) -> None:
    secret = Secret(314_159.2653, 2_718, "qwrtzpsdf", (2, 0, 1, 5, 4, 3))
    for check in CASES[name]:
        assert any(said(check, make(secret), secret) for make in RELATIVES), "no answer makes this case say anything"


def test_every_sentence_with_blanks_is_said() -> None:
    secret = drawn_from(1)
    spoken: set[Text] = set()
    for checks in CASES.values():
        for check in checks:
            for make in RELATIVES:
                spoken.update(*(fills_of(sentence) for sentence in said(check, make(secret), secret)))
    silent = {text for text, *_ in templates() if "{" in text.en} - spoken - AUTHORS
    assert not silent, "add a case that says it, or an entry to AUTHORS if its blanks are an author's"


@pytest.mark.parametrize(("name", "place"), FLAT)
@settings(max_examples=15)
@given(answer=values, secret=secrets, other=secrets)
def test_sentences_do_not_tell_what_was_expected(
    name: str, place: int, answer: Any, secret: Secret, other: Secret
) -> None:
    check = CASES[name][place]
    first, second = said(check, answer, secret), said(check, answer, other)
    assert not leaked(check, answer, secret)
    assert not unexplained(first, second)


@pytest.mark.parametrize(("name", "place"), FLAT)
@settings(max_examples=3)
@given(secret=secrets, other=secrets)
def test_hidden_checks_do_not_tell_what_an_answer_smuggles(
    name: str, place: int, secret: Secret, other: Secret
) -> None:
    check = CASES[name][place]
    with discreet():
        for make in SMUGGLERS:
            first, second = said(check, make(secret), BLAND), said(check, make(other), BLAND)
            assert not told(first, secret), first
            assert not unexplained(first, second), (first, second)


@pytest.mark.parametrize(("name", "place"), FLAT)
@settings(max_examples=3)
@given(secret=secrets, other=secrets)
def test_diagnoses_in_hidden_checks_tell_nothing(name: str, place: int, secret: Secret, other: Secret) -> None:
    check = CASES[name][place]
    with discreet():
        for make in RELATIVES:
            first, second = said(check, make(secret), secret), said(check, make(other), other)
            assert not told(first, secret), first
            assert not unexplained(first, second), (first, second)


def test_the_properties_would_notice_a_leak() -> None:
    secret, other = Secret(48_317.29537, 2_011, "bcdfghjkl", (0,) * 6), Secret(10_000.00007, 1_009, "z" * 9, (0,) * 6)
    for leak in ("{number:.6g}", "{number:,.2f}", "{count}", "{word}"):
        sentence = [Text("The answer is " + leak.format(**vars(secret)), "")]
        assert told(sentence, secret)
        assert not told(sentence, other)
    blank = Text("{value} is not the right value.", "{value}은(는) 맞는 값이 아니에요.")
    assert unexplained([blank.format(value=1)], [blank.format(value=2)])
    assert not unexplained([blank.format(value=1)], [blank.format(value=1)])
    assert unexplained([Text("Nobody wrote this.", "")], [])
