"""Finds out whether two sets of rows are the same rows in another order, each value up to a tolerance."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.values import agree

MAX_PAIRED = 4000  # rows that are compared each with each


def paired(
    found: NDArray[Any], wanted: NDArray[Any], rtol: Any, atol: Any, signs: bool = False
) -> NDArray[np.intp] | None:
    """For each wanted row the place of a found row of its own that is close to it; None where there is no such pairing.

    Parameters
    ----------
    found, wanted : numeric array (n_rows, n_columns)
        Of the same shape.
    rtol, atol : float or array (n_columns,)
        As `numpy.isclose` takes them, relative to `wanted`.
    signs : bool
        Whether a row also is close to one of the opposite sign.

    Returns
    -------
    array (n_rows,) of intp or None

    Raises
    ------
    ValueError
        There are more than 4,000 rows in which more than one column has a tolerance: a mistake of the check.

    Notes
    -----
    Rows that differ in one tolerant column at most can be sorted and compared. In others, two rows within the tolerance
    of each other may change places; there a maximum matching of the bipartite graph of close rows decides (Hopcroft and
    Karp, 1973), so that no right answer is refused because of the order in which pairs were tried.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    n = len(wanted)
    if not n or not wanted.shape[1]:
        return np.arange(n)
    tolerant = np.broadcast_to((np.asarray(rtol) > 0) | (np.asarray(atol) > 0), wanted.shape[1:])
    settled = tolerant.sum() <= 1 and not signs
    if n > MAX_PAIRED and not settled:
        raise ValueError(
            f"{n} rows in any order with tolerances in several columns; compare at most {MAX_PAIRED}, or set rtol=0, atol=0"
        )
    keys = np.concatenate([np.flatnonzero(tolerant), np.flatnonzero(~tolerant)])  # the last one sorts first
    order = np.empty(n, dtype=np.intp)
    order[np.lexsort(wanted.T[keys])] = np.lexsort(found.T[keys])
    if agree(found[order], wanted, rtol, atol):
        return order
    if settled:
        return None
    rows, columns = [], []
    with np.errstate(all="ignore"):
        for place, row in enumerate(wanted):
            close = np.isclose(found, row, rtol=rtol, atol=atol, equal_nan=True).all(axis=1)
            if signs:
                close |= np.isclose(-found, row, rtol=rtol, atol=atol, equal_nan=True).all(axis=1)
            partners = np.flatnonzero(close)
            if not partners.size:
                return None
            rows.append(np.full(partners.size, place))
            columns.append(partners)
    edges = np.concatenate(rows), np.concatenate(columns)
    graph = csr_array((np.ones(edges[0].size, dtype=bool), edges), shape=(n, n))
    partner: NDArray[np.intp] = np.asarray(maximum_bipartite_matching(graph, perm_type="column"), dtype=np.intp)
    return partner if (partner >= 0).all() else None
