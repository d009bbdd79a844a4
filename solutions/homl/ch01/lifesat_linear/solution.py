# %% [markdown] lang="en"
# # GDP and life satisfaction
#
# Does money make people happy? `lifesat.csv` puts two figures of some countries side by side: the gross domestic product
# (GDP) per person in dollars, and the mean answer to "how satisfied are you with your life?" on a scale from 0 to 10.
# The OECD has no answer for **Cyprus**, whose GDP per person in 2020 was **37,655.2 dollars**. You will estimate it in
# the two ways in which machines generalise:
#
# * **Model-based**: choose a model, $\text{satisfaction} = \theta_0 + \theta_1 \times \text{GDP}$, find the two parameters
#   that fit the data best, and put the GDP of Cyprus into the formula.
# * **Instance-based**: look up the three countries whose GDP is closest to that of Cyprus and average their answers.
#
# Define five names:
#
# * `fit_line(x, y) -> (b, w)`: the least-squares line through points. `x` and `y` are one-dimensional arrays of the same
#   length (at least two points, at least two different values in `x`; floats or whole numbers). Return a tuple of two
#   numbers, the **intercept `b` first**, then the slope `w`, so that $\sum_i (b + w x_i - y_i)^2$ is as small as it can be.
# * `theta0, theta1: float`: intercept and slope of that line for all countries of the file, with GDP in dollars as `x`.
# * `cyprus_pred: float`: what the line says for Cyprus.
# * `knn3_pred: float`: the plain mean of the satisfaction of the three nearest neighbours of Cyprus.
#
# ## How to find the line
#
# With the means $\bar x$ and $\bar y$:
#
# $$w = \frac{\sum_i (x_i - \bar x)(y_i - \bar y)}{\sum_i (x_i - \bar x)^2}, \qquad b = \bar y - w\,\bar x$$
#
# A worked example: for $x = (1, 2, 3)$ and $y = (2, 3, 5)$ the means are 2 and 10/3. The numerator is
# $(-1)(-\tfrac43) + 0 + (1)(\tfrac53) = 3$ and the denominator $1 + 0 + 1 = 2$, so $w = 1.5$ and $b = \tfrac{10}{3} - 3 = 0.333$.
#
# Hints: scikit-learn's `LinearRegression` and `KNeighborsRegressor` are as welcome as NumPy. They want `x` as a table with one
# column, and a table `y` makes their answers tables too; the four numbers should be single numbers (`float`). Do **not** round
# anything on the way: $\theta_1$ looks tiny, but it is multiplied by 37,655.2, and so is its rounding error. Predictions
# are compared to within 0.0005, what `fit_line` returns to within a relative 1e-6.

