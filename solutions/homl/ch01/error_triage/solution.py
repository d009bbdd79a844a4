# %% [markdown] lang="en"
# # Triage of generalisation gaps
#
# A model disappoints. More data? A larger model? Other photos? The answer stands in five numbers, if you split the data so
# that **each step from one set to the next changes one thing only**:
#
# | set | what it is | new compared with the line above |
# | --- | --- | --- |
# | target | the error that you would be content with, a careful person's for example | |
# | train | the rows that the model was trained on | the model has to fit them |
# | train-dev | rows of the same source that it was not trained on | unseen rows |
# | dev | rows of the kind met in use, with which models were compared and tuned | another source |
# | test | more rows of that kind, looked at once, at the very end | not used for choosing |
#
# So each gap has one cause. Write two functions: one that reads the gaps, and below one that makes such splits.
#
# ## `diagnose(train, train_dev, dev, test, target) -> str`
#
# All five are error rates between 0 and 1. Compute the four gaps and return the name of the **largest**:
#
# | gap | name | what it means |
# | --- | --- | --- |
# | train − target | `"underfit"` | the model cannot even learn the training rows |
# | train-dev − train | `"overfit"` | it learnt the training rows by heart |
# | dev − train-dev | `"mismatch"` | training rows are not like those met in use |
# | test − dev | `"overfit_dev"` | tuning went on until it suited the dev rows by chance |
#
# A gap of at most 0.02 is noise: if no gap is larger, answer `"ok"`. A negative gap is no trouble, however large. Your
# function is tested with wide margins: a gap is either at most 0.01 or at least 0.04, and where two are, one is larger by
# 0.03 or more.
#
# A worked example: target 0.02, train 0.03, train-dev 0.04, dev 0.15, test 0.16. The gaps are 0.01, 0.01, 0.11 and 0.01:
# `"mismatch"`. Whoever compares only train with dev calls this overfitting and gathers more of the wrong photos.

# %% [markdown] lang="ko"
# # 일반화 오차 진단
#
# 모델의 성능이 실망스럽습니다. 데이터를 더 모아야 할까요? 더 큰 모델이 필요할까요? 다른 사진을 구해야 할까요? **한 세트에서 다음
# 세트로 갈 때마다 한 가지만 달라지도록** 데이터를 나누어 두었다면 수 다섯 개에 답이 들어 있습니다.
#
# | 세트 | 무엇인가 | 윗줄과 달라지는 점 |
# | --- | --- | --- |
# | 목표(target) | 이 정도면 만족할 오차. 예를 들어 주의 깊은 사람의 오차 | |
# | 훈련(train) | 모델을 훈련한 행 | 모델이 데이터에 맞아야 한다 |
# | 훈련-개발(train-dev) | 출처는 같지만 훈련에 쓰지 않은 행 | 처음 보는 행이다 |
# | 개발(dev) | 실제로 쓸 때 만나는 종류의 행. 모델을 비교하고 튜닝하는 데 썼다 | 출처가 다르다 |
# | 테스트(test) | 같은 종류의 행. 맨 마지막에 한 번만 본다 | 고르는 데 쓰지 않았다 |
#
# 그래서 차이(gap)마다 원인이 하나씩 있습니다. 함수 두 개를 작성하세요. 하나는 차이를 읽고, 다른 하나는(아래에서) 데이터를
# 어떤 크기로 나눌지 정합니다.
#
# ## `diagnose(train, train_dev, dev, test, target) -> str`
#
# 다섯 값은 모두 0과 1 사이의 오차율입니다. 차이 네 개를 계산해서 **가장 큰 것**의 이름을 반환합니다.
#
# | 차이 | 이름 | 뜻 |
# | --- | --- | --- |
# | 훈련 − 목표 | `"underfit"` | 훈련 데이터조차 제대로 배우지 못한다(과소적합) |
# | 훈련-개발 − 훈련 | `"overfit"` | 훈련 데이터를 외웠다(과대적합) |
# | 개발 − 훈련-개발 | `"mismatch"` | 훈련 데이터가 실제로 만나는 데이터와 다르다(데이터 불일치) |
# | 테스트 − 개발 | `"overfit_dev"` | 개발 세트에 우연히 잘 맞을 때까지 튜닝했다 |
#
# 0.02 이하의 차이는 잡음으로 봅니다. 그보다 큰 차이가 없으면 `"ok"`를 반환하세요. 음수인 차이는 아무리 커도 문제가 아닙니다.
# 검사에서는 여유를 넉넉히 둡니다. 차이는 0.01 이하이거나 0.04 이상이고, 0.04 이상인 차이가 둘이면 하나가 0.03 이상 더 큽니다.
#
# 예를 들어 목표 0.02, 훈련 0.03, 훈련-개발 0.04, 개발 0.15, 테스트 0.16이면 차이는 0.01, 0.01, 0.11, 0.01이므로
# `"mismatch"`입니다. 훈련과 개발만 비교하는 사람은 과대적합이라고 여기고 엉뚱한 사진만 더 모으게 됩니다.

