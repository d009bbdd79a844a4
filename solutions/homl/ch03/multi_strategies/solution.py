# %% [markdown] lang="en"
# # One-vs-rest, one-vs-one, several labels, whole images
#
# Some classifiers only know yes and no. Two strategies make a classifier of K classes out of them: **one-vs-rest** trains
# one detector for each class, **one-vs-one** one for each pair of classes. And an answer need not be one class: it may be
# several labels at once, or 64 numbers, a whole image.
#
# The cell below loads the digits (8 × 8 pixels with ink from 0 to 16, rows of 64 numbers) and puts 450 of them aside. Work
# with `X_train` and `y_train`, 1,347 digits, alone. Define:
#
# * `n_ovr: int` and `n_ovo: int`: how many binary classifiers `OneVsRestClassifier(SVC())` and `OneVsOneClassifier(SVC())`
#   have trained after a `fit` on the training digits.
# * `cv_raw: float` and `cv_scaled: float`: the mean accuracy of `SGDClassifier(random_state=42)` in cross-validation with
#   `cv=3` (three folds as scikit-learn makes them, not shuffled), first on the pixels as they are, then with a
#   `StandardScaler` before it. The scaler must be fitted **in each fold anew, on its training part only**.
# * `labels_of(y) -> bool array (n, 2)`: two labels for each digit of the integer array `y`: column 0 is large, that is **7, 8
#   or 9**; column 1 is odd.
# * `f1_macro: float`: the F1 score of `KNeighborsClassifier()` for both labels, from **out-of-fold** predictions
#   (`cross_val_predict` with `cv=3`) of all training digits at once, averaged over the two labels with `average="macro"`: each
#   label counts the same, however frequent it is.
# * `denoise(X) -> array (n, 64)`: images with noise go in, cleaned images come out. The noise is normal with a mean of 0 and
#   a standard deviation of **6**, drawn anew for each pixel; what goes in is not cut off at 0 and 16. Each image is cleaned
#   on its own, whatever others come with it.
#
# `denoise` is measured on new digits by the root mean squared error over all pixels (ink). The noisy images lie at 6.0, the
# mean training image as an answer to everything at about 4.4: there the points begin. Full points up to **3.3**.
#
# A worked example: `labels_of(np.array([4, 7, 9]))` is `[[False, False], [True, True], [True, True]]`. Among four classes
# one-vs-rest trains 4 classifiers, one-vs-one 4 · 3 / 2 = 6.
#
# Hints: after `fit` both meta-estimators have `estimators_`. `make_pipeline(StandardScaler(), ...)` is an estimator like any
# other, so `cross_val_score` fits it in each fold anew; a matrix that was scaled before has seen the test folds. For
# `denoise`, make noisy copies of the training images and let a model learn the way back from noisy to clean. A pixel is a
# quantity, not a class: look among the **regressors** that predict many outputs at once. Train outside of the function,
# once.

