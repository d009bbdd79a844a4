# %% [markdown] lang="en"
# # Stratified and stable splits
#
# A test set is an exam paper: it must be fair, and it must stay secret. A plain random split fails at both. Chance may put
# too many rich districts into the test set, or too few; and when the data grow and you split again, rows that were in the
# training set land in the test set. Write one cure for each.
#
# ## `stratified_split(df, col, bins, test_size, seed) -> (train, test)`
#
# Cut the numeric column `col` into *strata* (groups) at the edges `bins` and draw the same share of each stratum.
#
# * `bins` is an ascending list of edges. Stratum i holds the values with `bins[i] < value <= bins[i+1]`: **a value on an edge
#   belongs to the lower stratum**, as `pd.cut` has it. Every value lies in a stratum. A stratum is empty, or it has at least
#   5 rows and sends at least one to each side.
# * Of each stratum `test_size` × its size rows go to the test set; off by less than two rows is right, so round as you like.
# * Which rows go is drawn at random, and `seed` decides it: the same seed draws the same rows, another seed draws others.
#
# Say 8 districts have the incomes 1, 1, 1.5, 1.5, 2, 2, 2, 2 and `bins=[0, 1.5, 3]`. The first stratum has four rows (1.5 is
# still in it), the second four; `test_size=0.5` takes two of each.
#
# ## `hash_split(df, id_col, ratio) -> (train, test)`
#
# Let each row's **identifier** (a whole number or a text) decide by itself, without drawing: compute a fixed number between
# 0 and 1 out of the identifier, and put the row into the test set if the number is smaller than `ratio`.
#
# * The order of the rows, the index of the table and all other rows play no part: an old row stays on its side when rows
#   are added, removed or shuffled, and in a new Python process too.
# * Rows with the same identifier are always on the same side.
# * At `ratio` 0 nothing is in the test set, at 1 everything; a larger ratio only adds rows.
# * From 2,000 different identifiers on, whether 1, 2, 3, … or 100, 200, 300, … or texts, the share of test rows must lie
#   within 0.05 of `ratio`. So the numbers have to be well mixed.
# * Python's own `hash` is not allowed: for texts it changes with every process, and a whole number is its own hash.
#
# For identifiers with the numbers A 0.71, B 0.05, C 0.30 and D 0.19, `ratio=0.2` puts B and D into the test set.
#
# ## For both
#
# `train` and `test` are DataFrames. Together they hold each row of `df` exactly once, with the columns, values and index
# labels of `df` and no column more; in which order the rows stand is up to you. `df` itself stays as it is.
#
# Hints: scikit-learn's `train_test_split` has an argument `stratify` that takes one label for each row. `zlib.crc32` makes a
# well mixed whole number from 0 to 2³² − 1 out of bytes, and `str(identifier).encode()` makes bytes out of an identifier.

