# %% [markdown] lang="en"
# # A first neural network
#
# Pictures of handwritten digits, ten classes: the first task of almost everyone who learns deep learning. The whole way is
# six lines long once you know it: prepare the data, stack layers, compile, fit, evaluate.
#
# `data/digits28.npz` holds grey-scale pictures of 28 × 28 pixels as `uint8` values from 0 (background) to 255 (ink),
# and the digit that each one shows. The first cell loads it.

# %% [markdown] lang="ko"
# # 첫 번째 신경망
#
# 손으로 쓴 숫자 사진을 열 개 클래스로 나누는 일은 딥러닝을 배우는 사람이라면 거의 누구나 처음 만나는 문제입니다. 길을 알고 나면
# 코드는 몇 줄뿐입니다. 데이터를 준비하고, 층을 쌓고, 컴파일하고, 훈련하고, 평가합니다.
#
# `data/digits28.npz`에는 28 × 28 크기의 흑백 사진이 0(배경)부터 255(잉크)까지의 `uint8` 값으로, 그리고 사진마다 어떤 숫자인지가
# 들어 있습니다. 첫 셀에서 불러옵니다.

# %%
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

with np.load("data/digits28.npz") as archive:
    x_train, y_train = archive["x_train"], archive["y_train"]
    x_test, y_test = archive["x_test"], archive["y_test"]

print("training:", x_train.shape, x_train.dtype, "labels", y_train[:10])
print("test:    ", x_test.shape, x_test.dtype)

# %% [markdown] lang="en"
# ## 1. Prepare the data
#
# A dense layer wants one row of numbers per picture, and learning is easiest when these are small. Define
#
# * `train_images`, `test_images`: arrays of shape `(n, 784)`, dtype `float32`, with values from 0 to 1;
# * `train_labels`, `test_labels`: *one-hot* labels of shape `(n, 10)`: a row of zeros with a single 1 in the column of the digit.
#
# Keep the order of the pictures. Example: a pixel 51 becomes 51 / 255 = 0.2, and the label 3 becomes
# `[0, 0, 0, 1, 0, 0, 0, 0, 0, 0]`.
#
# Hints: `reshape(len(x), -1)`. `//` divides integers and throws the rest away. In Keras 3 the function for labels is
# `keras.utils.to_categorical`; `keras.utils.np_utils`, which older books use, is gone.

# %% [markdown] lang="ko"
# ## 1. 데이터 준비
#
# 밀집 층(dense layer)은 사진 하나를 숫자 한 줄로 받고, 그 숫자가 작을 때 잘 배웁니다. 다음을 정의하세요.
#
# * `train_images`, `test_images`: 크기가 `(n, 784)`, dtype이 `float32`이고 값이 0부터 1까지인 배열
# * `train_labels`, `test_labels`: 크기가 `(n, 10)`인 *원-핫*(one-hot) 레이블. 해당하는 숫자의 열만 1이고 나머지는 0입니다.
#
# 사진의 순서는 그대로 두세요. 예를 들어 픽셀 51은 51 / 255 = 0.2가 되고, 레이블 3은 `[0, 0, 0, 1, 0, 0, 0, 0, 0, 0]`이 됩니다.
#
# 힌트: `reshape(len(x), -1)`을 써 보세요. `//`는 정수로 나누고 나머지를 버리니 주의하세요. 케라스 3에서 레이블을 바꾸는 함수는
# `keras.utils.to_categorical`입니다. 오래된 책에 나오는 `keras.utils.np_utils`는 이제 없습니다.


# %%
# SOLUTION
# STUB: train_images = None  # (n, 784), float32, 0 ... 1
# STUB: test_images = None
# STUB: train_labels = None  # (n, 10), one-hot
# STUB: test_labels = None
def prepare(pixels):
    """Flatten pictures (n, 28, 28) of uint8 into float32 rows (n, 784) from 0 to 1."""
    return pixels.reshape(len(pixels), -1).astype("float32") / 255


