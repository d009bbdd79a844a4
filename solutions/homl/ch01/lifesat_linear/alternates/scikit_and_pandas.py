# %%
import pandas as pd
from sklearn.linear_model import LinearRegression

table = pd.read_csv("data/lifesat.csv", index_col="Country")
GDP, SATISFACTION = "GDP per capita (USD)", "Life satisfaction"


# %%
def fit_line(x, y):
    model = LinearRegression().fit(x[:, None], y)
    return model.intercept_, model.coef_[0]


# %%
line = LinearRegression().fit(table[[GDP]], table[SATISFACTION])
theta0 = line.intercept_.item()
theta1 = line.coef_.item()
cyprus_pred = line.predict(pd.DataFrame({GDP: [37_655.2]})).item()

# %%
distance = (table[GDP] - 37_655.2).abs()
knn3_pred = table.loc[distance.nsmallest(3).index, SATISFACTION].mean()
