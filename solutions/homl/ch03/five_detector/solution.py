# %% [markdown] lang="en"
# # Metrics of a "five" detector
#
# Only one handwritten digit in ten is a five, so a detector that says "no five" every time is right in 90 % of the cases.
# The accuracy says next to nothing about it. Here you write the numbers that do: the confusion matrix, precision, recall
# and F1, the threshold that buys a precision, and the area under the ROC curve (AUC). Use **numpy only**: compute each of
# them yourself, and import nothing else.
#
# `y` holds the truth and `p` the predictions, one-dimensional arrays of length n with 0 and 1, or with `False` and `True`
# (your functions must take both); 1 or `True` means "five". `score` holds n finite numbers: the higher, the more the
# detector believes in a five.
#
# * `confusion(y, p) -> int array (2, 2)`: a row for each truth (first 0, then 1), a column for each prediction (first 0,
#   then 1): `[[TN, FP], [FN, TP]]`.
# * `prf(y, p) -> (precision, recall, f1)`: three floats. Precision is TP / (TP + FP), recall TP / (TP + FN), F1 their
#   harmonic mean 2PR / (P + R). Whatever would be 0 / 0 is **0.0**.
# * `threshold_for_precision(y, score, target) -> float`: a digit is called a five where `score >= t`. Return the
#   **lowest** t for which the precision is **at least** `target`; t has to be one of the scores. Where no score does it,
#   return `np.inf` (nothing is called a five). `target` lies above 0 and at most at 1.
# * `roc_auc(y, score) -> float`: the share of all pairs of a five and a non-five in which the five has the higher score;
#   a pair with **equal** scores counts one half. That is exactly the area under the ROC curve. Without a five, or without
#   a non-five, there is no pair: return `np.nan`.
#
# A worked example:
#
# ```
# y     = [0,    0,    1,    0,    1,    1,    0,    1  ]
# score = [0.1,  0.2,  0.3,  0.4,  0.5,  0.6,  0.65, 0.9]
# p     = score >= 0.5  →  [0, 0, 0, 0, 1, 1, 1, 1]
# ```
#
# The confusion matrix is `[[3, 1], [1, 3]]`; precision, recall and F1 are all 3/4. Going down with the threshold the
# precisions are 1/1 (at 0.9), 1/2 (0.65), 2/3 (0.6), 3/4 (0.5), 3/5 (0.4), 4/6 (0.3), 4/7 (0.2) and 4/8 (0.1): the lowest
# threshold for 0.75 is 0.5. Of the 4 · 4 pairs the fives win 4 + 3 + 3 + 2 = 12, the AUC is 12/16 = 0.75.
#
# Hints: sort by falling score; then `np.cumsum` of the sorted truth counts the hits down to each place. A threshold cannot
# part digits with **equal** scores: look at the precision behind the last of them. `argmax` of an array that is `False`
# everywhere is 0: ask `any()` first. `~` turns booleans round, but not 0 and 1 (`~0` is -1).
#
# Then look at a real detector, in a notebook or another file (what you hand in imports NumPy only):
#
# ```
# from sklearn.datasets import load_digits
# from sklearn.linear_model import SGDClassifier
# from sklearn.model_selection import cross_val_predict, train_test_split
#
# X, digit = load_digits(return_X_y=True)
# X, _, digit, _ = train_test_split(X, digit, test_size=450, stratify=digit, random_state=42)
# X = X + np.random.RandomState(0).normal(0, 4, X.shape)
# y = digit == 5
# score = cross_val_predict(SGDClassifier(random_state=42), X, y, cv=3, method="decision_function")
# ```
#
# `p = score > 0` should have a precision of about 0.85, a recall of 0.68, F1 0.76, and an AUC of 0.97. A precision of 0.90
# costs recall: about 0.48 is left.

