"""Hidden checks: counts, honest cross-validation, labels, macro F1 out of fold, the error of cleaned images."""

import numpy as np
import pytest

from grader.checks import Text

LEAK = Text(
    "The scaler has seen the test folds: it was fitted before the cross-validation. Put it into a pipeline.",
    "스케일러가 테스트 폴드를 보았어요. 교차 검증 전에 훈련했기 때문이에요. 파이프라인에 넣으세요.",
)
IN_SAMPLE = Text(
    "This is the score on the very rows that the model was trained on: use out-of-fold predictions.",
    "모델을 훈련한 바로 그 데이터로 잰 점수예요. 폴드 밖 예측을 쓰세요.",
)
FIVE = Text("This comes of five folds: pass `cv=3`.", "폴드 다섯 개로 나온 값이에요. `cv=3`을 주세요.")
SHUFFLED = Text(
    "The folds were shuffled: pass `cv=3`, which does not shuffle.",
    "폴드를 섞었어요. 섞지 않는 `cv=3`을 주세요.",
)
ALL_ROWS = Text(
    "This comes of all 1,797 digits: the 450 test digits stay out.",
    "숫자 1,797개를 모두 쓴 값이에요. 테스트용 450개는 쓰지 마세요.",
)
FOLD_BY_FOLD = Text(
    "This is the mean of an F1 for each fold: collect the out-of-fold predictions of all digits, then compute F1 once.",
    "폴드마다 F1을 따로 구해 평균했어요. 모든 숫자의 폴드 밖 예측을 모은 다음 F1을 한 번만 계산하세요.",
)
FOLDS = Text(
    "These are the accuracies of the three folds: their mean is wanted.",
    "폴드 세 개의 정확도예요. 이 셋의 평균이 필요해요.",
)
WHOLE = Text(
    "Every pixel comes out as a whole number: it was chosen among classes, but a pixel is a quantity.",
    "픽셀이 모두 정수로 나와요. 클래스를 고르듯 예측한 것인데, 픽셀은 클래스가 아니라 양이에요.",
)
OTHER_RAW = Text("This is the accuracy without scaling.", "이것은 스케일을 조정하지 않은 정확도예요.")
OTHER_SCALED = Text("This is the accuracy with scaling.", "이것은 스케일을 조정한 정확도예요.")


@pytest.mark.points(2)
@pytest.mark.hint(en="One classifier for each of the ten digits.", ko="숫자 열 개마다 분류기가 하나씩이에요.")
def test_one_vs_rest(submission, expect):
    """Classifiers of one-vs-rest.

    ko: OvR 분류기의 수.
    """
    expect.type(submission["n_ovr"], int, what="n_ovr")
    expect.close(submission["n_ovr"], 10)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="How many pairs can be made of ten digits, when the order plays no part?",
    ko="숫자 열 개로 순서를 따지지 않고 만들 수 있는 짝은 몇 개일까요?",
)
def test_one_vs_one(submission, expect):
    """Classifiers of one-vs-one.

    ko: OvO 분류기의 수.
    """
    twice = Text("Each pair is counted twice.", "짝마다 두 번씩 세었어요.")
    with_itself = Text("A digit makes no pair with itself.", "숫자는 자기 자신과 짝이 되지 않아요.")
    per_class = Text(
        "This is one classifier for each class: one-vs-one trains one for each *pair*.",
        "클래스마다 하나씩이에요. OvO는 클래스의 *짝*마다 하나씩 훈련해요.",
    )
    expect.type(submission["n_ovo"], int, what="n_ovo")
    expect.close(submission["n_ovo"], 45, mistakes=[(90, twice), (55, with_itself), (10, per_class)])


@pytest.mark.points(3)
@pytest.mark.hint(
    en="`cross_val_score(SGDClassifier(random_state=42), X_train, y_train, cv=3).mean()`.",
    ko="`cross_val_score(SGDClassifier(random_state=42), X_train, y_train, cv=3).mean()`을 쓰세요.",
)
def test_accuracy_of_raw_pixels(submission, hidden, expect):
    """Cross-validated accuracy on the pixels as they are.

    ko: 픽셀 그대로 잰 교차 검증 정확도.
    """
    cv = hidden.cv
    mistakes = [
        (cv["raw_in_sample"], IN_SAMPLE),
        (cv["raw_five"], FIVE),
        (cv["raw_shuffled"], SHUFFLED),
        (cv["raw_all"], ALL_ROWS),
        (cv["scaled"], OTHER_SCALED),
    ]
    found = submission["cv_raw"]
    message = FOLDS if np.shape(found) == (3,) else None
    expect.close(found, cv["raw"], rtol=0, atol=5e-4, mistakes=mistakes, message=message)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Cross-validate a pipeline of the scaler and the classifier on the unscaled pixels.",
    ko="스케일러와 분류기로 된 파이프라인을, 스케일을 바꾸지 않은 픽셀로 교차 검증하세요.",
)
def test_accuracy_of_scaled_pixels(submission, hidden, expect):
    """Cross-validated accuracy with a scaler that learns inside each fold.

    ko: 폴드 안에서 스케일러를 훈련해 잰 교차 검증 정확도.
    """
    cv = hidden.cv
    mistakes = [
        (cv["leak"], LEAK),
        (cv["scaled_in_sample"], IN_SAMPLE),
        (cv["scaled_five"], FIVE),
        (cv["scaled_shuffled"], SHUFFLED),
        (cv["scaled_all"], ALL_ROWS),
        (cv["raw"], OTHER_RAW),
    ]
    found = submission["cv_scaled"]
    message = FOLDS if np.shape(found) == (3,) else None
    expect.close(found, cv["scaled"], rtol=0, atol=5e-4, mistakes=mistakes, message=message)


