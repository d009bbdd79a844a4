"""The catalogue of recurring mistakes: sentences that are true in any exercise, by tag."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from grader.course.models import Bilingual
from grader.course.tomlfile import read_toml
from grader.vocabulary import LANGS

TABLE = Path(__file__).with_name("catalogue.toml")


@cache
def catalogue() -> Mapping[str, Bilingual]:
    """What is said of each recurring mistake, by its tag, in the order of ``catalogue.toml``.

    Raises
    ------
    CourseError
        The file is damaged.
    """
    return read_catalogue(TABLE)


def read_catalogue(path: Path) -> Mapping[str, Bilingual]:
    """Read a catalogue; raises CourseError where it isn't TOML or a tag lacks a sentence in one of the languages."""
    document = read_toml(path)
    found = {}
    for tag, row in document.data.items():
        try:
            said = Bilingual.model_validate(row)
        except ValidationError as error:
            raise document.error(
                (tag,), "a tag has a sentence in each language: en and ko, and no other key"
            ) from error
        for lang in LANGS:
            if not getattr(said, lang).strip():
                raise document.error((tag, lang), "is missing; write the sentence")
        found[tag] = said
    return MappingProxyType(found)
