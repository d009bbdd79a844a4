"""Expectations about estimators: right ones of several kinds pass, each broken habit is named, nothing hostile breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.learning.estimator_items import ITEMS, KINDS, Observations, ProbeInputs
from grader.checking.expect.learning.pipelines import compare, read_node
from grader.running.proxy import SubmissionProxy
from tests.probing import answering

RIGHT = """
import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin, TransformerMixin
from sklearn.cluster import DBSCAN, KMeans
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.validation import check_is_fitted, validate_data

class Centering(TransformerMixin, BaseEstimator):
    def __init__(self, shift=0.0):
        self.shift = shift
    def fit(self, X, y=None):
        X = validate_data(self, X)
        self.mean_ = X.mean(axis=0)
        return self
    def transform(self, X):
        check_is_fitted(self)
        return validate_data(self, X, reset=False) - self.mean_ + self.shift

class Nearest(ClassifierMixin, BaseEstimator):
    def fit(self, X, y):
        X = validate_data(self, X)
        self.classes_, codes = np.unique(y, return_inverse=True)
        self.centres_ = np.array([X[codes == c].mean(axis=0) for c in range(len(self.classes_))])
        return self
    def predict(self, X):
        check_is_fitted(self)
        X = validate_data(self, X, reset=False)
        return self.classes_[((X[:, None] - self.centres_) ** 2).sum(axis=2).argmin(axis=1)]

def make_ridge():
    return make_pipeline(StandardScaler(), Ridge())

model = Pipeline([
    ("prep", ColumnTransformer([
        ("num", make_pipeline(SimpleImputer(strategy="median"), FunctionTransformer(np.log), StandardScaler()), ["age", "fare"]),
        ("cat", OneHotEncoder(handle_unknown="ignore"), ["sex"]),
    ])),
    ("clf", LogisticRegression(C=10.0)),
])
selecting = ColumnTransformer([("num", StandardScaler(), make_column_selector(dtype_include="number"))], remainder="passthrough")
"""
# One habit broken each: the name of the item, and a class that breaks it.
HEAD = """
import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data
"""
SCALER = """
class Scaler(TransformerMixin, BaseEstimator):
    def __init__(self, shift=0.0, random_state=None):
        self.shift = shift
        self.random_state = random_state
    def fit(self, X, y=None):
        X = validate_data(self, X)
        self.mean_ = X.mean(axis=0)
        return self
    def transform(self, X):
        check_is_fitted(self)
        return validate_data(self, X, reset=False) - self.mean_
