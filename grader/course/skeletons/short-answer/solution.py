# %% [markdown] lang="en"
# # Four questions about learning
#
# Answer in English or in Korean.
#
# 1. A model has an accuracy of 0.99 on the training set and 0.71 on the test set. What is this called?
#    `"a"` underfitting, `"b"` overfitting, `"c"` convergence. Give the letter.
# 2. Which term names a setting, such as the number of neighbours, that is chosen before training?
# 3. Name two ways to reduce overfitting, as a set of texts.
# 4. Why should one not tune a model on the test set? Answer in one or two sentences.

# %% [markdown] lang="ko"
# # 학습에 관한 네 가지 질문
#
# 한국어나 영어로 답하세요.
#
# 1. 어떤 모델의 정확도가 훈련 세트에서는 0.99, 테스트 세트에서는 0.71입니다. 이것을 무엇이라고 하나요?
#    `"a"` 과소적합, `"b"` 과대적합, `"c"` 수렴. 기호로 답하세요.
# 2. 이웃의 수처럼 훈련하기 전에 정하는 설정을 무엇이라고 하나요?
# 3. 과대적합을 줄이는 방법을 두 가지 쓰세요. 텍스트의 집합(set)으로 답합니다.
# 4. 테스트 세트로 모델을 튜닝하면 왜 안 되나요? 한두 문장으로 답하세요.

# %%
# SOLUTION
a1 = "b"
a2 = "hyperparameter"
a3 = {"more data", "regularization"}
a4 = "The test set stands for data that nobody has seen. If we tune on it, we fit it, and the score is too optimistic."
# END SOLUTION
