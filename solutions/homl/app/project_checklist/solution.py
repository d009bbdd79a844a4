# %% [markdown] lang="en"
# # Project checklist
#
# A machine-learning project is mostly not about algorithms. Whoever tunes before comparing tunes the wrong model for a
# week; whoever looks at the test set first will believe a score that nobody ever sees again; whoever stops at the launch
# learns from angry customers that the data have changed. A checklist keeps the order. Here are its eight stages,
# shuffled:
#
# | code | stage |
# | --- | --- |
# | `prepare` | bring the data into the form that algorithms want |
# | `launch` | put it into operation, watch it and look after it |
# | `explore` | look closely at the data to understand them |
# | `frame` | understand the problem and the big picture |
# | `present` | tell others what came out |
# | `tune` | get the best out of the few models that are left, and measure the result |
# | `shortlist` | try many models and keep a few promising ones |
# | `get` | get hold of the data, and set the test set aside |
#
# **Define two names.**
#
# * `order: list[str]`: the eight codes, from the first stage to the last.
# * `stage_of: dict[str, str]`: for each of the twenty tasks below (`"t01"` … `"t20"`) the code of the stage to which it belongs.
#   Every stage has at least two tasks.
#
# The order earns points by **Kendall's τ**: of all 28 pairs of stages, the share that stands the right way round minus the
# share that stands the wrong way round. An order of chance has τ ≈ 0 and earns nothing. Say of A B C D you write B A C D: one of
# six pairs is wrong, so τ = (5 − 1) / 6 = 0.67.
#
# Hint: ask of each task what must be known before it can be done, and what it would spoil if it came earlier. Data may
# be looked at only after the exam questions (the test set) have been locked away.

# %% [markdown] lang="ko"
# # 머신러닝 프로젝트 체크리스트
#
# 머신러닝 프로젝트에서 알고리즘이 차지하는 몫은 생각보다 작습니다. 모델을 비교하기 전에 튜닝부터 하면 엉뚱한 모델을 일주일 동안
# 다듬게 됩니다. 테스트 세트를 먼저 들여다보면 두 번 다시 나오지 않을 점수를 믿게 됩니다. 출시했다고 손을 떼면 데이터가 달라졌다는
# 사실을 화난 고객에게서 듣게 됩니다. 체크리스트는 일의 순서를 지켜 줍니다. 다음은 순서를 섞어 놓은 여덟 단계입니다.
#
# | 기호 | 단계 |
# | --- | --- |
# | `prepare` | 알고리즘이 쓸 수 있는 형태로 데이터를 준비한다 |
# | `launch` | 시스템을 출시하고 지켜보며 관리한다 |
# | `explore` | 데이터를 자세히 살펴보고 이해한다 |
# | `frame` | 문제를 이해하고 큰 그림을 그린다 |
# | `present` | 결과를 다른 사람에게 알린다 |
# | `tune` | 남은 모델 몇 개의 성능을 끝까지 끌어올리고 결과를 측정한다 |
# | `shortlist` | 여러 모델을 시험해 보고 가능성이 큰 몇 개를 남긴다 |
# | `get` | 데이터를 구하고 테스트 세트를 따로 떼어 놓는다 |
#
# **이름 두 개를 정의하세요.**
#
# * `order: list[str]`: 여덟 기호를 첫 단계부터 마지막 단계까지 순서대로 쓴 리스트입니다.
# * `stage_of: dict[str, str]`: 아래의 스무 가지 작업(`"t01"`부터 `"t20"`까지)이 어느 단계에 속하는지 기호로 쓴 딕셔너리입니다.
#   단계마다 작업이 두 개 이상 있습니다.
#
# 순서의 점수는 **켄달의 타우**(Kendall's τ)로 매깁니다. 두 단계씩 짝지은 28쌍 가운데 순서가 맞는 쌍의 비율에서 틀린 쌍의 비율을 뺀
# 값입니다. 아무렇게나 늘어놓으면 τ ≈ 0이어서 점수가 없습니다. 예를 들어 A B C D를 B A C D라고 쓰면 여섯 쌍 가운데 한 쌍이
# 틀렸으므로 τ = (5 − 1) / 6 = 0.67입니다.
#
# 힌트: 작업마다 그 일을 하려면 먼저 무엇을 알아야 하는지, 더 일찍 하면 무엇을 망치는지 생각해 보세요. 데이터는 시험 문제(테스트
# 세트)를 잠가 둔 다음에만 들여다볼 수 있습니다.

# %% [markdown] lang="en"
# ## The eight stages in order

# %% [markdown] lang="ko"
# ## 여덟 단계의 순서

