"""How checks use the expectations about estimators, splits, code, files, figures, samples, agents and networks.

Each entry is a check that gets an answer of any type and a secret; where an expectation takes an object of the sandbox,
a stand-in gives it what such an object would have answered. See `test_checking_leaks`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from grader.checking.asking.answers import LiveAnswers
from grader.checking.asking.reply import Held as ReplyHeld
from grader.checking.band import Band
from grader.checking.expect import Expect
from grader.checking.expect.agree import Asking, settle
from grader.checking.expect.files.server import Response
from grader.checking.expect.keras.layers import Layer
from grader.checking.values import numeric
from grader.course.models import Tolerance
from grader.running.faults import SubmissionRaised
from grader.running.figures import AxesFacts, BarFacts, FigureFacts, ImageFacts, LineFacts, ScatterFacts
from grader.running.keras_facts import LayerFacts, ModelFacts, OperationFacts
from grader.running.remote import Remote
from grader.running.run import Run
from grader.running.source import Source
from grader.vocabulary import Outcome, Text

RUN = Run(Outcome.PASSED, Text(""), True, (), {}, 0.0)
ITEMS = (
    "fit_returns_self", "before_fit", "after_fit", "init_params", "param_values", "set_params", "clone", "answer",
    "n_features_in", "input_after", "again", "refitted", "fitted_once", "not_fitted", "fewer_features", "names_in",
    "names_out", "other_size", "alone", "words", "pickled",
)  # fmt: skip


def words(x: Any) -> str:
    """A name that a submission makes out of a value."""
    return (x if isinstance(x, str) else str(getattr(x, "type_name", x)))[:50]


def floats(x: Any, most: int = 200) -> np.ndarray:
    """Numbers that a submission makes out of a value."""
    found = numeric(x)
    if found is None or found.dtype.kind == "c" or not found.size:
        return np.array([float(len(words(x)))])
    return found.ravel()[:most].astype(float)


def whole(x: Any) -> int:
    """A whole number of at most five digits that a submission makes out of a value."""
    if isinstance(x, list | set | dict) or (isinstance(x, np.ndarray) and x.ndim):
        return len(x) or max(x.shape) if isinstance(x, np.ndarray) else len(x)
    return int(abs(float(np.nan_to_num(floats(x), posinf=0, neginf=0)[0])) % 100_000)


class Channel:
    """Stands for the process that holds an object: it answers every question with the same."""

    link, run, timeout, to = None, RUN, None, 0

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def ask(self, op: str, *, hold: bool = False, action: str = "", **fields: Any) -> Any:
        if hold or action == "clone":
            return Remote(self, 1, "Held", ("Held",))  # type: ignore[arg-type]
        return self.answer


def held(answer: Any) -> Remote:
    """An object in the sandbox whose attributes, parameters, structure and answers are what a submission makes of them."""
    return Remote(Channel(answer), 1, words(answer), (words(answer),))  # type: ignore[arg-type]


class Answering:
    """Stands for somebody's code: it answers every question with the same, or raises."""

    def __init__(self, answer: Any) -> None:
        self._answer = ReplyHeld(answer.type_name) if hasattr(answer, "type_name") else answer

    @property
    def answer(self) -> Any:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def asked(right: Callable[[Any], Any], **how: Any) -> Callable[[Expect, Any, Any], None]:
    """A check whose question comes out as `right` makes it of the secret."""

    def check(expect: Expect, answer: Any, secret: Any) -> None:
        answers = LiveAnswers(Answering(right(secret)))
        expect.asking = Asking("test_it", Answering(answer), answers, Tolerance())
        expect.agree(lambda code: code.answer, **how)
        settle(expect)

    return check


def tree(x: Any) -> dict[str, Any]:
    """The structure of a pipeline whose names are made out of a value."""
    step = {"types": [words(x)], "function": words(x), "parts": []}
    right = {"types": ["StandardScaler"], "parts": []}
    return {"types": ["Pipeline"], "parts": [[words(x), None, step], ["model", None, right]]}


