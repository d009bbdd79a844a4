"""The new expectations on submissions that really run in the sandbox, each through the plugin or the proxy."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from grader.checking.expect import CheckFailed, Expect
from grader.course.models import Limits
from grader.errors import GraderError, SubmissionFault
from grader.running.proxy import SubmissionProxy
from grader.running.session import open_session
from grader.sandbox import Backend
from grader.vocabulary import Outcome
from tests.support import make_exercise

pytestmark = pytest.mark.sandbox

MODULE = b"""
import json
import os
import threading
import time

import joblib
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LinearRegression
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
        return validate_data(self, X, reset=False) - self.mean_

class Forgetful(Centering):
    def fit(self, X, y=None):
        super().fit(X)

class Empty(BaseEstimator):
    def fit(self, X, y=None):
        raise NotImplementedError

class Nameless(Centering):
    def get_feature_names_out(self, input_features=None):
        return [name for name in self.names]

def prepare(train, test):
    return train - train.mean(axis=0)

def leaky(train, test):
    return train - np.vstack([train, test]).mean(axis=0)

def save():
    joblib.dump(LinearRegression().fit(np.eye(3), [1.0, 2.0, 3.0]), "model.joblib")
    with open("report.json", "w") as file:
        json.dump({"accuracy": 0.5}, file)

def handle(path, body):
    return (200, {"pid": os.getpid() > 0}) if path == "/" else (404, {"error": "no"})

def minimise(cost):
    return min(range(20), key=cost)

def forever(cost):
    while True:
        try:
            cost(1)
        except Exception:
            pass

def later(cost):
    threading.Thread(target=lambda: ask_until_answered(cost), daemon=True).start()

def ask_until_answered(cost):
    while True:
        time.sleep(0.1)
        try:
            return cost(1)
        except RuntimeError:  # nothing is being asked at this moment
            pass

def nap():
    time.sleep(1)

def pairs(values):
    return sum(a < b for a in values for b in values)
"""

EXERCISE = make_exercise("module", limits=Limits(cell_seconds=60, call_seconds=60, total_seconds=300))


@pytest.fixture(scope="module")
def proxy(warm_backend: Backend) -> Iterator[SubmissionProxy]:
    with open_session(EXERCISE, MODULE, backend=warm_backend) as session:
        yield SubmissionProxy(session)


def test_estimators_leaks_files_and_services(proxy: SubmissionProxy) -> None:
    expect = Expect()
    X = np.random.default_rng(0).normal(size=(20, 3))
    expect.estimator(proxy.estimator("Centering"), "transformer", X)
    with pytest.raises(CheckFailed, match="return self"):
        expect.estimator(proxy.estimator("Forgetful"), "transformer", X)
    with pytest.raises(SubmissionFault) as caught:
        expect.estimator(proxy.estimator("Empty"), "transformer", X)
    assert caught.value.outcome is Outcome.FAILED
    expect.no_leak(lambda train, test: proxy.call("prepare", train, test), X, X[:5] + 1)
    with pytest.raises(CheckFailed, match="only the test rows"):
        expect.no_leak(lambda train, test: proxy.call("leaky", train, test), X, X[:5] + 1)
    with pytest.raises(SubmissionFault, match="`get_feature_names_out` stopped with AttributeError"):
        proxy.estimator("Nameless").fit(X).feature_names_out()
    proxy.call("save")
    expect.json_file(proxy, "report.json", {"accuracy": float})
    expect.reloads(proxy, lambda process: process.reload("model.joblib").predict(np.eye(3)))
    with pytest.raises(SubmissionFault, match="was not found"):
        proxy.reload("nothing.joblib")
    with expect.service(proxy) as http:
        expect.response(http.get("/"), 200, {"pid": bool})


def test_oracles_are_counted_outside(proxy: SubmissionProxy) -> None:
    expect = Expect()
    cost = proxy.oracle(lambda i: (i - 7) ** 2)
    assert proxy.call("minimise", cost) == 7
    expect.calls(cost, at_most=20, at_least=20)
    proxy.timeout = 0.5
    with pytest.raises(SubmissionFault) as caught:
        proxy.call("forever", cost)
    assert caught.value.outcome is Outcome.TIMEOUT
    proxy.timeout = None
    assert cost.calls > 20
    assert proxy.call("minimise", cost) == 7  # an interrupt between question and answer breaks nothing
    fresh = proxy.fresh()
    with pytest.raises(GraderError, match="own process"):
        fresh.oracle(lambda: 1)
    fresh.close()


def test_growth_is_measured_inside_and_checked_outside(proxy: SubmissionProxy) -> None:
    expect = Expect()
    before = proxy.cpu_seconds()
    with pytest.raises(CheckFailed, match="grows too fast"):
        expect.effort(proxy, "pairs", lambda n: list(range(n)), [400, 800, 1600])
    assert proxy.cpu_seconds() > before + 0.1


def test_a_thread_is_answered_while_something_is_asked(warm_backend: Backend) -> None:
    with open_session(EXERCISE, MODULE, backend=warm_backend) as session:
        own = SubmissionProxy(session)
        cost = own.oracle(lambda i: i)
        own.call("later", cost)
        own.call("nap")
        assert cost.calls == 1
