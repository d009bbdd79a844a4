"""Hidden checks of blending and stacking: members, whose columns the blender learns from, accuracy on digits."""

from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

from grader.checks import SubmissionRaised, Text

NAMES = ("base", "blend_train", "blender", "stack_clf")
FEW = Text("At least three fitted classifiers are asked for.", "훈련한 분류기가 세 개 이상 있어야 해요.")
ALIKE = Text("All members are of the same class.", "모델이 모두 같은 클래스예요.")
SEEN = Text("A member knows labels of the validation rows.", "검증 세트의 레이블을 아는 모델이 있어요.")
OTHERS = Text(
    "`blend_train` does not hold what the members of `base` say of the validation rows.",
    "`blend_train`의 값이 `base`의 모델들이 검증 세트에 대해 한 예측과 달라요.",
)


@pytest.fixture
def digits(seed):
    """Digits under names drawn by lot, cut 60 : 20 : 20."""
    X, y = load_digits(return_X_y=True)
    y = np.random.default_rng(seed).permutation(10)[y]
    X, X_test, y, y_test = train_test_split(X, y, test_size=360, stratify=y, random_state=seed % 2**32)
    X, X_valid, y, y_valid = train_test_split(X, y, test_size=360, stratify=y, random_state=seed % 2**32)
    tree = DecisionTreeClassifier(random_state=0).fit(X, y)
    return SimpleNamespace(
        given=(X, y, X_valid, y_valid), X_test=X_test, y_test=y_test, tree=float(tree.score(X_test, y_test))
    )


@pytest.fixture
def parts(submission, remembered, digits):
    """What the submission builds for digits."""
    return remembered("digits", lambda: submission.call("build", *digits.given, hold=True))


def small_tables(rng, noise=0.1):
    """Rows of four kinds. Validation rows bear a mark and the label of another kind: it shows who has seen them."""
    labels = np.sort(rng.choice(50, 4, replace=False))
    kind, kind_valid = rng.permutation(np.arange(120) % 4), rng.permutation(np.arange(80) % 4)
    X, X_valid = (3 * np.eye(4)[each] + noise * rng.normal(size=(len(each), 4)) for each in (kind, kind_valid))
    X, X_valid = np.hstack([X, 0 * X]), np.hstack([X_valid, 1.5 * np.eye(4)[kind_valid]])
    other = labels[(kind_valid + 1) % 4]
    return SimpleNamespace(
        given=(X, labels[kind], X_valid, other), X_valid=X_valid, by_training=labels[kind_valid], labels=labels
    )


def part(parts, name, hold=True):
    """One of the four parts, also where they stand in a tuple."""
    return parts.call("__getitem__", name if parts.is_a("dict") else NAMES.index(name), hold=hold)


def members(parts):
    base = part(parts, "base")
    return (base.call("values", hold=True) if base.is_a("dict") else base).call("__iter__", hold=True).take(12)


@pytest.mark.points(3)
def test_members(expect, rng):
    """At least three members, not all of the same class.

    ko: 모델이 세 개 이상이고 모두 같은 클래스는 아니다.
    asks: at least three fitted classifiers, not all of the same class
    asks-ko: 분류기는 세 개 이상이고 모두 같은 클래스여서는 안 됩니다
    hint: A forest, nearest neighbours and a support vector classifier err in different places.
    hint-ko: 랜덤 포레스트, 최근접 이웃, 서포트 벡터 분류기는 서로 다른 곳에서 틀려요.
    """
    given = small_tables(rng).given

    def number(code):
        return "three or more" if len(members(code.call("build", *given, hold=True))) > 2 else "fewer"

    def classes(code):
        found = members(code.call("build", *given, hold=True))
        last = [each.call("__getitem__", -1, hold=True) if each.is_a("Pipeline") else each for each in found]
        return "different" if len({each.type_name for each in last}) > 1 else "all of the same class"

    expect.agree(number, "three or more", message=FEW)
    expect.agree(classes, "different", message=ALIKE)


@pytest.mark.points(4)
def test_members_know_training_rows_alone(expect, rng):
    """No member of `base` knows labels of validation rows.

    ko: `base`의 어떤 모델도 검증 세트의 레이블을 모른다.
    asks: seen the training rows and **nothing** of the validation rows
    asks-ko: 훈련 세트만 보았고 검증 세트는 **전혀** 보지 않은 분류기여야 합니다
    hint: member.fit(X_train, y_train), once, and nothing else.
    hint-ko: member.fit(X_train, y_train)을 한 번만 하고, 그 뒤에 다시 훈련하지 마세요.
    """
    tables = small_tables(rng)

    def farthest(code):
        """What the member says that follows the training rows least."""
        base = members(code.call("build", *tables.given, hold=True))
        found = [np.asarray(each.call("predict", tables.X_valid)) for each in base]
        return min(found, key=lambda labels: np.mean(labels == tables.by_training))

    def compare(found, wanted):
        expect.shape(found, np.shape(wanted))
        expect.true(bool(np.mean(np.asarray(found) == wanted) >= 0.9), message=SEEN)

    expect.agree(farthest, tables.by_training, how=compare)


