"""Leakage by behaviour: honest code passes in several forms, each leak is found, hostile answers only fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import GroupShuffleSplit, train_test_split

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.learning.leakage_probe import poisoned
from grader.running.proxy import SubmissionProxy
from grader.vocabulary import Text
from tests.probing import answering

RNG = np.random.default_rng(3)
TRAIN, TEST = RNG.normal(size=(40, 3)), RNG.normal(size=(15, 3)) + 1
FRAME = pd.DataFrame(
    {
        "size": RNG.normal(size=60),
        "rooms": RNG.integers(1, 9, 60),
        "kind": RNG.choice(["flat", "house", "boat"], 60, p=[0.6, 0.3, 0.1]),
        "new": RNG.random(60) < 0.5,
        "gap": np.where(RNG.random(60) < 0.2, np.nan, 1.5),
        "area": pd.Categorical(RNG.choice(["a", "b"], 60)),
    }
)
HOSTILE = [None, "x", 3, True, [1, [2]], float("nan"), 10**400, object, np.array([None, [1]], dtype=object), ..., {}, {"a": [1]}, set()]  # fmt: skip


def failure(ask: Callable[[], Any]) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        ask()
    assert all(text.en and text.ko for text in caught.value.sentences)
    return caught.value


@pytest.mark.parametrize(
    "learn",
    [
        lambda train, test: train.mean(axis=0),
        lambda train, test: {"mean": train.mean(axis=0).tolist(), "std": train.std(axis=0)},
        lambda train, test: (train - train.mean(axis=0), len(test)),
        lambda train, test: pd.DataFrame(train).describe(),
        lambda train, test: (train - train.mean(axis=0)) / train.std(axis=0),
        lambda train, test: (train - train.min(axis=0)) / np.ptp(train, axis=0),
        lambda train, test: np.argsort(train, axis=0),
    ],
)
def test_learning_from_training_rows_is_no_leak(learn: Callable[[Any, Any], Any]) -> None:
    Expect().no_leak(learn, TRAIN, TEST)


def test_tables_are_poisoned_column_by_column() -> None:
    Expect().no_leak(lambda a, b: [a["size"].median(), a["kind"].mode()[0]], FRAME.head(40), FRAME.tail(20))
    wrong = poisoned(FRAME)
    assert list(wrong.dtypes) == list(FRAME.dtypes)
    assert wrong["gap"].isna().equals(FRAME["gap"].isna())
    assert set(wrong["kind"]) == {"boat"} and (wrong["new"] != FRAME["new"]).all()
    assert (wrong["size"].abs() > 100).all() and (wrong["rooms"] > 1000).all()
    assert FRAME["size"].abs().max() < 10
    pair = poisoned((TRAIN, np.arange(40)))
    assert poisoned(np.ones((4, 2, 3))).shape == (4, 2, 3)
    assert pair[0].shape == TRAIN.shape and pair[1].dtype == np.arange(40).dtype


@pytest.mark.parametrize(
    ("learn", "said"),
    [
        (lambda train, test: np.vstack([train, test]).mean(axis=0), "only the test rows change"),
        (lambda train, test: [1.0, test.max()], "only the test rows change"),
        (lambda train, test: {"rows": train, "top": float(np.median(test))}, "only the test rows change"),
        (lambda train, test: train.mean() + np.random.default_rng().normal(), "Two runs on the same rows"),
        (lambda train, test: 42.0, "stays the same whatever the training rows"),
    ],
)
def test_leaks_are_told_apart(learn: Callable[[Any, Any], Any], said: str) -> None:
    authored = Text("The test rows leak.", "테스트 행이 새어 들어왔어요.")
    sentences = failure(lambda: Expect().no_leak(learn, TRAIN, TEST, message=authored)).sentences
    assert said in sentences[-1].en
    assert (authored in sentences) == ("only the test rows" in said)  # it explains nothing else


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_hostile_answers_only_fail(value: Any) -> None:
    expect = Expect()
    failure(lambda: expect.no_leak(lambda train, test: value, TRAIN, TEST))
    failure(lambda: expect.unfitted(value, TRAIN))
    failure(lambda: expect.refit(value, TRAIN, None, TEST))
    if value is None or np.ndim(np.asarray(value, dtype=object)) == 0:
        failure(lambda: expect.disjoint(value, TRAIN))
        failure(lambda: expect.partition([value], TRAIN))
        failure(lambda: expect.grouped(value, [1]))
        failure(lambda: expect.stratified(value, [0, 1]))
    failure(lambda: expect.disjoint(value, TRAIN, by="id"))


def test_author_mistakes_are_not_verdicts() -> None:
    with pytest.raises(TypeError, match="cannot poison"):
        Expect().no_leak(lambda a, b: 1.0, TRAIN, "rows")
    with pytest.raises(ValueError, match="one label for each row"):
        Expect().stratified([1], 7)
    with pytest.raises(ValueError, match="lacks a column"):
        Expect().disjoint(FRAME, FRAME, by="size", whole=TRAIN)


# splits

LABELS = np.repeat([0, 1, 2], [60, 30, 10])


def test_honest_splits_pass() -> None:
    expect = Expect()
    train, test = train_test_split(FRAME.reset_index(names="id"), random_state=0)
    whole = FRAME.reset_index(names="id")
    expect.disjoint(train, test)
    expect.disjoint(train, test, by="id")
    expect.disjoint(train.to_numpy(), test.to_numpy())
    expect.partition([train, test], whole)
    expect.partition([train[::-1], test.reset_index(drop=True)], whole)
    a, b = train_test_split(LABELS, stratify=LABELS, test_size=0.2, random_state=0)
    for part in (a, b, pd.Series(b), b.tolist(), b.astype(float), b[:, None]):
        expect.stratified(part, LABELS)
    expect.stratified(b.astype(str), LABELS.astype(str), tolerance=0.2)
    groups = np.arange(100) // 4
    for one, two in GroupShuffleSplit(3, random_state=0).split(groups, groups=groups):
        expect.grouped(groups[one], groups[two])


def test_types_and_gaps_do_not_matter_for_rows() -> None:
    expect = Expect()
    whole = pd.DataFrame({"n": [1, 2, 3], "s": ["x", None, "z"]})
    parts = [pd.DataFrame({"s": ["z", np.nan], "n": [3.0, 2.0]}), whole.head(1)]
    expect.partition(parts, whole)
    failure(lambda: expect.disjoint(whole, pd.DataFrame({"s": [np.nan], "n": [2.0]}), by=["n", "s"]))
    ids = np.array([2**60, 2**60 + 1])
    expect.disjoint(ids[:1], ids[1:])


def test_natural_duplicates_may_be_on_both_sides() -> None:
    expect = Expect()
    whole = np.array([[1, 1], [1, 1], [2, 2], [3, 3]])
    expect.disjoint(whole[[0, 2]], whole[[1, 3]], whole=whole)
    assert "(1 of them)" in failure(lambda: expect.disjoint(whole[[0, 2]], whole[[1, 3]])).sentences[0].en
    expect.disjoint(whole[[0, 2]], whole[[1, 3]], allow=0.5)
    failure(lambda: expect.disjoint(whole[[0, 2]], whole[[1, 2]], whole=whole))


def test_resampling_before_the_split_is_exposed() -> None:
    rows = RNG.normal(size=(50, 2))
    doubled = np.vstack([rows, rows[:30]])
    train, test = train_test_split(doubled, random_state=0)
    failure(lambda: Expect().disjoint(train, test, whole=rows))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([np.array([1, 2])], "rows of the whole are in none of the parts (1 of them)"),
        ([np.array([1, 2, 3]), np.array([3])], "more often than in it (1 of them)"),
        ([np.array([1, 2, 3.5])], "rows of the whole are in none of the parts (1 of them)"),
        ([np.array([])], "3 rows of the whole"),
    ],
)
def test_rows_lost_or_doubled(parts: list[Any], said: str) -> None:
    if not parts[0].size:
        failure(lambda: Expect().partition(parts, np.array([1, 2, 3])))
        return
    assert said in failure(lambda: Expect().partition(parts, np.array([1, 2, 3]))).sentences[0].en


def test_shares_that_differ() -> None:
    expect = Expect()
    plain = LABELS[:50]
    for part in (plain, LABELS[::-1][:20], [7] * 5, np.array([])):
        failure(lambda part=part: expect.stratified(part, LABELS))  # type: ignore[misc]
    failure(lambda: expect.stratified([0] * 13 + [1] * 6 + [2], LABELS, tolerance=0.005))
    expect.stratified([0] * 13 + [1] * 6 + [2], LABELS)


def test_groups_on_both_sides() -> None:
    text = failure(lambda: Expect().grouped(["anna", "ben"], ["ben", "anna", "chris"])).sentences[0]
    assert "(2 of them)" in text.en and "anna" not in text.en


# refit by the grader

PIPELINES = """
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

