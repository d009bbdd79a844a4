"""Visible checks of blending: the four parts, the layout of the blender's table, three clouds."""

import numpy as np
import pytest

from grader.checks import Text

ROWS = Text(
    "`blend_train` needs one row for each validation row: for training rows the members' predictions are too good to learn "
    "from.",
    "`blend_train`에는 검증 세트의 행마다 한 행이 있어야 해요. 훈련 세트의 예측은 너무 잘 맞아서 배울 것이 없어요.",
)
COLUMNS = Text(
    "`blend_train` needs K columns for each member, one for each class: a label as a number is no use to a linear blender.",
    "`blend_train`에는 모델마다 열이 K개, 곧 클래스마다 하나씩 있어야 해요. 번호로 된 레이블은 선형 블렌더에 쓸모가 없어요.",
)
GROUPED = Text(
    "The columns are grouped by class: first come all K columns of the first member, then all K of the next.",
    "열이 클래스별로 묶여 있어요. 첫째 모델의 열 K개가 모두 나온 다음 둘째 모델의 열 K개가 와야 해요.",
)
NOT_ONE = Text(
    "A member's K columns do not sum to 1: they hold its probabilities, or a single 1 for the label that it predicts.",
    "한 모델의 열 K개를 더해도 1이 아니에요. 확률을 넣거나, 예측한 레이블의 열에만 1을 넣으세요.",
)
GUESSES = Text(
    "The blend all but guesses: does it make its columns as for `blend_train`, and does each row of the blender's training go "
    "with its own label?",
    "블렌딩이 거의 찍는 수준이에요. `blend_train`과 같은 방법으로 열을 만드나요? 블렌더를 훈련할 때 행과 레이블의 짝이 맞나요?",
)
CENTRES = np.array([[0.0, 5.0], [5.0, -3.0], [-5.0, -3.0]])


def clouds(rng, rows):
    """Three clouds with the labels 2, 5 and 9."""
    which = rng.integers(3, size=rows)
    which[:6] = [0, 1, 2, 0, 1, 2]
    return CENTRES[which] + rng.normal(size=(rows, 2)), np.array([2, 5, 9])[which]


@pytest.fixture
def parts(submission, remembered, seed):
    """What the submission builds for three clouds, with the rows that it was given."""

    def make():
        rng = np.random.default_rng(seed)
        train, valid = clouds(rng, 120), clouds(rng, 60)
        return submission.call("build", *train, *valid, hold=True), train, valid

    return remembered("clouds", make)


def part(expect, built, name):
    """One of the four parts, held inside."""
    expect.true(
        built.is_a("dict") and built.call("__contains__", name) is True,
        en=f'`build` should return a dict with an entry "{name}".',
        ko=f'`build`는 "{name}" 항목이 있는 딕셔너리를 돌려주어야 해요.',
    )
    return built.call("__getitem__", name, hold=True)


@pytest.mark.points(3)
@pytest.mark.hint(
    en='Fit every member to X_train, y_train; return {"base": ..., "blend_train": ..., "blender": ..., "stack_clf": ...}.',
    ko='모든 모델을 X_train, y_train에 훈련하고 {"base": ..., "blend_train": ..., "blender": ..., "stack_clf": ...}를 돌려주세요.',
)
def test_table_of_the_blender(parts, expect):
    """`blend_train` has K columns for each member, which sum to 1.

    ko: `blend_train`에는 모델마다 열이 K개 있고 그 합이 1이다.
    """
    built, _, (X_valid, _) = parts
    n_members = part(expect, built, "base").call("__len__")
    expect.at_least(n_members, 3, what=Text("number of members", "모델의 수"))
    table = part(expect, built, "blend_train").call("__getitem__", ...)
    expect.shape(table, (None, None))
    expect.shape(table, (len(X_valid), None), message=ROWS)
    expect.shape(table, (len(X_valid), 3 * n_members), message=COLUMNS)
    expect.finite(table)
    expect.between(table, 0, 1)
    table = np.asarray(table, dtype=float)
    by_class = table.reshape(len(X_valid), 3, n_members).sum(axis=1)
    message = GROUPED if np.allclose(by_class, 1) else NOT_ONE
    blocks = table.reshape(len(X_valid), n_members, 3)
    expect.close(blocks.sum(axis=2), np.ones((len(X_valid), n_members)), atol=1e-6, message=message)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Make the same columns for X as for the validation rows, and let the blender predict.",
    ko="검증 세트와 같은 방법으로 X의 열을 만들어 블렌더로 예측하세요.",
)
def test_blend_of_three_clouds(submission, parts, expect, rng):
    """The blend names new points of three clouds.

    ko: 블렌딩이 세 무리의 새로운 점을 알아맞힌다.
    """
    X, y = clouds(rng, 90)
    predicted = submission.call("blend_predict", parts[0], X)
    expect.shape(predicted, (90,))
    expect.dtype(predicted, "number")
    right = float(np.mean(np.asarray(predicted) == y))
    expect.at_least(right, 0.9, what=Text("accuracy", "정확도"), message=GUESSES if right < 0.6 else None)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="`StackingClassifier([(name, classifier), ...], final_estimator, cv=3).fit(all rows so far)`.",
    ko="`StackingClassifier([(이름, 분류기), ...], final_estimator, cv=3).fit(훈련 세트와 검증 세트)`를 쓰세요.",
)
def test_stack_of_three_clouds(parts, expect, rng):
    """The stack names new points of three clouds.

    ko: 스태킹이 세 무리의 새로운 점을 알아맞힌다.
    """
    stack = part(expect, parts[0], "stack_clf")
    expect.true(
        stack.is_a("StackingClassifier"),
        en="`stack_clf` should be a StackingClassifier.",
        ko="`stack_clf`는 StackingClassifier여야 해요.",
    )
    X, y = clouds(rng, 90)
    predicted = stack.call("predict", X)
    expect.shape(predicted, (90,))
    expect.dtype(predicted, "number")
    expect.true(
        len(np.unique(np.asarray(predicted))) > 1,
        en="The stack gives every point the same label: its final estimator has learnt nothing.",
        ko="스태킹이 모든 점에 같은 레이블을 주었어요. 마지막 모델이 아무것도 배우지 못했어요.",
    )
    expect.at_least(float(np.mean(np.asarray(predicted) == y)), 0.9, what=Text("accuracy", "정확도"))
