"""Hidden checks of the shifted digits: every way of shifting, labels that go along, centred and shifted digits."""

import numpy as np
import pytest

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
ONE_AXIS = Text(
    "The picture moves in one direction only where both `dx` and `dy` are given.",
    "`dx`와 `dy`가 모두 주어졌는데 한 방향으로만 옮겼어요.",
)
OTHER_DTYPE = Text(
    "The values are right, but the new picture has another dtype than the one that was given.",
    "값은 맞지만 새 그림의 dtype이 받은 그림과 달라요.",
)
NOT_LOST = Text(
    "A picture that is shifted by its whole width or height, or further, has to become all zeros.",
    "그림의 너비나 높이만큼, 또는 그보다 더 멀리 옮기면 모든 픽셀이 0이어야 해요.",
)
FOUR = Text(
    "There are four versions of each image: the image as it is belongs to them too.",
    "이미지마다 네 가지뿐이에요. 옮기지 않은 원본도 들어가야 해요.",
)
WRITTEN = Text(
    "The five versions of an image are all the same: does `shift_image` write into the picture that it gets?",
    "한 이미지의 다섯 가지가 모두 같아요. `shift_image`가 받은 그림에 그대로 쓰고 있나요?",
)
NEVER_SHIFTED = Text(
    "The model does well on centred digits and badly on shifted ones: shifted copies did not take part in its training.",
    "가운데에 놓인 숫자는 잘 맞히는데 옮긴 숫자는 잘 맞히지 못해요. 옮긴 사본이 훈련에 쓰이지 않았어요.",
)
LABELS = Text(
    "The images are right, but labels stand beside the wrong ones. Five blocks one below the other want `np.tile`, five "
    "versions of an image side by side `np.repeat`.",
    "이미지는 맞는데 레이블이 다른 이미지 옆에 있어요. 다섯 덩어리를 쌓았다면 `np.tile`, 한 이미지의 다섯 가지를 나란히 "
    "놓았다면 `np.repeat`를 쓰세요.",
)


def known_mistakes(img, dx, dy, shifted):
    """What usual mistakes make of a shift."""
    height, width = img.shape
    rows = np.clip(np.arange(height) - dy, 0, height - 1)
    columns = np.clip(np.arange(width) - dx, 0, width - 1)
    return [
        (np.roll(img, (dy, dx), axis=(0, 1)), WRAPPED),
        (shifted(img, dy, dx), SWAPPED),
        (shifted(img, -dx, -dy), OTHER_WAY),
        (img[np.ix_(rows, columns)], EDGE),
        *((shifted(img, *move), ONE_AXIS) for move in ((dx, 0), (0, dy)) if dx and dy),
    ]


def augmented(submission, expect, X, y):
    """The student's augmented images and labels, as arrays of the right shapes."""
    result = submission.call("augment", X, y)
    expect.type(result, (tuple, list), what="augment(...)")
    expect.true(
        len(result) == 2,
        en="`augment` should return two arrays: images and labels.",
        ko="`augment`는 이미지와 레이블, 배열 두 개를 반환해야 해요.",
    )
    expect.shape(result[0], (5 * len(X), 64), message=FOUR if np.shape(result[0]) == (4 * len(X), 64) else None)
    expect.shape(result[1], (5 * len(X),))
    return result


def versions(hidden, X):
    """Each image as it is and in the four shifts, block by block."""
    pictures = X.reshape(-1, 8, 8)
    blocks = [hidden.shifted(pictures, dx, dy) for dx, dy in ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))]
    return np.reshape(blocks, (-1, 64))


def trained(submission, remembered, hidden, seed):
    """The student's model, trained on digits under other names; and the new name of each digit."""
    names = np.random.default_rng(seed).permutation(10)
    model = remembered("model", lambda: submission.call("fit_model", hidden.X_train, names[hidden.y_train], hold=True))
    return submission.estimator(model), names


def share_right(model, X, truth, expect):
    """Accuracy of the model's answers."""
    return float(np.mean(expect.array(model.predict(X), (len(X),)) == truth))


