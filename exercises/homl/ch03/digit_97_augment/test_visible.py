"""Visible checks of the shifted digits: small pictures by hand, one digit in five versions, grey folds, a first model."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from grader.checks import Text

IMG = np.array([[1, 2, 3], [4, 5, 6]])
FIRST_MODEL = Text(
    "The model names fewer than 85 of 100 other digits.", "모델이 다른 숫자 100개 가운데 85개를 맞히지 못했어요."
)


@pytest.mark.points(0)
def test_no_other_images(expect):
    """The code loads no digits of its own.

    ko: 코드가 숫자 데이터를 따로 불러오지 않는다.
    asks: trains on the images `X` and labels `y`, and on nothing else
    asks-ko: 이미지 `X`와 레이블 `y`만으로 훈련한 분류기를 반환합니다
    hint: `fit_model` gets everything it may use as `X` and `y`.
    hint-ko: `fit_model`이 써도 되는 것은 `X`와 `y`뿐이에요.
    """
    loaders = ("load_digits", "fetch_openml", "sklearn.datasets")

    def loaded(code):
        source = expect.source(code, main=False)
        return [name for name in loaders if not expect.holds(source.avoids, name)]

    expect.agree(loaded, [])


@pytest.mark.points(3)
def test_shifts_by_hand(expect):
    """A picture of two rows, shifted to the right, to the left and up.

    ko: 행이 두 개인 그림을 오른쪽, 왼쪽, 위로 옮긴다.
    asks: moved `dx` pixels to the **right** and `dy` pixels **down**
    asks-ko: 모든 픽셀을 **오른쪽**으로 `dx`, **아래**로 `dy`만큼 옮긴 새 그림입니다
    hint: For `dx=1` copy `img[:, :-1]` into `shifted[:, 1:]`.
    hint-ko: `dx=1`이면 `img[:, :-1]`을 `shifted[:, 1:]`에 복사하세요.
    """
    shifts = ((1, 0, [[0, 1, 2], [0, 4, 5]]), (-1, 0, [[2, 3, 0], [5, 6, 0]]), (0, -1, [[4, 5, 6], [0, 0, 0]]))
    for dx, dy, right in shifts:
        expect.agree(lambda code: code.call("shift_image", IMG, dx, dy), np.array(right))


@pytest.mark.points(2)
def test_one_digit_in_five_versions(expect):
    """One digit becomes five.

    ko: 숫자 하나가 다섯 개가 된다.
    asks: shifted by one pixel to the left, to the right, up and down
    asks-ko: 왼쪽, 오른쪽, 위, 아래로 한 픽셀씩 옮긴 것이 들어 있습니다
    hint: A list of five pictures, made flat again with `reshape(-1, 64)`.
    hint-ko: 그림 다섯 개를 만들어 `reshape(-1, 64)`로 다시 펴세요.
    """
    picture = load_digits().images[3]
    left, right, up, down = np.zeros((4, 8, 8))
    left[:, :-1], right[:, 1:], up[:-1], down[1:] = picture[:, 1:], picture[:, :-1], picture[1:], picture[:-1]
    five = np.reshape([picture, left, right, up, down], (5, 64))

    def augmented(code):
        answer = code.call("augment", picture.reshape(1, 64), np.array([3]))
        return answer[0], answer[1]

    expect.agree(augmented, (five, np.full(5, 3)), how=("multiset", "auto"), atol=1e-9)  # interpolation leaves 1e-16


@pytest.mark.points(3)
def test_accuracies_of_grey_pictures(expect):
    """Accuracy in five folds: ten evenly grey pictures.

    ko: 폴드 다섯 개의 정확도. 고르게 회색인 그림 열 장.
    asks: trained on the images of the other four folds **and their shifted copies**, measured on the images of this fold as they are
    asks-ko: 나머지 네 폴드의 이미지와 **그 이미지를 옮긴 사본**으로 훈련하고, 이 폴드의 이미지는 원본 그대로 써서 잽니다
    hint: In each round of the loop call augment on X[train], y[train] alone, and score on X[valid], y[valid].
    hint-ko: 반복할 때마다 X[train], y[train]만 augment에 넘기고, X[valid], y[valid]에서 정확도를 재세요.
    """
    # The nearest other picture of each is the one half as bright, which stands in another fold.
    grey = np.array([1.0, 32.0, 2.0, 64.0, 4.0, 128.0, 8.0, 256.0, 16.0, 512.0])
    X, y = np.repeat(grey[:, np.newaxis], 64, axis=1), np.array([3, 5, 3, 7, 3, 7, 5, 6, 5, 6])
    expect.agree(lambda code: code.call("fold_accuracies", X, y, 1), [1.0, 0.5, 1.0, 0.0, 1.0])


@pytest.mark.points(1)
@pytest.mark.needs("test_no_other_images")
def test_a_first_model(expect):
    """Trained on 300 digits, the model names at least 85 of 100 others.

    ko: 숫자 300개로 훈련한 모델이 다른 숫자 100개 가운데 85개 이상을 맞힌다.
    asks: returns a fitted classifier with `predict`
    asks-ko: 이 분류기에는 `predict`가 있어야 합니다
    hint: Return the estimator itself, after `fit`: `return model.fit(...)`.
    hint-ko: `fit`까지 마친 추정기 자신을 반환하세요. `return model.fit(...)`처럼 쓰면 돼요.
    """
    X, y = load_digits(return_X_y=True)

    def named(code):
        found = code.estimator(code.call("fit_model", X[:300], y[:300], hold=True)).predict(X[300:400])
        return {"several answers": len(np.unique(found)) > 1, "85 right": bool(np.sum(found == y[300:400]) >= 85)}

    expect.agree(named, {"several answers": True, "85 right": True}, message=FIRST_MODEL)
