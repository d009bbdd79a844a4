# %% [markdown] lang="en"
# # A small network
#
# Build `model` with a hidden layer of 16 ReLU units and one output, train it for five epochs, and keep the loss of each
# epoch in `losses`.

# %% [markdown] lang="ko"
# # 작은 신경망
#
# ReLU 유닛 16개의 은닉층과 출력 하나로 된 `model`을 만들어 다섯 에포크 동안 훈련하고, 에포크마다의 손실을 `losses`에 남기세요.

# %%
import keras
import numpy as np

rng = np.random.default_rng(0)
X = rng.normal(size=(512, 4)).astype("float32")
y = X @ np.array([1.0, -2.0, 0.5, 0.0], dtype="float32")

# %%
# SOLUTION
keras.utils.set_random_seed(0)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
# END SOLUTION

# %%
# SOLUTION
history = model.fit(X, y, epochs=5, batch_size=32, verbose=0)
losses = history.history["loss"]
# END SOLUTION
print(losses[-1])