# %% [markdown] lang="ko"
# # OvR, OvO, 여러 레이블, 이미지 출력
#
# 예와 아니요밖에 모르는 분류기가 있습니다. 이런 분류기로 클래스 K개를 구별하는 전략이 두 가지 있습니다. **OvR**(one-vs-rest)은
# 클래스마다 감지기를 하나씩, **OvO**(one-vs-one)는 클래스 두 개의 짝마다 하나씩 훈련합니다. 그리고 답이 꼭 클래스 하나일 필요도
# 없습니다. 레이블 여러 개일 수도 있고, 숫자 64개, 곧 이미지 한 장일 수도 있습니다.
#
# 아래 셀은 숫자 이미지(8 × 8 픽셀, 잉크의 양은 0~16, 숫자 64개짜리 행)를 읽고 450개를 따로 떼어 둡니다. 훈련용 1,347개인
# `X_train`과 `y_train`만 쓰세요. 다음을 정의합니다.
#
# * `n_ovr: int`와 `n_ovo: int`: `OneVsRestClassifier(SVC())`와 `OneVsOneClassifier(SVC())`를 훈련 데이터로 `fit`했을 때 만들어진 이진
#   분류기의 수
# * `cv_raw: float`와 `cv_scaled: float`: `SGDClassifier(random_state=42)`를 `cv=3`으로 교차 검증한 정확도의 평균입니다(사이킷런이
#   만드는 폴드 세 개를 섞지 않고 그대로 씁니다). 앞의 것은 픽셀 그대로, 뒤의 것은 앞에 `StandardScaler`를 두고 잽니다. 스케일러는
#   **폴드마다 그 폴드의 훈련 부분으로만 새로** 훈련해야 합니다.
# * `labels_of(y) -> 불리언 배열 (n, 2)`: 정수 배열 `y`의 숫자마다 레이블이 두 개입니다. 0번 열은 큰 숫자, 곧 **7, 8, 9**인지,
#   1번 열은 홀수인지를 나타냅니다.
# * `f1_macro: float`: 두 레이블에 대한 `KNeighborsClassifier()`의 F1 점수입니다. 모든 훈련 데이터의 **폴드 밖 예측**(`cross_val_predict`,
#   `cv=3`)을 한꺼번에 모아 `average="macro"`로 계산합니다. 얼마나 자주 나오든 두 레이블을 똑같이 치는 평균입니다.
# * `denoise(X) -> 배열 (n, 64)`: 잡음이 섞인 이미지를 넣으면 깨끗한 이미지가 나옵니다. 잡음은 픽셀마다 새로 뽑은, 평균 0, 표준편차
#   **6**인 정규 분포이고, 입력은 0과 16에서 잘라 내지 않은 값입니다. 이미지마다 따로 처리해야 하므로 함께 들어온 다른 이미지에 따라
#   결과가 달라지면 안 됩니다.
#
# `denoise`는 새 숫자 이미지에서 모든 픽셀에 걸친 평균 제곱근 오차(RMSE, 단위는 잉크의 양)로 평가합니다. 잡음 섞인 이미지 자체는
# 6.0이고, 무엇이 들어오든 훈련 이미지의 평균을 내놓으면 4.4쯤입니다. 점수는 여기서부터 시작하고 **3.3** 이하이면 만점입니다.
#
# 예를 들어 `labels_of(np.array([4, 7, 9]))`는 `[[False, False], [True, True], [True, True]]`입니다. 클래스가 네 개라면 OvR은 분류기를
# 4개, OvO는 4 · 3 / 2 = 6개 훈련합니다.
#
# 힌트: 두 메타 추정기 모두 `fit`한 뒤에 `estimators_`가 있습니다. `make_pipeline(StandardScaler(), ...)`도 보통 추정기와 같으므로
# `cross_val_score`가 폴드마다 새로 훈련합니다. 미리 스케일을 바꾼 행렬에는 테스트 폴드의 정보가 들어 있습니다. `denoise`를 만들려면
# 훈련 이미지에 잡음을 더한 사본을 만들고, 잡음 섞인 이미지에서 깨끗한 이미지로 돌아가는 길을 모델이 배우게 하세요. 픽셀은 클래스가
# 아니라 양이므로 출력 여러 개를 한꺼번에 예측하는 **회귀** 모델을 찾아보세요. 훈련은 함수 밖에서 한 번만 하면 됩니다.

# %%
import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import f1_score
from sklearn.model_selection import cross_val_predict, cross_val_score, train_test_split
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=450, stratify=y, random_state=42)

# %% [markdown] lang="en"
# ## Two strategies

# %% [markdown] lang="ko"
# ## 두 가지 전략

# %%
# SOLUTION
n_ovr = len(OneVsRestClassifier(SVC()).fit(X_train, y_train).estimators_)
n_ovo = len(OneVsOneClassifier(SVC()).fit(X_train, y_train).estimators_)
# END SOLUTION

# %% [markdown] lang="en"
# ## What scaling brings

# %% [markdown] lang="ko"
# ## 스케일 조정의 효과

# %%
# SOLUTION
sgd = SGDClassifier(random_state=42)
cv_raw = cross_val_score(sgd, X_train, y_train, cv=3).mean()
cv_scaled = cross_val_score(make_pipeline(StandardScaler(), sgd), X_train, y_train, cv=3).mean()
# END SOLUTION

# %% [markdown] lang="en"
# ## Two labels at once

# %% [markdown] lang="ko"
# ## 레이블 두 개를 한꺼번에


# %%
def labels_of(y):
    """For each digit whether it is large (7, 8, 9) and whether it is odd, a bool array (n, 2)."""
    # SOLUTION
    return np.column_stack([y >= 7, y % 2 == 1])
    # END SOLUTION


# %%
# SOLUTION
labels = labels_of(y_train)
out_of_fold = cross_val_predict(KNeighborsClassifier(), X_train, labels, cv=3)
f1_macro = f1_score(labels, out_of_fold, average="macro")
# END SOLUTION

# %% [markdown] lang="en"
# ## From noisy to clean images

# %% [markdown] lang="ko"
# ## 잡음 섞인 이미지를 깨끗하게

# %%
# SOLUTION
from sklearn.neighbors import KNeighborsRegressor

noise = np.random.default_rng(42).normal(0, 6, size=X_train.shape)
cleaner = KNeighborsRegressor(n_neighbors=10).fit(X_train + noise, X_train)
# END SOLUTION


# %%
def denoise(X):
    """Clean images (n, 64) for noisy ones."""
    # SOLUTION
    return cleaner.predict(X)
    # END SOLUTION