train_images = prepare(x_train)
test_images = prepare(x_test)
train_labels = keras.utils.to_categorical(y_train, 10)
test_labels = keras.utils.to_categorical(y_test, 10)
# END SOLUTION

# %% [markdown] lang="en"
# ## 2. Build and train the network
#
# Define `network`, a compiled and trained `keras.Model`:
#
# * a dense layer of 512 units with ReLU, then a dense layer of 10 units with softmax: ten probabilities that sum to 1;
# * the cross-entropy for one-hot labels as loss; `adam` is a good optimizer to begin with, and `metrics=["accuracy"]` lets
#   you watch;
# * twenty epochs over the training images with batches of 128: so few pictures want many epochs.
#
# The grader scans the test digits once more, a little darker and with some grain, and lets your network read them. A logistic
# regression on the pixels is right in 0.94 of the cases: there the points begin, and all are yours from 0.955 on.
#
# Count before you run: the first layer has 784 · 512 weights and 512 biases, the second 512 · 10 and 10. Does
# `network.summary()` show the same sum?
#
# Hint: begin with `keras.Input((784,))`. The old argument `input_shape=` of a layer only gives a warning now.

# %% [markdown] lang="ko"
# ## 2. 신경망을 만들고 훈련하기
#
# 컴파일하고 훈련까지 마친 `keras.Model`을 `network`라는 이름으로 정의하세요.
#
# * ReLU를 쓰는 유닛 512개짜리 밀집 층, 그다음 소프트맥스를 쓰는 유닛 10개짜리 밀집 층. 출력은 합이 1인 확률 열 개입니다.
# * 손실은 원-핫 레이블에 맞는 교차 엔트로피. 옵티마이저는 `adam`으로 시작하면 좋고, `metrics=["accuracy"]`를 주면 정확도가 나오는
#   것을 지켜볼 수 있습니다.
# * 배치 크기 128로 훈련 이미지를 스무 에포크 훈련합니다. 사진이 적으니 에포크가 많이 필요합니다.
#
# 채점할 때는 테스트 숫자를 조금 더 어둡고 거칠게 다시 스캔해서 신경망에 읽힙니다. 픽셀로 로지스틱 회귀를 하면 0.94를 맞힙니다. 점수는
# 여기에서 시작하고, 0.955부터 만점입니다.
#
# 실행하기 전에 세어 봅시다. 첫 번째 층에는 가중치 784 · 512개와 편향 512개, 두 번째 층에는 512 · 10개와 10개가 있습니다.
# `network.summary()`의 합계와 같은가요?
#
# 힌트: `keras.Input((784,))`으로 시작하세요. 예전처럼 층에 `input_shape=`를 주면 이제는 경고가 나옵니다.

# %%
# SOLUTION
# STUB: network = None  # a compiled and trained keras.Model
network = keras.Sequential(
    [
        keras.Input((28 * 28,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
network.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
history = network.fit(train_images, train_labels, epochs=20, batch_size=128, verbose=2)
# END SOLUTION

# %% [markdown] lang="en"
# ## 3. Evaluate it
#
# Define `test_acc`, a `float`: the accuracy on the **test** images. The accuracy that `fit` prints belongs to the training
# images, and says little about pictures that the network has never seen.
#
# Hint: `network.evaluate` returns the loss first, then the metrics.

# %% [markdown] lang="ko"
# ## 3. 평가하기
#
# **테스트** 이미지의 정확도를 `test_acc`라는 `float`으로 정의하세요. `fit`이 출력하는 정확도는 훈련 이미지의 것이어서, 신경망이 본 적
# 없는 사진을 얼마나 잘 맞힐지는 거의 알려 주지 않습니다.
#
# 힌트: `network.evaluate`는 손실을 먼저, 그다음에 지표를 반환합니다.

# %%
# SOLUTION
# STUB: test_acc = None  # accuracy on the test images
test_loss, test_acc = network.evaluate(test_images, test_labels, verbose=0)
print(f"test accuracy {test_acc:.3f}")
# END SOLUTION
