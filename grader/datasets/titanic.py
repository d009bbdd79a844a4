"""Make-believe passengers with the columns, gaps, titles and survival rates of the Titanic competition files.

Nobody here sailed: names are put together from lists, and who survives is drawn from a rule that resembles what
happened (women and children of the upper classes first, large families last).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

N_TRAIN, N_TEST = 891, 418
SEED = 1912

_SURNAMES = (
    "Abbott Ahlgren Aldous Arden Baird Barlow Beckwith Bergman Bishop Blakely Borg Bowen Brandt Byrne Calder Carrick "
    "Castell Chandler Clery Coburn Corrigan Dahl Danforth Delacroix Doyle Drummond Eklund Ellery Engstrom Fallon Farrow "
    "Fischer Flint Gallagher Garland Gibson Glover Grady Greco Hadley Hale Hallberg Hanlon Hartwell Hedlund Holm Hurley "
    "Ibsen Ingram Jarvis Jonsson Joyce Kaplan Kearney Keller Kirby Kovac Lachance Lambert Larkin Leclerc Lindell Lovell "
    "Lund Maddox Marchetti Markov Mason McKeon Melnik Mercer Moen Molloy Moretti Nagy Nestor Noble Norling Novak Nyman "
    "Oakley Odell Oren Osborne Palmquist Parr Pascoe Pavlov Perrin Petrov Pike Quill Quinlan Radley Rask Redfern Rhodes "
    "Rinaldi Roche Rooney Rosen Sandberg Sawyer Selby Sharpe Sheehan Sjoberg Slade Sorensen Stead Sterling Sundin Talbot "
    "Tobin Tranter Tully Ulrich Vance Varga Vestergaard Vidal Wadley Walsh Wells Whitlock Winslow Wirth Yarrow Zeller"
).split()
_MEN = (
    "Albert Alfred Anders Arthur Bernard Carl Charles Daniel Edgar Edward Emil Ernest Francis Frank Frederick George "
    "Gustaf Harold Henry Hugh Ivan James Johan John Joseph Karl Lars Leonard Louis Martin Michael Nils Oscar Patrick Paul "
    "Percy Peter Philip Ralph Richard Robert Samuel Sidney Stanley Thomas Victor Walter William"
).split()
_WOMEN = (
    "Ada Agnes Alice Amelia Anna Beatrice Bertha Bridget Caroline Catherine Charlotte Clara Constance Edith Eleanor "
    "Elin Elizabeth Ellen Elsa Emily Emma Ethel Eva Florence Frances Gertrude Grace Hanna Harriet Helen Hilda Ida Ingrid "
    "Jane Jessie Johanna Julia Karin Kate Laura Lillian Louise Lucy Mabel Margaret Maria Marion Martha Mary Maud Nora "
    "Olive Rose Ruth Sara Sofia Susan Theresa Violet Winifred"
).split()

# Of each hundred tickets; families make the shares of passengers a little different.
_CLASS_SHARES = {1: 0.245, 2: 0.21, 3: 0.545}
_PORTS = {1: (0.60, 0.39, 0.01), 2: (0.88, 0.09, 0.03), 3: (0.72, 0.135, 0.145)}  # Southampton, Cherbourg, Queenstown
_FARES = {1: 34.0, 2: 12.6, 3: 7.85}  # pounds a head
_CABIN_KNOWN = {1: 0.80, 2: 0.08, 3: 0.02}
_DECKS = {1: "ABCCDEB", 2: "DEF", 3: "EFG"}
_TICKET_PREFIXES = {
    1: ("", "", "PC "),
    2: ("", "", "S.O.C. ", "C.A. ", "SC/PARIS "),
    3: ("", "", "", "A/5 ", "SOTON/O.Q. "),
}
_OFFICERS = {1: ("Dr", "Col", "Major", "Sir", "Capt"), 2: ("Rev", "Dr", "Rev"), 3: ()}


@dataclass
class _Person:
    pclass: int
    title: str
    sex: str
    age: float
    name: str = ""
    sibsp: int = 0
    parch: int = 0


@dataclass
class _Party:
    """People who travel on one ticket; only members of a family count in SibSp and Parch."""

    pclass: int
    people: list[_Person] = field(default_factory=list)


def _age(rng: np.random.RandomState, low: float, mean: float, spread: float, high: float) -> float:
    return float(np.clip(rng.normal(mean, spread), low, high))


def _adult(rng: np.random.RandomState, pclass: int, sex: str, married: bool) -> _Person:
    mean = {1: 41.0, 2: 33.0, 3: 29.5}[pclass]
    if sex == "male":
        officers = _OFFICERS[pclass]
        title = officers[rng.randint(len(officers))] if officers and rng.uniform() < 0.07 else "Mr"
        return _Person(pclass, title, sex, _age(rng, 14, mean + (12 if title != "Mr" else 0), 11.5, 80))
    title = "Mrs" if married else "Miss"
    if rng.uniform() < 0.015:
        title = ("Mlle", "Ms", "Mme")[rng.randint(3)] if pclass < 3 else "Ms"
    return _Person(pclass, title, sex, _age(rng, 15, mean - 2 if married else mean - 8, 11.0, 66))


def _child(rng: np.random.RandomState, pclass: int) -> _Person:
    age = float(rng.choice([0.42, 0.75, 0.83, 0.92])) if rng.uniform() < 0.10 else float(rng.randint(1, 15))
    if rng.uniform() < 0.5:
        return _Person(pclass, "Master" if age < 13 else "Mr", "male", age)
    return _Person(pclass, "Miss", "female", age)


def _single(rng: np.random.RandomState, pclass: int) -> _Party:
    women = {1: 0.26, 2: 0.28, 3: 0.22}[pclass]
    sex = "female" if rng.uniform() < women else "male"
    return _Party(pclass, [_adult(rng, pclass, sex, rng.uniform() < (0.35 if pclass < 3 else 0.15))])


def _family(rng: np.random.RandomState, pclass: int) -> _Party:
    """A couple, or parents (sometimes one of them) with children, or grown siblings."""
    kind = rng.uniform()
    if kind < 0.22:
        people = [_adult(rng, pclass, "male" if rng.uniform() < 0.6 else "female", False) for _ in range(2)]
        for person in people:
            person.sibsp = 1
        return _Party(pclass, people)
    parents = [_adult(rng, pclass, "male", True), _adult(rng, pclass, "female", True)]
    if kind < 0.60:
        n_children = 0
    else:
        sizes = {1: (0.70, 0.25, 0.05), 2: (0.50, 0.36, 0.14), 3: (0.30, 0.22, 0.12, 0.10, 0.13, 0.09, 0.04)}[pclass]
        n_children = 1 + int(rng.choice(len(sizes), p=sizes))
        if rng.uniform() < 0.35:
            parents = [parents[1]]
    children = [_child(rng, pclass) for _ in range(n_children)]
    for parent in parents:
        parent.sibsp, parent.parch = len(parents) - 1, n_children
    for child in children:
        child.sibsp, child.parch = n_children - 1, len(parents)
    return _Party(pclass, [*parents, *children])


def _survival(person: _Person, port: str) -> float:
    """Chance of a seat in a boat."""
    family = person.sibsp + person.parch
    if person.sex == "female":
        logit = {1: 3.4, 2: 2.5, 3: 0.45}[person.pclass] + (0.5 if port == "C" else 0.0)
        if family >= 4:
            logit -= 2.6
    elif person.title == "Master":
        logit = {1: 3.5, 2: 3.2, 3: 0.6}[person.pclass] - (3.0 if family >= 4 else 0.0)
    else:
        logit = {1: -0.55, 2: -2.5, 3: -2.2}[person.pclass] + (0.4 if port == "C" else 0.0) - 0.02 * (person.age - 32.0)
        if person.title in ("Rev", "Capt"):
            logit = -3.0
        if family >= 4:
            logit -= 1.0
    return float(1.0 / (1.0 + np.exp(-logit)))


def _ticket(rng: np.random.RandomState, pclass: int) -> str:
    prefixes = _TICKET_PREFIXES[pclass]
    low, high = {1: (11_000, 37_000), 2: (2_000, 250_000), 3: (2_600, 392_000)}[pclass]
    return prefixes[rng.randint(len(prefixes))] + str(rng.randint(low, high))


def _names(rng: np.random.RandomState, people: list[_Person]) -> None:
    """Give everybody in a family one surname, and a married woman her husband's name with her own in brackets."""
    surname = _SURNAMES[rng.randint(len(_SURNAMES))]
    husband = ""
    for person in people:
        first = " ".join(rng.choice(_MEN, size=1 + rng.randint(2), replace=False))
        if person.title == "Mr" and person.parch + person.sibsp:
            husband = husband or first
        if person.sex == "female":
            first = husband or first
            own = " ".join(rng.choice(_WOMEN, size=1 + rng.randint(2), replace=False))
            maiden = _SURNAMES[rng.randint(len(_SURNAMES))]
            first = f"{first} ({own} {maiden})" if person.title in ("Mrs", "Mme") else own
        person.name = f"{surname}, {person.title}. {first}"


