"""Visible checks of blending: the four parts, the blender's table, and who has learnt from which rows."""

import numpy as np
import pytest

from grader.checks import Text

NAMES = ("base", "blend_train", "blender", "stack_clf")
FORM = Text(
    "`build` and `base` should be dicts, and `blend_train` an array.",
    "`build`가 돌려주는 것과 `base`는 딕셔너리, `blend_train`은 배열이어야 해요.",
)
LAYOUT = Text(
    "`blend_train` is not laid out as asked: K columns for the first member, then K for the next; each member's sum to 1.",
    "`blend_train`의 모양이 문제와 달라요. 첫째 모델의 열 K개, 다음 모델의 열 K개 순서이고, 모델마다 열을 더하면 1이에요.",
)
CLASS = Text("`stack_clf` should be a StackingClassifier.", "`stack_clf`는 StackingClassifier여야 해요.")
OTHERWISE = Text("Some labels are not those that should come out here.", "나와야 할 레이블과 다른 것이 있어요.")

# Rows of three kinds. Validation rows bear a mark in the last three columns, and other labels than training rows of their
# kind: the labels that come out show which rows somebody has learnt from.
TRAINING, VALIDATION = np.array([2, 5, 9]), np.array([5, 9, 2])


def rows(rng, n, mark=0):
    """So many rows, and the kind of each."""
    kind = rng.permutation(np.arange(n) % 3)
    own = np.eye(3)[kind]
    return np.hstack([3 * own + 0.1 * rng.normal(size=(n, 3)), mark * own]), kind


RNG = np.random.default_rng(5)
(X, KIND), (X_VALID, KIND_VALID) = rows(RNG, 120), rows(RNG, 180, mark=1.5)
(NEW, KIND_NEW), (MARKED, KIND_MARKED) = rows(RNG, 60), rows(RNG, 60, mark=1.5)


def built(code):
    return code.call("build", X, TRAINING[KIND], X_VALID, VALIDATION[KIND_VALID], hold=True)


def part(parts, name, hold=True):
    """One of the four parts, also where they stand in a tuple."""
    return parts.call("__getitem__", name if parts.is_a("dict") else NAMES.index(name), hold=hold)


def members(parts):
    base = part(parts, "base")
    return (base.call("values", hold=True) if base.is_a("dict") else base).call("__iter__", hold=True).take(12)


def read(parts):
    """In words how the blender's table is laid out, and its entries by row, member and class where it has them."""
    table, n = np.asarray(part(parts, "blend_train", hold=False), dtype=float), len(members(parts))
    if np.array_equal(table, X_VALID):
        return "the validation rows themselves", None
    if table.shape[1] != 3 * n:
        return f"{table.shape[1] / n:g} columns for each member", None
    by_member, by_class = table.reshape(-1, n, 3), table.reshape(-1, 3, n).transpose(0, 2, 1)
    for words, entries in (("member by member", by_member), ("class by class", by_class)):
        if np.allclose(entries.sum(axis=2), 1):
            return words, entries
    return "sums other than 1", by_member


@pytest.fixture
def same_labels(expect):
    """How labels are compared: nine in ten are enough, for these rows are easy."""

    def compare(found, wanted):
        expect.shape(found, np.shape(wanted))
        expect.true(bool(np.mean(np.asarray(found) == wanted) >= 0.9), message=OTHERWISE)

    return compare


@pytest.mark.points(1)
def test_form_of_the_parts(expect):
    """Dicts and an array.

    ko: 딕셔너리와 배열.
    asks: `build(X_train, y_train, X_valid, y_valid) -> dict` with four entries
    asks-ko: `build(X_train, y_train, X_valid, y_valid) -> dict`: 항목이 네 개인 딕셔너리를 돌려줍니다
    hint: Return {"base": ..., "blend_train": ..., "blender": ..., "stack_clf": ...}.
    hint-ko: {"base": ..., "blend_train": ..., "blender": ..., "stack_clf": ...}를 돌려주세요.
    """

    def others(code):
        parts = built(code)
        kinds = {"build": (parts, "dict"), "base": (part(parts, "base"), "dict")}
        kinds["blend_train"] = part(parts, "blend_train"), "ndarray"
        return [name for name, (found, kind) in kinds.items() if not found.is_a(kind)]

    expect.agree(others, [], message=FORM)


