"""Hidden checks of the shifted digits: every way of shifting, labels that go along, honest folds, centred and shifted digits."""

import numpy as np
import pytest

from grader.checks import Text

NOT_LEARNT = Text(
    "The model mistakes images on which it should have been trained, or answers with labels that it was never given.",
    "훈련에 썼어야 할 이미지를 잘못 알아보거나, 받은 적이 없는 레이블로 답해요.",
)


def images(rng, n):
    """Noise, with ink everywhere, so that the edge matters."""
    return rng.integers(1, 17, size=(n, 64)).astype(float)


def fitted(code, X, y):
    return code.estimator(code.call("fit_model", X, y, hold=True))


@pytest.mark.points(1)
@pytest.mark.parametrize(("size", "dtype"), [((4, 6), "float64"), ((7, 3), "uint8"), ((5, 5), "int64")])
def test_shifts_every_way(expect, rng, size, dtype):
    """Pictures of several sizes and dtypes, shifted in all directions and aslant.

    ko: 크기와 dtype이 여러 가지인 그림을 모든 방향과 비스듬한 방향으로 옮긴다.
    asks: a new picture of the same shape and dtype
    asks-ko: 크기와 dtype은 그대로입니다
    hint: Write down for `dy=1` and `dy=-1` which rows are copied where; columns go the same way.
    hint-ko: `dy=1`일 때와 `dy=-1`일 때 어느 행이 어디로 가는지 적어 보세요. 열도 마찬가지예요.
    """
    img = rng.integers(1, 100, size=size).astype(dtype)
    for move in ((1, 0), (0, 1), (2, -1), (-1, 2), (-2, -2), (1, 1)):
        expect.agree(lambda code: code.call("shift_image", img, *move), atol=1e-9)
    expect.agree(lambda code: str(code.call("shift_image", img, 1, -1).dtype), dtype)


@pytest.mark.points(2)
def test_far_shifts_and_the_picture_itself(expect, rng):
    """Shifted out of the picture nothing is left, not shifted at all everything; the given picture stays as it is.

    ko: 그림 밖으로 옮기면 아무것도 남지 않고 옮기지 않으면 그대로이다. 넘겨받은 그림은 바뀌지 않는다.
    asks: is not changed; a shift may be larger than it
    asks-ko: 2차원 배열이고 바뀌면 안 됩니다. 그림보다 더 멀리 옮길 수도 있습니다
    hint: Write into a new array. `img[:-dx]` is empty for dx = 0 and wrong beyond the width: cut with max and min, or treat these apart.
    hint-ko: 새 배열에 쓰세요. `img[:-dx]`는 dx가 0이면 비어 있고 너비를 넘으면 틀려요. max와 min으로 자르거나 따로 처리하세요.
    """
    img = rng.integers(1, 17, size=(3, 5))

    def before_and_after(code):
        held = code.hold(img)
        moved = code.call("shift_image", held, 1, -1)
        return held.call("copy"), moved

    for move in ((5, 0), (0, -3), (9, 1), (-6, -7), (4, 0), (0, 0)):
        expect.agree(lambda code: code.call("shift_image", img, *move), atol=1e-9)
    expect.agree(before_and_after, atol=1e-9)


@pytest.mark.points(2)
def test_augmented_images(expect, rng):
    """The augmented images, in any order.

    ko: 증식한 이미지(순서는 자유).
    asks: each image as it is, and shifted by one pixel to the left, to the right, up and down
    asks-ko: 이미지마다 원본과 왼쪽, 오른쪽, 위, 아래로 한 픽셀씩 옮긴 것이 들어 있습니다
    hint: Five versions of each image: as it is, left, right, up, down.
    hint-ko: 이미지마다 원본, 왼쪽, 오른쪽, 위, 아래의 다섯 가지가 있어야 해요.
    """
    X = images(rng, 6)
    expect.agree(lambda code: code.call("augment", X, np.arange(6))[0], how="multiset", atol=1e-9)


@pytest.mark.points(3)
def test_labels_go_with_their_images(expect, rng):
    """Each augmented image has the label of the image from which it was made.

    ko: 증식한 이미지마다 원본의 레이블이 붙어 있다.
    asks: `y_new[i]` must be the label of row `i` of `X_new`
    asks-ko: `y_new[i]`는 `X_new`의 `i`번 행의 레이블이어야 합니다
    hint: In what order do the images stand, and in what order the labels?
    hint-ko: 이미지는 어떤 순서로 놓였고, 레이블은 어떤 순서로 놓였나요?
    """
    # Each image has one brightness all over, so that its middle says which one it is, however it was shifted.
    y = rng.permutation(7) + 20
    X = np.repeat(y[:, np.newaxis] * 2.0, 64, axis=1)

    def label_beside_middle(code):
        new, labels = code.call("augment", X, y)
        return np.column_stack([np.reshape(new, (-1, 64))[:, 27], labels])

    expect.agree(label_beside_middle, np.column_stack([y * 2, y]).repeat(5, axis=0), how="multiset", atol=1e-9)