# %% [markdown] lang="ko"
# # GDP와 삶의 만족도
#
# 돈이 사람을 행복하게 만들까요? `lifesat.csv`에는 나라별로 두 가지 값이 나란히 들어 있습니다. 하나는 1인당
# 국내총생산(GDP, 달러)이고 다른 하나는 "삶에 얼마나 만족하십니까?"라는 물음에 0점에서 10점까지 매긴 점수의 평균입니다.
# OECD 자료에는 **키프로스**(Cyprus)의 점수가 없습니다. 2020년 키프로스의 1인당 GDP는 **37,655.2달러**였습니다. 기계가
# 일반화하는 두 가지 방법으로 키프로스의 만족도를 추정해 봅시다.
#
# * **모델 기반**(model-based): $\text{만족도} = \theta_0 + \theta_1 \times \text{GDP}$라는 모델을 고르고, 데이터에 가장 잘
#   맞는 두 파라미터를 찾은 다음 키프로스의 GDP를 식에 넣습니다.
# * **사례 기반**(instance-based): GDP가 키프로스와 가장 가까운 세 나라를 찾아 만족도를 평균합니다.
#
# 다음 다섯 가지 이름을 정의하세요.
#
# * `fit_line(x, y) -> (b, w)`: 점들에 대한 최소제곱 직선입니다. `x`와 `y`는 길이가 같은 1차원 배열이고 값은 실수이거나
#   정수입니다. 점은 둘 이상이고 `x`에는 서로 다른 값이 둘 이상 있습니다. 수 두 개의 튜플을 반환하되 **절편 `b`가 먼저**,
#   기울기 `w`가 다음입니다. $\sum_i (b + w x_i - y_i)^2$이 가장 작아지는 직선이어야 합니다.
# * `theta0, theta1: float`: 파일에 있는 모든 나라에 대해 GDP(달러)를 `x`로 놓고 구한 직선의 절편과 기울기입니다.
# * `cyprus_pred: float`: 그 직선이 예측한 키프로스의 만족도입니다.
# * `knn3_pred: float`: 키프로스의 최근접 이웃 세 나라의 만족도를 그대로 평균한 값입니다.
#
# ## 직선을 찾는 방법
#
# 평균을 $\bar x$, $\bar y$라고 하면
#
# $$w = \frac{\sum_i (x_i - \bar x)(y_i - \bar y)}{\sum_i (x_i - \bar x)^2}, \qquad b = \bar y - w\,\bar x$$
#
# 예를 들어 $x = (1, 2, 3)$, $y = (2, 3, 5)$이면 평균은 2와 10/3입니다. 분자는
# $(-1)(-\tfrac43) + 0 + (1)(\tfrac53) = 3$, 분모는 $1 + 0 + 1 = 2$이므로 $w = 1.5$, $b = \tfrac{10}{3} - 3 = 0.333$입니다.
#
# 힌트: NumPy로 계산해도 되고 사이킷런의 `LinearRegression`과 `KNeighborsRegressor`를 써도 됩니다. 사이킷런은 `x`를 열이 하나인
# 표로 받고, `y`도 표로 주면 답도 표로 나옵니다. 네 값은 모두 수 하나(`float`)여야 합니다. 중간에 **반올림하지 마세요**.
# $\theta_1$은 아주 작아 보이지만 37,655.2를 곱하므로 반올림 오차도 그만큼 커집니다. 예측값은 0.0005 이내로, `fit_line`의
# 결과는 상대 오차 1e-6 이내로 비교합니다.

# %%
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.neighbors import KNeighborsRegressor

CYPRUS_GDP = 37_655.2  # dollars per person, 2020
lifesat = pd.read_csv(Path("data") / "lifesat.csv")
gdp = lifesat["GDP per capita (USD)"].to_numpy()
satisfaction = lifesat["Life satisfaction"].to_numpy()

# %% [markdown] lang="en"
# ## The least-squares line

# %% [markdown] lang="ko"
# ## 최소제곱 직선


# %%
def fit_line(x, y):
    """Intercept and slope ``(b, w)`` of the least-squares line through the points ``(x[i], y[i])``."""
    # SOLUTION
    dx = x - x.mean()
    w = np.sum(dx * (y - y.mean())) / np.sum(dx**2)
    return y.mean() - w * x.mean(), w
    # END SOLUTION


# %% [markdown] lang="en"
# ## Cyprus by the line

# %% [markdown] lang="ko"
# ## 직선으로 예측하기

# %%
# SOLUTION
# STUB: theta0, theta1 = ..., ...
# STUB: cyprus_pred = ...
theta0, theta1 = fit_line(gdp, satisfaction)
cyprus_pred = theta0 + theta1 * CYPRUS_GDP
# END SOLUTION

# %% [markdown] lang="en"
# ## Cyprus by its neighbours

# %% [markdown] lang="ko"
# ## 이웃으로 예측하기

# %%
# SOLUTION
# STUB: knn3_pred = ...
neighbours = KNeighborsRegressor(n_neighbors=3).fit(gdp.reshape(-1, 1), satisfaction)
knn3_pred = float(neighbours.predict([[CYPRUS_GDP]])[0])
# END SOLUTION
