"""Effort: growth is told from the exponents, right solutions pass in any form, slow ones are told what grows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.source.complexity import CLASSES, allowed_exponent, exponent
from grader.errors import SubmissionFault
from grader.running.proxy import SubmissionProxy
from grader.vocabulary import Outcome
from tests.probing import answering

CODE = """
import numpy as np

def first(values):
    return values[0]

def sort(values):
    return sorted(values)

def sort_in_place(values):
    values.sort()

def pairs(values):
    count = 0
    for a in values:
        for b in values:
            count += a < b
    return count

def all_pairs(values):
    X = np.asarray(values, dtype=float)
    return float(np.abs(X[:, None] - X[None, :]).sum())

def mean(values):
    return float(np.mean(values))

def norms(X):
    return np.sqrt((X ** 2).sum(axis=1))

def norms_by_column(X):
    total = np.zeros(len(X))
    for column in range(X.shape[1]):
        total += X[:, column] ** 2
    return np.sqrt(total)

def norms_by_row(X):
    return np.array([np.sqrt(sum(value ** 2 for value in row)) for row in X])

def norms_hidden(X):
    return by_row(X)

def by_row(X):
    return np.apply_along_axis(np.linalg.norm, 1, X)
"""


@pytest.fixture(scope="module")
def slow_and_fast() -> Iterator[SubmissionProxy]:
    with answering(CODE) as proxy:
        yield proxy


def numbers(n: int) -> list[float]:
    return np.random.default_rng(n).random(n).tolist()


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("sizes", [[1000, 2000, 4000, 8000], [10, 100, 1000], [64, 128, 256, 512, 1024, 2048]])
def test_exponents_of_the_classes(name: str, sizes: list[int]) -> None:
    costs = [CLASSES[name](n) for n in sizes]
    assert allowed_exponent(name, sizes) == pytest.approx(exponent(sizes, costs))
    wanted = name.count("n^3") * 3 + name.count("n^2") * 2 + (name in ("n", "n log n"))
    assert wanted - 0.01 <= exponent(sizes, costs) <= wanted + 0.45
    if sizes[1] > 2 * sizes[0]:
        return  # the overhead below would hide all but the largest size
    # noise and a constant overhead of a tenth of the largest do not hide it
    rng = np.random.default_rng(0)
    noisy = [cost * rng.uniform(1, 1.1) + costs[-1] / 100 for cost in costs]
    assert abs(exponent(sizes, noisy) - exponent(sizes, costs)) < 0.5


def test_exponents_of_odd_costs() -> None:
    assert exponent([10, 20, 40], [0.0, 0.0, 0.0]) == pytest.approx(0.0, abs=1e-9)
    assert allowed_exponent(1.5, [1, 2, 3]) == 1.5
    assert allowed_exponent("n²", [10, 20, 40]) == pytest.approx(2)
    with pytest.raises(ValueError, match="unknown"):
        allowed_exponent("n!", [1, 2, 3])


@pytest.mark.parametrize(
    ("name", "at_most"),
    [("first", "1"), ("sort", "n log n"), ("sort_in_place", "n log n"), ("mean", "n"), ("pairs", "n^2")],
)
def test_right_growth_passes(slow_and_fast: SubmissionProxy, name: str, at_most: str) -> None:
    Expect().effort(slow_and_fast, name, numbers, [100, 200, 400], at_most)


def test_quadratic_time_is_told(slow_and_fast: SubmissionProxy) -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().effort(slow_and_fast, "pairs", numbers, [250, 500, 1000], "n log n")
    text = caught.value.sentences[0]
    assert "about like n^2" in text.en or "n^1.9" in text.en
    assert "n log n" in text.ko and "seconds by size" in caught.value.details


def test_what_is_fast_anyway_passes(slow_and_fast: SubmissionProxy) -> None:
    Expect().effort(slow_and_fast, "pairs", numbers, [2, 4, 8], "1")


def test_memory_that_grows_with_every_pair(slow_and_fast: SubmissionProxy) -> None:
    expect = Expect()
    expect.effort(slow_and_fast, "mean", numbers, [500, 1000, 2000], at_most=None, memory="n")
    expect.effort(slow_and_fast, "all_pairs", numbers, [500, 1000, 2000], at_most=None, memory="n^2")
    with pytest.raises(CheckFailed, match="memory of `all_pairs`"):
        expect.effort(slow_and_fast, "all_pairs", numbers, [500, 1000, 2000], at_most=None, memory="n")


def matrix(n: int) -> Any:
    return np.random.default_rng(n).random((n, 3))


@pytest.mark.parametrize("name", ["norms", "norms_by_column"])
def test_whole_arrays_pass_also_with_a_loop_over_columns(slow_and_fast: SubmissionProxy, name: str) -> None:
    Expect().vectorised(slow_and_fast, name, matrix, 100_000)


@pytest.mark.parametrize(("name", "said"), [("norms_by_row", "sum(value"), ("norms_hidden", "np.apply_along_axis")])
def test_loops_over_rows_are_named(slow_and_fast: SubmissionProxy, name: str, said: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().vectorised(slow_and_fast, name, matrix, 20_000)
    line = 1 + next(i for i, text in enumerate(CODE.split("\n")) if said in text)
    assert f"(line {line})" in caught.value.sentences[0].en


def test_faults_of_the_function_are_its_own(slow_and_fast: SubmissionProxy) -> None:
    with pytest.raises(SubmissionFault) as caught:
        Expect().effort(slow_and_fast, "mean", lambda n: ["x"] * n, [10, 20, 40])
    assert caught.value.outcome is Outcome.ERROR
    with pytest.raises(SubmissionFault, match="not defined"):
        Expect().effort(slow_and_fast, "nothing", numbers, [10, 20, 40])
    with pytest.raises(CheckFailed, match="no function"):
        Expect().vectorised(slow_and_fast, "nothing", matrix)


def test_author_mistakes_are_not_verdicts(slow_and_fast: SubmissionProxy) -> None:
    for sizes in ([10, 20], [3, 2, 1], [1, 2, 3]):
        with pytest.raises(ValueError, match="sizes"):
            Expect().effort(slow_and_fast, "mean", numbers, sizes)
    with pytest.raises(ValueError, match="neither"):
        Expect().effort(slow_and_fast, "mean", numbers, [10, 20, 40], at_most=None)


class Claims:
    """A submission whose process says this, and has used so much time."""

    def __init__(self, said: Any, cpu: float = 0.0) -> None:
        self._said, self._cpu, self._spent = said, cpu, 0.0

    def measure(self, name: str, args: tuple[Any, ...], samples: int, memory: bool = False) -> Any:
        self._spent += self._cpu * len(args[0]) ** 2 * bool(samples)
        return self._said

    def cpu_seconds(self) -> float:
        return self._spent


HONEST = {"seconds": [0.001, 0.001], "calls": 3, "loop": [0.004, 0.004], "bytes": 5}


@pytest.mark.parametrize("hostile", [
    None, "x", 3, [1], {}, {"seconds": []}, {**HONEST, "seconds": [True]}, {**HONEST, "seconds": [float("nan")]}, {**HONEST, "seconds": [-1.0]},
    {**HONEST, "calls": 0}, {**HONEST, "calls": "x"}, {**HONEST, "loop": None}, {**HONEST, "seconds": [1e300]}, {**HONEST, "seconds": [10**400]},
], ids=range(14))  # fmt: skip
def test_hostile_measurements_are_violations(hostile: Any) -> None:
    with pytest.raises(SubmissionFault) as caught:
        Expect().effort(Claims(hostile), "f", numbers, [10, 20, 40])  # type: ignore[arg-type]
    assert caught.value.outcome is Outcome.VIOLATION
    memory = {**hostile, "bytes": -1.5} if isinstance(hostile, dict) else hostile
    with pytest.raises(SubmissionFault):
        Expect().effort(Claims(memory), "f", numbers, [10, 20, 40], at_most=None, memory="n")  # type: ignore[arg-type]


def test_claims_far_below_the_time_of_the_sandbox_are_not_believed() -> None:
    Expect().effort(Claims(HONEST), "f", numbers, [100, 200, 400])  # type: ignore[arg-type]
    with pytest.raises(CheckFailed, match="grows too fast"):
        Expect().effort(Claims(HONEST, cpu=1e-4), "f", numbers, [100, 200, 400])  # type: ignore[arg-type]


def test_calls_of_an_oracle() -> None:
    with answering("def ask(f, n):\n    for i in range(n):\n        f(i)\n") as proxy:
        oracle = proxy.oracle(lambda i: i, budget=10)
        proxy.call("ask", oracle, 7)
        expect = Expect()
        expect.calls(oracle, at_most=7, at_least=7)
        with pytest.raises(CheckFailed, match="7 times; 6 calls"):
            expect.calls(oracle, at_most=6)
        with pytest.raises(CheckFailed, match="less than 8"):
            expect.calls(oracle, at_least=8)