def branches(x: Any) -> dict[str, Any]:
    """The structure of a column transformer with such a branch."""
    return {"types": ["ColumnTransformer"], "parts": [[words(x), ["age"], tree(x)], ["b", [words(x)], tree(x)]]}


class Files:
    """A submission with one file, and another process that answers otherwise."""

    def __init__(self, content: bytes, answer: Any = None) -> None:
        self.content, self.answer = content, answer

    def read(self, path: str) -> bytes:
        return self.content

    def fresh(self) -> Files:
        return Files(self.content, "another answer")

    def close(self) -> None:
        pass


def as_json(x: Any) -> Any:
    """A file or the body of a response."""
    return json.dumps(x.tolist() if isinstance(x, np.ndarray) else x, default=str, skipkeys=True).encode()


def json_file(x: Any) -> Any:
    return Files(as_json(x))


def csv_file(x: Any) -> Any:
    return Files((f"a,{json.dumps(words(x))}\n" + "1,2\n" * min(whole(x), 3000)).encode())


def response(x: Any) -> Response:
    return Response(200 + whole(x) % 400, as_json(x), words(x))


def reply(x: Any) -> Response:
    return Response(200, as_json(x), "application/json")


def code(x: Any) -> str:
    """Source with a value in it."""
    numbers = "".join(f"x = {number!r}\n" for number in floats(x)[:20] if np.isfinite(number))
    return f"import os\n\ndef f(a):\n    for b in a:\n        pass\n    return {words(x)!r}\n{numbers}os.getcwd()\n"


def measured(x: Any) -> Any:
    """A submission whose time and memory grow by an exponent that it chooses; its source stands still."""
    power = 2.6 + whole(x) % 97 / 20

    def measure(name: str, args: tuple[Any, ...], memory: bool = False, **options: Any) -> dict[str, Any]:
        grown = (float(args[0]) / 4000) ** power
        return {"seconds": [min(grown, 1e5)], "loop": [1e-7], "calls": 1, "bytes": int(min(grown, 1e6) * (2 << 20))}

    source = Source(b"def f(a):\n    return [b for b in a]\n\ndef g(a):\n    return a\n", "module")
    return SimpleNamespace(measure=measure, cpu_seconds=lambda: 0.0, source=source)


def oracle(x: Any) -> Any:
    return SimpleNamespace(calls=whole(x), refused=0)


def network(x: Any) -> ModelFacts:
    """A network whose names and numbers are made out of a value."""
    number, name = whole(x), words(x)
    layer = LayerFacts(
        name, name, number, number, name, (None, number), (None, number), number, True, {"rate": number, "l": name}, 3
    )
    dense = LayerFacts("dense", "Dense", number, None, name, config={"rate": number}, params=number)
    adds = tuple(OperationFacts(f"{name}{i}", "Add", ("dense", name)) for i in range(number % 50))
    shape = ((None, number),)
    return ModelFacts((layer, dense), number, number, shape, shape, name, None, name, number / 7, {}, [name], adds)


class Model:
    """A model that answers every question with the same."""

    def __init__(self, x: Any) -> None:
        self.x, self.describe = x, lambda: network(x)

    def predict(self, X: Any) -> Any:
        return self.x

    def weights(self) -> list[Any]:
        return [self.x]

    def layer_weights(self) -> dict[str, list[Any]]:
        return {words(self.x): [floats(self.x)], "b": [self.x]}

    def train(self, *args: Any, **kwargs: Any) -> None:
        pass

    set_weights = train


def model(x: Any) -> Any:
    return Model(x)


