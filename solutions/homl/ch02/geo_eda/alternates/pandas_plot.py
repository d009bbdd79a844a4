# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedShuffleSplit

housing = pd.read_csv("data/housing.csv")
groups = np.digitize(housing["median_income"], [1.5, 3.0, 4.5, 6.0], right=True)
splitter = StratifiedShuffleSplit(n_splits=1, test_size=0.2, random_state=42)
train_rows, test_rows = next(splitter.split(housing, groups))
train_set = housing.iloc[train_rows]

# %%
features = train_set.copy()
for name, above, below in [
    ("rooms_per_house", "total_rooms", "households"),
    ("bedrooms_ratio", "total_bedrooms", "total_rooms"),
    ("people_per_house", "population", "households"),
]:
    features[name] = features[above].div(features[below])

# %%
numbers = features.select_dtypes("number")
target = numbers.pop("median_house_value")
corr = numbers.corrwith(target).sort_values()[::-1]

# %%
fig, ax = plt.subplots()
# The largest districts first, so that the small ones lie on top.
features.sort_values("population", ascending=False).plot.scatter(
    x="longitude",
    y="latitude",
    s=features.sort_values("population", ascending=False)["population"] / 50,
    c="median_house_value",
    cmap="jet",
    colorbar=True,
    grid=True,
    ax=ax,
)
ax.set(xlabel="경도", ylabel="위도")
