"""Terms that many exercises share, with their synonyms in English and Korean; the list is ``concepts.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


def concept(name: str) -> tuple[str, ...]:
    """All spellings of a term, for `Expect.terms`, `Expect.term_set` and `Expect.ideas` with ``stems=True``.

    Parameters
    ----------
    name : str
        The English term with hyphens: ``"overfitting"``, ``"supervised-learning"``.

    Raises
    ------
    ValueError
        The list does not have it.

    Examples
    --------
    >>> expect.terms("과적합", accepted=concept("overfitting"), rejected=concept("underfitting"))
    """
    found = concepts().get(name)
    if found is None:
        near = (
            ", ".join(other for other in concepts() if other[:3] == name[:3])
            or "see grader/checking/expect/written/concepts.toml"
        )
        raise ValueError(f"there is no concept {name!r}; near it: {near}")
    return found


@cache
def concepts() -> dict[str, tuple[str, ...]]:
    """All shared terms by name."""
    text = resources.files("grader.checking.expect.written").joinpath("concepts.toml").read_text(encoding="utf-8")
    return {name: tuple(spellings) for name, spellings in tomllib.loads(text)["terms"].items()}