"""
BROKEN = {
    "fit_returns_self": ("        return self\n", "        return None\n"),
    "unfitted_at_first": ("        self.shift = shift\n", "        self.shift = shift\n        self.mean_ = None\n"),
    "parameters_unchanged": ("self.shift = shift", "self.shift = [shift]"),
    "parameters": ("def __init__(self, shift=0.0,", "def get_params(self, deep=True):\n        return {'random_state': self.random_state}\n    def __init__(self, shift=0.0,"),
    "set_params": ("    def fit(", "    def set_params(self, **params):\n        for k, v in params.items():\n            setattr(self, k, v)\n    def fit("),
    "n_features_in": ("        self.mean_ = X", "        self.n_features_in_ = float(X.shape[1])\n        self.mean_ = X"),
    "input_unchanged": ("        self.mean_ = X.mean(axis=0)", "        self.mean_ = X.mean(axis=0)\n        X -= 1"),
    "repeatable": ("X.mean(axis=0)", "X.mean(axis=0) + np.random.normal()"),
    "refit_forgets": ("self.mean_ = X.mean(axis=0)", "self.mean_ = getattr(self, 'mean_', 0) + X.mean(axis=0)"),
    "not_fitted": ("        check_is_fitted(self)\n        return", "        if not hasattr(self, 'mean_'):\n            return X\n        return"),
    "wrong_features": ("validate_data(self, X, reset=False) - self.mean_", "np.asarray(X) - self.mean_[: 1]"),
    "feature_names": ("X = validate_data(self, X)", "X = np.asarray(X)\n        self.n_features_in_ = X.shape[1]"),
    "other_sizes": ("self.mean_ = X.mean(axis=0)", "self.mean_ = X.reshape(30, 3).mean(axis=0)"),
    "row_by_row": ("- self.mean_", "- np.mean(X, axis=0)"),
    "pickles": ("        self.mean_ = X", "        self.helper_ = lambda: 0\n        self.mean_ = X"),
    "answer": ("validate_data(self, X, reset=False) - self.mean_", "(validate_data(self, X, reset=False) - self.mean_)[:, 0]"),
    "learns_attributes": ("self.mean_ = X.mean(axis=0)", "self._mean = X.mean(axis=0)"),
}  # fmt: skip
RNG = np.random.default_rng(5)
X = RNG.normal(size=(30, 3))
Y = np.arange(30) % 3


@pytest.fixture(scope="module")
def right() -> Iterator[SubmissionProxy]:
    with answering(RIGHT) as proxy:
        yield proxy


@pytest.mark.parametrize(
    ("name", "kind", "y"),
    [
        ("Centering", "transformer", None),
        ("StandardScaler", "transformer", None),
        ("Nearest", "classifier", Y),
        ("Nearest", "classifier", np.array(["a", "b", "c"])[Y]),
        ("LogisticRegression", "classifier", Y),
        ("DecisionTreeClassifier", "classifier", Y),
        ("RandomForestClassifier", "classifier", Y),
        ("make_ridge", "regressor", X[:, 0]),
        ("Ridge", "regressor", X[:, :2]),
        ("KMeans", "clusterer", None),
    ],
)
def test_right_estimators_keep_every_convention(right: SubmissionProxy, name: str, kind: str, y: Any) -> None:
    params = {"n_estimators": 5} if name == "RandomForestClassifier" else {}
    skip = ("learns_attributes", "parameters", "feature_names") if name == "make_ridge" else ()
    Expect().estimator(right.estimator(name, **params), kind, X + 1.0, y, skip=skip)


def test_what_makes_an_estimator_may_be_given_too(right: SubmissionProxy) -> None:
    Expect().estimator(right.remote("Centering"), "transformer", X)
    Expect().estimator(right.remote("make_ridge"), "regressor", X, X[:, 0], checks=["fit_returns_self", "answer"])


def test_a_clusterer_without_predict_answers_with_its_labels(right: SubmissionProxy) -> None:
    skip = ["not_fitted", "wrong_features"]
    Expect().estimator(right.estimator("DBSCAN", eps=2.0), "clusterer", X, skip=skip)


def failure_of(source: str, name: str, kind: str, y: Any = None, **options: Any) -> CheckFailed:
    with answering(source) as proxy, pytest.raises(CheckFailed) as caught:
        Expect().estimator(proxy.estimator(name), kind, X, y, **options)
    return caught.value


def test_the_template_that_the_broken_ones_come_from_is_right() -> None:
    with answering(HEAD + SCALER) as proxy:
        Expect().estimator(proxy.estimator("Scaler"), "transformer", X)


@pytest.mark.parametrize("item", BROKEN)
def test_each_broken_habit_is_named(item: str) -> None:
    old, new = BROKEN[item]
    changed = SCALER.replace(old, new)
    assert changed != SCALER
    if item == "learns_attributes":
        changed = (
            changed.replace("validate_data(self, X)", "np.asarray(X)")
            .replace("check_is_fitted(self)", "pass")
            .replace("validate_data(self, X, reset=False) - self.mean_", "np.asarray(X) - self._mean")
        )
    failure = failure_of(HEAD + changed, "Scaler", "transformer")
    sentence = next(entry.text for entry in ITEMS if entry.name == item)
    assert sentence in failure.sentences or item in failure.details
    assert item in failure.details
    assert 0 < failure.share < 1


def test_one_broken_habit_costs_one_item() -> None:
    old, new = BROKEN["fit_returns_self"]
    failure = failure_of(HEAD + SCALER.replace(old, new), "Scaler", "transformer")
    items = [item for item in ITEMS if "transformer" in item.kinds and item.usual]
    assert failure.share == pytest.approx(1 - 1 / len(items))
    assert failure.details == "fit_returns_self: fit_returns_self False"


def test_classes_of_words_must_be_kept() -> None:
    numbers_only = """
