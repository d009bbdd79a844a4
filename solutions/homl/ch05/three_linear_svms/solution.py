# %% [markdown] lang="en"
# # Make three linear SVMs agree
#
# scikit-learn has three classes for the same idea, the linear support vector machine: `LinearSVC` (fast for many rows),
# `SVC` (any kernel) and `SGDClassifier` (one row at a time, for data that does not fit into memory). With their default
# settings they solve *different* problems. Make them solve the same one, and draw their borders in centimetres.
#
# The cell below prepares the petals of 100 irises, setosa (0) and versicolor (1), which a straight line separates:
# `X` (length and width in cm), `X_scaled` (both columns standardised by `scaler`), `y`, and `C = 5`.
#
# With labels $t_i = \pm 1$ and the hinge loss $h_i = \max(0, 1 - t_i (w^\top z_i + b))$, the classes minimise
#
# $$\texttt{SVC}: \ \tfrac12 \lVert w \rVert^2 + C \sum_{i=1}^m h_i \qquad
# \texttt{SGDClassifier}: \ \tfrac{\alpha}{2} \lVert w \rVert^2 + \tfrac1m \sum_{i=1}^m h_i$$
#
# `LinearSVC` minimises the same as `SVC` with b counted among the weights, but by default it squares the hinge losses.
#
# Define, all three fitted on `X_scaled` and `y` (the classifiers themselves, not pipelines):
#
# * `linear_svc`: a `LinearSVC` with the plain hinge loss and this `C`.
# * `svc`: an `SVC` with a linear kernel and this `C`.
# * `sgd`: an `SGDClassifier` with the hinge loss, the penalty `"l2"` (the default), and the `alpha` that makes its problem
#   the one of `SVC` with this `C`: not by trial, by the two formulas. Set `random_state` so that the result can be
#   repeated.
# * `boundaries: dict` with the keys `"LinearSVC"`, `"SVC"` and `"SGD"`. Each value is a pair `(slope, intercept)` of the
#   border in **cm**: petal width = slope · petal length + intercept.
#
# The three borders must separate the two species and lie at most 10 degrees apart from each other.
#
# A worked example: a classifier that was fitted on scaled petals has w = (2, 1) and b = −1; the scaler has the means
# (3, 1) and the standard deviations (1, 0.5). On the border $2 \cdot \frac{l - 3}{1} + 1 \cdot \frac{k - 1}{0.5} - 1 = 0$ for
# length $l$ and width $k$, so $k = -1 \cdot l + 4.5$: the slope is −1 and the intercept 4.5 cm.
#
# Hints: which number turns the first objective into the second one when you divide by it? Two problems that differ by a
# constant factor have the same minimum. A fitted classifier has `coef_` (shape (1, 2)) and `intercept_` (shape (1,)), a
# fitted scaler `mean_` and `scale_`. Plot the three lines over the petals: a wrong unit is seen at once.