def _rows(rng: np.random.RandomState, party: _Party) -> list[dict[str, object]]:
    pclass = party.pclass
    _names(rng, party.people)
    port = str(rng.choice(["S", "C", "Q"], p=_PORTS[pclass]))
    ticket = _ticket(rng, pclass)
    each = _FARES[pclass] * float(np.exp(rng.normal(0.0, 0.62 if pclass == 1 else 0.18)))
    fare = 0.0 if rng.uniform() < 0.01 else round(each * len(party.people) ** (1.0 if pclass < 3 else 0.85), 4)
    deck = _DECKS[pclass][rng.randint(len(_DECKS[pclass]))]
    cabin = f"{deck}{rng.randint(2, 130)}"
    rows: list[dict[str, object]] = []
    for person in party.people:
        survived = rng.uniform() < _survival(person, port)
        # What was written down depends a little on who lived to tell it.
        cabin_known = rng.uniform() < _CABIN_KNOWN[pclass] * (1.1 if survived else 0.9)
        age_known = rng.uniform() < (0.86 if pclass < 3 else 0.74) + (0.06 if survived else 0.0)
        rows.append(
            {
                "Survived": int(survived),
                "Pclass": pclass,
                "Name": person.name,
                "Sex": person.sex,
                "Age": (person.age if person.age < 1 else float(np.floor(person.age))) if age_known else np.nan,
                "SibSp": person.sibsp,
                "Parch": person.parch,
                "Ticket": ticket,
                "Fare": fare,
                "Cabin": cabin if cabin_known else None,
                "Embarked": port,
            }
        )
    return rows