class Constant(ClassifierMixin, BaseEstimator):
    def fit(self, X, y):
        validate_data(self, X)
        self.value_ = float(np.asarray(y)[0])
        return self
    def predict(self, X):
        check_is_fitted(self)
        return np.full(len(validate_data(self, X, reset=False)), self.value_)
"""
    failure = failure_of(HEAD + numbers_only, "Constant", "classifier", Y)
    assert "word_labels" in failure.details and "ValueError" in failure.details


def test_author_mistakes_are_not_verdicts(right: SubmissionProxy) -> None:
    target = right.estimator("Centering")
    with pytest.raises(ValueError, match="kind"):
        Expect().estimator(target, "oracle", X)
    with pytest.raises(ValueError, match="no such items"):
        Expect().estimator(target, "transformer", X, checks=["nothing"])
    with pytest.raises(ValueError, match="at least 6 rows"):
        Expect().estimator(target, "transformer", X[:3])


@pytest.mark.parametrize("value", [None, "x", 3, [1, [2]], np.array([1.0, np.nan]), 10**400, True, object])
def test_what_is_no_estimator_fails(value: Any) -> None:
    expect = Expect()
    for ask in (
        lambda: expect.estimator(value, "transformer", X),
        lambda: expect.fitted(value, ["mean_"]),
        lambda: expect.params(value, {"C": 1}),
        lambda: expect.pipeline(value, ["StandardScaler"]),
    ):
        with pytest.raises(CheckFailed):
            ask()


HOSTILE = [
    None, "x", 7, True, [1, [2]], float("nan"), 10**400, {"saw": {}}, {"raised": "x"}, {"raised": [1, None]},
    np.array([None, "x"], dtype=object), np.zeros((0, 3)), [[], []], {"a": [1]}, ..., [True, True], [["a"], ["a"], []],
]  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE, ids=repr)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_observations_never_raise_nor_earn_much(hostile: Any, kind: str) -> None:
    names = {name for item in ITEMS for name in item.uses} | {"answer"}
    asked = ProbeInputs(kind, X, None if kind == "clusterer" else Y, X[:20])
    for entry in (hostile, {"saw": hostile}):
        seen = Observations(dict.fromkeys(names, entry) if entry is not hostile else hostile)
        held = [item.name for item in ITEMS if kind in item.kinds and _judge(item, seen, asked)]
        # agreeing with itself is all that a value without content can do
        assert set(held) <= {
            "repeatable",
            "refit_forgets",
            "set_params",
            "fit_returns_self",
            "pickles",
            "row_by_row",
            "parameters",
        }


def _judge(item: Any, seen: Observations, asked: ProbeInputs) -> bool:
    from grader.checking.expect.learning.estimators import _holds

    return _holds(item.holds, seen, asked)


# fitted, params


def test_fitted_attributes(right: SubmissionProxy) -> None:
    expect = Expect()
    scaler = right.estimator("StandardScaler").fit(X)
    expect.fitted(scaler, ["mean_", "scale_", "n_features_in_"])
    expect.fitted(
        scaler,
        {"mean_": X.mean(axis=0), "scale_": ("shape", 3), "n_samples_seen_": 30, "var_": lambda v: (v > 0).all()},
    )
    with pytest.raises(CheckFailed, match="no attribute `coef_`"):
        expect.fitted(scaler, ["coef_"])
    for wrong in (X.mean(), X.mean(axis=0) + 1, lambda v: v < "text", ("shape", 4), "text", None):
        with pytest.raises(CheckFailed, match="`mean_`") as caught:
            expect.fitted(scaler, {"mean_": wrong})
        assert not any(char.isdigit() for char in caught.value.sentences[0].en)


def test_params_with_tolerance_choice_and_predicate(right: SubmissionProxy) -> None:
    expect = Expect()
    model = right.estimator("model")
    expect.params(
        model,
        {
            "clf__C": 10,
            "clf__penalty": {"l2", "deprecated", None},
            "clf": "LogisticRegression",
            "prep__num__simpleimputer__strategy": "median",
        },
    )
    expect.params(model, {"clf__C": lambda C: 1 <= C <= 100, "clf__tol": 1e-4})
    for wrong in (
        {"clf__C": 1.0},
        {"clf__C": "10"},
        {"clf": "Ridge"},
        {"clf__C": {1, 2}},
        {"clf__C": lambda C: C.x > 1},
        {"clf__C": True},
    ):
        with pytest.raises(CheckFailed, match="does not have the value"):
            expect.params(model, wrong)
    with pytest.raises(CheckFailed, match="no parameter `svc__C`"):
        expect.params(model, {"svc__C": 1})


# structure

NUMBERS = ("age", "fare")
RIGHT_STRUCTURE = [
    {NUMBERS: ["SimpleImputer", "FunctionTransformer(log)", "StandardScaler"], "sex": "OneHotEncoder"},
    "LogisticRegression",
]


def test_structures_that_are_right(right: SubmissionProxy) -> None:
    import pandas as pd

    expect = Expect()
    model = right.estimator("model")
    for spec in (
        RIGHT_STRUCTURE,
        [("prep", "ColumnTransformer"), ("clf", {"LogisticRegression", "SVC"})],
        [..., "LogisticRegression"],
        ["ColumnTransformer", ...],
        [..., "LogisticRegression", ...],
        [{("fare", "age"): ["SimpleImputer", ..., "StandardScaler"], ...: ...}, "ClassifierMixin"],
        "Pipeline",
        "sklearn.pipeline.Pipeline",
    ):
        expect.pipeline(model, spec)
    frame = pd.DataFrame({"a": [1.0], "b": ["x"]})
    expect.pipeline(right.estimator("selecting"), {"a": "StandardScaler", "remainder": "passthrough"}, frame=frame)
    expect.pipeline(right.estimator("make_ridge"), ["StandardScaler", "Ridge"])


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (["ColumnTransformer", "Ridge"], "Step 2 should be `Ridge`"),
        (["Ridge", "ColumnTransformer"], "in another order"),
        (["ColumnTransformer"], "in another order"),
        ([..., "StandardScaler", ...], "in another order"),
        (
            [{NUMBERS: "StandardScaler", "sex": "OneHotEncoder"}, "LogisticRegression"],
            "the branch of age, fare should be",
        ),
        ([{("age",): [...], ("sex",): [...]}, "LogisticRegression"], "no branch for exactly these columns: age"),
        ([{NUMBERS: [...]}, "LogisticRegression"], "do not belong"),
        (
            [{NUMBERS: ["SimpleImputer", "FunctionTransformer(sqrt)", "StandardScaler"], ...: ...}, ...],
            "FunctionTransformer(log)",
        ),
        ([("preparation", "ColumnTransformer"), ...], 'called "preparation"'),
        ([{NUMBERS: [...], "sex": {"OrdinalEncoder", "TargetEncoder"}}, ...], "`OrdinalEncoder` / `TargetEncoder`"),
        ("Ridge", "The estimator should be `Ridge`, but it is `Pipeline`"),
        ({NUMBERS: "x"}, "should be a ColumnTransformer"),
    ],
)
def test_structures_that_differ_are_told_where(right: SubmissionProxy, spec: Any, said: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().pipeline(right.estimator("model"), spec)
    assert said in caught.value.sentences[0].en
    assert caught.value.sentences[0].ko


@pytest.mark.parametrize("hostile", HOSTILE, ids=repr)
def test_hostile_structures_are_nodes_without_content(hostile: Any) -> None:
    for data in (
        hostile,
        {"types": hostile, "function": hostile, "parts": hostile},
        {"types": ["Pipeline"], "parts": [hostile, [hostile] * 3]},
    ):
        assert compare(read_node(data), RIGHT_STRUCTURE) is not None
    deep: Any = None
    for _ in range(50):
        deep = {"types": ["Pipeline"], "parts": [["a", None, deep]]}
    assert compare(read_node(deep), ["Pipeline", "Ridge"]) is not None