@pytest.mark.points(3)
@pytest.mark.needs("test_table_of_the_blender")
def test_columns_of_the_table(expect, rng):
    """The table's columns are the members' own probabilities, in the order of `base`.

    ko: 표의 열은 `base`의 순서대로 모델들이 예측한 확률이다.
    asks: They hold the member's `predict_proba` for the validation rows
    asks-ko: 검증 세트에 대한 그 모델의 `predict_proba` 값을 넣고
    hint: Go through base.values() in order, and call predict_proba with X_valid where a member has it.
    hint-ko: base.values()를 차례로 돌면서, predict_proba가 있는 모델이면 X_valid를 넣어 부르세요.
    """
    tables = small_tables(rng, noise=1.2)

    def said(member, hard):
        try:
            if not hard:
                return np.asarray(member.call("predict_proba", tables.X_valid))
        except SubmissionRaised:
            pass  # it has none
        return 1.0 * (np.asarray(member.call("predict", tables.X_valid))[:, np.newaxis] == tables.labels)

    def columns(code):
        parts = code.call("build", *tables.given, hold=True)
        base, table = members(parts), np.asarray(part(parts, "blend_train", hold=False), dtype=float)
        own, hard = ([said(each, labels) for each in base] for labels in (False, True))
        if table.shape == (80, 4 * len(base)):
            blocks = table.reshape(80, len(base), 4).transpose(1, 0, 2)
            for words, wanted in (("as asked", own), ("labels for probabilities", hard)):
                if np.allclose(blocks, wanted, atol=1e-6):
                    return words
            if all(any(np.allclose(block, each, atol=1e-6) for each in own) for block in blocks):
                return "another order"
        return "other values"

    expect.agree(columns, "as asked", message=OTHERS)


@pytest.mark.points(3)
def test_stack_makes_its_own_predictions(expect, rng):
    """The stack cross-validates at least three classifiers.

    ko: 스태킹 분류기는 세 개 이상의 분류기를 교차 검증한다.
    asks: It makes its own out-of-fold predictions, so `cv="prefit"` is not for it.
    asks-ko: 아웃 오브 폴드 예측을 스스로 만들게 해야 하므로 `cv="prefit"`은 쓰지 않습니다.
    hint: Hand over three unfitted classifiers or more, and cv=3.
    hint-ko: 훈련하지 않은 분류기를 세 개 이상 주고, cv=3을 쓰세요.
    """
    given = small_tables(rng).given

    def stack(code):
        return part(code.call("build", *given, hold=True), "stack_clf")

    def folds(code):
        if not stack(code).is_a("StackingClassifier"):
            return "of another class"
        return "prefit" if stack(code).get("cv") == "prefit" else "folds"

    def number(code):
        if not stack(code).is_a("StackingClassifier"):
            return "of another class"
        return "three or more" if len(stack(code).get("estimators")) > 2 else "fewer"

    expect.agree(folds, "folds")
    expect.agree(number, "three or more", message=FEW)


def right_labels(expect, found, digits):
    """Share of right labels."""
    expect.shape(found, (360,))
    return float(np.mean(np.asarray(found) == digits.y_test))


@pytest.mark.points(4)
@pytest.mark.timeout(120)
@pytest.mark.needs("test_blend_follows_the_validation_rows")
def test_accuracy_of_the_blend(submission, digits, parts, expect, band):
    """Accuracy of the blend on digits that nobody has seen.

    ko: 아무도 보지 못한 숫자에서 블렌딩의 정확도.
    asks: measures `blend_predict` and `stack_clf` on the rest
    asks-ko: 거기서 `blend_predict`와 `stack_clf`의 정확도를 잽니다
    hint: Better members, more different ones, and probabilities in place of labels all help.
    hint-ko: 더 좋은 모델, 더 다양한 모델, 레이블 대신 확률을 쓰는 것이 모두 도움이 돼요.
    """
    found = right_labels(expect, submission.call("blend_predict", parts, digits.X_test), digits)
    expect.metric(band["blend_accuracy"], found, baseline=digits.tree)


@pytest.mark.points(3)
@pytest.mark.timeout(120)
@pytest.mark.needs("test_stack_knows_all_rows")
def test_accuracy_of_the_stack(digits, parts, expect, band):
    """Accuracy of the stack on digits that it has not seen.

    ko: 보지 못한 숫자에서 스태킹의 정확도.
    asks: measures `blend_predict` and `stack_clf` on the rest
    asks-ko: 거기서 `blend_predict`와 `stack_clf`의 정확도를 잽니다
    hint: The final estimator may be plain; the members decide. Forests, neighbours and support vectors differ well.
    hint-ko: 마지막 모델은 단순해도 괜찮아요. 중요한 것은 구성원이에요. 포레스트, 이웃, 서포트 벡터는 서로 많이 달라요.
    """
    found = right_labels(expect, part(parts, "stack_clf").call("predict", digits.X_test), digits)
    expect.metric(band["stack_accuracy"], found, baseline=digits.tree)
