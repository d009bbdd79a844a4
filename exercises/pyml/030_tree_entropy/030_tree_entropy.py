# %% [markdown] lang="en"
# # Entropy and information gain
#
# A decision tree asks one question after another. Which question comes first? The one after which we know most about
# the label. *Entropy* measures how mixed a group of labels is, in bits:
#
# $$H = -\sum_i p_i \log_2 p_i$$
#
# A pure group has $H = 0$, two classes half and half have $H = 1$, four equally frequent classes have $H = 2$.
# *Information gain* is the entropy before a question minus the entropy that is left after it. What is left is the
# mean over the branches, **weighted by the share of the rows** that each branch receives.
#
# The road table has four rows: slope, surface, speed limit, and in the last column the speed that drivers take.
#
# | slope | surface | speed limit | speed |
# |---|---|---|---|
# | steep | bumpy | yes | slow |
# | steep | smooth | yes | slow |
# | flat | bumpy | no | fast |
# | steep | smooth | no | fast |
#
# Write four names into this file:
#
# * `entropy(counts) -> float`: `counts` holds how many rows each class has (a list or an array, for example `[2, 1]`).
#   A class may have no rows at all; it adds nothing, since $p \log_2 p \to 0$. If there are no rows, the entropy is 0.
# * `info_gain(rows, j) -> float`: `rows` is a list of equally long rows whose **last** value is the label;
#   `j` is the index of a feature. A feature may have any number of values and the label any number of classes.
# * `gains: dict[str, float]`: the gain of each feature of the road table, by the names in `FEATURES`.
# * `root: str`: the name of the feature that the tree asks about first.
#
# A worked example: of three rows two are slow and one is fast, so $p = (2/3, 1/3)$ and
# $H = 2/3 \cdot 0.585 + 1/3 \cdot 1.585 = 0.918$ bits.
#
# Hints: `collections.Counter` counts labels. Round nothing on the way; the slide's 0.312 for the slope comes from
# rounding early, the exact value is 0.3113.

# %% [markdown] lang="ko"
# # 엔트로피와 정보 이득
#
# 결정 트리는 질문을 하나씩 던지며 데이터를 나눕니다. 어떤 질문을 먼저 해야 할까요? 답을 듣고 나서 레이블에 대해 가장 많이
# 알게 되는 질문입니다. *엔트로피*(entropy)는 한 무리 안에 레이블이 얼마나 섞여 있는지를 비트 단위로 나타냅니다.
#
# $$H = -\sum_i p_i \log_2 p_i$$
#
# 한 가지 레이블만 있으면 $H = 0$, 두 클래스가 반반이면 $H = 1$, 네 클래스가 똑같이 섞여 있으면 $H = 2$입니다.
# *정보 이득*(information gain)은 질문하기 전의 엔트로피에서 질문한 뒤에 남은 엔트로피를 뺀 값입니다. 남은 엔트로피는
# 가지마다 구한 엔트로피를 **그 가지에 들어간 행의 비율로 가중 평균**한 것입니다.
#
# 도로 표에는 행이 네 개 있습니다. 경사도, 노면 상태, 속도 제한, 그리고 마지막 열이 운전자가 낸 속도입니다.
#
# | 경사도 slope | 노면 상태 surface | 속도 제한 speed limit | 속도 speed |
# |---|---|---|---|
# | steep | bumpy | yes | slow |
# | steep | smooth | yes | slow |
# | flat | bumpy | no | fast |
# | steep | smooth | no | fast |
#
# 이 파일에 이름 네 개를 정의하세요.
#
# * `entropy(counts) -> float`: `counts`는 클래스마다 행이 몇 개인지 담은 리스트나 배열입니다(예: `[2, 1]`).
#   행이 하나도 없는 클래스가 있을 수 있습니다. $p \log_2 p \to 0$이므로 그런 클래스는 아무것도 더하지 않습니다.
#   행이 아예 없으면 엔트로피는 0입니다.
# * `info_gain(rows, j) -> float`: `rows`는 길이가 같은 행의 리스트이고 각 행의 **마지막** 값이 레이블입니다.
#   `j`는 특성의 번호입니다. 특성의 값도 레이블의 클래스도 몇 가지든 될 수 있습니다.
# * `gains: dict[str, float]`: 도로 표의 특성마다 구한 정보 이득입니다. 키는 `FEATURES`에 있는 이름입니다.
# * `root: str`: 트리가 맨 먼저 물어볼 특성의 이름입니다.
#
# 예를 하나 풀어 봅시다. 세 행 가운데 둘이 slow, 하나가 fast이면 $p = (2/3, 1/3)$이고
# $H = 2/3 \cdot 0.585 + 1/3 \cdot 1.585 = 0.918$비트입니다.
#
# 힌트: 레이블은 `collections.Counter`로 세면 편합니다. 계산 도중에 반올림하지 마세요. 강의 자료의 경사도 값 0.312는
# 중간에 반올림해서 나온 값이고 정확한 값은 0.3113입니다.

# %%
from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np

FEATURES = ("slope", "surface", "speed_limit")
ROAD = [
    ("steep", "bumpy", "yes", "slow"),
    ("steep", "smooth", "yes", "slow"),
    ("flat", "bumpy", "no", "fast"),
    ("steep", "smooth", "no", "fast"),
]


# %%
def entropy(counts: Sequence[float]) -> float:
    """Entropy in bits of a group of labels, given how often each class occurs."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def info_gain(rows: Sequence[Sequence[Hashable]], j: int) -> float:
    """How many bits about the label (the last value of each row) feature ``j`` tells."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
# 여기에 코드를 작성하세요 / Write your code here
gains: dict[str, float] = {}  # name of the feature -> its information gain
root = ""  # name of the feature at the top of the tree
