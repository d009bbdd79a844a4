"""Hidden checks of blending and stacking on digits: held-out inputs, what the blender learns from, accuracy."""

from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

from grader.checks import Remote, Text

SEEN = Text(
    "A member knows the validation rows: it must be fitted to the training rows alone.",
    "검증 세트를 이미 본 모델이 있어요. 모델은 훈련 세트로만 훈련해야 해요.",
)
LEAKY = Text(
    "The blender still knows the digits although all labels of the validation rows were shuffled: it has not learnt from "
    "`blend_train` and `y_valid` alone. From predictions for training rows it learns to trust whoever memorises best.",
    "검증 세트의 레이블을 뒤섞었는데도 블렌더가 숫자를 알아맞혀요. `blend_train`과 `y_valid`로만 학습한 것이 아니라는 뜻이에요. "
    "훈련 세트의 예측으로 학습하면 가장 잘 외우는 모델을 믿게 돼요.",
)
REFUSES = Text(
    "The blender refuses `blend_train`: it should be a classifier that was fitted to `blend_train` and `y_valid`.",
    "블렌더가 `blend_train`을 받지 못해요. 블렌더는 `blend_train`과 `y_valid`에 훈련한 분류기여야 해요.",
)
OTHERWISE = Text(
    "For the validation rows `blend_predict` answers otherwise than the blender does for `blend_train`: make the columns in "
    "the same way and in the same order, and let the blender predict.",
    "검증 세트에 대한 `blend_predict`의 답이, `blend_train`을 받은 블렌더의 답과 달라요. 열을 같은 방법, 같은 순서로 만들고 블렌더로 "
    "예측하세요.",
)
UNSEEN = Text(
    "The stack does not know what only the validation rows show: fit it to training and validation rows together.",
    "검증 세트에만 나오는 것을 스태킹이 몰라요. 훈련 세트와 검증 세트를 합쳐 훈련하세요.",
)
OTHERS = Text(
    "`blend_train` does not hold what the members predict for the validation rows, member by member in the order of `base`.",
    "`blend_train`이 검증 세트에 대한 모델들의 예측과 달라요. `base`의 순서대로 모델마다 K개 열을 쓰세요.",
)


@pytest.fixture
def digits(seed):
    """Digits under names drawn by lot, cut 60 : 20 : 20; labels of the validation rows also shuffled."""
    X, y = load_digits(return_X_y=True)
    rng = np.random.default_rng(seed)
    y = rng.permutation(10)[y]
    X_rest, X_test, y_rest, y_test = train_test_split(X, y, test_size=360, stratify=y, random_state=seed % 2**32)
    X, X_valid, y, y_valid = train_test_split(X_rest, y_rest, test_size=360, stratify=y_rest, random_state=seed % 2**32)
    return SimpleNamespace(
        X=X, y=y, X_valid=X_valid, y_valid=y_valid, X_test=X_test, y_test=y_test, lost=rng.permutation(y_valid)
    )


@pytest.fixture
def parts(submission, remembered, digits):
    """What the submission builds for digits."""
    d = digits
    return remembered("digits", lambda: submission.call("build", d.X, d.y, d.X_valid, d.y_valid, hold=True))


@pytest.fixture
def lost(submission, remembered, digits):
    """What it builds when the labels of the validation rows say nothing."""
    d = digits
    return remembered("lost", lambda: submission.call("build", d.X, d.y, d.X_valid, d.lost, hold=True))


def part(expect, built, name):
    """One of the four parts, held inside."""
    expect.true(
        built.is_a("dict") and built.call("__contains__", name) is True,
        en=f'`build` should return a dict with an entry "{name}".',
        ko=f'`build`는 "{name}" 항목이 있는 딕셔너리를 돌려주어야 해요.',
    )
    return built.call("__getitem__", name, hold=True)


def labels(expect, target, X, method="predict"):
    """Predicted labels as integers."""
    found = target.call(method, X)
    expect.shape(found, (len(X),))
    expect.dtype(found, "number")
    return np.asarray(found)


def members(expect, built, at_least=1):
    """The fitted classifiers of ``base``, in their order."""
    held = part(expect, built, "base")
    expect.true(
        held.is_a("dict"), en="`base` should be a dict of classifiers.", ko="`base`는 분류기의 딕셔너리여야 해요."
    )
    rows = list(held.call("values", hold=True).call("__iter__", hold=True).take(12))
    expect.true(
        len(rows) >= at_least and all(isinstance(row, Remote) for row in rows),
        en="`base` needs at least three fitted classifiers.",
        ko="`base`에 훈련한 분류기가 세 개 이상 있어야 해요.",
    )
    return rows


