# %%
import hashlib

import numpy as np


# %%
def stratified_split(df, col, bins, test_size, seed):
    rng = np.random.default_rng(seed)
    values = df[col].to_numpy()
    chosen = np.zeros(len(df), dtype=bool)
    for low, high in zip(bins[:-1], bins[1:], strict=True):
        rows = np.flatnonzero((values > low) & (values <= high))
        chosen[rng.permutation(rows)[: round(test_size * len(rows))]] = True
    return df.loc[~chosen].copy(), df.loc[chosen].copy()


# %%
def hash_split(df, id_col, ratio):
    def number(identifier):
        digest = hashlib.sha256(repr(identifier).encode()).digest()
        return int.from_bytes(digest[:6], "big") / 256**6

    chosen = df[id_col].map(number) < ratio
    return df[~chosen].sample(frac=1, random_state=0), df[chosen]