@pytest.mark.points(5)
def test_honest_folds(expect, rng, hidden):
    """Accuracy in five folds: labels without meaning, twins that are shifted, and digits.

    ko: 폴드 다섯 개의 정확도. 뜻 없는 레이블, 옮겨 놓은 쌍둥이, 숫자 이미지.
    asks: Split first, augment then
    asks-ko: 먼저 나누고 나서 증식하세요
    hint: No copy of an image of the fold may be in the training set, and all copies of the others must; the fold stays as it is.
    hint-ko: 폴드의 이미지를 옮긴 사본은 훈련 세트에 하나도 없어야 하고 다른 이미지의 사본은 모두 있어야 해요. 폴드는 그대로 두세요.
    """
    # Grey pictures, each more than half as bright again as the next: a copy of its own would be the nearest one.
    grey = np.repeat(1.6 ** rng.permutation(20)[:, np.newaxis], 64, axis=1)
    names = rng.integers(4, size=20)
    # Each of the first twenty images comes again in the second half, one pixel further to the right.
    first = images(rng, 20).reshape(-1, 8, 8) * 3
    first[:, :, -1] = 0
    twins = np.reshape([first, np.roll(first, 1, axis=2)], (40, 64))
    rows = rng.permutation(len(hidden.X_train))[:150]
    digits = hidden.X_train[rows] + rng.uniform(0, 5, size=(150, 64))  # no two distances are equal
    expect.agree(lambda code: code.call("fold_accuracies", grey, names, 1))
    expect.agree(lambda code: code.call("fold_accuracies", twins, np.tile(np.arange(20), 2), 1), [1.0] * 5)
    expect.agree(lambda code: [code.call("fold_accuracies", digits, hidden.y_train[rows], k) for k in (3, 12)])


@pytest.mark.points(3)
@pytest.mark.needs("test_no_other_images")
def test_learns_the_images_that_it_gets(expect, hidden):
    """The model knows the images that it was given, by the labels that it was given, and shifted copies of them.

    ko: 모델은 받은 이미지를 받은 레이블로 알아보고, 그것을 옮긴 사본도 알아본다.
    asks: augmenting them is the function's own business
    asks-ko: 증식은 이 함수가 알아서 합니다
    hint: Let `fit_model` train on what `augment` makes of the `X` and `y` of this call, and on nothing else.
    hint-ko: `fit_model`이 그때 받은 `X`와 `y`를 `augment`한 결과로만 훈련하게 하세요.
    """
    few, others = hidden.y_train < 5, hidden.y_test < 5
    X, y = hidden.X_train[few], hidden.y_train[few] + 40
    copies = np.concatenate([hidden.shifted(X, *move) for move in hidden.moves])

    def knows(code):
        model = fitted(code, X, y)
        found = model.predict(hidden.X_test)
        return {
            "only the given labels": bool(np.isin(found, np.arange(40, 45)).all()),
            "the given images": bool(np.mean(model.predict(X) == y) > 0.98),
            "their copies": bool(np.mean(model.predict(copies) == np.tile(y, 4)) > 0.98),
            "new images": bool(np.mean(found[others] == hidden.y_test[others] + 40) > 0.95),
        }

    known = ("only the given labels", "the given images", "their copies", "new images")
    expect.agree(knows, dict.fromkeys(known, True), message=NOT_LEARNT)


def share_right(submission, expect, remembered, hidden, seed, X, truth):
    """Accuracy of a model that was trained on digits under other names."""
    names = np.random.default_rng(seed).permutation(10)
    model = remembered("model", lambda: submission.call("fit_model", hidden.X_train, names[hidden.y_train], hold=True))
    found = expect.array(submission.estimator(model).predict(X), (len(X),))
    return float(np.mean(found == names[truth]))


@pytest.mark.points(1)
@pytest.mark.needs("test_no_other_images")
@pytest.mark.timeout(90)
def test_accuracy_on_centred_digits(submission, hidden, expect, band, remembered, seed):
    """Accuracy on 450 digits that the model has never seen.

    ko: 처음 보는 숫자 450개의 정확도.
    asks: All are yours from **0.97** for the centred
    asks-ko: 가운데에 놓인 이미지는 **0.97**부터
    hint: Nearest neighbours or a support vector machine with an RBF kernel do it; compare them by cross-validation.
    hint-ko: 최근접 이웃이나 RBF 커널 서포트 벡터 머신이면 충분해요. 교차 검증으로 비교해 보세요.
    """
    value = share_right(submission, expect, remembered, hidden, seed, hidden.X_test, hidden.y_test)
    expect.metric(band["centred"], value, baseline=hidden.lazy_centred)


@pytest.mark.points(4)
@pytest.mark.needs("test_no_other_images")
@pytest.mark.timeout(90)
def test_accuracy_on_shifted_digits(submission, hidden, expect, band, remembered, seed):
    """Accuracy on the same digits, shifted by one pixel.

    ko: 같은 숫자를 한 픽셀씩 옮겼을 때의 정확도.
    asks: and from **0.95** for the shifted ones
    asks-ko: 옮긴 이미지는 **0.95**부터 만점입니다
    hint: Let `fit_model` train on what `augment` returns; nearest neighbours follow shifted digits, a linear model does not.
    hint-ko: `fit_model`이 `augment`의 결과로 훈련하게 하세요. 최근접 이웃은 옮긴 숫자도 알아보지만 선형 모델은 그러지 못해요.
    """
    value = share_right(submission, expect, remembered, hidden, seed, hidden.X_moved, hidden.y_moved)
    expect.metric(band["shifted"], value, baseline=hidden.lazy_shifted)
