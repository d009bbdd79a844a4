"""Predictions that are no work: nonsense, misaligned, constant, copied. Each against a real exercise of the course."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import build_reference, load_course
from grader.grading import grade
from grader.intake import read_submission
from grader.sandbox import Backend
from grader.vocabulary import Outcome

EXERCISE = "homl/ch03/titanic-submission"
HEAD = """
import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.pipeline import Pipeline

train, test = pd.read_csv("data/train.csv"), pd.read_csv("data/test.csv")


class Model(BaseEstimator, ClassifierMixin):
    def fit(self, X, y):
        self.classes_ = np.array([0, 1])
        self.X, self.y = X, y
        return self

    def predict(self, X):
        return {predict}


def make_pipeline():
    return Pipeline([("model", Model())])


submission = {submission}
submission.to_csv("submission.csv", index=False)
"""
WOMEN = "(X['Sex'] == 'female').astype(int).to_numpy()"
TABLE = "pd.DataFrame({'PassengerId': test['PassengerId'], 'Survived': make_pipeline().fit(train, train['Survived']).predict(test)})"

# line and attack -> (what predict returns, what is handed in, most that it may earn of 35 points)
CASES = {
    "M3 not a number": ("np.full(len(X), np.nan)", TABLE, 6),
    "M3 infinite": ("np.full(len(X), np.inf)", TABLE, 6),
    "M3 None": ("np.full(len(X), None)", TABLE, 6),
    "M3 strings": ("np.full(len(X), '1')", TABLE, 6),
    "M3 complex": ("np.full(len(X), 1j)", TABLE, 6),
    "M3 huge": ("np.full(len(X), 10**30, dtype=object)", TABLE, 6),
    "M3 sparse": ("__import__('scipy.sparse').sparse.csr_matrix(np.ones((len(X), 1)))", TABLE, 6),
    "M3 probabilities instead of labels": ("np.linspace(0, 1, len(X))", TABLE, 6),
    "M4 everybody dies": ("np.zeros(len(X), dtype=int)", TABLE, 23),  # the form is right
    "M4 everybody lives": ("np.ones(len(X), dtype=int)", TABLE, 23),  # the form is right
    "M4 by sex alone, the baseline": (WOMEN, TABLE, 28),
    "M1 by the number of the passenger": ("X['PassengerId'].to_numpy() % 2", TABLE, 20),
    "M2 too few rows": (f"{WOMEN}[:-1]", TABLE, 6),
    "M2 a column too many": (f"np.c_[{WOMEN}, {WOMEN}]", TABLE, 6),
    "M2 rows in another order": (WOMEN, f"{TABLE}.sample(frac=1, random_state=0)", 30),
    "M2 ids twice": (WOMEN, f"{TABLE}.assign(PassengerId=892)", 30),
    "M6 predictions typed in": (WOMEN, "pd.DataFrame({'PassengerId': test['PassengerId'], 'Survived': [0, 1] * 209})", 30),
    "M7 looks at who is predicted together": ("(X['Age'] > X['Age'].mean()).astype(int).to_numpy()", TABLE, 20),
    "M10 asks its callers for labels": (
        "[f.f_locals['y'] for f in iter(lambda f=[__import__('sys')._getframe()]: (f.append(f[-1].f_back), f[-1])[1], None)"
        " if 'y' in f.f_locals][0]",
        TABLE,
        6,
    ),
}  # fmt: skip


@pytest.mark.sandbox
@pytest.mark.parametrize("attack", CASES)
def test_it_does_not_pay(attack: str, warm_backend: Backend, root: Path, tmp_path: Path) -> None:
    predict, table, most = CASES[attack]
    course = load_course(root, [EXERCISE])
    exercise = course.exercise(EXERCISE)
    path = tmp_path / f"{exercise.name}.py"
    path.write_text(HEAD.format(predict=predict, submission=table))
    submission = read_submission(path, exercise, course.intake, student="mallory")
    result = grade(course, exercise, submission, backend=warm_backend)
    seen = [(v.check, v.outcome.value, v.points, v.details[-200:]) for v in result.verdicts]
    assert result.outcome is not Outcome.GRADER_ERROR, (result.extra, seen)
    assert all(v.outcome is not Outcome.GRADER_ERROR for v in result.verdicts), seen
    assert result.points <= most, seen


@pytest.mark.sandbox
def test_honest_work_pays(warm_backend: Backend, root: Path, tmp_path: Path) -> None:
    course = load_course(root, [EXERCISE])
    exercise = course.exercise(EXERCISE)
    path = tmp_path / f"{exercise.name}.py"
    path.write_bytes(build_reference(exercise))
    submission = read_submission(path, exercise, course.intake, student="kim")
    assert grade(course, exercise, submission, backend=warm_backend).outcome is Outcome.PASSED