def drawn(x: Any) -> FigureFacts:
    """A figure whose words, numbers and counts are made out of a value."""
    name, at = words(x), floats(x)
    bars = [BarFacts(float(i), 0.0, 1.0, value, name, name, i) for i, value in enumerate(at)]
    bins = [BarFacts(float(i), 0.0, 1.0, value, "#000000", "", 1) for i, value in enumerate(np.abs(at))]
    cloud = ScatterFacts(np.column_stack([at, at]), at, at, np.tile(np.resize(at, 4), (len(at), 1)), name, name, 1.0)
    plot = {
        "title": name, "xlabel": name, "ylabel": "", "xscale": name, "yscale": name, "xlim": (0.0, 1.0),
        "ylim": (0.0, 1.0), "legend": [name, "_"], "xticklabels": [name], "yticklabels": [name], "scatters": [],
        "lines": [], "collections": [], "bars": [], "images": [], "patches": [], "texts": [name], "is_colorbar": False,
        "colorbar_label": name, "legend_colors": [name, name],
    }  # fmt: skip
    kinds = [
        {"bars": bars},
        {"bars": bins},
        {"scatters": [cloud], "lines": [LineFacts(at, at, name, name, "-", "")]},
        {"images": [ImageFacts(at[None, :], name, (0.0, 1.0, 0.0, 1.0), (0.0, 1.0))]},
    ]
    more = [{}] * (whole(x) % 300)
    return FigureFacts(name, (1.0, 1.0), [AxesFacts(**{**plot, **kind}) for kind in [*kinds, *more]])  # type: ignore[arg-type]


def plot(x: Any, place: int) -> AxesFacts:
    return drawn(x).plots[place]


def samples(x: Any, rows: int = 60) -> Any:
    """Samples that repeat a value."""
    return np.resize(floats(x), (rows, 2))


def world(s: Any, rows: int = 60) -> np.ndarray:
    """Data that nobody may know."""
    return np.random.default_rng(s.count).normal(s.number, 3.0, size=(rows, 2))


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def returns(x: Any) -> np.ndarray:
    """What the trusted side has measured while an agent played."""
    return np.resize(np.nan_to_num(floats(x), posinf=0, neginf=0), 9)


class Bell:
    """An environment of one step that shows a secret."""

    def __init__(self, s: Any) -> None:
        self.s = s

    def reset(self, seed: int | None = None) -> tuple[Any, dict[str, Any]]:
        return [self.s.number, seed], {}

    def step(self, action: int) -> tuple[Any, ...]:
        return [self.s.number], self.s.number, True, False, {}