def accuracy(found, truth):
    """Share of right labels."""
    return float(np.mean(found == truth))


@pytest.mark.points(3)
@pytest.mark.timeout(120)
@pytest.mark.hint(
    en="Use classifiers of different classes, each of which is good at digits by itself.",
    ko="클래스가 다른 분류기를 쓰고, 저마다 숫자를 잘 알아맞히게 하세요.",
)
def test_members(digits, parts, expect):
    """At least three members of different classes, each above 90 %.

    ko: 클래스가 다른 모델이 세 개 이상이고 저마다 정확도가 90 %를 넘는다.
    """
    found = members(expect, parts, at_least=3)
    expect.true(
        len({member.type_name for member in found}) > 1,
        en="All members are of the same class: they make the same mistakes.",
        ko="모델이 모두 같은 클래스예요. 같은 곳에서 틀리게 돼요.",
    )
    for member in found:
        right = accuracy(labels(expect, member, digits.X_test), digits.y_test)
        expect.at_least(right, 0.9, what=Text("accuracy of a member", "모델의 정확도"), measured=True)


@pytest.mark.points(5)
@pytest.mark.timeout(120)
@pytest.mark.needs("test_table_of_the_blender")
@pytest.mark.hint(
    en="Call each member's predict_proba with X_valid; do not fit the members to X_valid before.",
    ko="모델마다 predict_proba에 X_valid를 넣으세요. 그 전에 X_valid로 훈련하면 안 돼요.",
)
def test_table_is_held_out(digits, parts, lost, expect):
    """`blend_train` holds predictions for rows that the members have not seen.

    ko: `blend_train`에는 모델들이 보지 못한 행의 예측이 들어 있다.
    """
    d = digits
    for member in members(expect, lost):
        known = accuracy(labels(expect, member, d.X_valid), d.lost)
        expect.true(known < 0.5, en=SEEN.en, ko=SEEN.ko)
    found = members(expect, parts)
    table = part(expect, parts, "blend_train").call("__getitem__", ...)
    expect.shape(table, (360, 10 * len(found)), message=OTHERS)
    expect.finite(table)
    blocks = np.asarray(table, dtype=float).reshape(360, len(found), 10)
    predicted = np.array([labels(expect, member, d.X_valid) for member in found]).T
    agree = blocks.argmax(axis=2) == predicted
    expect.true(bool((agree.mean(axis=0) > 0.95).all()), en=OTHERS.en, ko=OTHERS.ko)
    # Whose columns these are shows where the members disagree. Probabilities by Platt's method may have another arg-max.
    disputed = (predicted != predicted[:, :1]).any(axis=1)
    expect.true(disputed.sum() < 5 or agree[disputed].mean() > 0.75, en=OTHERS.en, ko=OTHERS.ko)


@pytest.mark.points(5)
@pytest.mark.timeout(120)
@pytest.mark.needs("test_blend_of_three_clouds")
@pytest.mark.hint(
    en="blender.fit(blend_train, y_valid): only validation rows, and nothing that a member was fitted to.",
    ko="blender.fit(blend_train, y_valid)예요. 검증 세트만 쓰고, 모델이 훈련에 쓴 행은 쓰지 마세요.",
)
def test_blender_learns_from_validation_rows(submission, digits, parts, lost, expect):
    """With labels of the validation rows that say nothing, the blender learns nothing.

    ko: 검증 세트의 레이블에 뜻이 없으면 블렌더는 아무것도 배우지 못한다.
    """
    d = digits
    good = submission.call("blend_predict", parts, d.X_test)
    expect.shape(good, (360,))
    expect.dtype(good, "number")
    expect.at_least(accuracy(np.asarray(good), d.y_test), 0.7, what=Text("accuracy", "정확도"), measured=True)
    bad = submission.call("blend_predict", lost, d.X_test)
    expect.shape(bad, (360,))
    expect.dtype(bad, "number")
    answers = submission.call("blend_predict", lost, d.X_valid)
    expect.shape(answers, (360,))
    with expect.explains(ValueError, REFUSES):
        wanted = part(expect, lost, "blender").call("predict", part(expect, lost, "blend_train"))
    # a table of other rows is another check's business
    same = np.shape(wanted) != (360,) or accuracy(np.asarray(answers), np.asarray(wanted)) > 0.98
    expect.true(same, message=OTHERWISE)
    knows = accuracy(np.asarray(bad), d.y_test) >= 0.5
    seen = knows and any(accuracy(labels(expect, member, d.X_valid), d.lost) >= 0.5 for member in members(expect, lost))
    expect.true(not knows, message=SEEN if seen else LEAKY)


