"""Checks that students do not have."""

import pytest

WAYS = [
    ["more data", "more training data", "데이터 추가", "더 많은 데이터"],
    ["data augmentation", "augmentation", "데이터 증식", "데이터 증강"],
    ["regularization", "regularisation", "weight decay", "규제", "정규화"],
    ["dropout", "드롭아웃"],
    ["early stopping", "조기 종료"],
    ["simpler model", "smaller model", "fewer parameters", "더 단순한 모델", "더 작은 모델"],
]
IDEAS = {
    "the model comes to fit it": [r"overfit", r"\bfit(s|ted)?\b", r"leak", r"memori", r"과대\s?적합", r"과적합", r"맞춰", r"누설"],
    "the score says too much": [r"optimis", r"too (good|high)", r"generali[sz]", r"unseen", r"낙관", r"일반화", r"처음 보는", r"부풀"],
}
VOCABULARY = ["test set", "unseen", "tune", "fit", "optimistic", "score", "data", "테스트 세트", "튜닝", "과대적합"]


@pytest.mark.points(2)
def test_what_the_gap_means(expect):
    """1. Good in training, poor in the test.

    ko: 1. 훈련에서는 좋고 테스트에서는 나쁘다.
    asks: What is this called?
    asks-ko: 이것을 무엇이라고 하나요?
    hint: It knows the training examples by heart, and little else.
    hint-ko: 훈련 샘플은 외웠지만 그 밖의 것은 잘 몰라요.
    """
    expect.agree(lambda code: code["a1"], "b", how="choice")


@pytest.mark.points(1)
def test_setting_before_training(submission, expect):
    """2. A setting that is chosen before training.

    ko: 2. 훈련하기 전에 정하는 설정.
    asks: Which term names a setting, such as the number of neighbours, that is chosen before training?
    asks-ko: 훈련하기 전에 정하는 설정을 무엇이라고 하나요?
    hint: The weights that are learned are the parameters; this is set above them.
    hint-ko: 학습되는 가중치가 파라미터예요. 이것은 그보다 위에서 정해요.
    """
    expect.terms(
        submission["a2"],
        ["hyperparameter", "hyperparameters", "hyper-parameter", "하이퍼파라미터", "초매개변수"],
        rejected=["parameter", "weight", "파라미터", "가중치"],
    )


@pytest.mark.points(2)
def test_ways_to_reduce_overfitting(submission, expect):
    """3. Two ways to reduce overfitting.

    ko: 3. 과대적합을 줄이는 방법 두 가지.
    asks: Name two ways to reduce overfitting
    asks-ko: 과대적합을 줄이는 방법을 두 가지 쓰세요.
    hint: Think of the data, of the size of the model, and of when to stop.
    hint-ko: 데이터, 모델의 크기, 멈추는 시점을 생각해 보세요.
    """
    expect.term_set(submission["a3"], WAYS, count=2)


@pytest.mark.points(2)
def test_why_not_tune_on_the_test_set(expect):
    """4. Why the test set is not for tuning.

    ko: 4. 테스트 세트로 튜닝하지 않는 까닭.
    asks: Why should one not tune a model on the test set?
    asks-ko: 테스트 세트로 모델을 튜닝하면 왜 안 되나요?
    hint: What is the test set there for, and what does tuning do to that?
    hint-ko: 테스트 세트는 무엇을 위한 것인가요? 튜닝하면 그것이 어떻게 되나요?
    """

    def judged(answer, _):
        expect.ideas(answer, IDEAS, vocabulary=VOCABULARY)

    expect.agree(lambda code: code["a4"], how=judged)
