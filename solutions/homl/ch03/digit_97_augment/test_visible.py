"""Visible checks of the shifted digits: small pictures by hand, one digit in five versions, a first model."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from grader.checks import Text

WRAPPED = Text(
    "What leaves the picture on one side comes in again on the other (`np.roll`): it has to be lost.",
    "한쪽으로 나간 픽셀이 반대쪽에서 다시 들어와요(`np.roll`). 나간 픽셀은 사라져야 해요.",
)
SWAPPED = Text(
    "`dx` and `dy` have changed places: `dx` moves along a row (axis 1), `dy` from row to row (axis 0).",
    "`dx`와 `dy`가 바뀌었어요. `dx`는 가로(axis 1), `dy`는 세로(axis 0) 방향이에요.",
)
OTHER_WAY = Text(
    "It moves the other way: positive is right and down.", "반대 방향으로 옮겼어요. 양수면 오른쪽과 아래쪽이에요."
)
EDGE = Text(
    "The free pixels repeat the edge of the picture; they have to be 0.",
    "빈자리에 그림 가장자리의 값이 들어 있어요. 0이어야 해요.",
)
SQUARE = Text(
    "A column is lost: a picture may be wider than it is high.",
    "열 하나가 사라졌어요. 그림의 너비와 높이는 다를 수 있어요.",
)
FOUR = Text(
    "There are four versions of each image: the image as it is belongs to them too.",
    "이미지마다 네 가지뿐이에요. 옮기지 않은 원본도 들어가야 해요.",
)
TWICE = Text(
    "Two of the five versions are the same: does each of the four directions come once?",
    "다섯 가지 가운데 둘이 같아요. 네 방향이 한 번씩 들어갔나요?",
)
WRITTEN = Text(
    "All five versions are the same: does `shift_image` write into the picture that it gets?",
    "다섯 가지가 모두 같아요. `shift_image`가 받은 그림에 그대로 쓰고 있나요?",
)
ONE_ANSWER = Text(
    "The model gives the same answer for every image: it has learnt only which digit is the most frequent.",
    "어떤 이미지를 보아도 같은 답을 해요. 가장 자주 나오는 숫자가 무엇인지만 배운 모델이에요.",
)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="For `dx=1` copy `img[:, :-1]` into `shifted[:, 1:]`.",
    ko="`dx=1`이면 `img[:, :-1]`을 `shifted[:, 1:]`에 복사하세요.",
)
def test_shifts_by_hand(submission, expect):
    """A picture of two rows, shifted to the right, to the left and up.

    ko: 행이 두 개인 그림을 오른쪽, 왼쪽, 위로 옮긴다.
    """
    img = np.array([[1, 2, 3], [4, 5, 6]])
    right = np.array([[0, 1, 2], [0, 4, 5]])
    left = np.array([[2, 3, 0], [5, 6, 0]])
    up = np.array([[4, 5, 6], [0, 0, 0]])
    down = np.array([[0, 0, 0], [1, 2, 3]])
    known = {
        "right": [(np.roll(img, 1, 1), WRAPPED), (down, SWAPPED), (left, OTHER_WAY), (right * [1, 1, 0], SQUARE)],
        "left": [(np.roll(img, -1, 1), WRAPPED), (up, SWAPPED), (right, OTHER_WAY)],
        "up": [(np.roll(img, -1, 0), WRAPPED), (left, SWAPPED), (down, OTHER_WAY)],
    }
    known["right"].append((img[:, [0, 0, 1]], EDGE))
    expect.close(submission.call("shift_image", img, 1, 0), right, mistakes=known["right"])
    expect.close(submission.call("shift_image", img, -1, 0), left, mistakes=known["left"])
    expect.close(submission.call("shift_image", img, 0, -1), up, mistakes=known["up"])


@pytest.mark.points(3)
@pytest.mark.hint(
    en="A list of five pictures, made flat again with `reshape(-1, 64)`.",
    ko="그림 다섯 개를 만들어 `reshape(-1, 64)`로 다시 펴세요.",
)
def test_one_digit_in_five_versions(submission, expect):
    """One digit becomes five.

    ko: 숫자 하나가 다섯 개가 된다.
    """
    picture = load_digits().images[3]
    blank = np.zeros_like(picture)
    left, right, up, down = (blank.copy() for _ in range(4))
    left[:, :-1], right[:, 1:] = picture[:, 1:], picture[:, :-1]
    up[:-1], down[1:] = picture[1:], picture[:-1]
    result = submission.call("augment", picture.reshape(1, 64), np.array([3]))
    expect.type(result, (tuple, list), what="augment(...)")
    expect.true(
        len(result) == 2,
        en="`augment` should return two arrays: images and labels.",
        ko="`augment`는 이미지와 레이블, 배열 두 개를 반환해야 해요.",
    )
    images = result[0]
    expect.array(images, (5, 64), message=FOUR if np.shape(images) == (4, 64) else None)
    rolled = [np.roll(picture, move, axis) for move, axis in ((0, 0), (-1, 1), (1, 1), (-1, 0), (1, 0))]
    different = len(np.unique(np.asarray(images), axis=0))
    message = {1: WRITTEN, 4: TWICE}.get(different)
    if np.array_equal(np.sort(np.asarray(images), axis=0), np.sort(np.reshape(rolled, (5, 64)), axis=0)):
        message = WRAPPED
    # Interpolation leaves a 0 at about 1e-16.
    expect.multiset(images, np.reshape([picture, left, right, up, down], (5, 64)), atol=1e-9, message=message)
    expect.close(result[1], np.full(5, 3))


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Return the estimator itself, after `fit`: `return model.fit(...)`.",
    ko="`fit`까지 마친 추정기 자신을 반환하세요. `return model.fit(...)`처럼 쓰면 돼요.",
)
def test_a_first_model(submission, expect):
    """Trained on 300 digits, the model names at least 85 of 100 others.

    ko: 숫자 300개로 훈련한 모델이 다른 숫자 100개 가운데 85개 이상을 맞힌다.
    """
    X, y = load_digits(return_X_y=True)
    model = submission.call("fit_model", X[:300], y[:300], hold=True)
    found = submission.estimator(model).predict(X[300:400])
    expect.array(found, (100,))
    message = ONE_ANSWER if len(np.unique(np.asarray(found))) == 1 else None
    expect.at_least(float(np.mean(np.asarray(found) == y[300:400])), 0.85, what="accuracy", message=message)
