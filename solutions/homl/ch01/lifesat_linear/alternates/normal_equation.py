# %%
import csv

import numpy as np

with open("data/lifesat.csv") as file:
    rows = [(float(row["GDP per capita (USD)"]), float(row["Life satisfaction"])) for row in csv.DictReader(file)]


# %%
def fit_line(x, y):
    A = np.column_stack([np.ones(len(x)), x])
    b, w = np.linalg.inv(A.T @ A) @ A.T @ y
    return [float(b), float(w)]


# %%
(theta0, theta1) = fit_line(np.array([r[0] for r in rows]), np.array([r[1] for r in rows]))
cyprus_pred = theta0 + theta1 * 37655.2

# %%
rows.sort(key=lambda row: abs(row[0] - 37655.2))
knn3_pred = (rows[0][1] + rows[1][1] + rows[2][1]) / 3
