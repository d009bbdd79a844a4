# %% [markdown] lang="en"
# # Tell two moons apart
#
# Write `train(X, y)`, which learns from points `X` of shape (n, 2) and their classes `y` (0 or 1) and returns whatever
# `predict` needs; and `predict(state, X)`, which returns the classes of new points as an array of shape (n,).
#
# What counts is the accuracy on points that your code has never seen. The points of each class lie on a half moon.

# %% [markdown] lang="ko"
# # 두 달 구별하기
#
# 크기가 (n, 2)인 점 `X`와 클래스 `y`(0 또는 1)로 학습해 `predict`에 필요한 것을 돌려주는 `train(X, y)`와, 새로운 점의 클래스를
# 크기가 (n,)인 배열로 돌려주는 `predict(state, X)`를 작성하세요.
#
# 처음 보는 점에서의 정확도로 채점합니다. 두 클래스의 점은 저마다 반달 모양으로 놓여 있습니다.

# %%
import numpy as np
from sklearn.svm import SVC


# %%
def train(X, y):
    """Learn from points (n, 2) and classes (n,); return what ``predict`` needs."""
    # SOLUTION
    return SVC().fit(X, y)
    # END SOLUTION


# %%
def predict(state, X):
    """Classes (n,) of points (n, 2)."""
    # SOLUTION
    return state.predict(X)
    # END SOLUTION