def build():
    return make_pipeline(StandardScaler(), LogisticRegression())

def build_fitted():
    return build().fit(np.eye(3), [0, 1, 0])

class Parrot(LogisticRegression):
    def predict(self, X):
        return 1
"""


@pytest.fixture(scope="module")
def pipelines() -> Iterator[SubmissionProxy]:
    with answering(PIPELINES) as proxy:
        yield proxy


def test_refit_answers_for_rows_of_the_grader(pipelines: SubmissionProxy) -> None:
    expect = Expect()
    y = (TRAIN[:, 0] > 0).astype(int)
    for name in ("build", "build_fitted"):
        found = expect.refit(pipelines.estimator(name), TRAIN, y, TEST)
        assert np.mean(found == (TEST[:, 0] > 0)) > 0.8
    assert expect.refit(pipelines.estimator("build"), TRAIN, y, TEST, method="predict_proba").shape == (15, 2)
    failure(lambda: expect.refit(pipelines.estimator("Parrot"), TRAIN, y, TEST))


def test_what_comes_fitted_is_told(pipelines: SubmissionProxy) -> None:
    Expect().unfitted(pipelines.estimator("build"), TRAIN)
    Expect().unfitted(pipelines.estimator("StandardScaler"), TRAIN)
    assert "unfitted" in failure(lambda: Expect().unfitted(pipelines.estimator("build_fitted"), TRAIN)).sentences[0].en