# %%
# SOLUTION
# STUB: order = []
order = ["frame", "get", "explore", "prepare", "shortlist", "tune", "present", "launch"]
# END SOLUTION

# %% [markdown] lang="en"
# ## Twenty tasks
#
# * **t01** train quick models of many families with their default settings
# * **t02** find out what share of each column is missing, and plot how its values are distributed
# * **t03** draw a test set, put it away and never look inside
# * **t04** write a program that measures the quality in operation once a week and raises an alarm when it drops
# * **t05** ask what the predictions will be used for, and how the job is done today
# * **t06** fill the missing values, by a function that can be applied to new data as well
# * **t07** search among values of the hyperparameters by random search with cross-validation
# * **t08** draw clear pictures, and put the main result into a sentence that is easy to remember
# * **t09** check whether the law and the owners allow the data to be used
# * **t10** compute the correlations between the columns and the target
# * **t11** choose the number that will say whether the project succeeded, and the least value it must reach for the business
# * **t12** compare the models by mean and deviation of their cross-validation scores, and keep the best three to five
# * **t13** scale the numeric columns and encode the categories
# * **t14** combine the best models into an ensemble
# * **t15** write down what worked and what did not, and which assumptions and limits the system has
# * **t16** train again on fresh data at regular intervals, automatically
# * **t17** look at which kinds of errors the various quick models make, and choose models that err differently
# * **t18** measure the generalisation error on the test set, once, when nothing is going to be changed any more
# * **t19** connect the system to the data of daily business, and write tests for it
# * **t20** list the data that are needed, find out where they lie and how much space they take

# %% [markdown] lang="ko"
# ## 스무 가지 작업
#
# * **t01** 여러 종류의 모델을 기본 설정으로 빠르게 훈련해 본다
# * **t02** 열마다 결측값의 비율을 알아보고 값의 분포를 그려 본다
# * **t03** 테스트 세트를 뽑아 따로 치워 두고 절대 들여다보지 않는다
# * **t04** 운영 중인 시스템의 성능을 매주 재고, 떨어지면 알리는 프로그램을 만든다
# * **t05** 예측을 어디에 쓸 것인지, 지금은 그 일을 어떻게 하고 있는지 묻는다
# * **t06** 결측값을 채운다. 새로운 데이터에도 적용할 수 있는 함수로 만든다
# * **t07** 교차 검증을 곁들인 랜덤 서치로 하이퍼파라미터의 값을 찾는다
# * **t08** 알아보기 쉬운 그림을 그리고, 핵심 결과를 기억하기 쉬운 한 문장으로 만든다
# * **t09** 법과 소유자가 그 데이터의 사용을 허락하는지 확인한다
# * **t10** 열과 타깃의 상관관계를 계산해 본다
# * **t11** 프로젝트가 성공했는지 말해 줄 지표를 고르고, 사업에 필요한 최소한의 값을 정한다
# * **t12** 교차 검증 점수의 평균과 표준편차로 모델들을 비교해서 가장 나은 서너 개에서 다섯 개를 남긴다
# * **t13** 숫자 열의 스케일을 맞추고 범주를 인코딩한다
# * **t14** 가장 좋은 모델들을 묶어 앙상블을 만든다
# * **t15** 무엇이 통했고 무엇이 통하지 않았는지, 시스템의 가정과 한계는 무엇인지 문서로 남긴다
# * **t16** 새로운 데이터로 일정한 간격마다 자동으로 다시 훈련한다
# * **t17** 빠르게 훈련한 여러 모델이 어떤 종류의 오차를 내는지 살펴보고, 서로 다른 오차를 내는 모델을 고른다
# * **t18** 더는 아무것도 고치지 않을 때, 테스트 세트에서 일반화 오차를 단 한 번 측정한다
# * **t19** 일상 업무의 데이터에 시스템을 연결하고, 시스템을 위한 테스트를 작성한다
# * **t20** 필요한 데이터의 목록을 만들고, 어디에 있으며 공간을 얼마나 차지하는지 알아본다

# %%
# SOLUTION
# STUB: stage_of = {
# STUB:     "t01": "",
# STUB:     # and so on up to "t20"
# STUB: }
stage_of = {
    "t01": "shortlist",
    "t02": "explore",
    "t03": "get",
    "t04": "launch",
    "t05": "frame",
    "t06": "prepare",
    "t07": "tune",
    "t08": "present",
    "t09": "get",
    "t10": "explore",
    "t11": "frame",
    "t12": "shortlist",
    "t13": "prepare",
    "t14": "tune",
    "t15": "present",
    "t16": "launch",
    "t17": "shortlist",
    "t18": "tune",
    "t19": "launch",
    "t20": "get",
}
# END SOLUTION
