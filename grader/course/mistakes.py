"""Known mistakes as an author writes them: sentences out of the catalogue, and what must hold of sentence and price."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from grader.course.catalogue import catalogue
from grader.course.models import Bilingual, Exercise, Mutant
from grader.course.toml_positions import KeyPath
from grader.course.tomlfile import Document
from grader.vocabulary import Lang

_FEWEST_WORDS: dict[Lang, int] = {"en": 4, "ko": 3}
_ALIKE = 0.9  # of two texts, from which on they say the same


def with_sentences(exercise: Exercise, document: Document) -> Exercise:
    """The exercise with the catalogue's sentence wherever a mutant has a tag and no sentence of its own.

    Raises
    ------
    CourseError
        A tag isn't in the catalogue.
    """
    mutants = []
    for index, mutant in enumerate(exercise.mutant):
        if "tag" in mutant.model_fields_set and mutant.tag not in catalogue():
            near = difflib.get_close_matches(mutant.tag, catalogue(), 3, 0.5)
            offer = f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are: {', '.join(catalogue())}"
            raise document.error(("mutant", index, "tag"), f"no tag {mutant.tag!r} in the catalogue; {offer}")
        told = catalogue()[mutant.tag] if mutant.tag and mutant.told is None else mutant.told
        mutants.append(mutant.model_copy(update={"told": told}))
    return exercise.model_copy(update={"mutant": mutants})


def with_other_forms(exercise: Exercise) -> Exercise:
    """The exercise with a mutant for each other form of a mistake, behind the one that names it."""
    mutants = []
    for mutant in exercise.mutant:
        first = mutant.model_copy(update={"also": []})
        mutants.append(first)
        for number, form in enumerate(mutant.also, 2):
            own = {"name": f"{mutant.name} ({number})", "replace": form.replace, "alternate": form.alternate}
            mutants.append(first.model_copy(update=own))
    return exercise.model_copy(update={"mutant": mutants})


def check_mistakes(exercise: Exercise, document: Document, languages: Sequence[Lang]) -> None:
    """See that known mistakes are told in sentences and have one price each.

    Raises
    ------
    CourseError
    """
    prices: dict[tuple[str, ...], Mutant] = {}
    for index, mutant in enumerate(exercise.mutant):
        _check_price(exercise, document, ("mutant", index, "costs"), mutant)
        if mutant.told is None:
            continue
        if "told" in mutant.model_fields_set and (problem := _problem(mutant.told, mutant, languages)):
            lang, what = problem
            raise document.error(("mutant", index, "told", lang), f"mutant {mutant.name!r}: {what}")
        first = prices.setdefault(tuple(" ".join(mutant.told[lang].split()) for lang in languages), mutant)
        if first.costs != mutant.costs:
            raise document.error(
                ("mutant", index, "costs"),
                f"mutant {mutant.name!r} is told as {first.name!r} is and {_price(mutant)}, where that "
                f"{_price(first)}; one sentence has one price, so give both the same `costs` or another `told`",
            )


def _check_price(exercise: Exercise, document: Document, at: KeyPath, mutant: Mutant) -> None:
    if mutant.costs is not None and mutant.costs > exercise.points:
        raise document.error(
            at, f"mutant {mutant.name!r} costs {mutant.costs:g} of {exercise.points:g} points; lower `costs`"
        )


def _price(mutant: Mutant) -> str:
    return f"costs {mutant.costs:g}" if mutant.costs is not None else "has no stated price"


def _problem(told: Bilingual, mutant: Mutant, languages: Sequence[Lang]) -> tuple[Lang, str] | None:
    """The language in which this is no sentence of a mistake, and why."""
    for lang in languages:
        words = _words(told[lang])
        if len(words) < _FEWEST_WORDS[lang]:
            return lang, "`told` is too short; say in a sentence what was done and what to do instead"
        name = _words(mutant.name)
        alike = difflib.SequenceMatcher(None, " ".join(words), " ".join(name)).ratio()
        if alike >= _ALIKE or set(words) <= set(name):
            return lang, "`told` repeats `name`; say what was done and what to do instead"
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
