# %% [markdown] lang="en"
# # Blending and stacking
#
# Voting treats all members of an ensemble alike. A *blender* learns whom to trust: its inputs are the predictions of the other
# models. What matters is which predictions. A forest knows its training rows by heart, and a blender that learns from those
# learns to trust whoever memorises best. It must learn from rows that the members have **not** seen.
#
# There are two ways. *Blending* holds rows back: members learn from the training rows, the blender from their predictions for the
# validation rows. *Stacking* makes out-of-fold predictions by cross-validation, so that nothing has to be held back.
#
# Write into this file:
#
# * `build(X_train, y_train, X_valid, y_valid) -> dict` with four entries:
#     * `"base"`: a `dict` from names of your choice to at least three fitted classifiers, not all of the same class. They have
#       seen the training rows and **nothing** of the validation rows.
#     * `"blend_train"`: an array of shape (validation rows, members × K), where K is the number of classes: what the blender
#       learns from. The first K columns belong to the first member of `base`, the next K to the second, and so on; within a
#       member they follow the sorted labels. They hold the member's `predict_proba` for the validation rows or, if it has
#       none, a 1 in the column of the label that it predicts and 0 elsewhere. So each member's columns sum to 1 in each row.
#     * `"blender"`: a classifier that was fitted to `blend_train` and `y_valid`
#     * `"stack_clf"`: a fitted `sklearn.ensemble.StackingClassifier` over at least three classifiers, fitted to training and
#       validation rows together. It makes its own out-of-fold predictions, so `cv="prefit"` is not for it.
# * `blend_predict(parts, X) -> array (rows,)`: labels for new rows by members and blender; `parts` is what `build` returned.
#
# The grader calls `build` with its own 60 : 20 part of scikit-learn's 8×8 digits (pixels 0 to 16, about 1,077 and 360 rows)
# and measures `blend_predict` and `stack_clf` on the rest, which your code never sees. Labels are whole numbers, but which
# number stands for which digit is drawn by lot: they are names, not quantities. That is also why a column with the label 7 in
# it is no use to a linear blender: to it, 7 is near 8 and far from 1. Aim above 96.5 %. `build` should take no more than some
# ten seconds. Other checks call it with small tables, in which validation rows bear other labels than training rows of their
# kind: so it shows who has learnt from which rows.
#
# Example: two members, labels 0, 1, 2; for one row the first says (0.1, 0.7, 0.2), the second has no `predict_proba` and
# predicts 2. That row of `blend_train` is (0.1, 0.7, 0.2, 0, 0, 1).
#
# Hints: `np.hstack` puts the members' columns side by side; `(predicted[:, None] == classes)` makes the columns of a member
# without probabilities. `cv=3` and forests of 50 trees are enough. A nearest-neighbour or support vector classifier errs
# elsewhere than a forest does, and that helps.

