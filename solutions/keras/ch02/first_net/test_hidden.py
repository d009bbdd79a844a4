"""Hidden checks of the first network: values of the prepared data, the loss, and what the trained network is worth."""

import numpy as np
import pytest

from grader.checks import SubmissionFault, Text

OTHER_LOSS = Text(
    'The loss is not the cross-entropy of one-hot labels: compile with loss="categorical_crossentropy".',
    '원-핫 레이블에 맞는 교차 엔트로피 손실이 아니에요. loss="categorical_crossentropy"로 컴파일하세요.',
)
NOT_ITS_WEIGHTS = Text(
    "The network does not answer what its layers and weights say: hand it in as Keras made it.",
    "신경망의 답이 그 층과 가중치로 계산한 값과 달라요. 케라스가 만든 그대로 제출하세요.",
)
NOT_TRAINED = Text(
    "The network does not know the training images well: train it on them.", "신경망이 훈련 이미지를 잘 몰라요. 훈련 이미지로 훈련하세요."
)
OTHER_ORDER = Text("The pictures are in another order than in the file.", "사진의 순서가 파일과 달라요.")
NOT_THE_TEST = Text(
    "The network reaches another accuracy on the test images.", "신경망이 테스트 이미지에서 내는 정확도와 달라요."
)

LAZY = 0.94  # accuracy of a logistic regression on the pixels
MUCH = 0.12  # loss on the training images: about 0.05 after twenty epochs, 0.09 after ten, 0.16 after five


def probabilities(code, name):
    """What the network makes of images as the notebook has prepared them; each row adds up to 1, logits are turned."""
    found = np.asarray(code.model("network").predict(code[name]), dtype=float)
    found = np.exp(found - found.max(axis=1, keepdims=True)) if found.min() < 0 else found
    return found / found.sum(axis=1, keepdims=True)


def as_rows(images):
    images = np.asarray(images, dtype=float)
    return images.reshape(len(images), -1)


def accuracy(found, digits):
    return float(np.mean(found.argmax(axis=1) == digits))


def loss(found, digits):
    return float(-np.log(np.maximum(found[np.arange(len(digits)), digits], 1e-7)).mean())


@pytest.mark.points(3)
def test_images_are_scaled(expect, hidden):
    """Pixels lie between 0 and 1, pictures in their order.

    ko: 픽셀은 0과 1 사이의 값이고 사진의 순서는 그대로이다.
    asks: Keep the order of the pictures. Example: a pixel 51 becomes 51 / 255 = 0.2
    asks-ko: 사진의 순서는 그대로 두세요. 예를 들어 픽셀 51은 51 / 255 = 0.2가 되고
    hint: Every pixel divided by 255, as floating-point numbers, pictures in their order.
    hint-ko: 모든 픽셀을 실수로 바꾸어 255로 나누고, 사진의 순서는 그대로 두세요.
    """

    def values(code):  # whatever the order of the pictures
        images = as_rows(code[name])
        return np.sort(images, axis=0)[::20], np.sort(images.sum(axis=1))

    def in_order(code):
        return bool(np.corrcoef(as_rows(code[name]).sum(axis=1), as_rows(pixels).sum(axis=1))[0, 1] > 0.5)

    for name, pixels in (("train_images", hidden.x_train), ("test_images", hidden.x_test)):
        expect.agree(values, rtol=1e-4, atol=1e-5)
        expect.agree(in_order, True, message=OTHER_ORDER)


@pytest.mark.points(2)
def test_labels_are_one_hot(expect):
    """Labels are one-hot rows of ten.

    ko: 레이블은 길이가 10인 원-핫 벡터이다.
    asks: a row of zeros with a single 1 in the column of the digit
    asks-ko: 해당하는 숫자의 열만 1이고 나머지는 0입니다
    hint: keras.utils.to_categorical(y, 10) gives one column per digit.
    hint-ko: keras.utils.to_categorical(y, 10)을 쓰면 숫자마다 열이 하나씩 생겨요.
    """
    for name in ("train_labels", "test_labels"):
        expect.agree(lambda code: np.asarray(code[name], dtype=float), atol=1e-6)


@pytest.mark.points(3)
def test_loss_fits_the_labels(expect):
    """The loss is the cross-entropy of one-hot labels.

    ko: 손실은 원-핫 레이블에 맞는 교차 엔트로피이다.
    asks: the cross-entropy for one-hot labels as loss
    asks-ko: 손실은 원-핫 레이블에 맞는 교차 엔트로피
    hint: loss="categorical_crossentropy" belongs to one-hot labels and softmax.
    hint-ko: 원-핫 레이블과 소프트맥스에는 loss="categorical_crossentropy"가 어울려요.
    """

    def compiled(code):
        facts = code.model("network").describe()
        return "".join(filter(str.isalpha, str(facts.loss))).lower(), facts.from_logits is True

    expect.agree(compiled, ("categoricalcrossentropy", False), message=OTHER_LOSS)


