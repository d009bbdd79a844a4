# %% [markdown] lang="en"
# Linear and nu machines, other scalers, another way to impute, metrics by hand.

# %%
import numpy as np
import pandas as pd
from sklearn.datasets import load_wine
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler
from sklearn.svm import LinearSVC, NuSVR

wine = load_wine()
wine_rows = train_test_split(wine.data, wine.target, stratify=wine.target, random_state=42)
table = pd.read_csv("data/housing.csv")
value = table.pop("median_house_value") / 1e5
house_rows = train_test_split(
    table.drop(columns="ocean_proximity"), value, train_size=3000, test_size=0.2, random_state=42
)

# %%
wine_clf = Pipeline([("unit", MinMaxScaler()), ("machine", LinearSVC(C=1, max_iter=50_000, random_state=0))])
wine_clf.fit(wine_rows[0], wine_rows[2])
wine_test_acc = (wine_clf.predict(wine_rows[1]) == wine_rows[3]).mean()

# %%
steps = [
    ("robust", RobustScaler()),
    ("gaps", SimpleImputer(strategy="constant", fill_value=0)),
    ("scale", StandardScaler()),
    ("machine", NuSVR(C=8, nu=0.6, gamma=0.1)),
]
housing_reg = Pipeline(steps).fit(house_rows[0], house_rows[2])
errors = house_rows[3].to_numpy() - housing_reg.predict(house_rows[1])
housing_test_rmse = float(np.linalg.norm(errors) / np.sqrt(len(errors)))
