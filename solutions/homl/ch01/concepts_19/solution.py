# %% [markdown] lang="en"
# # Nineteen core concepts
#
# Before the first model is trained it helps to have the words ready: what learning means, which kinds of systems there
# are, what goes wrong, and how a model is tested. Nineteen short questions, one point each, plus one point for answers
# that all have the announced form.
#
# How to answer: each cell says which form it wants. A **code** is a single letter such as `"b"`; a **set of codes** is
# written `{"a", "d"}`; a **term** is the name of a concept, in English or in Korean (`"회귀"` and `"regression"` are
# the same answer). Upper and lower case do not matter. Two questions ask for sentences of your own; a list of keywords
# does not count as a sentence.

# %% [markdown] lang="ko"
# # 핵심 개념 19문항
#
# 첫 모델을 훈련하기 전에 말부터 정리해 두면 좋습니다. 학습이란 무엇인지, 시스템에는 어떤 종류가 있는지, 무엇이 어려운지, 모델은
# 어떻게 시험하는지 짧은 문제 열아홉 개로 확인해 봅시다. 문제마다 1점이고, 모든 답이 정해진 형식을 지키면 1점을 더 받습니다.
#
# 답하는 방법: 문제마다 답의 형식이 적혀 있습니다. **기호**는 `"b"`처럼 글자 하나, **기호 집합**은 `{"a", "d"}`처럼 씁니다.
# **용어**는 개념의 이름이고 한국어와 영어 모두 됩니다(`"회귀"`와 `"regression"`은 같은 답입니다). 대문자와 소문자는 구별하지
# 않습니다. 두 문제는 직접 문장을 써야 합니다. 핵심어만 늘어놓은 것은 문장으로 치지 않습니다.

# %% [markdown] lang="en"
# ## 1. What is learning?
#
# A program learns if its **performance** P at a **task** T gets better with **experience** E. A spam filter is to learn.
# Which of these is its task, its experience, its performance measure?
#
# * a: e-mails that people have marked as spam or as wanted
# * b: the list of forbidden words that a programmer typed in
# * c: telling spam from wanted mail
# * d: the number of mails that arrive each day
# * e: the share of mails that it sorts correctly
#
# `a01`: a dictionary with the keys `"T"`, `"E"`, `"P"` and one code each.

# %% [markdown] lang="ko"
# ## 1. 학습이란?
#
# 어떤 **작업**(task) T에 대한 **성능**(performance) P가 **경험**(experience) E를 통해 좋아지면 그 프로그램은 학습한다고 합니다.
# 스팸 필터를 학습시키려고 합니다. 다음 가운데 작업, 경험, 성능 측정은 각각 무엇일까요?
#
# * a: 사람들이 스팸인지 아닌지 표시해 둔 메일
# * b: 프로그래머가 직접 입력한 금지어 목록
# * c: 스팸 메일과 정상 메일을 가려내는 일
# * d: 하루에 도착하는 메일의 수
# * e: 올바르게 분류한 메일의 비율
#
# `a01`: 키가 `"T"`, `"E"`, `"P"`이고 값이 기호인 딕셔너리입니다.

# %%
# SOLUTION
# STUB: a01 = {"T": "", "E": "", "P": ""}
a01 = {"T": "c", "E": "a", "P": "e"}
# END SOLUTION

# %% [markdown] lang="en"
# ## 2. Where does it pay off?
#
# Four of these are good reasons to try machine learning. Which?
#
# * a: today's solution is a long list of hand-written rules that needs constant care
# * b: sums of money have to be added up to the last cent
# * c: nobody knows a good algorithm, as for recognising speech
# * d: there are only five observations in all
# * e: the situation keeps changing and the solution has to keep up
# * f: a formula has to be proved for all whole numbers
# * g: people want to understand patterns in a great amount of data
# * h: an address has to be looked up by customer number
#
# `a02`: a set of four codes.

# %% [markdown] lang="ko"
# ## 2. 어디에 쓰면 좋을까?
#
# 다음 가운데 네 가지는 머신러닝을 써 볼 만한 좋은 이유입니다. 무엇일까요?
#
# * a: 지금의 해법이 사람이 쓴 긴 규칙 목록이라 끊임없이 손봐야 한다
# * b: 금액을 마지막 1원까지 정확히 더해야 한다
# * c: 음성 인식처럼 마땅한 알고리즘이 알려져 있지 않다
# * d: 관측값이 모두 다섯 개뿐이다
# * e: 상황이 계속 바뀌어서 해법도 따라 바뀌어야 한다
# * f: 공식이 모든 정수에 대해 성립함을 증명해야 한다
# * g: 아주 많은 데이터에서 패턴을 찾아 이해하고 싶다
# * h: 고객 번호로 주소를 찾아야 한다
#
# `a02`: 기호 네 개의 집합입니다.

