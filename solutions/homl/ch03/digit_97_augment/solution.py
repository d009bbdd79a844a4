# %% [markdown] lang="en"
# # 97 % of the digits, and shifted ones too
#
# Many a classifier knows 97 % of neat, centred digits. Move them by a single pixel and it knows 62 %: it never saw a digit
# that was not centred. The remedy is **data augmentation**: add shifted copies of the training images to the training set,
# and of no others, since what measures the model must stay unseen.
#
# The images are those of scikit-learn's `load_digits`: 8 × 8 pixels with ink from 0 to 16, stored as a row of 64 numbers
# (`X[i].reshape(8, 8)` is the picture, row 0 at the top). Write into this file:
#
# * `shift_image(img, dx, dy) -> array (height, width)`: a new picture of the same shape and dtype in which everything has
#   moved `dx` pixels to the **right** and `dy` pixels **down** (negative: left, up). What leaves the picture is lost, what
#   becomes free is 0. `img` is a two-dimensional array of any size and is not changed; a shift may be larger than it.
# * `augment(X, y) -> (X_new, y_new)`: from `X` of shape (n, 64) and `y` of shape (n,) to `X_new` of shape (5n, 64): each image
#   as it is, and shifted by one pixel to the left, to the right, up and down. The order is up to you, but `y_new[i]` must be
#   the label of row `i` of `X_new`.
# * `fold_accuracies(X, y, k) -> list of 5 numbers`: the accuracy of `KNeighborsClassifier(k)` in each fold of `KFold(5)`
#   (not shuffled): trained on the images of the other four folds **and their shifted copies**, measured on the images of
#   this fold as they are. Split first, augment then: copies of validation images in the training set flatter.
# * `fit_model(X, y) -> estimator`: trains on the images `X` and labels `y`, and on nothing else, and returns a fitted
#   classifier with `predict`. It gets the images as they are; augmenting them is the function's own business.
#
# The grader calls `fit_model` with 1,347 images and measures it on 450 others twice: as they are, and shifted by one pixel
# in each of the four directions. A logistic regression on the pixels reaches 0.96 and 0.75 at best: there the points begin.
# All are yours from **0.97** for the centred and from **0.95** for the shifted ones. The digits may bear **other names** then (a 3
# may be called 7): your model has to learn from the labels that it is given.
#
# A worked example: with `img = [[1, 2, 3], [4, 5, 6]]`
#
# ```
# shift_image(img, 1, 0)   →  [[0, 1, 2], [0, 4, 5]]
# shift_image(img, 0, -1)  →  [[4, 5, 6], [0, 0, 0]]
# shift_image(img, 3, 0)   →  [[0, 0, 0], [0, 0, 0]]
# ```
#
# Hints: `np.zeros_like(img)` has the right shape and dtype; copy a slice of the picture into a slice of the zeros. With five
# blocks one below the other `np.tile(y, 5)` fits, with the five versions of an image together `np.repeat(y, 5)`.
# `for train, valid in KFold(5).split(X)` gives the numbers of rows.