# %%
import math


# %%
def diagnose(train, train_dev, dev, test, target):
    """Name what is wrong: "underfit", "overfit", "mismatch", "overfit_dev" or "ok"."""
    # SOLUTION
    gaps = {
        "underfit": train - target,
        "overfit": train_dev - train,
        "mismatch": dev - train_dev,
        "overfit_dev": test - dev,
    }
    worst = max(gaps, key=gaps.get)
    return worst if gaps[worst] > 0.02 else "ok"
    # END SOLUTION


# %% [markdown] lang="en"
# ## `split_sizes(n, fractions) -> tuple[int, ...]`
#
# How many of `n` rows go into each part, one whole number per fraction, in their order, and **together exactly `n`**.
# 10 rows in three equal parts is 3.33 each; someone has to get the row that is left over. The rule (largest remainder):
#
# 1. Each part gets `n × fraction`, rounded down.
# 2. The rows left over go, one each, to the parts with the largest remainder (what rounding down cut off).
# 3. Among equal remainders the earlier part comes first.
#
# * `n` is a whole number ≥ 0; `fractions` is a list or tuple of numbers ≥ 0, one or more.
# * If a fraction is negative or they do not sum to 1 (to within 1e-6), raise `ValueError`.
#
# A worked example: `split_sizes(10, (0.55, 0.25, 0.2))`. The shares are 5.5, 2.5 and 2.0; rounded down 5, 2 and 2, with
# remainders 0.5, 0.5 and 0. One row is left over and goes to the first part: `(6, 2, 2)`.
#
# Hint: computers compute 0.29 × 100 as 28.999999999999996. The part gets its 29th row all the same: count
# a number within 1e-9 of a whole one as that, and remainders closer than 1e-9 as equal.

# %% [markdown] lang="ko"
# ## `split_sizes(n, fractions) -> tuple[int, ...]`
#
# 행 `n`개를 나눌 때 부분마다 몇 개씩 들어가는지 구합니다. 비율의 순서대로 정수를 하나씩 반환하고 **합은 정확히 `n`**이어야
# 합니다. 10개를 셋으로 똑같이 나누면 3.33개씩이므로 남는 행을 어느 부분인가는 가져가야 합니다. 규칙(최대 나머지 방법)은 다음과
# 같습니다.
#
# 1. 부분마다 `n × 비율`의 소수점 아래를 버린 만큼 받습니다.
# 2. 남은 행은 나머지(버린 소수 부분)가 큰 부분부터 하나씩 받습니다.
# 3. 나머지가 같으면 앞에 있는 부분이 먼저 받습니다.
#
# * `n`은 0 이상의 정수이고, `fractions`는 0 이상인 수가 하나 이상 들어 있는 리스트나 튜플입니다.
# * 음수인 비율이 있거나 합이 1이 아니면(오차 1e-6까지 허용) `ValueError`를 일으키세요.
#
# 예를 들어 `split_sizes(10, (0.55, 0.25, 0.2))`에서 몫은 5.5, 2.5, 2.0이고, 버림하면 5, 2, 2, 나머지는 0.5, 0.5, 0입니다.
# 남은 행 하나는 첫째 부분이 받아서 `(6, 2, 2)`가 됩니다.
#
# 힌트: 컴퓨터는 0.29 × 100을 28.999999999999996으로 계산합니다. 그래도 그 부분은 29번째 행을 받아야
# 하므로, 정수와의 차이가 1e-9보다 작으면 그 정수로, 나머지의 차이가 1e-9보다 작으면 같은 것으로 보세요.


# %%
def split_sizes(n, fractions):
    """Sizes of the parts of ``n`` rows by the largest remainder; they sum to ``n``."""
    # SOLUTION
    if min(fractions) < 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError(f"fractions must not be negative and must sum to 1: {fractions}")
    shares = [n * fraction for fraction in fractions]
    sizes = [math.floor(share) for share in shares]
    by_remainder = sorted(range(len(sizes)), key=lambda i: round(sizes[i] - shares[i], 9))
    for i in by_remainder[: n - sum(sizes)]:
        sizes[i] += 1
    return tuple(sizes)
    # END SOLUTION