# %%
# SOLUTION
# STUB: a02 = set()
a02 = {"a", "c", "e", "g"}
# END SOLUTION

# %% [markdown] lang="en"
# ## 3. A labelled training set
#
# What does each example of a labelled training set carry besides its input features? `a03`: a term.

# %% [markdown] lang="ko"
# ## 3. 레이블된 훈련 세트
#
# 영어로 labeled training set이라고 하는 데이터에는 샘플마다 입력 특성 말고 무엇이 더 들어 있을까요? 그것을 가리키는 다른 이름을
# 써도 됩니다. `a03`: 용어입니다.

# %%
# SOLUTION
# STUB: a03 = ""
a03 = "label"
# END SOLUTION

# %% [markdown] lang="en"
# ## 4. Supervised tasks
#
# Name the two most common supervised tasks. `a04`: a set of two terms.

# %% [markdown] lang="ko"
# ## 4. 지도 학습의 작업
#
# 가장 흔한 지도 학습(supervised learning) 작업 두 가지는 무엇일까요? `a04`: 용어 두 개의 집합입니다.

# %%
# SOLUTION
# STUB: a04 = set()
a04 = {"classification", "regression"}
# END SOLUTION

# %% [markdown] lang="en"
# ## 5. Unsupervised tasks
#
# Name four unsupervised tasks. `a05`: a set of four terms.

# %% [markdown] lang="ko"
# ## 5. 비지도 학습의 작업
#
# 비지도 학습(unsupervised learning) 작업 네 가지를 써 보세요. `a05`: 용어 네 개의 집합입니다.

# %%
# SOLUTION
# STUB: a05 = set()
a05 = {"clustering", "visualization", "dimensionality reduction", "anomaly detection"}
# END SOLUTION

# %% [markdown] lang="en"
# ## 6. The walking robot
#
# A robot is to walk over ground that nobody has described to it. It tries, and gets points for each metre and a penalty
# for each fall. What is this kind of learning called? `a06`: a term.

# %% [markdown] lang="ko"
# ## 6. 걷는 로봇
#
# 로봇이 아무 정보도 없는 낯선 지형을 걸어야 합니다. 직접 걸어 보면서 1미터를 갈 때마다 점수를 얻고 넘어지면 벌점을 받습니다. 이런
# 학습을 무엇이라고 할까요? `a06`: 용어입니다.

# %%
# SOLUTION
# STUB: a06 = ""
a06 = "reinforcement learning"
# END SOLUTION

# %% [markdown] lang="en"
# ## 7. Groups of customers
#
# A shop wants to divide its customers into groups. In the first case (`"unknown"`) nobody knows which groups there are;
# in the second (`"known"`) there are examples of customers for each group. Which kind of algorithm fits?
#
# * a: regression
# * b: clustering
# * c: reinforcement learning
# * d: classification
#
# `a07`: a dictionary with the keys `"unknown"`, `"known"` and one code each.

# %% [markdown] lang="ko"
# ## 7. 고객 나누기
#
# 가게에서 고객을 여러 그룹으로 나누려고 합니다. 첫째 경우(`"unknown"`)에는 어떤 그룹이 있는지 아무도 모르고, 둘째 경우(`"known"`)에는
# 그룹마다 고객의 예가 있습니다. 각각 어떤 알고리즘이 알맞을까요?
#
# * a: 회귀
# * b: 군집
# * c: 강화 학습
# * d: 분류
#
# `a07`: 키가 `"unknown"`, `"known"`이고 값이 기호인 딕셔너리입니다.

# %%
# SOLUTION
# STUB: a07 = {"unknown": "", "known": ""}
a07 = {"unknown": "b", "known": "d"}
# END SOLUTION

# %% [markdown] lang="en"
# ## 8. Spam
#
# A spam filter is usually trained on mails together with what they are, spam or not. Which kind of learning is that?
# `a08`: a term.

# %% [markdown] lang="ko"
# ## 8. 스팸 감지
#
# 스팸 필터는 보통 메일과 함께 그 메일이 스팸인지 아닌지를 알려 주며 훈련합니다. 이것은 어떤 종류의 학습일까요? `a08`: 용어입니다.

# %%
# SOLUTION
# STUB: a08 = ""
a08 = "supervised learning"
# END SOLUTION