# %% [markdown] lang="ko"
# # 블렌딩과 스태킹
#
# 투표는 앙상블의 모든 모델을 똑같이 대합니다. *블렌더*(blender)는 누구를 믿을지 학습합니다. 다른 모델들의 예측을 입력으로 받는
# 모델이기 때문입니다. 이때 중요한 것은 오직 하나, 어떤 예측으로 학습하느냐입니다. 랜덤 포레스트는 훈련 세트를 외우고 있어서 거기서는
# 오차가 0입니다. 그런 예측으로 학습한 블렌더는 가장 잘 외우는 모델을 믿게 됩니다. 그러니 블렌더는 모델들이 **보지 못한** 행으로
# 학습해야 합니다.
#
# 방법은 두 가지입니다. *블렌딩*(blending)은 일부를 떼어 둡니다. 모델들은 훈련 세트로, 블렌더는 검증 세트에 대한 모델들의 예측으로
# 학습합니다. *스태킹*(stacking)은 교차 검증으로 아웃 오브 폴드(out-of-fold) 예측을 만들기 때문에 떼어 둘 것이 없습니다.
#
# 이 파일에 다음을 작성하세요.
#
# * `build(X_train, y_train, X_valid, y_valid) -> dict`: 항목이 네 개인 딕셔너리를 돌려줍니다.
#     * `"base"`: 이름(자유롭게 정하세요)마다 훈련된 분류기가 있는 `dict`. 분류기는 세 개 이상이고 모두 같은 클래스여서는 안 됩니다.
#       훈련 세트만 보았고 검증 세트는 **전혀** 보지 않은 분류기여야 합니다.
#     * `"blend_train"`: 블렌더가 학습할 배열이고 크기는 (검증 세트의 행 수, 모델 수 × K)입니다. K는 클래스의 수입니다. 처음 K개 열은
#       `base`의 첫째 모델, 다음 K개 열은 둘째 모델의 것이고, 한 모델 안에서는 정렬한 레이블의 순서를 따릅니다. 검증 세트에 대한 그 모델의
#       `predict_proba` 값을 넣고, `predict_proba`가 없는 모델이면 예측한 레이블의 열에 1, 나머지에 0을 넣습니다. 따라서 행마다 한 모델의
#       열을 더하면 1입니다.
#     * `"blender"`: `blend_train`과 `y_valid`에 훈련한 분류기
#     * `"stack_clf"`: 분류기 세 개 이상을 쌓은 `sklearn.ensemble.StackingClassifier`. 훈련 세트와 검증 세트를 합쳐 훈련합니다. 아웃 오브
#       폴드 예측을 스스로 만들게 해야 하므로 `cv="prefit"`은 쓰지 않습니다.
# * `blend_predict(parts, X) -> 배열 (행 수,)`: 모델들과 블렌더로 예측한 새로운 행의 레이블입니다. `parts`는 `build`가 돌려준 값입니다.
#
# 채점할 때는 사이킷런의 8×8 숫자 이미지(픽셀 값은 0~16)를 새로 나누어, 60 : 20에 해당하는 1,077행과 360행쯤으로 `build`를 부릅니다.
# 나머지는 여러분의 코드가 볼 수 없고, 거기서 `blend_predict`와 `stack_clf`의 정확도를 잽니다. 레이블은 정수이지만 어떤 수가 어떤
# 숫자를 뜻하는지는 제비뽑기로 정합니다. 레이블은 양이 아니라 이름이기 때문입니다. 레이블 7을 그대로 열에 넣으면 선형 블렌더에게 쓸모가
# 없는 까닭도 여기에 있습니다. 선형 모델에게 7은 8과 가깝고 1과 먼 값입니다. 96.5 %를 넘겨 보세요. `build`는 10초 안팎에 끝나는 것이
# 좋습니다. 다른 검사에서는 작은 표로도 `build`를 부릅니다. 이때 검증 세트의 레이블은 같은 종류의 훈련 세트 행과 다르므로, 누가 어느
# 행으로 학습했는지가 드러납니다.
#
# 예: 모델이 둘이고 레이블이 0, 1, 2일 때, 어떤 행에서 첫째 모델의 확률이 (0.1, 0.7, 0.2)이고 둘째 모델은 `predict_proba` 없이 2를
# 예측했다면, `blend_train`의 그 행은 (0.1, 0.7, 0.2, 0, 0, 1)입니다.
#
# 힌트: `np.hstack`으로 모델들의 열을 나란히 붙이세요. 확률이 없는 모델의 열은 `(predicted[:, None] == classes)`로 만들 수 있습니다.
# `cv=3`, 트리 50개면 충분합니다. 최근접 이웃이나 서포트 벡터 분류기는 랜덤 포레스트와 다른 곳에서 틀리므로 도움이 됩니다.

# %%
from __future__ import annotations

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier, StackingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

# %%
# 여기에 코드를 작성하세요 / Write your code here
# Helpers of your own may stand here, for example one that makes the blender's columns.


# %%
def build(X_train: np.ndarray, y_train: np.ndarray, X_valid: np.ndarray, y_valid: np.ndarray) -> dict:
    """Fit members, blender and stack; return "base", "blend_train", "blender" and "stack_clf"."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def blend_predict(parts: dict, X: np.ndarray) -> np.ndarray:
    """Labels of new rows, by the members and the blender of ``parts``."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")