ACCURACY = Band("accuracy", "higher", (0.95, 0.97), 0.3, 0.9, "accuracy")
RMSE = Band("rmse", "lower", (0.2, 0.3), 5.0, 1.0, "rmse")
FURTHER: dict[str, list[Callable[[Expect, Any, Any], object]]] = {
    "actions": [lambda e, x, s: e.actions(x, 6), lambda e, x, s: e.actions([x], 1, choices=(0, 7))],
    "agree": [
        asked(lambda s: s.number),
        asked(lambda s: {"number": s.number, "word": s.word, "order": list(s.order)}),
        asked(lambda s: (s.vector, s.words)),
        asked(lambda s: s.vector, how="sign_invariant"),
        asked(lambda s: ReplyHeld("Model")),
        asked(lambda s: SubmissionRaised(Outcome.ERROR, Text("it raised"), "", "ValueError", ("ValueError",), "said")),
    ],
    "attends": [
        lambda e, x, s: e.attends(lambda seen: x, s.vector),
        lambda e, x, s: e.attends(lambda seen: [whole(x) % 2] * 6, s.vector),
    ],
    "bad_requests": [lambda e, x, s: e.bad_requests(Answers(response(x)), "/", proper=s.words)],  # type: ignore[arg-type]
    "bars": [
        lambda e, x, s: e.bars(plot(x, 0), s.vector),
        lambda e, x, s: e.bars(plot(x, 0), dict(zip(s.words, s.vector, strict=True)), ordered=False),
    ],
    "calls": [
        lambda e, x, s: e.calls(oracle(x), at_most=3),
        lambda e, x, s: e.calls(oracle(x), at_least=10_000_000),
    ],
    "covers": [lambda e, x, s: e.covers(samples(x), world(s), np.repeat(s.labels, 10))],
    "csv_file": [
        lambda e, x, s: e.csv_file(csv_file(x), "t.csv", ["a", "b"]),
        lambda e, x, s: e.csv_file(csv_file(x), "t.csv", rows=7),
        lambda e, x, s: e.csv_file(csv_file("b"), "t.csv", {"a": int, "b": str}),
    ],
    "curve": [
        lambda e, x, s: e.curve(plot(x, 2), np.sort(s.vector), s.vector),
        lambda e, x, s: e.curve(plot(x, 2), [0, 1], lambda at: s.number * at),
    ],
    "disjoint": [
        lambda e, x, s: e.disjoint(x, s.frame),
        lambda e, x, s: e.disjoint(x, x),
        lambda e, x, s: e.disjoint(x, s.frame, by="name", whole=s.frame),
    ],
    "diverse": [lambda e, x, s: e.diverse(samples(x), world(s)), lambda e, x, s: e.diverse(x, world(s))],
    "effort": [
        lambda e, x, s: e.effort(measured(x), "f", lambda n: n, [1000, 2000, 4000]),
        lambda e, x, s: e.effort(measured(x), "f", lambda n: n, [1000, 2000, 4000], at_most=None, memory="n"),
    ],
    "estimator": [
        lambda e, x, s: e.estimator(held({name: {"saw": x} for name in ITEMS}), "regressor", s.matrix, s.vector),
        lambda e, x, s: e.estimator(
            held({name: {"raised": [words(x)], "said": words(x)} for name in ITEMS}), "transformer", s.matrix
        ),
        lambda e, x, s: e.estimator(x, "classifier", s.matrix, np.zeros(6)),
    ],
    "figure": [
        lambda e, x, s: e.figure(
            drawn(x), plots=2, xlabel="price", ylabel=True, title="homes", xscale="log", yscale="linear",
            legend=["rent"], colorbar="heat", distinct_colors=True, contains_data=True, equal_aspect=True, shared="x",
        ),
        lambda e, x, s: e.figure(plot(x, 2), "contour"),
        lambda e, x, s: e.figure(drawn(x), plots=2),
        lambda e, x, s: e.figure(drawn(x), xscale="log", yscale="linear", shared="x"),
        lambda e, x, s: e.figure(drawn(x), legend=["rent"]),
    ],
    "file": [lambda e, x, s: e.file(csv_file(x), "t.csv", largest_mb=1e-6), lambda e, x, s: e.file(Files(b""), "t.csv")],  # type: ignore[arg-type]
    "fitted": [
        lambda e, x, s: e.fitted(held(x), {"a_": s.number, "b_": s.word}),
        lambda e, x, s: e.fitted(held(x), {"a_": s.matrix}),
        lambda e, x, s: e.fitted(held(x), {"a_": ("shape", 6), "b_": lambda value: value == s.word}),
    ],
    "forward": [lambda e, x, s: e.forward(model(x), s.matrix)],
    "gradient": [
        lambda e, x, s: e.gradient(lambda points: [float(p.sum()) for p in points], x, s.vector),
        lambda e, x, s: e.gradient(lambda points: x, s.vector, s.vector),
    ],
    "grouped": [lambda e, x, s: e.grouped(x, s.words), lambda e, x, s: e.grouped(x, x)],
    "head": [
        lambda e, x, s: e.head(network(x), "multiclass", 10, labels="one-hot"),
        lambda e, x, s: e.head(network(x), "regression", 1),
    ],
    "histogram": [
        lambda e, x, s: e.histogram(plot(x, 1), s.vector),
        lambda e, x, s: e.histogram(plot(x, 1), s.vector, bins=7),
    ],
    "initialised": [lambda e, x, s: e.initialised(x, "he_normal"), lambda e, x, s: e.initialised(s.matrix, "zeros")],
    "json_file": [
        lambda e, x, s: e.json_file(json_file(x), "a.json", {"a": lambda value: value == s.word, ...: ...}),
        lambda e, x, s: e.json_file(json_file(x), "a.json", (str, [int, 3])),
        lambda e, x, s: e.json_file(json_file(x), "a.json", [lambda value: value == s.number]),
        lambda e, x, s: e.json_file(json_file([1] * (whole(x) % 300) + [x]), "a.json", [int]),
        lambda e, x, s: e.json_file(json_file(x), "a.json", [str, 2]),
        lambda e, x, s: e.json_file(json_file({"a": 1, words(x): x}), "a.json", {"a": int}),
    ],
    "learned": [lambda e, x, s: e.learned(returns(x), 1e9 + s.vector, rng())],
    "learns": [
        lambda e, x, s: e.learns(model(x), s.matrix, s.vector, s.matrix, np.max, outputs=(None, 3)),
        lambda e, x, s: e.learns(model(x), s.matrix, s.vector, s.matrix, lambda p: 0.0, outputs=(None,)),
    ],
    "model": [
        lambda e, x, s: e.model(network(x), [Layer("Dense", units=5, rate=0.5)]),
        lambda e, x, s: e.model(network(x), [Layer("Dense", units=5, l="a"), Layer("Dense", rate=0.5)]),
        lambda e, x, s: e.model(network(x), inputs=[(None, 4)], outputs=[(None, 1)], params=-1, trainable_params=-1),
        lambda e, x, s: e.model(network(x), merges={"Add": -1}, residuals=-1, frozen=["base", "dense"]),
        lambda e, x, s: e.model(network(x), loss="mse", optimizer="adam", metrics=["auc"]),
        lambda e, x, s: e.model(network(x), learning_rate=1e-3),
    ],
    "model_reloads": [lambda e, x, s: e.model_reloads(model(x), model(s.matrix), s.matrix)],
    "no_leak": [
        lambda e, x, s: e.no_leak(lambda train, test: x, s.matrix, s.matrix),
        lambda e, x, s: e.no_leak(lambda train, test: held(x), s.matrix, s.matrix),
        lambda e, x, s: e.no_leak(lambda train, test: [x, float(np.sum(test))], s.matrix, s.matrix),
    ],
    "novel": [lambda e, x, s: e.novel(samples(x), world(s), world(s) + 1), lambda e, x, s: e.novel(x, world(s), world(s))],
    "params": [
        lambda e, x, s: e.params(held({"C": x}), {"C": s.number}),
        lambda e, x, s: e.params(held({"C": x}), {"C": {s.word, "a"}}),
        lambda e, x, s: e.params(held(x), {"kernel": "rbf"}),
    ],
    "partition": [
        lambda e, x, s: e.partition([x], s.vector),
        lambda e, x, s: e.partition([s.frame, x], s.frame),
        lambda e, x, s: e.partition([floats(x), s.vector], s.vector),
    ],
    "pipeline": [
        lambda e, x, s: e.pipeline(held(tree(x)), ["SimpleImputer", "StandardScaler"]),
        lambda e, x, s: e.pipeline(held(tree(x)), [("name", "FunctionTransformer(log)"), "StandardScaler"]),
        lambda e, x, s: e.pipeline(held(tree(x)), ["A", ..., "B", "C"]),
        lambda e, x, s: e.pipeline(held(branches(x)), {("age",): ["A", "StandardScaler"], ("sex",): "OneHotEncoder"}),
        lambda e, x, s: e.pipeline(held(branches(x)), {"sex": "OneHotEncoder"}),
        lambda e, x, s: e.pipeline(held(x), {"Ridge", "Lasso"}),
        lambda e, x, s: e.pipeline(held(branches(x)), ["A", "B"]),
        lambda e, x, s: e.pipeline(held(tree(x)), {"sex": "OneHotEncoder"}),
    ],
    "plays": [lambda e, x, s: e.plays(lambda: Bell(s), lambda seen: x, [1, 2], max_steps=3)],
    "policies_differ": [lambda e, x, s: e.policies_differ([whole(x) % 2] * 6, [whole(x) % 2] * 6)],
    "predictions": [lambda e, x, s: e.predictions(x, (6, 3)), lambda e, x, s: e.predictions(x, (None,))],
    "refit": [lambda e, x, s: e.refit(held(x), s.matrix, s.vector, np.zeros((4, 3)))],
    "reloads": [lambda e, x, s: e.reloads(Files(b"", x), lambda process: process.answer)],  # type: ignore[arg-type, attr-defined]
    "response": [
        lambda e, x, s: e.response(response(x)),
        lambda e, x, s: e.response(response(x), response(x).status),
        lambda e, x, s: e.response(reply(x), 200, {"a": lambda value: value == s.word, "b?": [float]}),
        lambda e, x, s: e.response(Response(200, words(x).encode(), "application/json"), 200, {"a": str}),
    ],
    "rises": [
        lambda e, x, s: e.rises(x),
        lambda e, x, s: e.rises(floats(x), least=1_000_000),
        lambda e, x, s: e.rises(np.resize(floats(x), 12), floor=1e12 + s.number),
    ],
    "sampled_like": [
        lambda e, x, s: e.sampled_like(samples(x), world(s), rng(), within=0.1, false_rejection=0.05),
        lambda e, x, s: e.sampled_like(x, world(s), rng()),
        lambda e, x, s: e.sampled_like(floats(x)[:10, None], world(s), rng(), within=0.1),
        lambda e, x, s: e.sampled_like(samples(x, whole(x) % 20)[:, :2], world(s), rng(), within=0.1),
    ],
    "scatter": [
        lambda e, x, s: e.scatter(plot(x, 2), s.vector, s.vector),
        lambda e, x, s: e.scatter(plot(x, 2), floats(x), floats(x), area=np.resize(s.vector, len(floats(x)))),
        lambda e, x, s: e.scatter(plot(x, 2), floats(x), floats(x), color=np.resize(s.vector, len(floats(x)))),
        lambda e, x, s: e.scatter(plot(x, 2), floats(x), floats(x), classes=np.resize(s.labels, len(floats(x)))),
    ],
    "score": [
        lambda e, x, s: e.score(ACCURACY, s.labels, x, baseline_from=[0, 1, 2]),
        lambda e, x, s: e.score(RMSE, s.vector, x),
        lambda e, x, s: e.score(RMSE, s.vector, np.zeros(whole(x) % 3000)),
    ],
    "seeded": [lambda e, x, s: e.seeded(lambda seed: x), lambda e, x, s: e.seeded(lambda seed: object())],
    "service": [lambda e, x, s: ask(e, (x, {"a": 1})), lambda e, x, s: ask(e, x)],
    "source": [
        lambda e, x, s: e.source(code(x)).literal_free([s.number, s.word, s.vector, s.count]),
        lambda e, x, s: e.source(code(x)).avoids("os"),
        lambda e, x, s: e.source(code(x), within="f").uses("numpy.mean"),
        lambda e, x, s: e.source(code(x), within="g"),
    ],
    "stratified": [lambda e, x, s: e.stratified(x, s.labels), lambda e, x, s: e.stratified(x, s.words, tolerance=0.1)],
    "unfitted": [lambda e, x, s: e.unfitted(held(x), s.matrix), lambda e, x, s: e.unfitted(x, s.matrix)],
    "vectorised": [
        lambda e, x, s: e.vectorised(measured(x), "f", lambda n: n),
        lambda e, x, s: e.vectorised(measured(x), "g", lambda n: n),
    ],
    "weights_move": [lambda e, x, s: e.weights_move(model(x), s.matrix, s.vector, still=["a", "b"])],
}  # fmt: skip


class Answers:
    """A client that gets one response to whatever it sends first, and another to the rest."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer

    def post(self, path: str, body: Any) -> Response:
        return Response(200, b"{}", "application/json") if isinstance(body, list) else self.answer


def ask(expect: Expect, answer: Any) -> None:
    """One request over a real socket to a handler that answers like this."""
    with expect.service(lambda request: answer) as http:
        http.get("/")