def single_tree(d):
    """Accuracy of a single decision tree on the test rows."""
    return float(DecisionTreeClassifier(random_state=0).fit(d.X, d.y).score(d.X_test, d.y_test))


@pytest.mark.points(6)
@pytest.mark.timeout(120)
@pytest.mark.needs("test_blend_of_three_clouds")
@pytest.mark.hint(
    en="Better members, more different ones, and probabilities in place of labels all help.",
    ko="더 좋은 모델, 더 다양한 모델, 레이블 대신 확률을 쓰는 것이 모두 도움이 돼요.",
)
def test_accuracy_of_the_blend(submission, digits, parts, expect, band):
    """Accuracy of the blend on digits that nobody has seen.

    ko: 아무도 보지 못한 숫자에서 블렌딩의 정확도.
    """
    found = submission.call("blend_predict", parts, digits.X_test)
    expect.shape(found, (360,))
    expect.metric(band["blend_accuracy"], accuracy(np.asarray(found), digits.y_test), baseline=single_tree(digits))


def clouds(rng, *rows):
    """As many points as asked for around each of four places; the second and the fourth have the same label."""
    places = np.repeat([[0.0, 0.0], [6.0, 0.0], [12.0, -6.0], [0.0, 6.0]][: len(rows)], rows, axis=0)
    return places + 0.8 * rng.normal(size=places.shape), np.repeat([4, 7, 8, 7][: len(rows)], rows)


@pytest.mark.points(3)
@pytest.mark.timeout(120)
@pytest.mark.needs("test_stack_of_three_clouds")
@pytest.mark.hint(
    en="Hand over unfitted classifiers and cv=3, then fit the stack to training and validation rows.",
    ko="훈련하지 않은 분류기와 cv=3을 주고, 스태킹 분류기를 훈련 세트와 검증 세트에 훈련하세요.",
)
def test_stack_makes_its_own_predictions(submission, digits, parts, expect, rng):
    """The stack learns from out-of-fold predictions, and from all rows.

    ko: 스태킹은 아웃 오브 폴드 예측으로, 훈련 세트와 검증 세트 모두에서 학습한다.
    """
    stack = part(expect, parts, "stack_clf")
    expect.params(
        stack,
        {"cv": lambda cv: cv != "prefit"},
        message=Text(
            'With cv="prefit" the final model sees predictions for rows that the members were fitted to.',
            'cv="prefit"이면 모델들이 이미 본 행의 예측으로 마지막 모델을 훈련하게 돼요.',
        ),
    )
    d = digits
    expect.at_least(
        accuracy(labels(expect, stack, d.X_test), d.y_test), 0.7, what=Text("accuracy", "정확도"), measured=True
    )
    fitted = part(expect, parts, "stack_clf").get("estimators_", hold=True).call("__len__")
    expect.at_least(fitted, 3, what=Text("number of members of the stack", "스태킹에 든 모델의 수"))
    # the fourth cloud is in the validation rows only: who has not seen it finds it nearer to another label
    built = submission.call("build", *clouds(rng, 40, 40, 40), *clouds(rng, 20, 20, 20, 40), hold=True)
    found = labels(expect, part(expect, built, "stack_clf"), clouds(rng, 0, 0, 0, 60)[0])
    expect.true(np.mean(found == 7) > 0.3, message=UNSEEN)


@pytest.mark.points(5)
@pytest.mark.timeout(120)
@pytest.mark.needs("test_stack_of_three_clouds")
@pytest.mark.hint(
    en="The final estimator may be plain; the members decide. Forests, neighbours and support vectors differ well.",
    ko="마지막 모델은 단순해도 괜찮아요. 중요한 것은 구성원이에요. 포레스트, 이웃, 서포트 벡터는 서로 많이 달라요.",
)
def test_accuracy_of_the_stack(digits, parts, expect, band):
    """Accuracy of the stack on digits that it has not seen.

    ko: 보지 못한 숫자에서 스태킹의 정확도.
    """
    found = labels(expect, part(expect, parts, "stack_clf"), digits.X_test)
    expect.metric(band["stack_accuracy"], accuracy(found, digits.y_test), baseline=single_tree(digits))
