# %% [markdown] lang="en"
# # A first neural network
#
# Another way: the functional interface, logits turned into probabilities by a layer of its own, and accuracy by hand.

# %%
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

archive = np.load("data/digits28.npz")

# %%
train_images = np.divide(archive["x_train"], 255, dtype=np.float32).reshape(-1, 784)
test_images = np.divide(archive["x_test"], 255, dtype=np.float32).reshape(-1, 784)
train_labels = np.eye(10)[archive["y_train"]]
test_labels = np.eye(10)[archive["y_test"]]

# %%
pixels = keras.Input(shape=(784,), name="pixels")
hidden = keras.layers.ReLU()(keras.layers.Dense(512, kernel_initializer="he_normal")(pixels))
logits = keras.layers.Dense(10)(hidden)
network = keras.Model(pixels, keras.layers.Activation("softmax")(logits))
network.compile(keras.optimizers.Adam(2e-3), keras.losses.CategoricalCrossentropy(), metrics=["acc"])
network.fit(train_images, train_labels, batch_size=64, epochs=20, verbose=0)

# %%
predicted = network.predict(test_images, verbose=0).argmax(axis=1)
test_acc = float(np.mean(predicted == archive["y_test"]))