# %% [markdown] lang="en"
# ## 9. Online learning
#
# Which statements are true of online learning?
#
# * a: it needs a permanent connection to the internet
# * b: the system learns step by step, as the data arrive
# * c: data may be fed one by one or in mini-batches
# * d: at each update it is trained again from scratch on all data so far
# * e: it can adapt to data that change over time
# * f: bad data that flow in later can do no harm
#
# `a09`: a set of codes.

# %% [markdown] lang="ko"
# ## 9. 온라인 학습
#
# 온라인 학습(online learning)에 대한 설명으로 맞는 것은 무엇일까요?
#
# * a: 인터넷에 늘 연결되어 있어야 한다
# * b: 데이터가 들어오는 대로 조금씩 학습한다
# * c: 데이터를 하나씩, 또는 미니배치로 주입할 수 있다
# * d: 갱신할 때마다 지금까지의 모든 데이터로 처음부터 다시 훈련한다
# * e: 시간에 따라 바뀌는 데이터에 적응할 수 있다
# * f: 나중에 들어온 나쁜 데이터는 아무런 해가 되지 않는다
#
# `a09`: 기호 집합입니다.

# %%
# SOLUTION
# STUB: a09 = set()
a09 = {"b", "c", "e"}
# END SOLUTION

# %% [markdown] lang="en"
# ## 10. Out-of-core learning
#
# What problem does out-of-core learning solve, and how does it proceed? `a10`: one or two sentences of your own.

# %% [markdown] lang="ko"
# ## 10. 외부 메모리 학습
#
# 외부 메모리 학습(out-of-core learning)은 어떤 문제를 풀기 위한 것이고, 어떻게 진행될까요? `a10`: 직접 쓴 한두 문장입니다.

# %%
# SOLUTION
# STUB: a10 = ""
a10 = (
    "The data set does not fit into the memory of one computer. "
    "So the algorithm loads a small part, trains on it and goes on with the next part."
)
# END SOLUTION

# %% [markdown] lang="en"
# ## 11. Learning by similarity
#
# One family of algorithms remembers the training examples and compares a new case with them by a measure of similarity.
# What is this family called? `a11`: a term.

# %% [markdown] lang="ko"
# ## 11. 유사도에 기대는 학습
#
# 어떤 알고리즘들은 훈련 샘플을 기억해 두고 새로운 사례를 유사도로 비교합니다. 이런 학습을 무엇이라고 할까요? `a11`: 용어입니다.

# %%
# SOLUTION
# STUB: a11 = ""
a11 = "instance-based learning"
# END SOLUTION

# %% [markdown] lang="en"
# ## 12. Parameter or hyperparameter?
#
# The learning algorithm finds the **parameters** of the model (`"P"`); a person, or a search, sets **hyperparameters**
# (`"H"`) before training. Sort the ten quantities. Each wrong one takes back a right one.
#
# `a12`: the dictionary below with `"P"` or `"H"` as values. The keys: slope of a regression line, learning rate, weight
# of a neuron, number of neighbours k, threshold of a split in a tree, strength of regularisation α, centroid of a
# cluster, maximum depth of a tree, batch size, number of epochs.

# %% [markdown] lang="ko"
# ## 12. 파라미터일까, 하이퍼파라미터일까?
#
# 모델의 **파라미터**(`"P"`)는 학습 알고리즘이 찾고, **하이퍼파라미터**(`"H"`)는 훈련하기 전에 사람이나 탐색 절차가 정합니다. 열 가지를
# 나누어 보세요. 하나 틀릴 때마다 맞은 것 하나가 깎입니다.
#
# `a12`: 아래 딕셔너리의 값을 `"P"`나 `"H"`로 채웁니다. 키의 뜻은 차례로 회귀 직선의 기울기, 학습률, 뉴런의 가중치, 이웃의 수 k,
# 트리에서 분할의 임곗값, 규제 강도 α, 군집의 센트로이드, 트리의 최대 깊이, 배치 크기, 에포크 수입니다.

# %%
# SOLUTION
# STUB: a12 = {
# STUB:     "slope": "",
# STUB:     "learning_rate": "",
# STUB:     "weight": "",
# STUB:     "k": "",
# STUB:     "split_threshold": "",
# STUB:     "alpha": "",
# STUB:     "centroid": "",
# STUB:     "max_depth": "",
# STUB:     "batch_size": "",
# STUB:     "epochs": "",
# STUB: }
learned, chosen = "P", "H"
a12 = {
    "slope": learned,
    "learning_rate": chosen,
    "weight": learned,
    "k": chosen,
    "split_threshold": learned,
    "alpha": chosen,
    "centroid": learned,
    "max_depth": chosen,
    "batch_size": chosen,
    "epochs": chosen,
}
# END SOLUTION

