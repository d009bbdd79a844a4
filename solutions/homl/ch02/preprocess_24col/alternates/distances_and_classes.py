# %%
import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler


# %%
class StandardRatio(TransformerMixin, BaseEstimator):
    """Imputes two columns, divides them and standardises, all by hand with pandas."""

    def fit(self, X, y=None):
        self.medians_ = X.median()
        ratio = self._ratio(X)
        self.mean_, self.deviation_ = ratio.mean(), ratio.std(ddof=0)
        return self

    def _ratio(self, X):
        filled = X.fillna(self.medians_)
        return filled.iloc[:, 0] / filled.iloc[:, 1]

    def transform(self, X):
        return ((self._ratio(X) - self.mean_) / self.deviation_).to_frame("ratio")

    def get_feature_names_out(self, input_features=None):
        return np.array(["ratio"], dtype=object)


def names_of_clusters(transformer, names):
    return [f"cluster_{i}" for i, _ in enumerate(names)]


def build_preprocessor():
    # KMeans itself is a transformer: it answers with the distances to its centres.
    geo = Pipeline(
        [
            ("distances", KMeans(n_clusters=10, n_init=5, random_state=7)),
            ("similarity", FunctionTransformer(lambda d: np.exp(-np.square(d)), feature_names_out=names_of_clusters)),
        ]
    )
    log = Pipeline(
        [
            ("log", FunctionTransformer(np.log, feature_names_out="one-to-one")),
            ("gaps", LogMedian()),
            ("scale", StandardScaler()),
        ]
    )
    cat = Pipeline(
        [
            ("gaps", SimpleImputer(strategy="most_frequent")),
            ("codes", OneHotEncoder(handle_unknown="infrequent_if_exist", sparse_output=False)),
        ]
    )
    age = Pipeline([("gaps", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
    return ColumnTransformer(
        transformers=[
            ("geo", geo, ["longitude", "latitude"]),
            ("cat", cat, make_column_selector("ocean_proximity")),
            ("log", log, ["total_rooms", "total_bedrooms", "households", "population", "median_income"]),
            ("people_per_house", StandardRatio(), ["population", "households"]),
            ("rooms_per_house", StandardRatio(), ["total_rooms", "households"]),
            ("bedrooms", StandardRatio(), ["total_bedrooms", "total_rooms"]),
            ("age", age, ["housing_median_age"]),
        ]
    )


class LogMedian(TransformerMixin, BaseEstimator):
    """Fill gaps in logarithms with the logarithm of the median count."""

    def fit(self, X, y=None):
        self.fill_ = np.log(np.exp(pd.DataFrame(X)).median())
        return self

    def transform(self, X):
        return pd.DataFrame(X).fillna(self.fill_)

    def get_feature_names_out(self, input_features=None):
        return np.asarray(input_features, dtype=object)
