# %% [markdown] lang="en"
# # A line through a table
#
# Summarize `table` by group in `summary`, fit a line to `x` and `y` and put its slope into `slope`, and fit `pipeline`,
# which standardizes and classifies.

# %% [markdown] lang="ko"
# # 표를 지나는 직선
#
# `table`을 그룹별로 요약해 `summary`에 넣고, `x`와 `y`에 직선을 맞추어 기울기를 `slope`에 넣으세요. 표준화한 뒤 분류하는
# `pipeline`도 훈련하세요.

# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

table = pd.DataFrame({"group": ["a", "b"] * 10, "x": np.arange(20.0)})
table["y"] = 3.0 * table["x"] + 1.0

# %%
# SOLUTION
summary = table.groupby("group")["y"].mean()
# END SOLUTION

# %%
# SOLUTION
slope = float(LinearRegression().fit(table[["x"]], table["y"]).coef_[0])
# END SOLUTION
print(slope)

# %%
# SOLUTION
pipeline = make_pipeline(StandardScaler(), LogisticRegression())
pipeline.fit(table[["x"]].to_numpy(), (table["x"] > 9.5).to_numpy())
# END SOLUTION