# %% [markdown] lang="en"
# ## 13. Model-based learning
#
# What does a model-based algorithm search for, what is its usual strategy, and how does it then make a prediction?
# `a13`: two or three sentences of your own.

# %% [markdown] lang="ko"
# ## 13. 모델 기반 학습
#
# 모델 기반 알고리즘은 무엇을 찾을까요? 보통 어떤 전략을 쓰고, 그런 다음 예측은 어떻게 할까요? `a13`: 직접 쓴 두세 문장입니다.

# %%
# SOLUTION
# STUB: a13 = ""
a13 = (
    "It searches for values of the model's parameters with which it will do well on new cases. "
    "Usually it minimises a cost function that says how bad the predictions for the training examples are, "
    "plus a penalty if the model is complex. "
    "To predict, we put the features of a new case into the model's function with the parameters that were found."
)
# END SOLUTION

# %% [markdown] lang="en"
# ## 14. What makes it hard?
#
# Which of these are main difficulties of machine learning? Four right ones without a wrong one are enough.
#
# * a: too little training data
# * b: computers with less than eight cores
# * c: training data that do not represent the cases to come
# * d: data full of errors, noise and outliers
# * e: programs that are written in the wrong language
# * f: features that say nothing about the target
# * g: models that are too simple or too complex for the data
#
# `a14`: a set of codes.

# %% [markdown] lang="ko"
# ## 14. 무엇이 어려울까?
#
# 머신러닝의 주요 도전 과제는 무엇일까요? 틀린 것 없이 네 가지만 맞게 골라도 됩니다.
#
# * a: 훈련 데이터가 너무 적다
# * b: 컴퓨터의 코어가 여덟 개보다 적다
# * c: 훈련 데이터가 앞으로 만날 사례를 대표하지 못한다
# * d: 데이터에 오류, 잡음, 이상치가 많다
# * e: 프로그래밍 언어를 잘못 골랐다
# * f: 특성이 타깃과 관련이 없다
# * g: 모델이 데이터에 비해 너무 단순하거나 너무 복잡하다
#
# `a14`: 기호 집합입니다.

# %%
# SOLUTION
# STUB: a14 = set()
a14 = {"a", "c", "d", "f", "g"}
# END SOLUTION

# %% [markdown] lang="en"
# ## 15. Good in training, bad on new cases
#
# A model does very well on the training data and badly on new cases. What is this called, and which three of these help?
#
# * a: train for longer
# * b: gather more training data
# * c: give the model more parameters
# * d: choose a simpler model or regularise it
# * e: remove noise and errors from the training data
# * f: weaken the regularisation
#
# `a15`: a dictionary with `"problem"` (a term) and `"remedies"` (a set of three codes).

# %% [markdown] lang="ko"
# ## 15. 훈련은 좋은데 새 사례는 나쁠 때
#
# 모델이 훈련 데이터에서는 아주 좋은데 새로운 사례에서는 나쁩니다. 이런 문제를 무엇이라고 하고, 다음 가운데 도움이 되는 세 가지는
# 무엇일까요?
#
# * a: 더 오래 훈련한다
# * b: 훈련 데이터를 더 모은다
# * c: 모델의 파라미터를 늘린다
# * d: 더 단순한 모델을 고르거나 모델을 규제한다
# * e: 훈련 데이터의 잡음과 오류를 줄인다
# * f: 규제를 약하게 한다
#
# `a15`: `"problem"`(용어)과 `"remedies"`(기호 세 개의 집합)가 있는 딕셔너리입니다.

# %%
# SOLUTION
# STUB: a15 = {"problem": "", "remedies": set()}
a15 = {"problem": "overfitting", "remedies": {"b", "d", "e"}}
# END SOLUTION

# %% [markdown] lang="en"
# ## 16. The test set
#
# What is a test set for?
#
# * a: to choose the learning rate
# * b: to fit the weights a second time
# * c: to estimate the error on new cases before the model goes live
# * d: to make up for missing training data
#
# `a16`: a code.

# %% [markdown] lang="ko"
# ## 16. 테스트 세트
#
# 테스트 세트(test set)는 무엇에 쓸까요?
#
# * a: 학습률을 고르는 데
# * b: 가중치를 한 번 더 맞추는 데
# * c: 모델을 내놓기 전에 새로운 사례에서의 오차를 추정하는 데
# * d: 모자란 훈련 데이터를 채우는 데
#
# `a16`: 기호입니다.

