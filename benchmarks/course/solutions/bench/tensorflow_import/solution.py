# %% [markdown] lang="en"
# # The whole tool box
#
# Import NumPy, pandas, scikit-learn and TensorFlow and note their `versions`. Write `one_hot(labels, n)` and
# `column_means(table)`, and put the `accuracy` of a nearest neighbour into a variable.

# %% [markdown] lang="ko"
# # 도구 상자 전체
#
# 넘파이, 판다스, 사이킷런, 텐서플로를 가져와 버전을 `versions`에 적으세요. `one_hot(labels, n)`과 `column_means(table)`을
# 작성하고, 최근접 이웃의 정확도를 `accuracy`에 넣으세요.

# %%
import numpy as np
import pandas as pd
import sklearn
import tensorflow as tf
from sklearn.neighbors import KNeighborsClassifier

versions = {module.__name__: module.__version__ for module in (np, pd, sklearn, tf)}


# %%
def one_hot(labels, n):
    """One row per label, a single 1 in its column."""
    # SOLUTION
    return np.eye(n)[np.asarray(labels)]
    # END SOLUTION


# %%
def column_means(table):
    """Mean of each column of a table, by name."""
    # SOLUTION
    return pd.DataFrame(table).mean().to_dict()
    # END SOLUTION


# %%
X = np.array([[0.0], [1.0], [10.0], [11.0]])
y = np.array([0, 0, 1, 1])
# SOLUTION
accuracy = KNeighborsClassifier(1).fit(X, y).score(X, y)
# END SOLUTION
print(accuracy)
