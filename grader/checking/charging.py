"""What a submission loses in the end: the cheapest account of its failing checks, each mistake at one price. Pure arithmetic.

Checks are known by their position here, in the order in which they ran; what a check needs comes before it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations
from operator import or_

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

    Of equal accounts the one with fewer mistakes is taken, then the one that the record speaks against least, then the
    first by name.
    """
    useful = {name for loss in losses if loss.failed and all(loss.parts) for part in loss.parts for name in part}
    names = sorted(useful & set(priced))
    sums = _Sums(losses)
    explains = {name: sums.explained_by(name) for name in names}
    floor = sums.left(reduce(or_, explains.values(), 0))  # what no mistake explains
    best, best_doubts = sums.left(0), 0
    chosen: tuple[str, ...] = ()
    for count in range(1, MOST_MISTAKES + 1):
        for some in combinations(names, count):
            price = _price(some, priced)
            if price + floor > best + EPSILON:
                continue
            together = reduce(or_, (explains[name] for name in some))
            total, doubts = price + sums.left(together), sum(priced[name].doubtful for name in some)
            as_good = len(chosen) == count and total < best + EPSILON and doubts < best_doubts
            if total < best - EPSILON or as_good:
                best, best_doubts, chosen = total, doubts, some
    return chosen


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
    items.sort(
        key=lambda item: (len(item.explains), item.names)
    )  # what shows in one check only has no other to take from
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


class _Sums:
    """What checks take once mistakes are set aside, in sums: thousands of sets are tried, so what they explain are bits."""

    def __init__(self, losses: Sequence[Loss]) -> None:
        self._parts = [part for loss in losses for part in loss.parts]
        self._rows: list[tuple[int, bool, float, float, tuple[int, ...]]] = []
        self._known: dict[int, float] = {}
        first = 0
        for loss in losses:
            wanted = ((1 << len(loss.parts)) - 1) << first
            first += len(loss.parts)
            self._rows.append((wanted, loss.failed, loss.lost, loss.most, loss.needs))

    def explained_by(self, name: str) -> int:
        """A bit for each part that a mistake explains."""
        return sum(1 << at for at, part in enumerate(self._parts) if name in part)

    def left(self, explained: int) -> float:
        """Points that all checks take when these parts are explained; the sum over `standings`."""
        if (known := self._known.get(explained)) is not None:
            return known
        total = 0.0
        holds: list[bool] = []
        for wanted, failed, lost, most, needs in self._rows:
            if needs and not all(holds[at] for at in needs):
                total += most
                holds.append(False)
            elif failed and explained & wanted != wanted:
                total += lost
                holds.append(False)
            else:
                holds.append(True)
        self._known[explained] = total
        return total


def _has_part(names: Iterable[str], loss: Loss) -> bool:
    return any(not part.isdisjoint(names) for part in loss.parts)


def _price(some: Sequence[str], priced: Mapping[str, Priced]) -> float:
    """The sum of the prices; of mistakes with the same sentence only the dearest counts."""
    if len({priced[name].told for name in some}) == len(some):
        return math.fsum(priced[name].price for name in some)
    dearest: dict[Text, float] = {}
    for name in some:
        one = priced[name]
        dearest[one.told] = max(one.price, dearest.get(one.told, 0.0))
    return math.fsum(dearest.values())