# %% [markdown] lang="ko"
# # 계층적 분할과 안정적 분할
#
# 테스트 세트는 시험지와 같습니다. 공정해야 하고, 미리 새어 나가면 안 됩니다. 무작위로 나누기만 하면 둘 다 지키기 어렵습니다.
# 우연히 소득이 높은 구역이 테스트 세트에 너무 많거나 적게 들어갈 수 있고, 데이터가 늘어 다시 나누면 훈련 세트에 있던 행이
# 테스트 세트로 들어옵니다. 두 문제의 해결책을 하나씩 만들어 봅시다.
#
# ## `stratified_split(df, col, bins, test_size, seed) -> (train, test)`
#
# 숫자 열 `col`을 경계 `bins`에서 잘라 **계층**(strata)으로 나누고, 계층마다 같은 비율로 뽑습니다.
#
# * `bins`는 작은 값부터 늘어놓은 경계의 리스트입니다. 계층 i에는 `bins[i] < 값 <= bins[i+1]`인 값이 들어갑니다. `pd.cut`과
#   같이 **경계와 같은 값은 아래쪽 계층에 속합니다.** 모든 값은 어느 한 계층에 들어 있습니다. 계층은 비어 있거나, 행이
#   5개 이상이고 양쪽에 하나 이상씩 들어갑니다.
# * 계층마다 크기 × `test_size`만큼의 행을 테스트 세트로 보냅니다. 차이가 두 행보다 작으면 맞는 것으로 보니 반올림은 마음대로
#   하세요.
# * 어느 행을 보낼지는 무작위로 뽑고, `seed`가 결과를 정합니다. 시드가 같으면 같은 행이, 다르면 다른 행이 뽑혀야 합니다.
#
# 예를 들어 구역 8개의 소득이 1, 1, 1.5, 1.5, 2, 2, 2, 2이고 `bins=[0, 1.5, 3]`이라고 합시다. 1.5는 첫째 계층에 들어가므로
# 두 계층의 행은 네 개씩입니다. `test_size=0.5`이면 계층마다 두 개씩 뽑습니다.
#
# ## `hash_split(df, id_col, ratio) -> (train, test)`
#
# 제비를 뽑는 대신 행마다 **식별자**(identifier: 정수 또는 텍스트)가 스스로 결정하게 합니다. 식별자에서 0과 1 사이의 정해진
# 수를 계산하고, 그 수가 `ratio`보다 작으면 테스트 세트에 넣습니다.
#
# * 행의 순서, 표의 인덱스, 다른 행은 결과에 영향을 주면 안 됩니다. 행을 더하거나 빼거나 섞어도, 파이썬을 새로 실행해도 예전
#   행은 원래 있던 쪽에 남아 있어야 합니다.
# * 식별자가 같은 행은 늘 같은 쪽에 들어갑니다.
# * `ratio`가 0이면 테스트 세트가 비고 1이면 모든 행이 테스트 세트에 들어갑니다. 비율을 키우면 테스트 세트에 행이 더해지기만
#   합니다.
# * 서로 다른 식별자가 2,000개 이상이면 테스트 행의 비율은 `ratio`와 0.05 이내로 같아야 합니다. 식별자가 1, 2, 3, …이든 100, 200,
#   300, …이든 텍스트든 마찬가지이므로 수가 골고루 섞여야 합니다.
# * 파이썬의 `hash` 함수는 쓸 수 없습니다. 텍스트의 해시값은 프로세스마다 달라지고, 정수의 해시값은 정수 자신이기 때문입니다.
#
# 예를 들어 식별자 A, B, C, D의 수가 0.71, 0.05, 0.30, 0.19라면 `ratio=0.2`일 때 B와 D가 테스트 세트에 들어갑니다.
#
# ## 두 함수 모두
#
# `train`과 `test`는 DataFrame입니다. 둘을 합치면 `df`의 모든 행이 꼭 한 번씩 들어 있고, 열과 값과 인덱스 레이블은 `df`와
# 같으며 다른 열은 없습니다. 행의 순서는 마음대로 해도 됩니다. `df` 자체는 바뀌지 않아야 합니다.
#
# 힌트: 사이킷런의 `train_test_split`에는 행마다 레이블을 하나씩 받는 `stratify` 인자가 있습니다. `zlib.crc32`는 바이트에서 0부터
# 2³² − 1까지 골고루 섞인 정수를 만들고, `str(identifier).encode()`는 식별자를 바이트로 바꿉니다.

# %%
import zlib

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split


# %%
def stratified_split(df, col, bins, test_size, seed):
    """Split a table so that each stratum of ``col`` has the same share in the test set; return ``(train, test)``."""
    # SOLUTION
    strata = pd.cut(df[col], bins, labels=False)
    train, test = train_test_split(df, test_size=test_size, stratify=strata, random_state=seed)
    return train, test
    # END SOLUTION


# %%
def hash_split(df, id_col, ratio):
    """Split a table by a hash of each row's identifier; return ``(train, test)``."""
    # SOLUTION
    hashes = np.array([zlib.crc32(str(identifier).encode()) for identifier in df[id_col]])
    in_test = hashes < ratio * 2**32
    return df[~in_test], df[in_test]
    # END SOLUTION