@pytest.mark.points(4)
@pytest.mark.needs("test_shifts_by_hand")
@pytest.mark.hint(
    en="Write down for `dy=1` and `dy=-1` which rows are copied where; columns go the same way.",
    ko="`dy=1`일 때와 `dy=-1`일 때 어느 행이 어디로 가는지 적어 보세요. 열도 마찬가지예요.",
)
def test_shifts_every_way(submission, hidden, expect, rng):
    """Pictures of several sizes and dtypes, shifted in all directions and aslant.

    ko: 크기와 dtype이 여러 가지인 그림을 모든 방향과 비스듬한 방향으로 옮긴다.
    """
    for (height, width), dtype in (((4, 6), "float64"), ((7, 3), "uint8"), ((5, 5), "int64")):
        img = rng.integers(1, 100, size=(height, width)).astype(dtype)
        for dx, dy in ((1, 0), (0, 1), (2, -1), (-1, 2), (-2, -3), (1, 1)):
            right = hidden.shifted(img, dx, dy)
            found = submission.call("shift_image", img, dx, dy)
            mistakes = known_mistakes(img, dx, dy, hidden.shifted)
            expect.close(found, right, atol=1e-9, mistakes=mistakes)
            expect.dtype(found, dtype, message=OTHER_DTYPE)


@pytest.mark.points(2)
@pytest.mark.needs("test_shifts_by_hand")
@pytest.mark.hint(
    en="`img[:-dx]` is empty for dx = 0 and wrong beyond the width: treat these cases apart, or cut with max and min.",
    ko="`img[:-dx]`는 dx가 0이면 비어 있고 너비를 넘으면 틀려요. 따로 처리하거나 max와 min으로 자르세요.",
)
def test_far_and_no_shifts(submission, hidden, expect, rng):
    """Shifted out of the picture nothing is left; not shifted at all, everything.

    ko: 그림 밖으로 옮기면 아무것도 남지 않고, 옮기지 않으면 그대로이다.
    """
    img = rng.integers(1, 17, size=(3, 5))
    for dx, dy in ((5, 0), (0, -3), (9, 1), (-6, -7), (4, 0)):
        message = None if (dx, dy) == (4, 0) else NOT_LOST
        expect.close(submission.call("shift_image", img, dx, dy), hidden.shifted(img, dx, dy), message=message)
    expect.close(submission.call("shift_image", img, 0, 0), img)


@pytest.mark.points(1)
@pytest.mark.needs("test_shifts_every_way")
@pytest.mark.hint(en="Write into a new array, not into `img`.", ko="`img`가 아니라 새 배열에 쓰세요.")
def test_the_picture_stays_as_it_is(submission, expect, rng):
    """The picture that is passed in does not change.

    ko: 넘겨받은 그림은 바뀌지 않는다.
    """
    img = rng.integers(1, 17, size=(4, 4)).astype(float)
    # What a call returns and is held lives on the submission's side: it can be passed in and looked at afterwards.
    held = submission.call("shift_image", img, 0, 0, hold=True)
    before = held.call("copy")
    submission.call("shift_image", held, 1, -1)
    expect.unchanged(before, held.call("copy"), what="img")


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Five versions of each image: as it is, left, right, up, down.",
    ko="이미지마다 원본, 왼쪽, 오른쪽, 위, 아래의 다섯 가지가 있어야 해요.",
)
def test_augmented_images(submission, hidden, expect, rng):
    """The augmented images, in any order.

    ko: 증식한 이미지(순서는 자유).
    """
    X = rng.integers(1, 17, size=(6, 64)).astype(float)
    images, _ = augmented(submission, expect, X, np.arange(6))
    right = versions(hidden, X)
    doubled = Text(
        "An image comes more than once: is one of the shifts the wrong way?",
        "같은 이미지가 두 번 넘게 들어 있어요. 방향이 잘못된 것이 있나요?",
    )
    expect.finite(images)
    different = len(np.unique(np.asarray(images), axis=0))
    message = WRITTEN if different == len(X) else doubled if different < len(right) else None
    expect.multiset(images, right, atol=1e-9, message=message)


