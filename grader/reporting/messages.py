"""The interface words of the reports, one catalogue per language, read from ``messages/<lang>.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.errors import CourseError
from grader.vocabulary import Lang


class Messages:
    """A catalogue: ``t("score.total", points=3)`` gives the sentence with its placeholders filled.

    A key with the suffix ``_one`` is taken instead when ``n=1`` is given (English plurals).

    Raises
    ------
    KeyError
        When the catalogue has no such key; a missing word is a defect, not something to show.
    """

    def __init__(self, lang: Lang, sentences: Mapping[str, str]) -> None:
        self.lang: Lang = lang
        self._sentences = dict(sentences)

    def __call__(self, key: str, **values: object) -> str:
        if values.get("n") == 1 and f"{key}_one" in self._sentences:
            key = f"{key}_one"
        return self._sentences[key].format(**values)

    def keys(self) -> frozenset[str]:
        """All keys of the catalogue, dotted."""
        return frozenset(self._sentences)


def _flatten(table: Mapping[str, object], prefix: str, into: dict[str, str], file: Path) -> None:
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, str):
            into[name] = value
        elif isinstance(value, Mapping):
            _flatten(value, f"{name}.", into, file)
        else:
            raise CourseError(file, f"found {value!r}; a message is a string in quotes", key=name)


def load_messages(lang: Lang, folders: Sequence[Path]) -> Messages:
    """Read a catalogue; where several folders have one, the earlier folder's sentences win, key by key.

    Raises
    ------
    CourseError
        When a catalogue is not TOML or holds something else than strings.
    """
    sentences: dict[str, str] = {}
    for folder in reversed(folders):
        file = folder / "messages" / f"{lang}.toml"
        if not file.is_file():
            continue
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CourseError(file, f"not a TOML file ({error}); correct it or delete it to use the default") from error
        _flatten(table, "", sentences, file)
    return Messages(lang, sentences)