# %% [markdown] lang="ko"
# # 97 % 숫자 분류와 이동 증식
#
# 가운데에 반듯하게 놓인 숫자라면 97 %를 맞히는 분류기가 많습니다. 그런데 같은 숫자를 한 픽셀만 옮겨도 정확도가 62 %로
# 떨어집니다. 가운데에 있지 않은 숫자를 본 적이 없기 때문입니다. 해결책은 **데이터 증식**(data augmentation)입니다. 훈련 이미지를
# 조금씩 옮긴 사본을 훈련 세트에 더하면 됩니다. 다른 이미지의 사본은 더하면 안 됩니다. 모델을 평가할 이미지는 끝까지 처음 보는
# 이미지로 남아 있어야 합니다.
#
# 이미지는 사이킷런 `load_digits`의 것입니다. 8 × 8 픽셀이고 잉크의 양은 0부터 16까지이며, 숫자 64개짜리 행으로 저장되어 있습니다
# (`X[i].reshape(8, 8)`이 그림이고 0번 행이 맨 위입니다). 이 파일에 다음을 작성하세요.
#
# * `shift_image(img, dx, dy) -> 배열 (height, width)`: 모든 픽셀을 **오른쪽**으로 `dx`, **아래**로 `dy`만큼 옮긴 새 그림입니다(음수면
#   왼쪽, 위쪽). 크기와 dtype은 그대로입니다. 그림 밖으로 나간 것은 사라지고 빈자리는 0으로 채웁니다. `img`는 크기가 정해지지 않은
#   2차원 배열이고 바뀌면 안 됩니다. 그림보다 더 멀리 옮길 수도 있습니다.
# * `augment(X, y) -> (X_new, y_new)`: `X`의 크기는 (n, 64), `y`는 (n,)입니다. `X_new`의 크기는 (5n, 64)이고, 이미지마다 원본과
#   왼쪽, 오른쪽, 위, 아래로 한 픽셀씩 옮긴 것이 들어 있습니다. 순서는 마음대로 정해도 되지만 `y_new[i]`는 `X_new`의 `i`번 행의
#   레이블이어야 합니다.
# * `fold_accuracies(X, y, k) -> 값 5개짜리 리스트`: 섞지 않은 `KFold(5)`의 폴드마다 구한 `KNeighborsClassifier(k)`의 정확도입니다.
#   나머지 네 폴드의 이미지와 **그 이미지를 옮긴 사본**으로 훈련하고, 이 폴드의 이미지는 원본 그대로 써서 잽니다. 먼저 나누고 나서
#   증식하세요. 검증 이미지의 사본이 훈련 세트에 있으면 기억력을 재는 셈입니다.
# * `fit_model(X, y) -> 추정기`: 이미지 `X`와 레이블 `y`만으로 훈련한 분류기를 반환합니다. 이 분류기에는 `predict`가 있어야 합니다.
#   이미지는 원본 그대로 들어오므로 증식은 이 함수가 알아서 합니다.
#
# 채점할 때는 이미지 1,347개로 `fit_model`을 부르고 다른 이미지 450개에서 두 번 정확도를 잽니다. 한 번은 그대로, 한 번은 네 방향으로
# 한 픽셀씩 옮겨서 잽니다. 픽셀로 로지스틱 회귀를 하면, 옮긴 사본까지 훈련에 써도 기껏해야 0.96과 0.75입니다. 점수는 여기에서
# 시작합니다. 가운데에 놓인 이미지는 **0.97**부터, 옮긴 이미지는 **0.95**부터 만점입니다. 채점할 때 숫자의 **이름이 바뀔 수
# 있습니다**(3을 7이라고 부를 수 있습니다). 모델은 받은 레이블에서 배워야 합니다.
#
# 예를 들어 `img = [[1, 2, 3], [4, 5, 6]]`이면 다음과 같습니다.
#
# ```
# shift_image(img, 1, 0)   →  [[0, 1, 2], [0, 4, 5]]
# shift_image(img, 0, -1)  →  [[4, 5, 6], [0, 0, 0]]
# shift_image(img, 3, 0)   →  [[0, 0, 0], [0, 0, 0]]
# ```
#
# 힌트: `np.zeros_like(img)`를 쓰면 크기와 dtype이 맞습니다. 그림의 슬라이스를 그 배열의 슬라이스에 복사하세요. 다섯 덩어리를 위아래로
# 쌓았다면 `np.tile(y, 5)`가 맞고, 한 이미지의 다섯 가지를 나란히 놓았다면 `np.repeat(y, 5)`가 맞습니다.
# `for train, valid in KFold(5).split(X)`로 행 번호를 얻을 수 있습니다.

# %%
from __future__ import annotations

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.model_selection import KFold
from sklearn.neighbors import KNeighborsClassifier

SIDE = 8  # pixels


# %%
def shift_image(img: np.ndarray, dx: int, dy: int) -> np.ndarray:
    """Move a picture `dx` pixels to the right and `dy` down; what becomes free is 0."""
    # SOLUTION
    height, width = img.shape
    shifted = np.zeros_like(img)
    if abs(dx) < width and abs(dy) < height:
        kept = img[max(-dy, 0) : height - max(dy, 0), max(-dx, 0) : width - max(dx, 0)]
        shifted[max(dy, 0) : height - max(-dy, 0), max(dx, 0) : width - max(-dx, 0)] = kept
    return shifted
    # END SOLUTION


# %%
def augment(X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Images (n, 64) and labels (n,), and with them the images shifted by one pixel in four directions."""
    # SOLUTION
    pictures = np.reshape(X, (-1, SIDE, SIDE))
    moves = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)]
    moved = np.array([shift_image(picture, dx, dy) for dx, dy in moves for picture in pictures])
    return moved.reshape(-1, SIDE * SIDE), np.tile(y, len(moves))
    # END SOLUTION


# %%
def fold_accuracies(X: np.ndarray, y: np.ndarray, k: int) -> list[float]:
    """Accuracy of k nearest neighbours in each of five folds, trained on the other folds and their shifted copies."""
    # SOLUTION
    accuracies = []
    for train, valid in KFold(5).split(X):
        model = KNeighborsClassifier(k).fit(*augment(X[train], y[train]))
        accuracies.append(float(model.score(X[valid], y[valid])))
    return accuracies
    # END SOLUTION


# %%
def fit_model(X: np.ndarray, y: np.ndarray) -> ClassifierMixin:
    """Train a classifier of digits on the images (n, 64) and their labels."""
    # SOLUTION
    return KNeighborsClassifier(n_neighbors=3, weights="distance").fit(*augment(X, y))
    # END SOLUTION