@pytest.mark.points(3)
@pytest.mark.needs("test_augmented_images")
@pytest.mark.hint(
    en="In what order do the images stand, and in what order the labels?",
    ko="이미지는 어떤 순서로 놓였고, 레이블은 어떤 순서로 놓였나요?",
)
def test_labels_go_with_their_images(submission, hidden, expect, rng):
    """Each augmented image has the label of the image from which it was made.

    ko: 증식한 이미지마다 원본의 레이블이 붙어 있다.
    """
    X, y = rng.integers(1, 17, size=(7, 64)).astype(float), rng.permutation(7) + 20
    images, labels = augmented(submission, expect, X, y)
    expect.finite(labels)
    together = np.column_stack([np.asarray(images), np.asarray(labels)])
    expect.multiset(together, np.column_stack([versions(hidden, X), np.tile(y, 5)]), message=LABELS)


@pytest.mark.points(3)
@pytest.mark.timeout(90)
@pytest.mark.hint(
    en="Nearest neighbours or a support vector machine with an RBF kernel do it; compare them by cross-validation.",
    ko="최근접 이웃이나 RBF 커널 서포트 벡터 머신이면 충분해요. 교차 검증으로 비교해 보세요.",
)
def test_accuracy_on_centred_digits(submission, hidden, expect, band, remembered, seed):
    """Accuracy on 450 digits that the model has never seen.

    ko: 처음 보는 숫자 450개의 정확도.
    """
    model, names = trained(submission, remembered, hidden, seed)
    value = share_right(model, hidden.X_test, names[hidden.y_test], expect)
    expect.metric(band["centred"], value, baseline=hidden.majority)


@pytest.mark.points(4)
@pytest.mark.timeout(90)
@pytest.mark.hint(
    en="Let `fit_model` train on what `augment` returns.", ko="`fit_model`이 `augment`의 결과로 훈련하게 하세요."
)
def test_accuracy_on_shifted_digits(submission, hidden, expect, band, remembered, seed):
    """Accuracy on the same digits, shifted by one pixel.

    ko: 같은 숫자를 한 픽셀씩 옮겼을 때의 정확도.
    """
    model, names = trained(submission, remembered, hidden, seed)
    value = share_right(model, hidden.X_moved, names[hidden.y_moved], expect)
    good = value < 0.8 and share_right(model, hidden.X_test, names[hidden.y_test], expect) > 0.95
    message = NEVER_SHIFTED if good else None
    expect.metric(band["shifted"], value, baseline=hidden.plain_on_moved, message=message)


@pytest.mark.points(2)
@pytest.mark.needs("test_a_first_model")
@pytest.mark.hint(
    en="`fit_model` gets everything it may use as `X` and `y`; it loads nothing and tunes on nothing else.",
    ko="`fit_model`이 써도 되는 것은 `X`와 `y`뿐이에요. 따로 불러오거나 다른 데이터로 조정하지 마세요.",
)
def test_learns_from_what_it_gets(submission, hidden, expect):
    """The model learns from the images that it is given and from no others.

    ko: 모델은 받은 이미지에서만 배운다.
    """
    loaded = Text(
        "The code loads digits by itself: among them are the test images, and whoever trains or tunes on those measures "
        "nothing any more.",
        "코드가 숫자 데이터를 직접 불러와요. 거기에는 테스트 이미지도 들어 있어서, 그것으로 훈련하거나 조정하면 정확도를 믿을 수 "
        "없게 돼요.",
    )
    expect.source(submission).avoids("load_digits", "fetch_openml", "sklearn.datasets", message=loaded)
    few = hidden.y_train < 3
    model = submission.call("fit_model", hidden.X_train[few], hidden.y_train[few] + 40, hold=True)
    found = submission.estimator(model).predict(hidden.X_test)
    expect.array(found, (len(hidden.X_test),))
    expect.true(
        bool(np.isin(np.asarray(found), [40, 41, 42]).all()),
        en="The model answers with labels that it was never given.",
        ko="모델이 받은 적이 없는 레이블로 답해요.",
    )
    known = hidden.y_test < 3
    expect.at_least(float(np.mean(np.asarray(found)[known] == hidden.y_test[known] + 40)), 0.9, what="accuracy")
