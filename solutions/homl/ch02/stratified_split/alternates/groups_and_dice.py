# %%
import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedShuffleSplit


# %%
def stratified_split(df, col, bins, test_size, seed):
    splitter = StratifiedShuffleSplit(n_splits=1, test_size=test_size, random_state=seed)
    strata = np.digitize(df[col], bins, right=True)
    train, test = next(splitter.split(df, strata))
    return df.iloc[train], df.iloc[test]


# %%
def hash_split(df, id_col, ratio):
    numbers = pd.util.hash_array(df[id_col].astype(str).to_numpy(dtype=object)) / 2.0**64
    return [df[numbers >= ratio], df[numbers < ratio]]
