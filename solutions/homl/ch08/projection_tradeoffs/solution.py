# %% [markdown] lang="en"
# # What projection costs
#
# Fewer columns mean less to store and less to compute, but something is lost with every column that goes. In this notebook you
# measure what: on scikit-learn's 8×8 digits (64 columns, pixels scaled to the range from 0 to 1), for two classifiers that react very
# differently.
#
# The next cell loads and splits the data. Whatever is learnt, the projection included, is learnt from `X_train`; the test rows
# only answer the question of how well it went.
#
# Define four names:
#
# * `jl_dim: int`: see below
# * `report: DataFrame`: one row for each `d` in 2, 10, 28, 64, in this order, with the columns `d`, `acc_logit`, `acc_forest`, `mse`,
#   `seconds`
# * `ipca_mse: float` and `ipca_equal: bool`: see below

# %% [markdown] lang="ko"
# # 투영의 득실
#
# 열이 줄면 저장할 것도 계산할 것도 줄지만, 열을 버릴 때마다 무언가를 잃습니다. 이 노트북에서는 얼마나 잃는지 재어 봅니다. 데이터는
# 사이킷런의 8×8 숫자 이미지(열 64개, 픽셀 값을 0~1로 조정)이고, 반응이 아주 다른 분류기 두 개로 잽니다.
#
# 다음 셀은 데이터를 읽어 나눕니다. 투영을 포함해 학습하는 것은 모두 `X_train`으로 학습하세요. 테스트 세트는 결과가 얼마나 좋은지
# 확인할 때만 씁니다.
#
# 이름 네 개를 정의하세요.
#
# * `jl_dim: int`: 아래에서 설명합니다.
# * `report: DataFrame`: `d` = 2, 10, 28, 64마다 한 행씩 이 순서로 놓고, 열은 `d`, `acc_logit`, `acc_forest`, `mse`, `seconds`입니다.
# * `ipca_mse: float`, `ipca_equal: bool`: 아래에서 설명합니다.

# %%
from time import perf_counter

import numpy as np
import pandas as pd
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA, IncrementalPCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

digits = load_digits()
X_train, X_test, y_train, y_test = train_test_split(
    digits.data / 16, digits.target, stratify=digits.target, random_state=42
)

# %% [markdown] lang="en"
# ## How many dimensions does a random projection need?
#
# A *random* projection does not look at the data at all. Johnson and Lindenstrauss proved that it nevertheless keeps all squared
# distances between $m$ points up to a factor $1 \pm \varepsilon$ (with high probability) if it goes to at least
#
# $$d \ge \frac{4 \ln m}{\frac12 \varepsilon^2 - \frac13 \varepsilon^3}$$
#
# dimensions, no matter how many there were before. $\ln$ is the natural logarithm.
#
# `jl_dim`: this number for $m = 5000$ points and $\varepsilon = 0.1$, rounded **down** to a whole number.
#
# Example: for 100 points and $\varepsilon = 0.5$ the bound is $18.42 / (0.125 - 0.0417) = 221.05$, so `221`.

# %% [markdown] lang="ko"
# ## 랜덤 투영에는 차원이 몇 개 필요할까?
#
# *랜덤* 투영은 데이터를 전혀 보지 않습니다. 그런데도 점 $m$개 사이의 거리의 제곱이 모두 (높은 확률로) $1 \pm \varepsilon$배 안에서
# 지켜진다는 것을 존슨과 린덴스트라우스가 증명했습니다. 원래 차원이 몇이든 차원의 수가 다음 값 이상이면 됩니다.
#
# $$d \ge \frac{4 \ln m}{\frac12 \varepsilon^2 - \frac13 \varepsilon^3}$$
#
# $\ln$은 자연로그입니다.
#
# `jl_dim`: 점이 $m = 5000$개이고 $\varepsilon = 0.1$일 때의 값을 정수로 **내림**한 것입니다.
#
# 예: 점이 100개이고 $\varepsilon = 0.5$이면 $18.42 / (0.125 - 0.0417) = 221.05$이므로 `221`입니다.

# %%
# SOLUTION
m, epsilon = 5000, 0.1
jl_dim = int(4 * np.log(m) / (epsilon**2 / 2 - epsilon**3 / 3))
# END SOLUTION

