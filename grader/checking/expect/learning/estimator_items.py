"""What scikit-learn asks of an estimator, item by item: which observation shows it, and the sentence where it fails.

The observations come from the submission's own process (`grader.running.probe.battery`), as data that may be anything.
An item holds only where the observation has the form that an honest process would send.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.values import is_integer, numeric, plain_array
from grader.vocabulary import Text

KINDS = ("classifier", "regressor", "transformer", "clusterer")


@dataclass(frozen=True)
class ProbeInputs:
    """What the battery was asked about: the kind, and the rows that were sent."""

    kind: str
    X: NDArray[Any]
    y: NDArray[Any] | None
    other: NDArray[Any]


class Observations:
    """The observations, by name; whatever is missing or malformed reads as None."""

    def __init__(self, found: Any) -> None:
        self._found = found if isinstance(found, dict) else {}

    def __getitem__(self, name: str) -> Any:
        entry = self._found.get(name)
        return entry.get("saw") if isinstance(entry, dict) else None

    def raised(self, name: str) -> tuple[str, ...]:
        """Class names of what an observation raised; empty where it did not."""
        entry = self._found.get(name)
        names = entry.get("raised") if isinstance(entry, dict) else None
        return tuple(str(n) for n in names if isinstance(n, str)) if isinstance(names, list) else ()

    def said(self, name: str) -> str:
        """What that exception says; hostile text."""
        entry = self._found.get(name)
        said = entry.get("said") if isinstance(entry, dict) else None
        return said if isinstance(said, str) else ""


@dataclass(frozen=True)
class Item:
    """One habit of an estimator.

    Attributes
    ----------
    name : str
    holds : callable
        Of the observations and what was asked.
    text : Text
        For the student, where it does not hold.
    uses : tuple of str
        Observations that it rests on.
    kinds : tuple of str
    tabular : bool
        Whether it needs rows with columns.
    usual : bool
        Whether it is asked where the check names no items.
    """

    name: str
    holds: Callable[[Observations, ProbeInputs], bool]
    text: Text
    uses: tuple[str, ...]
    kinds: Sequence[str] = KINDS
    tabular: bool = False
    usual: bool = True


def same_answer(found: Any, wanted: Any, rtol: float = 1e-6, atol: float = 1e-9) -> bool:
    """Whether two answers of any type have the same content: numbers closely, all else exactly; nothing agrees with nothing."""
    a, b = numeric(found), numeric(wanted)
    if a is not None and b is not None:
        return a.shape == b.shape and a.size > 0 and bool(np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True))
    if a is not None or b is not None:
        return False
    return _texts(found) is not None and _texts(found) == _texts(wanted)


def _texts(value: Any) -> list[str] | None:
    """The elements of an array of texts with its shape in front; None for anything else."""
    array = plain_array(value)
    if (
        array is None
        or not array.size
        or not all(isinstance(item, str | int | float | np.generic) for item in array.flat)
    ):
        return None
    return [str(array.shape), *(str(item) for item in array.flat)]


def _strings(value: Any) -> list[str] | None:
    return value if isinstance(value, list) and all(isinstance(item, str) for item in value) else None


def _params_match(seen: Observations, asked: ProbeInputs) -> bool:
    found = seen["init_params"]
    if not isinstance(found, list) or len(found) != 3:
        return False
    names = _strings(found[0])
    return names is not None and names == found[1] and found[2] == []


def _input_unchanged(seen: Observations, asked: ProbeInputs) -> bool:
    found = seen["input_after"]
    if not isinstance(found, list) or len(found) != 2:
        return False
    same_y = found[1] is None if asked.y is None else same_answer(found[1], asked.y, rtol=0, atol=0)
    return same_y and same_answer(found[0], asked.X, rtol=0, atol=0)


def _well_formed(seen: Observations, asked: ProbeInputs) -> bool:
    return _answers_rows(seen["answer"], asked, len(asked.X)) and _known_labels(seen["answer"], asked)


def _answers_rows(answer: Any, asked: ProbeInputs, n_rows: int) -> bool:
    array = plain_array(answer)
    if array is None or array.ndim == 0 or len(array) != n_rows:
        return False
    if asked.kind == "transformer":
        return array.ndim == 2
    if asked.kind == "regressor" and asked.y is not None:
        return array.ndim == asked.y.ndim and numeric(array) is not None and array.dtype.kind != "b"
    return asked.kind == "clusterer" or asked.y is None or array.ndim == asked.y.ndim


def _known_labels(answer: Any, asked: ProbeInputs) -> bool:
    if asked.kind != "classifier" or asked.y is None:
        return True
    array = plain_array(answer)
    known = {str(label) for label in asked.y.flat}
    numbers = numeric(answer)
    if numbers is not None and asked.y.dtype.kind in "biuf":
        return bool(np.isin(numbers, asked.y).all())
    return array is not None and {str(label) for label in array.flat} <= known


def _words(seen: Observations, asked: ProbeInputs) -> bool:
    array = plain_array(seen["words"])
    if array is None or asked.y is None or array.shape != asked.y.shape:
        return False
    told = [str(label) for label in array.flat]
    plain = plain_array(seen["answer"])
    if plain is None or plain.shape != array.shape:
        return False
    names = {f"class {value}" for value in asked.y}
    return set(told) <= names and (len(set(told)) > 1 or len({str(v) for v in plain.flat}) == 1)


def _other_size(seen: Observations, asked: ProbeInputs) -> bool:
    return _answers_rows(seen["other_size"], asked, len(asked.other))


def _clones(seen: Observations, asked: ProbeInputs) -> bool:
    found = seen["clone"]
    # what is there before every fit is another item's
    unfitted = isinstance(found, list) and len(found) == 2 and _strings(found[0]) == seen["before_fit"]
    return unfitted and same_answer(found[1], seen["answer"])


def _names_in(seen: Observations, asked: ProbeInputs) -> bool:
    return bool(seen["names_in"] == [f"column {i}" for i in range(asked.X.shape[1])])


def _names_out(seen: Observations, asked: ProbeInputs) -> bool:
    names, answer = _strings(seen["names_out"]), plain_array(seen["answer"])
    return names is not None and answer is not None and answer.ndim == 2 and len(set(names)) == answer.shape[1]


def _alone(seen: Observations, asked: ProbeInputs) -> bool:
    answer = plain_array(seen["answer"])
    return answer is not None and answer.ndim > 0 and same_answer(seen["alone"], answer[::2], rtol=1e-5, atol=1e-7)


ITEMS = (
    Item(
        "fit_returns_self",
        lambda seen, asked: seen["fit_returns_self"] is True,
        Text("`fit` must end with `return self`.", "`fit`은 `return self`로 끝나야 해요."),
        ("fit_returns_self",),
    ),
    Item(
        "unfitted_at_first",
        lambda seen, asked: seen["before_fit"] == [],
        Text(
            "Names that end in `_` hold what was learnt: create them in `fit`, not in `__init__`.",
            "`_`로 끝나는 이름에는 학습한 값을 담아요. `__init__`이 아니라 `fit`에서 만드세요.",
        ),
        ("before_fit",),
    ),
    Item(
        "learns_attributes",
        lambda seen, asked: bool(_strings(seen["after_fit"])),
        Text(
            "After `fit` there should be at least one attribute whose name ends in `_`, such as `mean_` or `coef_`.",
            "`fit`한 뒤에는 `mean_`이나 `coef_`처럼 이름이 `_`로 끝나는 속성이 하나 이상 있어야 해요.",
        ),
        ("after_fit",),
    ),
    Item(
        "parameters",
        _params_match,
        Text(
            "`get_params` should name exactly the arguments of `__init__`; write each one out, without *args or **kwargs.",
            "`get_params`에는 `__init__`의 인수가 빠짐없이 나와야 해요. *args나 **kwargs 없이 하나씩 쓰세요.",
        ),
        ("init_params",),
    ),
    Item(
        "parameters_unchanged",
        lambda seen, asked: seen["param_values"] == [],
        Text(
            "`__init__` should store each argument under its own name, as it came: check and convert it in `fit`.",
            "`__init__`은 인수를 같은 이름의 속성에 그대로 저장하기만 해야 해요. 검사와 변환은 `fit`에서 하세요.",
        ),
        ("param_values",),
    ),
    Item(
        "set_params",
        lambda seen, asked: seen["set_params"] == [True, True],
        Text(
            "`set_params` should change the parameters, return the estimator itself and refuse unknown names.",
            "`set_params`는 매개변수를 바꾸고 자기 자신을 반환해야 하며, 모르는 이름은 거절해야 해요.",
        ),
        ("set_params",),
    ),
    Item(
        "clone",
        _clones,
        Text(
            "`sklearn.base.clone` should give an unfitted copy that learns the same.",
            "`sklearn.base.clone`으로 만든 복사본은 훈련되지 않은 상태여야 하고, 훈련하면 결과가 같아야 해요.",
        ),
        ("clone",),
    ),
    Item(
        "answer",
        _well_formed,
        Text(
            "The result has another form than it should: one answer for each row, and labels from the training data only.",
            "결과의 형식이 달라요. 행마다 답이 하나씩 있어야 하고, 레이블은 훈련 데이터에 있던 것이어야 해요.",
        ),
        ("answer",),
    ),
    Item(
        "n_features_in",
        lambda seen, asked: is_integer(seen["n_features_in"]) and seen["n_features_in"] == asked.X.shape[1],
        Text(
            "`fit` should set `n_features_in_` to the number of columns of X.",
            "`fit`은 X의 열 개수를 `n_features_in_`에 저장해야 해요.",
        ),
        ("n_features_in",),
        tabular=True,
    ),
    Item(
        "input_unchanged",
        _input_unchanged,
        Text(
            "The caller's data has changed: compute new arrays in place of writing into X or y.",
            "넘겨받은 데이터가 바뀌었어요. X나 y를 고치지 말고 새 배열을 만들어 계산하세요.",
        ),
        ("input_after",),
    ),
    Item(
        "repeatable",
        lambda seen, asked: same_answer(seen["again"], seen["answer"]),
        Text(
            "Two fits on the same rows with the same seed differ: take all randomness from `random_state`.",
            "같은 데이터와 같은 시드로 두 번 훈련했는데 결과가 달라요. 난수는 모두 `random_state`에서 만드세요.",
        ),
        ("again",),
    ),
    Item(
        "refit_forgets",
        lambda seen, asked: same_answer(seen["refitted"], seen["fitted_once"]),
        Text(
            "A second `fit` should forget the first one: its result differs from that of a new estimator.",
            "두 번째 `fit`은 처음에 배운 것을 잊어야 하는데, 새로 만들어 훈련한 것과 결과가 달라요.",
        ),
        ("refitted", "fitted_once"),
    ),
    Item(
        "not_fitted",
        lambda seen, asked: "NotFittedError" in seen.raised("not_fitted"),
        Text(
            "Before `fit`, `predict` and `transform` should raise NotFittedError: `check_is_fitted(self)` does it.",
            "`fit`하기 전에 `predict`나 `transform`을 부르면 NotFittedError가 나야 해요. `check_is_fitted(self)`를 쓰세요.",
        ),
        ("not_fitted",),
    ),
    Item(
        "wrong_features",
        lambda seen, asked: all("ValueError" in seen.raised(name) for name in ("fewer_features", "more_features")),
        Text(
            "Rows with another number of columns than in `fit` should be refused with ValueError: `validate_data` does it.",
            "`fit` 때와 열 개수가 다르면 ValueError를 일으켜야 해요. `validate_data`를 쓰면 돼요.",
        ),
        ("fewer_features", "more_features"),
        tabular=True,
    ),
    Item(
        "feature_names",
        _names_in,
        Text(
            "After a fit on a DataFrame, `feature_names_in_` should hold its column names.",
            "DataFrame으로 훈련하면 `feature_names_in_`에 열 이름이 들어 있어야 해요.",
        ),
        ("names_in",),
        tabular=True,
    ),
    Item(
        "names_out",
        _names_out,
        Text(
            "`get_feature_names_out` should give one name for each column of the output, each a different one.",
            "`get_feature_names_out`은 출력 열마다 서로 다른 이름을 하나씩 알려 줘야 해요.",
        ),
        ("names_out",),
        kinds=("transformer",),
        tabular=True,
        usual=False,
    ),
    Item(
        "other_sizes",
        _other_size,
        Text(
            "It should work on data with other numbers of rows and columns: take them from X.shape.",
            "행과 열의 개수가 다른 데이터에서도 작동해야 해요. 개수는 X.shape에서 읽으세요.",
        ),
        ("other_size",),
        tabular=True,
    ),
    Item(
        "row_by_row",
        _alone,
        Text(
            "The result for a row depends on which other rows come with it: statistics belong to `fit`.",
            "어떤 행의 결과가 함께 들어온 다른 행에 따라 달라져요. 통계는 `fit`에서 구해야 해요.",
        ),
        ("alone",),
        kinds=("classifier", "regressor", "transformer"),
    ),
    Item(
        "word_labels",
        _words,
        Text(
            "It should learn classes of any name, also words: keep them in `classes_` and answer with them.",
            "클래스 이름이 글자여도 배울 수 있어야 해요. `classes_`에 보관하고 그 이름으로 답하세요.",
        ),
        ("words",),
        kinds=("classifier",),
    ),
    Item(
        "pickles",
        lambda seen, asked: same_answer(seen["pickled"], seen["answer"]),
        Text(
            "It should survive saving and loading (pickle): keep no lambdas, open files or generators in it.",
            "저장했다가 다시 불러와도(pickle) 똑같이 작동해야 해요. 람다, 열린 파일, 제너레이터를 속성에 두지 마세요.",
        ),
        ("pickled",),
    ),
)


def items_for(kind: str, tabular: bool, checks: Sequence[str] | None, skip: Sequence[str]) -> list[Item]:
    """The items of a battery, in order.

    Raises
    ------
    ValueError
        An unknown kind or item, or none is left.
    """
    if kind not in KINDS:
        raise ValueError(f"expect.estimator: kind {kind!r} is unknown; there are: {', '.join(KINDS)}")
    known = {item.name for item in ITEMS}
    if unknown := {*(checks or ()), *skip} - known:
        names = ", ".join(sorted(unknown))
        raise ValueError(f"expect.estimator: no such items: {names}; there are: {', '.join(sorted(known))}")
    found = [
        item
        for item in ITEMS
        if kind in item.kinds
        and (tabular or not item.tabular)
        and (item.name in checks if checks is not None else item.usual)
        and item.name not in skip
    ]
    if not found:
        raise ValueError("expect.estimator: no items are left to check")
    return found
