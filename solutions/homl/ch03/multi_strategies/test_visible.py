"""Visible checks: plausible accuracies, labels by hand, the form of cleaned images."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from grader.checks import Text

FOLDS = Text(
    "These are the accuracies of the three folds: their mean is wanted.",
    "폴드 세 개의 정확도예요. 이 셋의 평균이 필요해요.",
)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="The mean of the three fold accuracies, a number between 0 and 1.",
    ko="폴드 세 개의 정확도를 평균한, 0과 1 사이의 수예요.",
)
def test_accuracies_are_plausible(submission, expect):
    """Both accuracies are far above guessing and below 1, and scaling helps.

    ko: 두 정확도는 찍었을 때보다 훨씬 높고 1보다 낮으며, 스케일을 조정하면 높아진다.
    """
    cv_raw, cv_scaled = submission["cv_raw"], submission["cv_scaled"]
    for name, value in (("cv_raw", cv_raw), ("cv_scaled", cv_scaled)):
        expect.type(value, float, what=name, message=FOLDS if np.shape(value) == (3,) else None)
        expect.between(value, 0.5, 1.0, inclusive=False)
    expect.true(
        cv_scaled > cv_raw,
        en="With scaling the accuracy should be higher than without.",
        ko="스케일을 조정했을 때의 정확도가 더 높아야 해요.",
    )


@pytest.mark.points(4)
@pytest.mark.hint(
    en="`np.column_stack([..., ...])` of two conditions on `y`.",
    ko="`y`에 대한 조건 두 개를 `np.column_stack([..., ...])`으로 붙이세요.",
)
def test_labels_of_a_few_digits(submission, expect):
    """Labels of six digits.

    ko: 숫자 여섯 개의 레이블.
    """
    right = np.array([[0, 0], [0, 1], [0, 0], [1, 1], [1, 0], [1, 1]], dtype=bool)
    late = Text("7 is a large digit too: `>=`.", "7도 큰 숫자예요. `>=`를 쓰세요.")
    turned = Text(
        "The columns have changed places: large first, then odd.", "열이 바뀌었어요. 큰 숫자가 먼저, 홀수가 다음이에요."
    )
    without_seven = right.copy()
    without_seven[3, 0] = False
    found = submission.call("labels_of", np.array([0, 5, 6, 7, 8, 9]))
    expect.close(found, right, dtype="bool", mistakes=[(without_seven, late), (right[:, ::-1], turned)])


@pytest.mark.points(4)
@pytest.mark.hint(
    en="A model that was fitted on (noisy images, clean images) predicts 64 numbers for each image.",
    ko="(잡음 섞인 이미지, 깨끗한 이미지)로 훈련한 모델은 이미지마다 숫자 64개를 예측해요.",
)
def test_clean_images_have_the_same_form(submission, expect, rng):
    """As many images come out as go in, with 64 numbers each, nearer to the clean ones.

    ko: 들어간 만큼 이미지가 나오고, 저마다 숫자 64개이며, 깨끗한 이미지에 더 가깝다.
    """
    clean = load_digits().data[:50]
    noisy = clean + rng.normal(0, 6, size=clean.shape)
    cleaned, message = expect.array(submission.call("denoise", noisy), (50, 64)), None
    if np.array_equal(cleaned, noisy):
        message = Text("The noisy images come back as they went in.", "잡음 섞인 이미지가 들어간 그대로 나와요.")
    elif np.allclose(cleaned, np.clip(noisy, 0, 16)):
        message = Text(
            "The ink is cut off at 0 and 16, and otherwise the noise is still there.",
            "잉크의 양을 0과 16에서 자르기만 하고 나머지 잡음은 그대로예요.",
        )
    elif not np.ptp(cleaned, axis=0).any():
        message = Text(
            "Every image becomes the same one: what goes in is not looked at.",
            "어떤 이미지를 넣어도 같은 이미지가 나와요. 입력을 보지 않고 있어요.",
        )
    expect.true(message is None, message=message)
    expect.true(
        float(np.mean((cleaned - clean) ** 2)) < 16.0,
        en="The cleaned images are hardly nearer to the clean ones than the noisy images were.",
        ko="결과가 잡음 섞인 이미지보다 깨끗한 이미지에 별로 가까워지지 않았어요.",
    )