@pytest.mark.points(2)
@pytest.mark.needs("test_labels_of_a_few_digits")
@pytest.mark.hint(
    en="Large are 7, 8 and 9; odd is what leaves 1 when divided by 2.",
    ko="큰 숫자는 7, 8, 9이고, 홀수는 2로 나눈 나머지가 1인 수예요.",
)
def test_labels_of_other_digits(submission, expect, rng):
    """Labels of other digits.

    ko: 다른 숫자들의 레이블.
    """
    for n in (1, 40):
        digits = rng.integers(0, 10, size=n)
        right = np.column_stack([digits >= 7, digits % 2 == 1])
        expect.close(submission.call("labels_of", digits), right, dtype="bool")


@pytest.mark.points(4)
@pytest.mark.hint(
    en='`f1_score(labels, cross_val_predict(...), average="macro")`: first all out-of-fold predictions, then one F1 for each '
    "label, then their plain mean.",
    ko='`f1_score(labels, cross_val_predict(...), average="macro")`를 쓰세요. 폴드 밖 예측을 모두 모아 레이블마다 F1을 구하고 그대로 '
    "평균해요.",
)
def test_f1_of_both_labels(submission, hidden, expect):
    """Macro F1 from out-of-fold predictions.

    ko: 폴드 밖 예측으로 계산한 매크로 F1.
    """
    f1 = hidden.f1
    mistakes = [
        (f1["in_sample"], IN_SAMPLE),
        (f1["weighted"], Text("This is the weighted average.", "이것은 가중 평균(weighted)이에요.")),
        (f1["micro"], Text("This is the micro average.", "이것은 마이크로(micro) 평균이에요.")),
        (f1["over_seven"], Text("7 is a large digit too: `>=`.", "7도 큰 숫자예요. `>=`를 쓰세요.")),
        (f1["accuracy"], Text("This is an accuracy, not F1.", "이것은 F1이 아니라 정확도예요.")),
        (f1["fold_mean"], FOLD_BY_FOLD),
        (f1["all"], ALL_ROWS),
    ]
    # A mean of the folds' own F1 lies only 1e-4 away.
    expect.close(submission["f1_macro"], f1["right"], rtol=0, atol=5e-5, mistakes=mistakes)


@pytest.mark.points(5)
@pytest.mark.needs("test_clean_images_have_the_same_form")
@pytest.mark.hint(
    en="Compare several regressors on noisy images that they were not trained on.",
    ko="훈련에 쓰지 않은 잡음 섞인 이미지로 여러 회귀 모델을 비교해 보세요.",
)
def test_error_of_cleaned_images(submission, hidden, expect, band, rng):
    """Root mean squared error on new digits with new noise.

    ko: 새 숫자에 새 잡음을 더했을 때의 평균 제곱근 오차.
    """
    clean = hidden.X_test
    noisy = clean + rng.normal(0, hidden.noise, size=clean.shape)
    found = expect.array(submission.call("denoise", noisy), clean.shape)
    whole = WHOLE if np.array_equal(found, np.rint(found)) else None
    error = float(np.sqrt(np.mean((found - clean) ** 2)))
    trivial = float(np.sqrt(np.mean((hidden.mean_image - clean) ** 2)))
    expect.metric(band["rmse"], error, baseline=trivial, message=whole)


@pytest.mark.points(2)
@pytest.mark.needs("test_clean_images_have_the_same_form")
@pytest.mark.hint(
    en="Nothing about the batch (its mean, its maximum, its length) may play a part.",
    ko="함께 들어온 이미지들의 평균, 최댓값, 개수 따위를 쓰면 안 돼요.",
)
def test_each_image_by_itself(submission, hidden, expect, rng):
    """Each image is cleaned by itself.

    ko: 이미지마다 따로 처리한다.
    """
    noisy = hidden.X_test[:30] + rng.normal(0, hidden.noise, size=(30, 64))
    together = expect.array(submission.call("denoise", noisy), (30, 64))
    expect.true(
        bool((np.ptp(together, axis=0) > 0).any()),
        en="Every image becomes the same one.",
        ko="어떤 이미지를 넣어도 같은 이미지가 나와요.",
    )
    batch = Text(
        "The result for an image depends on the images that come with it.",
        "한 이미지의 결과가 함께 들어온 다른 이미지에 따라 달라져요.",
    )
    for rows in (slice(0, 1), slice(10, 17)):
        expect.close(submission.call("denoise", noisy[rows]), together[rows], rtol=1e-6, atol=1e-6, message=batch)
