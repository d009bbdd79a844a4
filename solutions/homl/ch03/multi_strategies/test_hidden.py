"""Hidden checks: counts, honest cross-validation, labels, macro F1 out of fold, the error of cleaned images."""

import numpy as np
import pytest

from grader.checks import Text

FORM = Text("`labels_of` should return an array of booleans.", "`labels_of`는 불리언 배열을 반환해야 해요.")
BATCH = Text(
    "The result for an image depends on the images that come with it.",
    "한 이미지의 결과가 함께 들어온 다른 이미지에 따라 달라져요.",
)


@pytest.mark.points(2)
def test_one_vs_rest(expect):
    """Classifiers of one-vs-rest.

    ko: OvR 분류기의 수.
    asks: how many binary classifiers `OneVsRestClassifier(SVC())` and `OneVsOneClassifier(SVC())` have trained
    asks-ko: `OneVsRestClassifier(SVC())`와 `OneVsOneClassifier(SVC())`를 훈련 데이터로 `fit`했을 때 만들어진 이진 분류기의 수
    hint: One classifier for each of the ten digits.
    hint-ko: 숫자 열 개마다 분류기가 하나씩이에요.
    """
    expect.agree(lambda code: code["n_ovr"], 10)


@pytest.mark.points(2)
def test_one_vs_one(expect):
    """Classifiers of one-vs-one.

    ko: OvO 분류기의 수.
    asks: how many binary classifiers `OneVsRestClassifier(SVC())` and `OneVsOneClassifier(SVC())` have trained
    asks-ko: `OneVsRestClassifier(SVC())`와 `OneVsOneClassifier(SVC())`를 훈련 데이터로 `fit`했을 때 만들어진 이진 분류기의 수
    hint: How many pairs can be made of ten digits, when the order plays no part?
    hint-ko: 숫자 열 개로 순서를 따지지 않고 만들 수 있는 짝은 몇 개일까요?
    """
    expect.agree(lambda code: code["n_ovo"], 45)


@pytest.mark.points(3)
def test_accuracy_of_raw_pixels(expect):
    """Cross-validated accuracy on the pixels as they are.

    ko: 픽셀 그대로 잰 교차 검증 정확도.
    asks: in cross-validation with `cv=3` (three folds as scikit-learn makes them, not shuffled)
    asks-ko: (사이킷런이 만드는 폴드 세 개를 섞지 않고 그대로 씁니다)
    hint: `cross_val_score(SGDClassifier(random_state=42), X_train, y_train, cv=3).mean()`.
    hint-ko: `cross_val_score(SGDClassifier(random_state=42), X_train, y_train, cv=3).mean()`을 쓰세요.
    """
    expect.agree(lambda code: code["cv_raw"], rtol=0, atol=5e-4)


@pytest.mark.points(5)
def test_accuracy_of_scaled_pixels(expect):
    """Cross-validated accuracy with a scaler that learns inside each fold.

    ko: 폴드 안에서 스케일러를 훈련해 잰 교차 검증 정확도.
    asks: The scaler must be fitted **in each fold anew, on its training part only**.
    asks-ko: 스케일러는 **폴드마다 그 폴드의 훈련 부분으로만 새로** 훈련해야 합니다.
    hint: Cross-validate a pipeline of the scaler and the classifier on the unscaled pixels.
    hint-ko: 스케일러와 분류기로 된 파이프라인을, 스케일을 바꾸지 않은 픽셀로 교차 검증하세요.
    """
    expect.agree(lambda code: code["cv_scaled"], rtol=0, atol=5e-4)


