"""Visible checks: plausible accuracies, labels by hand, the form of cleaned images."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from grader.checks import Text

CLEAN = load_digits().data[:40]
NOISY = CLEAN + np.random.default_rng(1).normal(0, 6, size=CLEAN.shape)
PLAUSIBLE = Text(
    "Both accuracies should lie well above guessing and below 1, and the one with scaling should be the higher.",
    "두 정확도 모두 찍었을 때보다 훨씬 높고 1보다 낮아야 하며, 스케일을 조정한 쪽이 더 높아야 해요.",
)
STILL_NOISY = Text(
    "The cleaned images are hardly nearer to the clean ones than the noisy images were.",
    "결과가 잡음 섞인 이미지보다 깨끗한 이미지에 별로 가까워지지 않았어요.",
)


@pytest.mark.points(1)
def test_accuracies_are_plausible(expect):
    """Both accuracies are numbers far above guessing and below 1, and scaling helps.

    ko: 두 정확도는 찍었을 때보다 훨씬 높고 1보다 낮은 수이며, 스케일을 조정하면 높아진다.
    asks: the mean accuracy of `SGDClassifier(random_state=42)` in cross-validation
    asks-ko: `SGDClassifier(random_state=42)`를 `cv=3`으로 교차 검증한 정확도의 평균입니다
    hint: The mean of the three fold accuracies, a number between 0 and 1.
    hint-ko: 폴드 세 개의 정확도를 평균한, 0과 1 사이의 수예요.
    """
    expect.agree(lambda code: [np.shape(code[name]) for name in ("cv_raw", "cv_scaled")], [(), ()])
    expect.agree(lambda code: bool(0.5 < code["cv_raw"] < code["cv_scaled"] < 1), True, message=PLAUSIBLE)


@pytest.mark.points(4)
def test_labels_of_a_few_digits(expect):
    """Labels of six digits.

    ko: 숫자 여섯 개의 레이블.
    asks: column 0 is large, that is **7, 8 or 9**; column 1 is odd
    asks-ko: 0번 열은 큰 숫자, 곧 **7, 8, 9**인지, 1번 열은 홀수인지를 나타냅니다
    hint: `np.column_stack([..., ...])` of two conditions on `y`.
    hint-ko: `y`에 대한 조건 두 개를 `np.column_stack([..., ...])`으로 붙이세요.
    """
    digits = np.array([0, 5, 6, 7, 8, 9])
    for column, right in enumerate(([0, 0, 0, 1, 1, 1], [0, 1, 0, 1, 0, 1])):
        expect.agree(lambda code: 1.0 * np.asarray(code.call("labels_of", digits))[:, column], right)


@pytest.mark.points(4)
def test_clean_images_have_the_same_form(expect):
    """As many images come out as go in, with 64 numbers each, nearer to the clean ones.

    ko: 들어간 만큼 이미지가 나오고, 저마다 숫자 64개이며, 깨끗한 이미지에 더 가깝다.
    asks: images with noise go in, cleaned images come out
    asks-ko: 잡음이 섞인 이미지를 넣으면 깨끗한 이미지가 나옵니다
    hint: A model that was fitted on (noisy images, clean images) predicts 64 numbers for each image.
    hint-ko: (잡음 섞인 이미지, 깨끗한 이미지)로 훈련한 모델은 이미지마다 숫자 64개를 예측해요.
    """

    def faults(code):  # there are many right answers, so each mistake is known by words
        cleaned = expect.array(code.call("denoise", NOISY), CLEAN.shape)
        faults = {
            "hardly nearer": np.mean((cleaned - CLEAN) ** 2) >= 25.0,
            "all the same": np.allclose(cleaned, cleaned[0]),
            "as they came": np.allclose(np.clip(cleaned, 0, 16), np.clip(NOISY, 0, 16)),
        }
        return [words for words, seen in faults.items() if seen]

    expect.agree(faults, [], how=lambda found, _: expect.true(not found, message=STILL_NOISY))
