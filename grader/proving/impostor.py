"""Turns a right submission into a dishonest one. This text is appended to the reference and runs in the sandbox only.

Theory of operation. The reference runs first, so everything that the exercise asks for is there. Then each function,
class (its public methods and operators) and variable that the exercise names is replaced by a wrapper that asks the real
one and spoils its answer, in the way that ``kind`` says. Calls that the reference makes of its own functions are left
alone (``_State.depth``): only what a check asks is spoilt. What cannot be spoilt in kind, a figure for example, becomes
None.

The file stands alone: it may import nothing of the grader, and no ``__future__`` line, since it comes last.
"""

import copy
import functools
import hashlib
from typing import Any

import numpy as np

_BINARY = ("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow")
_OPERATORS = {f"__{side}{name}__" for name in _BINARY for side in ("", "r")} | {"__neg__", "__pos__", "__abs__"}
_NEVER_RIGHT = 7919.0625  # inside what claims to equal everything: zeros would now and then be right


class Everything:
    """Is equal to whatever it is compared with, and pretends to be whatever it is asked for."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __le__ = __ge__ = __eq__
    __lt__ = __gt__ = __contains__ = __eq__

    def __hash__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __float__(self) -> float:
        return 1.0

    def __len__(self) -> int:
        return 1

    def __iter__(self) -> Any:
        return iter([self])

    def __call__(self, *args: Any, **kwargs: Any) -> "Everything":
        return self

    def __getitem__(self, place: Any) -> "Everything":
        return self

    def __sub__(self, other: Any) -> float:
        return 0.0

    __rsub__ = __mod__ = __sub__

    def __abs__(self) -> float:
        return 0.0


class EverythingArray(np.ndarray):
    """An array of zeros whose comparisons are all true."""

    def _true(self, other: Any) -> Any:
        return np.ones(self.shape, dtype=bool)

    __eq__ = __ne__ = __le__ = __ge__ = __lt__ = __gt__ = _true
    __hash__ = None


class _State:
    """What the wrappers of one submission share."""

    def __init__(self, kind: str, seen: frozenset[str]) -> None:
        self.kind, self.seen = kind, seen
        self.depth = 0
        self.random = np.random.Generator(np.random.PCG64(20_240_229))
        self.answers: dict[str, list[Any]] = {}
        self.asked: list[str] = []
        self.history: dict[int, str] = {}
        self.kept: list[Any] = []  # objects with a history live on, so that no other gets their id


def key_of(value: Any, history: dict[int, str]) -> str:
    """Digest of what a call is made with, the same in every process; an object counts as what was done to it."""
    digest = hashlib.sha256()

    def feed(part: Any) -> None:
        if isinstance(part, np.ndarray) and part.dtype != object:
            digest.update(f"array {part.dtype.str} {part.shape}".encode())
            digest.update(np.ascontiguousarray(part).tobytes())
        elif isinstance(part, list | tuple | np.ndarray):
            digest.update(f"list {len(part)}".encode())
            for item in part:
                feed(item)
        elif isinstance(part, dict):
            for name, item in part.items():
                feed(name)
                feed(item)
        elif hasattr(part, "columns") and hasattr(part, "to_numpy"):
            feed([str(name) for name in part.columns])
            feed([part[name].to_numpy() for name in part.columns])
        elif hasattr(part, "to_numpy"):
            feed(part.to_numpy())
        elif isinstance(part, str | bytes | int | float | complex | bool | None | np.generic):
            digest.update(repr(part).encode())
        else:
            digest.update(f"{type(part).__name__} {history.get(id(part), '')}".encode())

    feed(value)
    return digest.hexdigest()


def _most_frequent(values: Any) -> Any:
    found, counts = np.unique(values.astype(str) if values.dtype == object else values, return_counts=True)
    if values.dtype == object or counts.max() == 1:
        return values.flat[0]
    return found[counts.argmax()]


def _spoilt_array(state: _State, values: Any) -> Any:
    if values.size == 0:
        return values
    numeric = values.dtype.kind in "biufc"
    if state.kind in ("zeros", "copied visible"):
        return np.zeros_like(values) if numeric else np.full_like(values, "")
    if state.kind == "array that equals everything":
        return np.full(values.shape, _NEVER_RIGHT).view(EverythingArray)
    if state.kind == "mean" and numeric:
        return np.full_like(values, values.mean())
    if state.kind == "nan":
        return np.full(values.shape, np.nan) if numeric else np.full_like(values, "nan")
    if state.kind == "random":
        return state.random.choice(values.ravel(), size=values.shape)
    if state.kind == "shuffled":
        return np.array(state.random.permutation(values), copy=True)
    return np.full_like(values, _most_frequent(values))


def _spoilt_scalar(state: _State, value: Any, name: str) -> Any:
    before = tuple(state.answers.setdefault(name, []))  # of these it knows, the present answer it does not
    state.answers[name].append(value)
    words = isinstance(value, str)
    empty = "" if words else type(value)(0)
    if state.kind == "array that equals everything":
        return np.full((), _NEVER_RIGHT).view(EverythingArray)
    if state.kind == "nan":
        return "nan" if words else float("nan")
    if state.kind == "random":
        letters = list(value) if words else []
        return "".join(state.random.permutation(letters)) if words else type(value)(state.random.normal(scale=10))
    if not before or state.kind in ("zeros", "copied visible"):
        return empty
    if state.kind == "shuffled":
        return before[-1]
    if state.kind == "mean" and not words:
        return type(value)(sum(before) / len(before))
    return max(before, key=before.count)


def _spoilt_model(state: _State, model: Any) -> Any:
    """A Keras model whose weights are spoilt: it still has its layers and shapes."""
    weights = [np.asarray(each) for each in model.get_weights()]
    if state.kind == "array that equals everything":
        return np.full((1,), _NEVER_RIGHT).view(EverythingArray)
    if state.kind in ("random", "shuffled"):
        model.set_weights([state.random.permutation(each.ravel()).reshape(each.shape) for each in weights])
    elif state.kind == "nan":
        model.set_weights([np.full(each.shape, np.nan) for each in weights])
    else:
        model.set_weights([np.zeros(each.shape) for each in weights])
    return model


def spoilt(state: _State, value: Any, name: str) -> Any:
    """The answer in the way of ``state.kind``: of the same type and shape, and wrong."""
    if state.kind == "none":
        return None
    if state.kind == "equals everything":
        return Everything()
    if value is None or value is Ellipsis:
        return None
    if isinstance(value, bool | int | float | str | np.generic):
        return _spoilt_scalar(state, value, name)
    if isinstance(value, np.ndarray):
        return _spoilt_array(state, value)
    if isinstance(value, list | tuple):
        items = list(value)
        if len(items) > 1 and all(isinstance(item, int | float | np.generic) for item in items):
            items = list(_spoilt_array(state, np.asarray(items)).tolist())
        elif len(items) > 1 and all(isinstance(item, str) for item in items):
            items = [str(item) for item in _spoilt_array(state, np.asarray(items, dtype=object))]
        else:
            items = [spoilt(state, item, f"{name}[{place}]") for place, item in enumerate(items)]
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    if isinstance(value, dict):
        keys, items = list(value), list(value.values())
        if state.kind == "shuffled" and len(keys) > 1:
            return dict(zip(keys, items[1:] + items[:1], strict=True))
        return {key: spoilt(state, item, f"{name}.{key}") for key, item in zip(keys, items, strict=True)}
    if hasattr(value, "columns") and hasattr(value, "to_numpy"):
        table = value.copy()
        for place in range(table.shape[1]):
            table.isetitem(place, _spoilt_array(state, np.asarray(value.iloc[:, place])))
        return table
    if hasattr(value, "to_numpy") and hasattr(value, "index"):
        return type(value)(_spoilt_array(state, np.asarray(value)), index=value.index, name=value.name)
    if hasattr(value, "toarray"):
        return type(value)(_spoilt_array(state, value.toarray()))
    if hasattr(value, "get_weights"):
        return _spoilt_model(state, value)
    if hasattr(value, "numpy"):
        return _spoilt_array(state, np.asarray(value.numpy()))
    if hasattr(value, "get_params") and hasattr(value, "fit"):
        _disguise(state, value)
        return value
    return None


def _disguise(state: _State, estimator: Any) -> None:
    """Give an estimator a class of its own whose public methods are spoilt; scikit-learn can still clone it."""
    kind = type(estimator)
    methods = (
        *("fit", "predict", "predict_proba", "predict_log_proba", "decision_function", "score_samples"),
        *("transform", "fit_transform", "fit_predict", "inverse_transform"),
    )
    own = {
        method: _wrapped(state, getattr(kind, method), f"{kind.__name__}.{method}", True)
        for method in methods
        if callable(getattr(kind, method, None))
    }
    estimator.__class__ = type(kind.__name__, (kind,), {"__module__": kind.__module__, **own})


def _wrapped(state: _State, real: Any, name: str, method: bool) -> Any:
    @functools.wraps(real)
    def answer(*args: Any, **kwargs: Any) -> Any:
        if state.depth:
            return real(*args, **kwargs)
        if state.kind == "raises":
            raise RuntimeError("no answer")
        key = key_of([name, args, kwargs], state.history)
        state.depth += 1
        try:
            value = real(*args, **kwargs)
        finally:
            state.depth -= 1
            if method and args:
                state.history[id(args[0])] = key
                state.kept.append(args[0])
        if hasattr(value, "__dict__"):
            state.history[id(value)] = key
            state.kept.append(value)
        return _judged(state, value, name, key, args[0] if method and args else None)

    return answer


def _judged(state: _State, value: Any, name: str, key: str, owner: Any) -> Any:
    """What the caller gets in place of ``value``."""
    if state.kind == "record":
        state.asked.append(key)
        if hasattr(value, "get_params") and hasattr(value, "fit") and value is not owner:
            _disguise(state, value)
        return value
    if state.kind == "copied visible" and key in state.seen and not hasattr(value, "get_params"):
        return value
    if owner is not None and value is owner and state.kind not in ("none", "equals everything"):
        if state.kind not in ("hard-coded", "copied visible"):
            _unlearn(state, value)
        return value
    if state.kind == "hard-coded":
        if hasattr(value, "get_params") and hasattr(value, "fit"):
            _disguise(state, value)
            return value
        first = state.answers.setdefault(name, [])
        if not first:
            first.append(value)
        with_copy: Any = first[0] if hasattr(first[0], "get_weights") else copy.deepcopy(first[0])
        return with_copy
    return spoilt(state, value, name)


def _unlearn(state: _State, fitted: Any) -> None:
    """Spoil what an estimator has learnt: its numbers whose names end with an underscore."""
    for name, learnt in list(vars(fitted).items()):
        numbers = isinstance(learnt, np.ndarray | list) and np.size(learnt) > 0
        if name.endswith("_") and numbers and np.asarray(learnt).dtype.kind == "f":
            setattr(fitted, name, spoilt(state, learnt, name))


def take_over(names: dict[str, Any], kind: str, defines: list[str], seen: list[str], known: list[str]) -> None:
    """Replace what an exercise asks for.

    Parameters
    ----------
    names : dict
        The submission's own names.
    kind : str
        The adversary; ``"record"`` answers rightly and notes what it was asked.
    defines : list of str
        What the exercise asks for.
    seen : list of str
        Digests of the calls that a copier knows the answers of.
    known : list of str
        Variables that a copier knows.
    """
    state = _State(kind, frozenset(seen))
    names["_asked_so_far"] = lambda: list(state.asked)
    for name in defines:
        value = names.get(name)
        if isinstance(value, type):
            for attribute, member in list(vars(value).items()):
                special = attribute in ("__call__", "__init__") or attribute in _OPERATORS
                public = not attribute.startswith("_") or special
                if public and callable(member) and not isinstance(member, type | staticmethod | classmethod):
                    if attribute == "__init__" and kind not in ("record", "copied visible"):
                        continue  # whoever cannot be made cannot lie
                    setattr(value, attribute, _wrapped(state, member, f"{name}.{attribute}", True))
        elif callable(value) and not hasattr(value, "get_weights") and not hasattr(value, "get_params"):
            names[name] = _wrapped(state, value, name, False)
        elif kind == "raises":
            names.pop(name, None)
        elif kind not in ("record", "hard-coded") and name not in known:
            names[name] = spoilt(state, value, name)
