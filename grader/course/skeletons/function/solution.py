# %% [markdown] lang="en"
# # Mean of the positive entries
#
# Write `mean_positive(values) -> float`: the mean of those entries of the array `values` that are greater than 0.
# Where there are none, the result is 0.0.
#
# Example: `mean_positive(np.array([1.0, -2.0, 3.0]))` is `2.0`.

# %% [markdown] lang="ko"
# # 양수의 평균
#
# `mean_positive(values) -> float`를 작성하세요. 배열 `values`에서 0보다 큰 값들의 평균을 돌려줍니다.
# 0보다 큰 값이 없으면 결과는 0.0입니다.
#
# 예: `mean_positive(np.array([1.0, -2.0, 3.0]))`은 `2.0`입니다.

# %%
import numpy as np


# %%
def mean_positive(values):
    """Mean of the entries greater than 0, or 0.0 where there are none."""
    # SOLUTION
    positive = values[values > 0]
    return float(positive.mean()) if positive.size else 0.0
    # END SOLUTION
