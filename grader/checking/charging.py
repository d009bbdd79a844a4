"""What a submission loses in the end: the cheapest account of its failing checks, each mistake at one price. Pure arithmetic.

Checks are known by their position here, in the order in which they ran; what a check needs comes before it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from grader.vocabulary import Text

MOST_MISTAKES = 3  # that account for a submission side by side
EPSILON = 1e-9  # points


@dataclass(frozen=True)
class Loss:
    """What one check takes.

    Attributes
    ----------
    lost, most : float
        Points that it takes by its own result; all that it has.
    failed : bool
    parts : tuple of frozenset of str
        For each thing that went wrong there, the mistakes that explain it. A check that failed has at least one.
    needs : tuple of int
        Positions of the checks that must hold before it counts.
    """

    lost: float
    most: float
    failed: bool
    parts: tuple[frozenset[str], ...] = ()
    needs: tuple[int, ...] = ()

    def explained(self, mistakes: Iterable[str]) -> bool:
        """Whether these mistakes together explain all that went wrong."""
        made = set(mistakes)
        return self.failed and not any(made.isdisjoint(part) for part in self.parts)


@dataclass(frozen=True)
class Standing:
    """Where a check stands once some mistakes are set aside.

    ``blocked`` is the position of a needed check that does not hold then, ``holds`` what the checks that need this one ask.
    """

    accounted: bool
    blocked: int | None
    holds: bool


@dataclass(frozen=True)
class Priced:
    """A known mistake with its price; ``doubtful`` where the record has it failing what the submission passes."""

    told: Text
    price: float
    doubtful: bool = False


@dataclass
class Item:
    """One sentence that is charged.

    Attributes
    ----------
    names : tuple of str
        The mistakes that it is the sentence of, the dearest first.
    price : float
        Points.
    explains : list of int
        Checks that are accounted for and that it has part in.
    taken : dict of int to float
        Points that are taken for it, by check.
    """

    names: tuple[str, ...]
    price: float
    explains: list[int]
    taken: dict[int, float] = field(default_factory=dict)

    def take(self, room: list[float], checks: Iterable[int]) -> None:
        """Take what is still due from these checks in order, at most what there is room for."""
        for at in checks:
            points = min(self.price - math.fsum(self.taken.values()), room[at])
            if points > EPSILON:
                self.taken[at] = self.taken.get(at, 0.0) + points
                room[at] -= points


def standings(losses: Sequence[Loss], mistakes: Iterable[str]) -> list[Standing]:
    """Where each check stands once these mistakes are set aside."""
    made = frozenset(mistakes)
    found: list[Standing] = []
    for loss in losses:
        blocked = next((at for at in loss.needs if not found[at].holds), None)
        accounted = blocked is None and loss.explained(made)
        found.append(Standing(accounted, blocked, blocked is None and (accounted or not loss.failed)))
    return found


def cheapest(losses: Sequence[Loss], priced: Mapping[str, Priced]) -> tuple[str, ...]:
    """The mistakes whose prices, together with what they leave unexplained, are least; none where the checks alone are.

    Of equal accounts the one with fewer mistakes is taken, then the one that leaves fewer checks unexplained, then the one
    that the record speaks against least, then the first by name.
    """
    names = sorted({name for loss in losses for part in loss.parts for name in part} & set(priced))
    table = _Table(losses, names, priced)
    best = float(table.totals(_sets(names, 0))[0])
    chosen: tuple[str, ...] = ()
    for count in range(1, min(MOST_MISTAKES, len(names)) + 1):
        sets = _sets(names, count)
        totals = table.totals(sets)
        least = float(totals.min())
        if least < best - EPSILON:
            equal = [tuple(names[at] for at in some) for some in sets[totals <= least + EPSILON]]
            best, chosen = least, min(equal, key=lambda some: (_left(losses, some), _doubts(priced, some), some))
    return chosen


def _left(losses: Sequence[Loss], mistakes: Sequence[str]) -> int:
    """How many checks that failed these mistakes leave unexplained."""
    return sum(loss.failed and not now.accounted for loss, now in zip(losses, standings(losses, mistakes), strict=True))


def _doubts(priced: Mapping[str, Priced], mistakes: Sequence[str]) -> int:
    return sum(priced[name].doubtful for name in mistakes)


def spread(losses: Sequence[Loss], mistakes: Sequence[str], priced: Mapping[str, Priced]) -> list[Item]:
    """The prices of mistakes, taken from the checks that they account for, in order and at most what each loses.

    What is left of a price is taken from checks that count only because the mistakes are set aside.
    """
    now, alone = standings(losses, mistakes), standings(losses, ())
    accounted = [at for at, standing in enumerate(now) if standing.accounted]
    by_sentence: dict[Text, list[str]] = {}
    for name in sorted(mistakes, key=lambda name: (-priced[name].price, name)):
        by_sentence.setdefault(priced[name].told, []).append(name)
    items = [
        Item(tuple(names), priced[names[0]].price, [at for at in accounted if _has_part(names, losses[at])])
        for names in by_sentence.values()
    ]
    room = [loss.lost if standing.accounted else 0.0 for loss, standing in zip(losses, now, strict=True)]
    for item in items:
        item.take(room, item.explains)
    for item in items:
        item.take(room, accounted)
    waived = [at for at in range(len(losses)) if alone[at].blocked is not None and now[at].blocked is None]
    for at in waived:
        room[at] += losses[at].most - losses[at].lost
    for item in items:
        item.take(room, waived)
    return sorted(items, key=lambda item: (item.explains, item.names))


class _Table:
    """Which mistake explains which part, as an array: thousands of sets are tried at once."""

    def __init__(self, losses: Sequence[Loss], names: Sequence[str], priced: Mapping[str, Priced]) -> None:
        self._losses, self._names, self._priced = losses, names, priced
        parts = [part for loss in losses for part in loss.parts]
        self._explains = np.array([[name in part for part in parts] for name in names], dtype=bool)
        self._explains = self._explains.reshape(len(names), len(parts))
        self._prices = np.array([priced[name].price for name in names], dtype=float)

    def totals(self, sets: NDArray[np.intp]) -> NDArray[np.float64]:
        """What a submission loses by each set of mistakes: their prices, and what checks take that they leave unexplained.

        `sets` has a row for each set, of positions of names; the sums over checks are those over `standings`.
        """
        explained: NDArray[np.bool_] = np.any(self._explains[sets], axis=1)
        holds = np.ones((len(sets), len(self._losses)), dtype=bool)
        totals: NDArray[np.float64] = self._prices[sets].sum(axis=1) - self._shared(sets)
        first = 0
        for at, loss in enumerate(self._losses):
            asked = holds[:, list(loss.needs)].all(axis=1)
            accounted = explained[:, first : first + len(loss.parts)].all(axis=1) | (not loss.failed)
            holds[:, at] = asked & accounted
            totals += np.where(asked, np.where(accounted, 0.0, loss.lost), loss.most)
            first += len(loss.parts)
        return totals

    def _shared(self, sets: NDArray[np.intp]) -> NDArray[np.float64]:
        """What mistakes with the same sentence would cost beyond the dearest of them."""
        sentences = {told: at for at, told in enumerate(dict.fromkeys(self._priced[name].told for name in self._names))}
        if len(sentences) == len(self._names):
            return np.zeros(len(sets))
        said = np.array([sentences[self._priced[name].told] for name in self._names])[sets]
        beyond = np.zeros(len(sets))
        for number in sentences.values():
            prices = np.where(said == number, self._prices[sets], 0.0)
            beyond += prices.sum(axis=1) - prices.max(axis=1, initial=0.0)
        return beyond


def _sets(names: Sequence[str], count: int) -> NDArray[np.intp]:
    """All sets of so many names, a row of positions each."""
    flat = [at for some in combinations(range(len(names)), count) for at in some]
    return np.array(flat, dtype=np.intp).reshape(-1 if count else 1, count)


def _has_part(names: Iterable[str], loss: Loss) -> bool:
    return any(not part.isdisjoint(names) for part in loss.parts)
