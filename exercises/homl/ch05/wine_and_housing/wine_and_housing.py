# %% [markdown] lang="en"
# # Wine SVC and housing SVR
#
# Support vector machines measure distances, so a column with large numbers drowns all others: without scaling an SVC
# tells three wines apart in only two of three cases. You train one classifier and one regressor, both as pipelines that
# scale by themselves, and report honestly how good they are.
#
# The starter prepares two data sets:
#
# * wine: `X_wine_train` (133, 13), `X_wine_test` (45, 13), labels 0, 1, 2: the chemistry of wines from three growers.
# * housing: `X_house_train` (3,000 rows), `X_house_test`, two DataFrames with eight number columns of districts in
#   California (with gaps in `total_bedrooms`), and the targets `y_house_train`, `y_house_test`: median house values in
#   **100,000 dollars**. (Kernel SVMs get slow with many rows, so 3,000 have to do.)
#
# Define:
#
# * `wine_clf`: a **fitted** scikit-learn `Pipeline` whose last step is `SVC`, `NuSVC` or `LinearSVC`. It takes raw rows; the
#   scaler is one of its steps.
# * `housing_reg`: a **fitted** `Pipeline` whose last step is `SVR`, `NuSVR` or `LinearSVR`. It takes raw rows with gaps.
# * `wine_test_acc: float`: the accuracy of `wine_clf` on the wine test rows, between 0 and 1.
# * `housing_test_rmse: float`: the root mean squared error of `housing_reg` on the housing test rows, in 100,000 dollars.
#
# Choose hyperparameters by cross-validation on training rows; if a search did that, hand in its `best_estimator_`. In the
# end, both pipelines are fitted on all training rows and on no others, scaler included. A solver that stops before it has
# converged does not count: give it scaled data or more iterations.
#
# The grader fits fresh copies of your pipelines on rows of its own choice, also in other units. For wine, credit starts at
# what an SVC without scaling gets, about 0.67, and ends at about 0.96. For housing the mean alone has an RMSE of about
# 1.17, and a well-tuned SVR on these columns earns all points.
#
# A worked example of the RMSE: predictions 2.0, 1.0 and 3.0 for the values 2.5, 1.0 and 2.0 have the errors 0.5, 0 and
# 1, so the RMSE is √((0.25 + 0 + 1) / 3) = 0.645, that is 64,500 dollars.
#
# Hints: `make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), SVR(...))`. For SVMs with an RBF kernel try C and
# gamma on a logarithmic scale (0.01, 0.1, 1, 10, …); for housing, search on 1,000 rows, and fit the winner on all. A `ConvergenceWarning` is a
# message to you, not decoration.

# %% [markdown] lang="ko"
# # 와인 분류와 주택 회귀
#
# 서포트 벡터 머신은 거리를 재기 때문에, 값이 큰 열이 하나 있으면 나머지 열은 묻혀 버립니다. 스케일을 맞추지 않은 SVC는 세 가지
# 와인을 셋 가운데 둘밖에 맞히지 못합니다. 분류기와 회귀 모델을 하나씩, 스케일 조정까지 스스로 하는 파이프라인으로 훈련하고, 성능을
# 정직하게 보고해 봅시다.
#
# 시작 코드에서 데이터 두 벌을 준비해 둡니다.
#
# * 와인: `X_wine_train` (133, 13), `X_wine_test` (45, 13)과 레이블 0, 1, 2. 세 생산자가 만든 와인의 화학 성분입니다.
# * 주택: `X_house_train` (3,000행)과 `X_house_test`. 캘리포니아 구역의 숫자 열 여덟 개가 있는 DataFrame이고 `total_bedrooms`에는
#   빈칸이 있습니다. 타깃 `y_house_train`, `y_house_test`는 주택 가격의 중간값이고 단위는 **10만 달러**입니다. (커널 SVM은 샘플이
#   많으면 느려지므로 3,000행만 씁니다.)
#
# 다음을 정의하세요.
#
# * `wine_clf`: 마지막 단계가 `SVC`, `NuSVC`, `LinearSVC` 가운데 하나인 **훈련한** 사이킷런 `Pipeline`입니다. 원본 행을 그대로 받고,
#   스케일 조정도 파이프라인의 단계로 들어 있어야 합니다.
# * `housing_reg`: 마지막 단계가 `SVR`, `NuSVR`, `LinearSVR` 가운데 하나인 **훈련한** `Pipeline`입니다. 빈칸이 있는 원본 행을 그대로
#   받습니다.
# * `wine_test_acc: float`: 와인 테스트 세트에서 잰 `wine_clf`의 정확도(0에서 1 사이)입니다.
# * `housing_test_rmse: float`: 주택 테스트 세트에서 잰 `housing_reg`의 평균 제곱근 오차(RMSE)이고, 단위는 10만 달러입니다.
#
# 하이퍼파라미터는 훈련 세트의 교차 검증으로 고르세요. 탐색 객체를 썼다면 그 `best_estimator_`를 내면 됩니다. 마지막에는 두
# 파이프라인 모두 스케일 조정까지 훈련 세트 전체로, 그리고 훈련 세트만으로 훈련해야 합니다. 수렴하기 전에 멈춘 모델은 인정하지
# 않습니다. 데이터의 스케일을 맞추거나 반복 횟수를 늘리세요.
#
# 채점할 때는 여러분의 파이프라인을 복사해 채점기가 고른 행으로 다시 훈련하고, 단위를 바꾼 행으로도 훈련해 봅니다. 와인은 스케일을
# 맞추지 않은 SVC의 정확도인 0.67쯤에서 점수가 시작되어 0.96쯤이면 만점입니다. 주택은 평균만 답해도 RMSE가 1.17쯤이고, 이 열들로
# 잘 튜닝한 SVR이면 만점을 받습니다.
#
# RMSE의 예를 들면, 실제 값이 2.5, 1.0, 2.0일 때 2.0, 1.0, 3.0으로 예측했다면 오차는 0.5, 0, 1이므로 RMSE는
# √((0.25 + 0 + 1) / 3) = 0.645, 곧 64,500달러입니다.
#
# 힌트: `make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), SVR(...))`처럼 만드세요. RBF 커널을 쓰는 SVM의 C와 gamma는
# 로그 눈금(0.01, 0.1, 1, 10, …)으로 찾으세요. 주택 데이터는 1,000행으로 찾은 다음 가장 좋은 파이프라인을 모든 행으로 훈련하는
# 것이 좋습니다. `ConvergenceWarning`은 그냥 지나칠 장식이 아니라 여러분에게 보내는 경고입니다.

# %%
from __future__ import annotations

from pathlib import Path

import pandas as pd
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split

X_wine, y_wine = load_wine(return_X_y=True)
X_wine_train, X_wine_test, y_wine_train, y_wine_test = train_test_split(
    X_wine, y_wine, stratify=y_wine, random_state=42
)

housing = pd.read_csv(Path("data") / "housing.csv")
X_house = housing.drop(columns=["median_house_value", "ocean_proximity"])
y_house = housing["median_house_value"] / 100_000
X_house_train, X_house_test, y_house_train, y_house_test = train_test_split(
    X_house, y_house, train_size=3_000, test_size=0.2, random_state=42
)

# %%
# 여기에 코드를 작성하세요 / Write your code here
wine_clf = ...

# %%
# 여기에 코드를 작성하세요 / Write your code here
housing_reg = ...

# %%
# 여기에 코드를 작성하세요 / Write your code here
wine_test_acc = ...

# %%
# 여기에 코드를 작성하세요 / Write your code here
housing_test_rmse = ...