# %% [markdown] lang="en"
# ## What PCA to d dimensions costs
#
# For each `d`, fit `PCA(d)` and project both sets. Then fill a row of `report`:
#
# * `acc_logit`: accuracy on the projected test rows of `LogisticRegression(max_iter=2000)`, fitted to the projected training rows
# * `acc_forest`: the same for `RandomForestClassifier(100, random_state=42)`
# * `mse`: bring the projected **test** rows back to 64 pixels and take the mean squared difference to what they were, over all rows
#   and pixels. With `d=64` nothing is lost, and it is 0 up to rounding.
# * `seconds`: how long fitting the two classifiers took. It has to be there; how large it is plays no part in the grade.
#
# Look at the table when it is done: which classifier needs the many columns, which one is even hindered by them?
#
# Hints: `pca.inverse_transform(pca.transform(X_test))` goes there and back. `pd.DataFrame(rows)` makes a table of a list of
# dictionaries.

# %% [markdown] lang="ko"
# ## d차원 PCA로 잃는 것
#
# `d`마다 `PCA(d)`를 훈련해 두 세트를 투영하고 `report`의 한 행을 채우세요.
#
# * `acc_logit`: 투영한 훈련 세트에 훈련한 `LogisticRegression(max_iter=2000)`의, 투영한 테스트 세트에서의 정확도
# * `acc_forest`: `RandomForestClassifier(100, random_state=42)`로 구한 같은 값
# * `mse`: 투영한 **테스트** 세트를 다시 픽셀 64개로 되돌려, 원래 값과의 차이를 제곱해 모든 행과 픽셀에 걸쳐 평균 낸 값입니다(재구성
#   오차). `d=64`이면 잃는 것이 없으므로 반올림 오차를 빼면 0입니다.
# * `seconds`: 두 분류기를 훈련하는 데 걸린 시간(초). 열이 있기만 하면 되고, 크기는 채점하지 않습니다.
#
# 표가 완성되면 살펴보세요. 많은 열이 필요한 분류기는 어느 쪽이고, 오히려 방해받는 쪽은 어느 쪽일까요?
#
# 힌트: `pca.inverse_transform(pca.transform(X_test))`로 갔다가 되돌아옵니다. 딕셔너리의 리스트에서 `pd.DataFrame(rows)`로 표를 만들 수
# 있습니다.

# %%
# SOLUTION
rows = []
for d in (2, 10, 28, 64):
    pca = PCA(d).fit(X_train)
    Z_train, Z_test = pca.transform(X_train), pca.transform(X_test)
    start = perf_counter()
    logit = LogisticRegression(max_iter=2000).fit(Z_train, y_train)
    forest = RandomForestClassifier(100, random_state=42).fit(Z_train, y_train)
    seconds = perf_counter() - start
    rows.append(
        {
            "d": d,
            "acc_logit": logit.score(Z_test, y_test),
            "acc_forest": forest.score(Z_test, y_test),
            "mse": np.mean((X_test - pca.inverse_transform(Z_test)) ** 2),
            "seconds": seconds,
        }
    )
report = pd.DataFrame(rows)
# END SOLUTION

# %% [markdown] lang="en"
# ## In batches
#
# Data that do not fit into memory can be fed to `IncrementalPCA` a few rows at a time. Feed it `X_train` with
# `n_components=28`, 200 rows at a time, in order (the last batch has the 147 rows that are left).
#
# * `ipca_mse: float`: its mean squared reconstruction error on the test rows, computed as above
# * `ipca_equal: bool`: `True` if `ipca_mse` differs from the `mse` of PCA with 28 components by no more than 1 % of the latter,
#   otherwise `False`

# %% [markdown] lang="ko"
# ## 조금씩 나누어
#
# 메모리에 다 들어가지 않는 데이터는 `IncrementalPCA`에 몇 행씩 나누어 넣을 수 있습니다. `n_components=28`로 하고 `X_train`을 순서대로
# 200행씩 넣으세요(마지막 배치는 남은 147행입니다).
#
# * `ipca_mse: float`: 위와 같이 계산한 테스트 세트의 평균 제곱 재구성 오차
# * `ipca_equal: bool`: `ipca_mse`와 주성분 28개짜리 PCA의 `mse`의 차이가 뒤의 값의 1 % 이하이면 `True`, 아니면 `False`

# %%
# SOLUTION
ipca = IncrementalPCA(28, batch_size=200).fit(X_train)
ipca_mse = float(np.mean((X_test - ipca.inverse_transform(ipca.transform(X_test))) ** 2))
pca_mse = report.loc[report["d"] == 28, "mse"].item()
ipca_equal = bool(abs(ipca_mse - pca_mse) <= 0.01 * pca_mse)
# END SOLUTION
