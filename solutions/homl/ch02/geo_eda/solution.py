# %% [markdown] lang="en"
# # Map scatter and ratio features
#
# Before any model comes a look at the data, and only at the **training part**: what you see in the test set steers your
# choices, and the final score then flatters you. Each row of `housing.csv` is one district of California in 1990.
#
# The cell below reads the data and splits it by income, so that rich and poor districts are spread evenly over both
# parts. Work with `train_set` from there on and define three names:
#
# * `features: DataFrame`: a copy of `train_set` (same rows, same index, all its columns) with three more columns:
#   * `rooms_per_house` = `total_rooms` / `households`
#   * `bedrooms_ratio` = `total_bedrooms` / `total_rooms`
#   * `people_per_house` = `population` / `households`
# * `corr: Series`: the correlation of every **numeric** column of `features` with `median_house_value`, indexed by column
#   name and sorted from the largest to the smallest value. The target's correlation with itself may stay in.
# * `fig: Figure`: a map. Each training district is a point with the longitude on x and the latitude on y; its area is
#   proportional to the population, its colour is the median house value, a colour bar explains the colour, both axes have
#   a label.
#
# Why ratios? The number of rooms in a district says little as long as you do not know how many households share them.
#
# A worked example: a district with 880 rooms, 129 bedrooms, 322 people and 126 households has
# `rooms_per_house` = 880 / 126 = 6.98, `bedrooms_ratio` = 129 / 880 = 0.147 and `people_per_house` = 322 / 126 = 2.56.
#
# Hints: `train_set.copy()` keeps the original as it is; `assign` adds columns to a copy. `corr(numeric_only=True)` leaves
# out the text column. A strong *negative* correlation belongs at the end of the list, not at the top. In
# `ax.scatter(x, y, s=..., c=...)` the argument `s` is an area; `fig.colorbar(points, ax=ax)` draws the colour bar.

# %% [markdown] lang="ko"
# # 지도 산점도와 비율 특성
#
# 모델을 만들기 전에 데이터를 먼저 살펴봅니다. 이때 **훈련 데이터만** 보아야 합니다. 테스트 세트를 미리 들여다보면 그 인상이
# 여러분의 선택에 영향을 주어서, 마지막 점수가 실제보다 좋게 나옵니다. `housing.csv`의 행 하나는 1990년 캘리포니아의 구역
# 하나입니다.
#
# 아래 셀은 데이터를 읽고, 소득이 높은 구역과 낮은 구역이 양쪽에 고르게 들어가도록 나눕니다. 그다음부터는 `train_set`을
# 사용해 이름 세 개를 정의하세요.
#
# * `features: DataFrame`: `train_set`의 복사본(행, 인덱스, 원래 열이 모두 같음)에 다음 열 세 개를 더한 것입니다.
#   * `rooms_per_house` = `total_rooms` / `households` (가구당 방 수)
#   * `bedrooms_ratio` = `total_bedrooms` / `total_rooms` (방 가운데 침실의 비율)
#   * `people_per_house` = `population` / `households` (가구당 사람 수)
# * `corr: Series`: `features`의 모든 **숫자** 열과 `median_house_value`의 상관계수입니다. 인덱스는 열 이름이고, 값이 큰 것부터
#   작은 것 순서로 정렬합니다. 타깃 자신과의 상관계수는 남겨 두어도 됩니다.
# * `fig: Figure`: 지도입니다. 훈련 데이터의 구역마다 점을 하나씩 찍되 x축은 경도, y축은 위도입니다. 점의 넓이는 인구에
#   비례하고 색은 주택 가격의 중간값을 나타냅니다. 색을 설명하는 컬러바가 있고, 두 축에 이름이 있어야 합니다.
#
# 왜 비율을 계산할까요? 한 구역의 방이 모두 몇 개인지는 그 방을 몇 가구가 나누어 쓰는지 모르면 별 의미가 없기 때문입니다.
#
# 예를 들어 방 880개, 침실 129개, 인구 322명, 126가구인 구역은 `rooms_per_house` = 880 / 126 = 6.98,
# `bedrooms_ratio` = 129 / 880 = 0.147, `people_per_house` = 322 / 126 = 2.56입니다.
#
# 힌트: `train_set.copy()`를 쓰면 원본이 바뀌지 않고, `assign`은 복사본에 열을 더합니다. `corr(numeric_only=True)`는 텍스트
# 열을 뺍니다. 강한 *음의* 상관관계는 목록의 맨 위가 아니라 맨 끝에 옵니다. `ax.scatter(x, y, s=..., c=...)`에서 `s`는 점의
# 넓이이고, 컬러바는 `fig.colorbar(points, ax=ax)`로 그립니다.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

housing = pd.read_csv(Path("data") / "housing.csv")
income_group = pd.cut(housing["median_income"], bins=[0.0, 1.5, 3.0, 4.5, 6.0, np.inf], labels=False)
train_set, test_set = train_test_split(housing, test_size=0.2, stratify=income_group, random_state=42)

# %% [markdown] lang="en"
# ## Ratio features

# %% [markdown] lang="ko"
# ## 비율 특성

# %%
# SOLUTION
features = train_set.assign(
    rooms_per_house=train_set["total_rooms"] / train_set["households"],
    bedrooms_ratio=train_set["total_bedrooms"] / train_set["total_rooms"],
    people_per_house=train_set["population"] / train_set["households"],
)
# END SOLUTION

# %% [markdown] lang="en"
# ## What goes with the price?

# %% [markdown] lang="ko"
# ## 가격과 관련이 큰 열은?

# %%
# SOLUTION
corr = features.corr(numeric_only=True)["median_house_value"].sort_values(ascending=False)
# END SOLUTION

# %% [markdown] lang="en"
# ## The map

# %% [markdown] lang="ko"
# ## 지도

# %%
# SOLUTION
fig, ax = plt.subplots(figsize=(8, 7))
points = ax.scatter(
    features["longitude"],
    features["latitude"],
    s=features["population"] / 100,
    c=features["median_house_value"],
    cmap="viridis",
    alpha=0.5,
)
fig.colorbar(points, ax=ax, label="median house value (dollars)")
ax.set_xlabel("longitude")
ax.set_ylabel("latitude")
ax.set_title("Districts of California, 1990; area of a point: population")
# END SOLUTION