# %% [markdown] lang="ko"
# # "5" 감지기의 지표
#
# 손글씨 숫자 열 개 가운데 5는 하나꼴입니다. 그래서 늘 "5가 아니다"라고만 답하는 감지기도 90 %쯤은 맞습니다. 정확도(accuracy)로는
# 감지기가 얼마나 좋은지 거의 알 수 없습니다. 이 문제에서는 제대로 알려 주는 값들을 만듭니다. 오차 행렬(confusion matrix),
# 정밀도(precision), 재현율(recall), F1, 원하는 정밀도를 얻는 임곗값(threshold), 그리고 ROC 곡선 아래의 면적(AUC)입니다. **넘파이만**
# 쓰세요. 모두 직접 계산하고, 다른 것은 임포트하지 않습니다.
#
# `y`는 정답, `p`는 예측입니다. 둘 다 길이가 n인 1차원 배열이고 값은 0과 1이거나 `False`와 `True`입니다(두 가지를 모두 받아야
# 합니다). 1 또는 `True`가 "5"라는 뜻입니다. `score`는 유한한 실수 n개이고, 클수록 5라고 더 강하게 믿는다는 뜻입니다.
#
# * `confusion(y, p) -> 정수 배열 (2, 2)`: 행은 정답(0, 1 순서), 열은 예측(0, 1 순서)입니다. 곧 `[[TN, FP], [FN, TP]]`입니다.
# * `prf(y, p) -> (precision, recall, f1)`: 실수 세 개입니다. 정밀도는 TP / (TP + FP), 재현율은 TP / (TP + FN), F1은 둘의
#   조화 평균 2PR / (P + R)입니다. 0 / 0이 되는 값은 **0.0**으로 합니다.
# * `threshold_for_precision(y, score, target) -> float`: `score >= t`이면 5라고 판정합니다. 정밀도가 `target` **이상**이 되는
#   t 가운데 **가장 낮은** 값을 반환하세요. t는 `score`에 있는 값이어야 합니다. 그런 값이 없으면 `np.inf`를 반환합니다(아무것도 5라고
#   하지 않는다는 뜻입니다). `target`은 0보다 크고 1 이하입니다.
# * `roc_auc(y, score) -> float`: 5와 5가 아닌 숫자를 하나씩 짝지은 모든 쌍 가운데 5의 점수가 더 높은 쌍의 비율입니다. 점수가
#   **같은** 쌍은 반 개로 셉니다. 이 값은 ROC 곡선 아래의 면적과 정확히 같습니다. 5가 하나도 없거나 전부 5이면 쌍을 만들 수 없으니
#   `np.nan`을 반환하세요.
#
# 예를 하나 봅시다.
#
# ```
# y     = [0,    0,    1,    0,    1,    1,    0,    1  ]
# score = [0.1,  0.2,  0.3,  0.4,  0.5,  0.6,  0.65, 0.9]
# p     = score >= 0.5  →  [0, 0, 0, 0, 1, 1, 1, 1]
# ```
#
# 오차 행렬은 `[[3, 1], [1, 3]]`이고 정밀도, 재현율, F1은 모두 3/4입니다. 임곗값을 내려 가면 정밀도는 1/1(0.9일 때), 1/2(0.65),
# 2/3(0.6), 3/4(0.5), 3/5(0.4), 4/6(0.3), 4/7(0.2), 4/8(0.1)입니다. 정밀도가 0.75 이상인 가장 낮은 임곗값은 0.5입니다.
# 4 · 4 = 16쌍 가운데 5가 이기는 쌍은 4 + 3 + 3 + 2 = 12개이므로 AUC는 12/16 = 0.75입니다.
#
# 힌트: 점수가 높은 것부터 정렬한 다음 정답에 `np.cumsum`을 쓰면 그 자리까지 맞힌 5의 수를 한꺼번에 얻습니다. 점수가 **같은**
# 숫자는 임곗값으로 나눌 수 없으니, 그중 마지막 자리의 정밀도를 보세요. 모두 `False`인 배열의 `argmax`는 0이니 먼저 `any()`를
# 확인하세요. `~`는 불리언은 뒤집지만 0과 1은 뒤집지 못합니다(`~0`은 -1입니다).
#
# 다 되면 노트북이나 다른 파일에서 실제 감지기에 써 보세요(제출하는 파일에서는 넘파이만 임포트합니다).
#
# ```
# from sklearn.datasets import load_digits
# from sklearn.linear_model import SGDClassifier
# from sklearn.model_selection import cross_val_predict, train_test_split
#
# X, digit = load_digits(return_X_y=True)
# X, _, digit, _ = train_test_split(X, digit, test_size=450, stratify=digit, random_state=42)
# X = X + np.random.RandomState(0).normal(0, 4, X.shape)
# y = digit == 5
# score = cross_val_predict(SGDClassifier(random_state=42), X, y, cv=3, method="decision_function")
# ```
#
# `p = score > 0`으로 판정하면 정밀도 약 0.85, 재현율 0.68, F1 0.76, AUC 0.97이 나올 것입니다. 정밀도를 0.90으로 올리려면 재현율을
# 내주어야 해서 0.48쯤만 남습니다.

# %%
from __future__ import annotations

import numpy as np


# %%
def confusion(y: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Count truths (rows: 0, 1) against predictions (columns: 0, 1)."""
    # SOLUTION
    cells = 2 * np.asarray(y, dtype=int) + np.asarray(p, dtype=int)
    return np.bincount(cells, minlength=4).reshape(2, 2)
    # END SOLUTION


# %%
def prf(y: np.ndarray, p: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall and F1; 0.0 wherever it would be 0 / 0."""
    # SOLUTION
    (_, false_alarms), (missed, hits) = confusion(y, p).tolist()
    precision = hits / (hits + false_alarms) if hits else 0.0
    recall = hits / (hits + missed) if hits else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return precision, recall, f1
    # END SOLUTION


# %%
def threshold_for_precision(y: np.ndarray, score: np.ndarray, target: float) -> float:
    """Lowest score t for which `score >= t` has a precision of at least `target`; infinity if there is none."""
    # SOLUTION
    order = np.argsort(score)[::-1]
    ranked = np.asarray(score)[order]
    precision = np.cumsum(np.asarray(y)[order]) / np.arange(1, len(order) + 1)
    last_of_equals = np.append(ranked[1:] != ranked[:-1], True)
    good = last_of_equals & (precision >= target)
    return float(ranked[good][-1]) if good.any() else np.inf
    # END SOLUTION


# %%
def roc_auc(y: np.ndarray, score: np.ndarray) -> float:
    """Share of pairs (five, other) that the scores put in the right order; equal scores count one half."""
    # SOLUTION
    fives = np.asarray(y, dtype=bool)
    n_fives, n_others = fives.sum(), (~fives).sum()
    if n_fives == 0 or n_others == 0:
        return np.nan
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    middle_rank = np.cumsum(count) - (count - 1) / 2  # equal scores share the mean of their ranks
    won = middle_rank[place][fives].sum() - n_fives * (n_fives + 1) / 2
    return float(won / (n_fives * n_others))
    # END SOLUTION
