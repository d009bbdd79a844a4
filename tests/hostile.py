"""Data of every kind that a submission may answer with: ``values`` draws it."""

from __future__ import annotations

import datetime

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import scipy.sparse
from hypothesis.extra import numpy as hnp

numbers = st.integers() | st.floats() | st.complex_numbers() | st.booleans()
leaves = (
    numbers
    | st.none()
    | st.text(max_size=20)
    | st.binary(max_size=10)
    | st.just(...)
    | st.just(10**400)
    | st.builds(np.float64, st.floats())
    | st.builds(np.bool_, st.booleans())
    | st.just(np.datetime64("NaT"))
    | st.just(pd.NA)
    | st.just(datetime.date(2024, 1, 1))
    | st.just(slice(1, 2))
    | st.just(range(3))
)
dtypes = st.sampled_from(["f8", "f4", "i8", "u1", "?", "c16", "U3", "M8[s]", "m8[s]", "O", "f2"])
arrays = dtypes.flatmap(
    lambda kind: hnp.arrays(
        kind, hnp.array_shapes(min_dims=0, min_side=0, max_side=4), elements=leaves if kind == "O" else None
    )
)
hashable = st.integers() | st.text(max_size=5) | st.none() | st.floats()
library = st.sampled_from(
    [
        pd.DataFrame({"a": [1, 2], "b": ["x", None]}),
        pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": pd.Categorical(["x", "y"])}),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame(),
        pd.Series([1.0, np.nan]),
        pd.Series(["x"], dtype="category"),
        pd.Index([1, 2]),
        pd.MultiIndex.from_tuples([(1, "a")]),
        scipy.sparse.csr_matrix(np.eye(2)),
        scipy.sparse.coo_matrix((10**6, 10**6)),
        np.ma.masked_array([1, 2], [True, False]),
    ]
)
values = st.recursive(
    leaves | arrays | library | st.frozensets(hashable, max_size=3) | st.sets(hashable, max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(hashable, inner, max_size=3),
    max_leaves=8,
)