@pytest.mark.points(0)
def test_answers_come_from_the_weights(expect):
    """The answers are those of two dense layers with these weights.

    ko: 신경망의 답은 이 가중치를 가진 밀집 층 두 개로 계산한 값이다.
    asks: a compiled and trained `keras.Model`
    asks-ko: 컴파일하고 훈련까지 마친 `keras.Model`
    hint: Hand in the network as Keras made it: two dense layers, nothing between their weights and the answer.
    hint-ko: 케라스가 만든 신경망 그대로 제출하세요. 밀집 층 두 개뿐이고, 가중치와 답 사이에 다른 것이 없어야 해요.
    """

    def follow(code):
        return expect.holds(expect.forward, code.model("network"), code["test_images"][:20])

    expect.agree(follow, True, message=NOT_ITS_WEIGHTS)


@pytest.mark.points(2)
@pytest.mark.needs("test_answers_come_from_the_weights")
def test_trained_on_the_training_images(expect, hidden):
    """The network was trained, and on the training images.

    ko: 신경망이 훈련되었고, 훈련에는 훈련 이미지를 썼다.
    asks: twenty epochs over the training images
    asks-ko: 훈련 이미지를 스무 에포크 훈련합니다
    hint: network.fit(train_images, train_labels, epochs=20, batch_size=128)
    hint-ko: network.fit(train_images, train_labels, epochs=20, batch_size=128)처럼 훈련하세요.
    """

    def state(code):
        train, test = probabilities(code, "train_images"), probabilities(code, "test_images")
        left = loss(train, hidden.y_train)
        if accuracy(train, hidden.y_train) < 0.5:
            return "untrained"
        if loss(test, hidden.y_test) < 0.8 * left:
            return "trained on the test images"
        return "trained" if left < MUCH else "much left to learn"

    expect.agree(state, "trained", how="choice", message=NOT_TRAINED)


@pytest.mark.points(4)
@pytest.mark.needs("test_trained_on_the_training_images")
def test_accuracy_on_rescanned_digits(submission, expect, hidden, band, rng):
    """The network reads the test digits when they are scanned once more.

    ko: 테스트 숫자를 다시 스캔해도 신경망이 잘 읽는다.
    asks: all are yours from 0.955 on
    asks-ko: 0.955부터 만점입니다
    hint: Too few epochs, or another optimizer, leave the network behind: twenty epochs of `adam`, and see whether the loss still falls.
    hint-ko: 에포크가 적거나 옵티마이저가 다르면 신경망이 덜 배워요. `adam`으로 스무 에포크를 훈련하고, 손실이 계속 줄어드는지 보세요.
    """
    # A second scan: the same hands, another brightness for each picture and some grain.
    images = hidden.x_test.reshape(len(hidden.x_test), -1) / 255
    images = images * rng.uniform(0.85, 1.0, size=(len(images), 1)) + rng.normal(0, 0.04, size=images.shape)
    form = np.shape(submission["test_images"])[1:]
    images = np.clip(images, 0, 1).astype(np.float32).reshape(len(images), *(form if np.prod(form) == 784 else (784,)))
    found = expect.array(submission.model("network").predict(images), (len(images), 10))
    expect.metric(band["accuracy"], accuracy(found, hidden.y_test), baseline=LAZY)


@pytest.mark.points(2)
@pytest.mark.needs("test_answers_come_from_the_weights")
def test_reported_accuracy(expect, hidden):
    """`test_acc` is the accuracy on the test images.

    ko: `test_acc`는 테스트 이미지의 정확도이다.
    asks: Define `test_acc`, a `float`: the accuracy on the **test** images
    asks-ko: **테스트** 이미지의 정확도를 `test_acc`라는 `float`으로 정의하세요
    hint: test_loss, test_acc = network.evaluate(test_images, test_labels): the loss comes first.
    hint-ko: test_loss, test_acc = network.evaluate(test_images, test_labels)예요. 손실이 먼저 나와요.
    """

    def printed(code):
        """What `fit` printed last, where the network still knows: it names a wrong answer, and earns nothing."""
        try:
            return [values[-1] for values in code.remote("network").get("history.history").values()]
        except (SubmissionFault, AttributeError, IndexError):
            return []

    def number(code):
        test, train = probabilities(code, "test_images"), probabilities(code, "train_images")
        meanings = [("test accuracy", accuracy(test, hidden.y_test)), ("training accuracy", accuracy(train, hidden.y_train))]
        meanings += [("test loss", loss(test, hidden.y_test)), *(("printed by fit", value) for value in printed(code))]
        said = float(code["test_acc"])
        return next((name for name, value in meanings if abs(said - value) < 1e-3), "something else")

    expect.agree(number, "test accuracy", how="choice", message=NOT_THE_TEST)
