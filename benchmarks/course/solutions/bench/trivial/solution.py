# %% [markdown] lang="en"
# # Rows and columns
#
# Write `row_means(X)`, the mean of each row, and `standardize(X)`, which gives every column mean 0 and variance 1.
# Then set `total` to the sum of all entries of `X`.

# %% [markdown] lang="ko"
# # 행과 열
#
# 각 행의 평균을 구하는 `row_means(X)`와 모든 열의 평균을 0, 분산을 1로 만드는 `standardize(X)`를 작성하세요.
# 그리고 `X`의 모든 값의 합을 `total`에 넣으세요.

# %%
import numpy as np

X = np.arange(12.0).reshape(4, 3)


# %%
def row_means(X):
    """Mean of each row of X (n, d), shape (n,)."""
    # SOLUTION
    return X.mean(axis=1)
    # END SOLUTION


# %%
def standardize(X):
    """X with mean 0 and variance 1 in each column."""
    # SOLUTION
    return (X - X.mean(axis=0)) / X.std(axis=0)
    # END SOLUTION


# %%
# SOLUTION
total = float(X.sum())
# END SOLUTION
print(total)
