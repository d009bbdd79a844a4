# %% [markdown] lang="en"
# # Two learning curves
#
# Draw both losses over the epochs into one figure called `fig`:
#
# * a line for `training_loss`, labelled `training`, and one for `validation_loss`, labelled `validation`, with a legend;
# * a logarithmic y axis; axis labels `epoch` and `loss`.

# %% [markdown] lang="ko"
# # 학습 곡선 두 개
#
# 두 손실을 에포크에 따라 `fig`라는 그림 하나에 그리세요.
#
# * `training_loss`를 나타내는 선에는 `training`, `validation_loss`를 나타내는 선에는 `validation`이라는 레이블을 붙이고 범례를 넣습니다.
# * y축은 로그 눈금으로 하고, 축 이름은 `epoch`와 `loss`로 합니다.

# %%
import matplotlib.pyplot as plt
import numpy as np

epochs = np.arange(1, 41)
training_loss = 2.0 * np.exp(-epochs / 8) + 0.01
validation_loss = 2.2 * np.exp(-epochs / 10) + 0.002 * epochs

# %%
# SOLUTION
# STUB: fig = None
fig, ax = plt.subplots()
ax.plot(epochs, training_loss, label="training")
ax.plot(epochs, validation_loss, label="validation")
ax.set_yscale("log")
ax.set_xlabel("epoch")
ax.set_ylabel("loss")
ax.legend()
# END SOLUTION