# %%
# SOLUTION
# STUB: a16 = ""
a16 = "c"
# END SOLUTION

# %% [markdown] lang="en"
# ## 17. The validation set
#
# What is a validation set for?
#
# * a: to give the final estimate of the error
# * b: to compare models and tune hyperparameters
# * c: to train the chosen model for the first time
# * d: to detect typing errors in the labels
#
# `a17`: a code.

# %% [markdown] lang="ko"
# ## 17. 검증 세트
#
# 검증 세트(validation set)는 무엇에 쓸까요?
#
# * a: 오차를 마지막으로 추정하는 데
# * b: 모델을 비교하고 하이퍼파라미터를 튜닝하는 데
# * c: 고른 모델을 처음 훈련하는 데
# * d: 레이블의 오타를 찾는 데
#
# `a17`: 기호입니다.

# %%
# SOLUTION
# STUB: a17 = ""
a17 = "b"
# END SOLUTION

# %% [markdown] lang="en"
# ## 18. The train-dev set
#
# Plenty of photographs from the web serve for training; real life brings photographs from phones. A part of the web
# photographs is held back as *train-dev set*, the *dev set* holds phone photographs. Three models, their error rates:
#
# | | training | train-dev | dev |
# |---|---|---|---|
# | `"m1"` | 1 % | 12 % | 13 % |
# | `"m2"` | 1 % | 2 % | 14 % |
# | `"m3"` | 1 % | 2 % | 2 % |
#
# * a: data mismatch between training and real life
# * b: nothing to worry about
# * c: overfitting to the training set
#
# `a18`: a dictionary with the keys `"m1"`, `"m2"`, `"m3"` and one code each.

# %% [markdown] lang="ko"
# ## 18. 훈련-개발 세트
#
# 웹에서 모은 사진은 많아서 훈련에 쓰고, 실제로는 휴대폰 사진이 들어옵니다. 웹 사진의 일부를 떼어 *훈련-개발 세트*(train-dev set)로
# 두었고, *개발 세트*(dev set)에는 휴대폰 사진이 있습니다. 세 모델의 오차율은 다음과 같습니다.
#
# | | 훈련 | 훈련-개발 | 개발 |
# |---|---|---|---|
# | `"m1"` | 1 % | 12 % | 13 % |
# | `"m2"` | 1 % | 2 % | 14 % |
# | `"m3"` | 1 % | 2 % | 2 % |
#
# * a: 훈련 데이터와 실제 데이터의 불일치(data mismatch)
# * b: 걱정할 것이 없다
# * c: 훈련 세트에 과대적합
#
# `a18`: 키가 `"m1"`, `"m2"`, `"m3"`이고 값이 기호인 딕셔너리입니다.

# %%
# SOLUTION
# STUB: a18 = {"m1": "", "m2": "", "m3": ""}
a18 = {"m1": "c", "m2": "a", "m3": "b"}
# END SOLUTION

# %% [markdown] lang="en"
# ## 19. Tuning on the test set
#
# Somebody tries 500 settings of the hyperparameters and keeps the one with the lowest error on the test set, 4.1 %.
#
# * a: the estimate is too pessimistic
# * b: the estimate is too optimistic
# * c: the estimate is as good as before
#
# Compared with 4.1 %, the error on new cases will probably be `"higher"`, `"lower"` or the `"same"`?
#
# `a19`: a dictionary with the keys `"estimate"` (a code) and `"real_error"` (one of the three words).

# %% [markdown] lang="ko"
# ## 19. 테스트 세트로 튜닝하면
#
# 어떤 사람이 하이퍼파라미터 조합 500가지를 시험하고 테스트 세트에서 오차가 가장 작은 것을 골랐습니다. 그 오차는 4.1 %였습니다.
#
# * a: 이 추정은 너무 비관적이다
# * b: 이 추정은 너무 낙관적이다
# * c: 이 추정은 전과 다름없이 믿을 만하다
#
# 새로운 사례에서의 오차는 4.1 %보다 클까요(`"higher"`), 작을까요(`"lower"`), 같을까요(`"same"`)?
#
# `a19`: 키가 `"estimate"`(기호)와 `"real_error"`(세 낱말 가운데 하나)인 딕셔너리입니다.

# %%
# SOLUTION
# STUB: a19 = {"estimate": "", "real_error": ""}
a19 = {"estimate": "b", "real_error": "higher"}
# END SOLUTION
