# %%
import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler


# %%
def build_pipeline():
    return Pipeline(
        [
            ("as_floats", FunctionTransformer(np.asarray)),
            ("fill", SimpleImputer(strategy="median")),
            ("scale", StandardScaler()),
            ("vote", KNeighborsClassifier()),
        ]
    )