@pytest.mark.points(2)
@pytest.mark.needs("test_labels_of_a_few_digits")
def test_labels_of_other_digits(expect, rng):
    """Labels of other digits, as booleans.

    ko: 다른 숫자들의 레이블, 불리언으로.
    asks: `labels_of(y) -> bool array (n, 2)`: two labels for each digit of the integer array `y`
    asks-ko: `labels_of(y) -> 불리언 배열 (n, 2)`: 정수 배열 `y`의 숫자마다 레이블이 두 개입니다
    hint: Large are 7, 8 and 9; odd is what leaves 1 when divided by 2. Conditions give booleans.
    hint-ko: 큰 숫자는 7, 8, 9이고, 홀수는 2로 나눈 나머지가 1인 수예요. 조건식의 결과가 불리언이에요.
    """
    digits = rng.integers(0, 10, size=40)
    for column in (0, 1):
        expect.agree(lambda code: 1.0 * np.asarray(code.call("labels_of", digits))[:, column])

    def kind(code):
        found = code.call("labels_of", np.array([3]))
        return type(found).__name__, "booleans" if np.asarray(found).dtype.kind == "b" else "numbers"

    expect.agree(kind, ("ndarray", "booleans"), message=FORM)


@pytest.mark.points(4)
def test_f1_of_both_labels(expect):
    """Macro F1 from out-of-fold predictions.

    ko: 폴드 밖 예측으로 계산한 매크로 F1.
    asks: from **out-of-fold** predictions (`cross_val_predict` with `cv=3`) of all training digits at once
    asks-ko: 모든 훈련 데이터의 **폴드 밖 예측**(`cross_val_predict`, `cv=3`)을 한꺼번에 모아
    hint: `f1_score(labels, cross_val_predict(...), average="macro")`: first all out-of-fold predictions, then one F1 for each
        label, then their plain mean.
    hint-ko: `f1_score(labels, cross_val_predict(...), average="macro")`를 쓰세요. 폴드 밖 예측을 모두 모아 레이블마다 F1을 구하고
        그대로 평균해요.
    """
    expect.agree(lambda code: code["f1_macro"], rtol=0, atol=5e-5)  # a mean of the folds' own F1 lies only 1e-4 away


@pytest.mark.points(5)
@pytest.mark.needs("test_clean_images_have_the_same_form")
def test_error_of_cleaned_images(submission, hidden, expect, band, rng):
    """Root mean squared error on new digits with new noise.

    ko: 새 숫자에 새 잡음을 더했을 때의 평균 제곱근 오차.
    asks: `denoise` is measured on new digits by the root mean squared error over all pixels
    asks-ko: `denoise`는 새 숫자 이미지에서 모든 픽셀에 걸친 평균 제곱근 오차(RMSE, 단위는 잉크의 양)로 평가합니다
    hint: A pixel is a quantity: predict it by a regressor, not by a classifier, and let several training images have a say.
        Compare models on noisy images that they were not trained on.
    hint-ko: 픽셀은 양이에요. 분류 모델이 아니라 회귀 모델로, 훈련 이미지 여러 장을 함께 보고 예측하세요. 훈련에 쓰지 않은 잡음
        섞인 이미지로 여러 모델을 비교해 보세요.
    """
    clean = hidden.X_test
    noisy = clean + rng.normal(0, hidden.noise, size=clean.shape)
    found = expect.array(submission.call("denoise", noisy), clean.shape)
    error, trivial = (float(np.sqrt(np.mean((image - clean) ** 2))) for image in (found, hidden.mean_image))
    expect.metric(band["rmse"], error, baseline=trivial)


@pytest.mark.points(2)
@pytest.mark.needs("test_clean_images_have_the_same_form")
def test_each_image_by_itself(hidden, expect, rng):
    """Each image is cleaned by itself.

    ko: 이미지마다 따로 처리한다.
    asks: Each image is cleaned on its own, whatever others come with it.
    asks-ko: 이미지마다 따로 처리해야 하므로 함께 들어온 다른 이미지에 따라 결과가 달라지면 안 됩니다.
    hint: Nothing about the batch (its mean, its maximum, its length) may play a part.
    hint-ko: 함께 들어온 이미지들의 평균, 최댓값, 개수 따위를 쓰면 안 돼요.
    """
    noisy = hidden.X_test[:30] + rng.normal(0, hidden.noise, size=(30, 64))

    def alone_as_together(code):
        some = [slice(0, 1), slice(10, 17)]
        together = np.asarray(code.call("denoise", noisy))
        same = [np.allclose(code.call("denoise", noisy[rows]), together[rows], 1e-6, 1e-6) for rows in some]
        return [*same, bool(np.ptp(together, axis=0).any())]

    expect.agree(alone_as_together, [True, True, True], message=BATCH)