def generate() -> dict[str, pd.DataFrame]:
    """Draw the passengers.

    Returns
    -------
    dict
        ``{"train": DataFrame (891, 12), "test": DataFrame (418, 11)}`` with the competition files' columns; ``test``
        lacks ``Survived``. The same on every machine: NumPy keeps the streams of ``RandomState`` as they are.
    """
    rng = np.random.RandomState(SEED)
    rows: list[dict[str, object]] = []
    while len(rows) < N_TRAIN + N_TEST:
        pclass = int(rng.choice(list(_CLASS_SHARES), p=list(_CLASS_SHARES.values())))
        alone = {1: 0.72, 2: 0.76, 3: 0.84}[pclass]
        rows += _rows(rng, _single(rng, pclass) if rng.uniform() < alone else _family(rng, pclass))
    table = pd.DataFrame(rows[: N_TRAIN + N_TEST])
    table = table.iloc[rng.permutation(len(table))].reset_index(drop=True)
    table.insert(0, "PassengerId", np.arange(1, len(table) + 1))
    table.loc[rng.choice(N_TRAIN, size=2, replace=False), "Embarked"] = None
    table.loc[N_TRAIN + rng.randint(N_TEST), "Fare"] = np.nan
    return {
        "train": table.iloc[:N_TRAIN].reset_index(drop=True),
        "test": table.iloc[N_TRAIN:].drop(columns="Survived").reset_index(drop=True),
    }