# %% [markdown] lang="ko"
# # 세 SVM 일치시키기
#
# 사이킷런에는 선형 서포트 벡터 머신을 만드는 클래스가 세 개 있습니다. 샘플이 많아도 빠른 `LinearSVC`, 어떤 커널이든 쓸 수 있는
# `SVC`, 샘플을 하나씩 학습해서 메모리에 다 들어가지 않는 데이터도 다루는 `SGDClassifier`입니다. 그런데 기본 설정 그대로 쓰면 셋은
# 서로 *다른* 문제를 풉니다. 셋이 같은 문제를 풀게 만들고, 결정 경계를 센티미터 단위로 구해 봅시다.
#
# 아래 셀에는 직선으로 나눌 수 있는 붓꽃 100송이, setosa(0)와 versicolor(1)의 꽃잎 데이터를 준비해 두었습니다. `X`는 길이와
# 너비(cm), `X_scaled`는 `scaler`로 두 열을 표준화한 값, `y`는 레이블이고 `C = 5`입니다.
#
# 레이블을 $t_i = \pm 1$, 힌지 손실(hinge loss)을 $h_i = \max(0, 1 - t_i (w^\top z_i + b))$라고 하면 두 클래스는 각각 다음 값을
# 최소화합니다.
#
# $$\texttt{SVC}: \ \tfrac12 \lVert w \rVert^2 + C \sum_{i=1}^m h_i \qquad
# \texttt{SGDClassifier}: \ \tfrac{\alpha}{2} \lVert w \rVert^2 + \tfrac1m \sum_{i=1}^m h_i$$
#
# `LinearSVC`는 b도 가중치로 치는 점만 빼면 `SVC`와 같은 값을 최소화합니다. 다만 기본 설정에서는 힌지 손실을 제곱합니다.
#
# 다음을 정의하세요. 세 분류기는 모두 `X_scaled`와 `y`로 훈련하고, 파이프라인이 아니라 분류기 자체여야 합니다.
#
# * `linear_svc`: 제곱하지 않은 힌지 손실과 이 `C`를 쓰는 `LinearSVC`
# * `svc`: 선형 커널과 이 `C`를 쓰는 `SVC`
# * `sgd`: 힌지 손실과 `"l2"` 규제(기본값)를 쓰는 `SGDClassifier`입니다. `alpha`는 이 `C`를 쓴 `SVC`와 같은 문제가 되도록
#   정하되, 이것저것 넣어 보지 말고 두 식을 비교해서 구하세요. 결과를 되풀이할 수 있도록 `random_state`를 정하세요.
# * `boundaries: dict`: 키는 `"LinearSVC"`, `"SVC"`, `"SGD"`이고 값은 **cm 단위로** 구한 결정 경계의 `(기울기, 절편)`입니다. 곧
#   꽃잎의 너비 = 기울기 · 꽃잎의 길이 + 절편입니다.
#
# 세 경계는 두 품종을 모두 나누어야 하고, 서로 이루는 각이 10도를 넘으면 안 됩니다.
#
# 예를 들어 표준화한 꽃잎으로 훈련한 분류기가 w = (2, 1), b = −1이고 scaler의 평균이 (3, 1), 표준 편차가 (1, 0.5)라고 합시다. 길이
# $l$과 너비 $k$가 경계 위에 있으면 $2 \cdot \frac{l - 3}{1} + 1 \cdot \frac{k - 1}{0.5} - 1 = 0$이므로 $k = -1 \cdot l + 4.5$입니다. 따라서
# 기울기는 −1, 절편은 4.5cm입니다.
#
# 힌트: 첫째 식을 어떤 수로 나누면 둘째 식이 될까요? 식에 양의 상수를 곱하거나 나누어도 최소가 되는 자리는 그대로입니다. 훈련한
# 분류기에는 `coef_`(크기 (1, 2))와 `intercept_`(크기 (1,))가 있고, scaler에는 `mean_`과 `scale_`이 있습니다. 꽃잎 위에 세
# 직선을 그려 보면 단위가 틀린 것을 바로 알 수 있습니다.

# %%
from sklearn.datasets import load_iris
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC

iris = load_iris()
two_species = iris.target < 2
X, y = iris.data[two_species][:, 2:], iris.target[two_species]
scaler = StandardScaler().fit(X)
X_scaled = scaler.transform(X)
C = 5

# %% [markdown] lang="en"
# ## Three classifiers

# %% [markdown] lang="ko"
# ## 분류기 세 개

# %%
# SOLUTION
# STUB: linear_svc = ...
linear_svc = LinearSVC(loss="hinge", C=C, max_iter=100_000).fit(X_scaled, y)
# END SOLUTION

# %%
# SOLUTION
# STUB: svc = ...
svc = SVC(kernel="linear", C=C).fit(X_scaled, y)
# END SOLUTION

# %%
# SOLUTION
# STUB: sgd = ...
# Dividing the objective of SVC by C·m leaves 1/(C·m) before the norm.
sgd = SGDClassifier(loss="hinge", alpha=1 / (C * len(X)), random_state=0).fit(X_scaled, y)
# END SOLUTION

# %% [markdown] lang="en"
# ## Their borders in cm

# %% [markdown] lang="ko"
# ## cm 단위의 결정 경계


# %% tags=["solution-only"]
def border(classifier):
    """Slope and intercept in cm: w·(x - mean) / scale + b = 0, solved for the width."""
    length, width = weights = classifier.coef_[0] / scaler.scale_
    bias = classifier.intercept_[0] - weights @ scaler.mean_
    return float(-length / width), float(-bias / width)


# %%
# SOLUTION
# STUB: boundaries = ...
boundaries = {"LinearSVC": border(linear_svc), "SVC": border(svc), "SGD": border(sgd)}
# END SOLUTION