@pytest.mark.points(4)
def test_table_of_the_blender(expect, same_labels):
    """`blend_train` holds what each member says of the validation rows.

    ko: `blend_train`에는 검증 세트의 행마다 모델들이 한 예측이 들어 있다.
    asks: The first K columns belong to the first member of `base`, the next K to the second
    asks-ko: 처음 K개 열은 `base`의 첫째 모델, 다음 K개 열은 둘째 모델의 것이고
    hint: Fit each member to X_train, y_train; then put what each of them says of X_valid side by side with np.hstack.
    hint-ko: 모델마다 X_train, y_train으로 훈련한 다음, X_valid에 대한 예측을 np.hstack으로 나란히 붙이세요.
    """

    def said(code):
        words, entries = read(built(code))
        return words if entries is None else TRAINING[entries.mean(axis=1).argmax(axis=1)]

    expect.agree(lambda code: read(built(code))[0], "member by member", message=LAYOUT)
    expect.agree(said, TRAINING[KIND_VALID], how=same_labels)


@pytest.mark.points(7)
def test_blend_follows_the_validation_rows(expect, same_labels):
    """The blender has learnt the labels of the validation rows, and decides.

    ko: 블렌더가 검증 세트의 레이블을 배워서 최종 예측을 한다.
    asks: a classifier that was fitted to `blend_train` and `y_valid`
    asks-ko: `blend_train`과 `y_valid`에 훈련한 분류기
    hint: blender.fit(blend_train, y_valid). For new rows make the columns in the same way, and let the blender predict.
    hint-ko: blender.fit(blend_train, y_valid)예요. 새로운 행도 같은 방법으로 열을 만들어 블렌더로 예측하세요.
    """

    def blended(code, X):
        found = np.asarray(code.call("blend_predict", built(code), X))
        return found if found.ndim == 1 else f"an array with {found.ndim} dimensions"

    def of_its_table(code):
        parts = built(code)
        return np.asarray(part(parts, "blender").call("predict", part(parts, "blend_train")))

    expect.agree(lambda code: blended(code, NEW), VALIDATION[KIND_NEW], how=same_labels)
    expect.agree(lambda code: blended(code, MARKED), VALIDATION[KIND_MARKED], how=same_labels)
    expect.agree(of_its_table, VALIDATION[KIND_VALID], how=same_labels)


@pytest.mark.points(3)
def test_stack_knows_all_rows(expect, same_labels):
    """The stack has learnt from training and validation rows.

    ko: 스태킹 분류기가 훈련 세트와 검증 세트를 모두 배웠다.
    asks: fitted to training and validation rows together
    asks-ko: 훈련 세트와 검증 세트를 합쳐 훈련합니다
    hint: `StackingClassifier([(name, classifier), ...], final_estimator, cv=3).fit(all rows so far)`.
    hint-ko: `StackingClassifier([(이름, 분류기), ...], final_estimator, cv=3).fit(훈련 세트와 검증 세트)`를 쓰세요.
    """

    def kind(code):
        return "as asked" if part(built(code), "stack_clf").is_a("StackingClassifier") else "of another class"

    def stacked(code, X):
        return np.asarray(part(built(code), "stack_clf").call("predict", X))

    expect.agree(kind, "as asked", message=CLASS)
    expect.agree(lambda code: stacked(code, NEW), TRAINING[KIND_NEW], how=same_labels)
    expect.agree(lambda code: stacked(code, MARKED), VALIDATION[KIND_MARKED], how=same_labels)
