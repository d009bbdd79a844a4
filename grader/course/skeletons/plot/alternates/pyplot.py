# %%
import matplotlib.pyplot as plt
import numpy as np

epochs = np.arange(1, 41)
training_loss = 2.0 * np.exp(-epochs / 8) + 0.01
validation_loss = 2.2 * np.exp(-epochs / 10) + 0.002 * epochs

# %%
fig = plt.figure(figsize=(6, 4))
plt.semilogy(epochs, validation_loss, "r--", label="validation")
plt.semilogy(epochs, training_loss, "b-", label="training")
plt.xlabel("Epoch")
plt.ylabel("Loss")
plt.legend(loc="upper right")
