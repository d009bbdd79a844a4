# %% [markdown] lang="en"
# # A small classifier in Keras
#
# Write `build_model()`. It returns a compiled, untrained model that turns two numbers into the probabilities of three classes:
#
# * a hidden layer of 32 units with ReLU, and an output layer with softmax;
# * a loss that suits integer labels, and the optimizer Adam with the learning rate 0.01.
#
# The grader trains it on points around a circle: the class says how far out a point lies.

# %% [markdown] lang="ko"
# # 케라스로 만드는 작은 분류기
#
# `build_model()`을 작성하세요. 숫자 두 개를 받아 세 클래스의 확률을 내놓는 모델을 컴파일하고, 훈련하지 않은 채로 돌려줍니다.
#
# * ReLU를 쓰는 유닛 32개짜리 은닉 층과 소프트맥스를 쓰는 출력 층
# * 정수 레이블에 맞는 손실, 학습률이 0.01인 Adam 옵티마이저
#
# 채점할 때 이 모델을 원 둘레의 점으로 훈련합니다. 클래스는 점이 중심에서 얼마나 먼지를 나타냅니다.

# %%
import keras


# %%
def build_model():
    """A compiled, untrained model: (n, 2) numbers to (n, 3) probabilities."""
    # SOLUTION
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy")
    return model
    # END SOLUTION
