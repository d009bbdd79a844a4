"""Hidden checks of the first network: values of the prepared data, and what the trained network is worth."""

import numpy as np
import pytest

from grader.checks import Text

NOT_SCALED = Text(
    "These are the raw pixels from 0 to 255: divide by 255.",
    "0부터 255까지의 원래 픽셀 값이에요. 255로 나누세요.",
)
INTEGER_DIVISION = Text(
    "Only 0 and 1 are left: an integer division threw the grey levels away. Cast to float32 first, divide after.",
    "0과 1만 남았어요. 정수 나눗셈 때문에 회색 단계가 사라졌어요. 먼저 float32로 바꾼 뒤 나누세요.",
)
OTHER_ORDER = Text(
    "The values are right, but the pictures are in another order: then the labels no longer belong to them.",
    "값은 맞지만 사진의 순서가 바뀌었어요. 그러면 레이블이 다른 사진에 붙게 돼요.",
)
INTEGER_LABELS = Text(
    "These are the digits themselves. One-hot labels have one column per class: keras.utils.to_categorical(y, 10).",
    "숫자 레이블 그대로예요. 원-핫 레이블은 클래스마다 열이 하나씩 있어요. keras.utils.to_categorical(y, 10)을 써 보세요.",
)
TRAINING_ACCURACY = Text(
    "This is the accuracy on the training images. Ask network.evaluate with the test images.",
    "훈련 이미지의 정확도예요. network.evaluate에 테스트 이미지를 넣어 구하세요.",
)
NOT_THE_TEST = Text(
    "The network reaches another accuracy on the test images. The numbers that `fit` prints belong to the training images, "
    "and the first number of `evaluate` is the loss.",
    "신경망이 테스트 이미지에서 내는 정확도와 달라요. `fit`이 출력하는 값은 훈련 이미지의 것이고, `evaluate`의 첫 번째 값은 손실이에요.",
)


def rows(pixels):
    """Pictures as float32 rows from 0 to 1."""
    return pixels.reshape(len(pixels), -1).astype(np.float32) / np.float32(255)


def explain_order(images, pixels):
    """The sentence for pictures in another order, or None; ``images`` has the right shape and finite numbers."""
    if np.isclose(np.sort(images.sum(axis=1)), np.sort(rows(pixels).sum(axis=1)), rtol=1e-4).all():
        return OTHER_ORDER
    return None


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Every pixel divided by 255, as floating-point numbers, pictures in their order.",
    ko="모든 픽셀을 실수로 바꾸어 255로 나누고, 사진의 순서는 그대로 두세요.",
)
def test_images_are_scaled(submission, expect, hidden):
    """Pixels lie between 0 and 1, pictures in their order.

    ko: 픽셀은 0과 1 사이의 값이고 사진의 순서는 그대로이다.
    """
    for name, pixels in (("train_images", hidden.x_train), ("test_images", hidden.x_test)):
        images = submission[name]
        expect.type(images, np.ndarray, what=name)
        expect.array(images, (len(pixels), 784))
        flat = pixels.reshape(len(pixels), -1)
        wrong = [(flat, NOT_SCALED), (flat // 255, INTEGER_DIVISION)]
        order = explain_order(images, pixels)
        expect.close(images, rows(pixels), rtol=0, atol=1e-5, message=order, mistakes=wrong)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="keras.utils.to_categorical(y, 10) gives one column per digit.",
    ko="keras.utils.to_categorical(y, 10)을 쓰면 숫자마다 열이 하나씩 생겨요.",
)
def test_labels_are_one_hot(submission, expect, hidden):
    """Labels are one-hot rows of ten.

    ko: 레이블은 길이가 10인 원-핫 벡터이다.
    """
    for name, digits in (("train_labels", hidden.y_train), ("test_labels", hidden.y_test)):
        labels = submission[name]
        expect.type(labels, np.ndarray, what=name)
        as_digits = labels.shape in ((len(digits),), (len(digits), 1))
        expect.shape(labels, (len(digits), 10), message=INTEGER_LABELS if as_digits else None)
        expect.close(labels, np.eye(10)[digits], atol=1e-6)


@pytest.mark.points(1)
@pytest.mark.needs("test_labels_are_one_hot", "test_layers_of_the_network")
@pytest.mark.hint(
    en='loss="categorical_crossentropy" belongs to one-hot labels and softmax.',
    ko='원-핫 레이블과 소프트맥스에는 loss="categorical_crossentropy"가 어울려요.',
)
def test_loss_fits_the_labels(submission, expect):
    """The loss is the cross-entropy of one-hot labels.

    ko: 손실은 원-핫 레이블에 맞는 교차 엔트로피이다.
    """
    expect.head(submission.model("network"), "multiclass", 10, labels="one-hot")


@pytest.fixture
def predict(submission, expect):
    """The network's probabilities for float32 rows, checked for shape and finite values."""

    network = submission.model("network")
    return lambda images: expect.predictions(network.predict(images), (len(images), 10))


@pytest.mark.points(2)
@pytest.mark.needs("test_images_become_rows", "test_layers_of_the_network")
@pytest.mark.hint(
    en="Hand in the network as Keras made it: two dense layers, nothing between their weights and the answer.",
    ko="케라스가 만든 신경망 그대로 제출하세요. 밀집 층 두 개뿐이고, 가중치와 답 사이에 다른 것이 없어야 해요.",
)
def test_answers_come_from_the_weights(submission, expect, rng):
    """The answers are those of two dense layers with these weights.

    ko: 신경망의 답은 이 가중치를 가진 밀집 층 두 개로 계산한 값이다.
    """
    expect.forward(submission.model("network"), rng.random((20, 784)).astype(np.float32))


@pytest.mark.points(4)
@pytest.mark.needs("test_images_are_scaled")
@pytest.mark.hint(
    en="Fit on the training images for five epochs; the loss printed for each epoch should fall.",
    ko="훈련 이미지로 다섯 에포크를 훈련하세요. 에포크마다 출력되는 손실이 줄어들어야 해요.",
)
def test_accuracy_on_rescanned_digits(predict, expect, hidden, band, rng):
    """The network reads the test digits when they are scanned once more.

    ko: 테스트 숫자를 다시 스캔해도 신경망이 잘 읽는다.
    """
    # A second scan: the same hands, another brightness for each picture and some grain.
    images = rows(hidden.x_test)
    images = images * rng.uniform(0.85, 1.0, size=(len(images), 1)) + rng.normal(0, 0.04, size=images.shape)
    predicted = predict(np.clip(images, 0, 1).astype(np.float32)).argmax(axis=1)
    expect.score(band["accuracy"], hidden.y_test, predicted, baseline_from=hidden.y_train)


@pytest.mark.points(2)
@pytest.mark.needs("test_images_are_scaled")
@pytest.mark.hint(
    en="test_loss, test_acc = network.evaluate(test_images, test_labels): the loss comes first.",
    ko="test_loss, test_acc = network.evaluate(test_images, test_labels)예요. 손실이 먼저 나와요.",
)
def test_reported_accuracy(submission, predict, expect, hidden):
    """`test_acc` is the accuracy on the test images.

    ko: `test_acc`는 테스트 이미지의 정확도이다.
    """
    actual, training = (
        expect.measure("accuracy", digits, predict(rows(pixels)).argmax(axis=1))
        for pixels, digits in ((hidden.x_test, hidden.y_test), (hidden.x_train, hidden.y_train))
    )
    known = [(training, TRAINING_ACCURACY)]
    expect.close(submission["test_acc"], actual, atol=1e-3, message=NOT_THE_TEST, mistakes=known)
