"""Spoilt answers: of the kind that was asked for, wrong, and never right by being equal to everything."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from grader.course.models import AdversaryRules, Allowance, Bilingual, Exercise
from grader.proving import impostor
from grader.proving.adversaries import NAMES, AttackerKnowledge, adversaries, most_points


def double(x: Any) -> Any:
    return 2 * x


class Model:
    """Predicts what it was fitted with."""

    def fit(self, X: Any, y: Any) -> Model:
        self.y_ = np.asarray(y, dtype=float)
        return self

    def predict(self, X: Any) -> Any:
        return self.y_


def spoilt(kind: str, seen: list[str] | None = None, known: list[str] | None = None) -> dict[str, Any]:
    """The two functions above and a variable, taken over."""
    names: dict[str, Any] = {
        "double": double,
        "value": 3.5,
        "Model": type("Model", (), {"fit": Model.fit, "predict": Model.predict}),
    }
    impostor.take_over(names, kind, ["double", "value", "Model"], seen or [], known or [])
    return names


X = np.array([1.0, 2.0, 2.0, 7.0])


def test_each_kind_spoils_arrays_in_its_way() -> None:
    assert spoilt("zeros")["double"](X).tolist() == [0, 0, 0, 0]
    assert spoilt("most frequent")["double"](X).tolist() == [4, 4, 4, 4]
    assert spoilt("mean")["double"](X).tolist() == [6, 6, 6, 6]
    assert np.isnan(spoilt("nan")["double"](X)).all()
    assert spoilt("none")["double"](X) is None
    assert sorted(spoilt("shuffled")["double"](np.arange(50.0))) == sorted(2 * np.arange(50.0))
    assert spoilt("shuffled")["double"](np.arange(50.0)).tolist() != (2 * np.arange(50.0)).tolist()
    assert spoilt("random")["double"](X).shape == (4,)
    with pytest.raises(RuntimeError):
        spoilt("raises")["double"](X)


def test_a_constant_never_knows_the_answer_that_it_is_asked_for() -> None:
    for kind in ("most frequent", "mean", "shuffled"):
        answer = spoilt(kind)["double"]
        assert answer(4.0) == 0
        assert answer(9.0) == 8


def test_what_equals_everything_does() -> None:
    everything = spoilt("equals everything")["double"](X)
    assert everything == 7
    array = spoilt("array that equals everything")["double"](X)
    assert (array == X).all()
    assert (array != X).all()


def test_variables_are_spoilt_and_known_ones_are_not() -> None:
    assert spoilt("zeros")["value"] == 0
    assert math.isnan(spoilt("nan")["value"])
    assert "value" not in spoilt("raises")
    assert spoilt("hard-coded")["value"] == 3.5
    assert spoilt("copied visible")["value"] == 0
    assert spoilt("copied visible", known=["value"])["value"] == 3.5


def test_a_fitted_object_forgets_and_its_answers_are_spoilt() -> None:
    model = spoilt("zeros")["Model"]()
    assert model.fit(X, X) is model
    assert model.y_.tolist() == [0, 0, 0, 0]
    assert model.predict(X).tolist() == [0, 0, 0, 0]
    assert spoilt("none")["Model"]().fit(X, X) is None


class Length:
    """Adds up with another one."""

    def __init__(self, metres: float) -> None:
        self.metres = metres

    def __add__(self, other: Any) -> Length:
        return Length(self.metres + other.metres)


@pytest.mark.parametrize("kind", [name for name in NAMES if name != "raises"])
def test_operators_of_a_class_are_spoilt(kind: str) -> None:
    names: dict[str, Any] = {"Length": type("Length", (Length,), dict(vars(Length)))}
    impostor.take_over(names, kind, ["Length"], [], [])
    one, two, three = (names["Length"](metres) for metres in (1.0, 2.0, 3.0))
    assert [getattr(found, "metres", None) for found in (one + two, two + three)] != [3.0, 5.0]


def test_a_copier_answers_what_was_asked_before_and_nothing_else() -> None:
    recorded = spoilt("record")
    assert recorded["double"](X).tolist() == (2 * X).tolist()
    assert recorded["Model"]().fit(X, X).predict(X).tolist() == X.tolist()
    copier = spoilt("copied visible", seen=recorded["_asked_so_far"]())
    assert copier["double"](X.copy()).tolist() == (2 * X).tolist()
    assert copier["double"](X + 1).tolist() == [0, 0, 0, 0]
    assert copier["Model"]().fit(X, X).predict(X).tolist() == X.tolist()
    assert copier["Model"]().fit(X, X + 1).predict(X).tolist() == [0, 0, 0, 0]


def test_pasted_answers_are_the_first_ones() -> None:
    answer = spoilt("hard-coded")["double"]
    assert answer(3) == 6
    assert answer(5) == 6


@pytest.mark.parametrize(
    "value",
    [
        None, "x", "", True, 3, 10**30, 1.5, math.inf, np.float32(2), np.array([]), np.array([[1, 2], [3, 4]]),
        np.array(["a", "b"]), np.array([None, "x", 3], dtype=object), np.array([True, False]), [], [1, 2], ["a", "b"],
        [[1, 2], [3]], (1, "x"), {}, {"a": 1, "b": [1, 2]}, object(), {1, 2}, lambda: 1,
        pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}), pd.Series([1.0, 2.0]), pd.DataFrame(),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
@pytest.mark.parametrize("kind", [name for name in NAMES if name not in ("raises", "hard-coded")])
def test_any_answer_can_be_spoilt(kind: str, value: Any) -> None:
    names: dict[str, Any] = {"answer": lambda: value}
    impostor.take_over(names, kind, ["answer"], [], [])
    for _ in range(3):
        names["answer"]()


def exercise(**more: Any) -> Exercise:
    given: dict[str, Any] = {"kind": ["function"], "defines": ["f"], **more}
    return Exercise(id="a/b", title=Bilingual(en="A", ko="가"), form="module", points=20, **given)


def test_questions_in_words_meet_only_those_that_answer_nothing() -> None:
    assert adversaries(exercise()) == list(NAMES)
    assert adversaries(exercise(kind=["choice", "short-answer"])) == ["none", "raises", "equals everything"]
    assert adversaries(exercise(defines=[])) == []


def test_limits_are_strict_unless_the_exercise_states_another() -> None:
    asked = AttackerKnowledge(free=8, read_only=10)
    assert most_points(exercise(), "nan", asked) == 0
    assert most_points(exercise(), "zeros", asked) == 5
    assert most_points(exercise(), "copied visible", asked) == 8 + 5
    assert most_points(exercise(), "hard-coded", asked) == 10 + 5
    assert most_points(exercise(), "copied visible", AttackerKnowledge(free=16)) == 16 + 2  # half of what is left
    assert most_points(exercise(starter_points=2), "nan", asked) == 2
    rules = AdversaryRules(most=0.1, reason="r", each=[Allowance(name="nan", most=0.5, reason="r")])
    assert most_points(exercise(adversaries=rules), "nan", asked) == 10
    assert most_points(exercise(adversaries=rules), "zeros", asked) == 2
