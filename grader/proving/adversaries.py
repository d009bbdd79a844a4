"""Submissions that deserve nothing, made from an exercise's own reference; none may earn more than the exercise states."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from grader.codec import Codec, Number
from grader.course.models import Exercise
from grader.course.source import build_changed

_CONSTANT = ("zeros", "most frequent", "mean")
_CHANCE = ("random", "shuffled")
_EMPTY = ("nan", "none", "raises", "equals everything", "array that equals everything")
_CHEATS = ("copied visible", "hard-coded")
NAMES = (*_CONSTANT, *_CHANCE, *_EMPTY, *_CHEATS)
RECORD = "record"  # not an adversary: the reference itself, noting what it is asked

_BY_CHANCE = 0.25  # share that a thoughtless answer may hit upon
_IN_WORDS = frozenset({"short-answer", "choice"})
_FOR_WORDS = ("none", "raises", "equals everything")


@dataclass(frozen=True)
class AttackerKnowledge:
    """What the checks ask of the reference.

    Attributes
    ----------
    seen : tuple of str
        Digests of the calls that visible checks make.
    known : tuple of str
        Variables that visible checks read.
    free : float
        Points of visible checks, which a copier has by right.
    read_only : float
        Points of checks that call nothing, and of visible ones: values pasted into the submission earn them by right.
    """

    seen: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    free: Number = 0.0
    read_only: Number = 0.0


ATTACKER_KNOWLEDGE = Codec(AttackerKnowledge)
"""Writes and reads what is kept on disk."""


def adversaries(exercise: Exercise) -> list[str]:
    """Names of the adversaries that apply to an exercise.

    Questions answered in words leave no room for numbers, so only those remain that answer nothing. An exercise that
    names nothing to define gives no place to lie.
    """
    if not exercise.defines:
        return []
    return [name for name in NAMES if name in _FOR_WORDS or not set(exercise.kind) <= _IN_WORDS]


def needs_attacker_knowledge(name: str) -> bool:
    """Whether an adversary is made with what the checks ask."""
    return name in _CHEATS


def most_points(exercise: Exercise, name: str, knowledge: AttackerKnowledge) -> float:
    """How many points an adversary may earn.

    The share that ``exercise.toml`` states; without it, a quarter for what answers by chance and nothing for what does
    not answer. A copier keeps what the visible checks give, pasted values also what checks of values give, and both hit
    upon a quarter more, though never more than half of the rest. Never less than the untouched starter may earn.
    """
    stated = exercise.adversaries.share(name)
    if stated is not None:
        return max(stated * exercise.points, exercise.starter_points)
    if name in _CHEATS:
        own = knowledge.free if name == "copied visible" else knowledge.read_only
        lucky = min(_BY_CHANCE * exercise.points, (exercise.points - own) / 2)
        return max(own + lucky, exercise.starter_points)
    return max(_BY_CHANCE * exercise.points if name in _CONSTANT + _CHANCE else 0.0, exercise.starter_points)


def build_adversary(exercise: Exercise, name: str, knowledge: AttackerKnowledge | None = None) -> bytes:
    """The reference with an end that spoils it, as a submission.

    Parameters
    ----------
    name : str
        One of `NAMES`, or `RECORD`.
    knowledge : AttackerKnowledge, optional
        For those that `needs_attacker_knowledge`.
    """
    known = knowledge or AttackerKnowledge()
    return build_changed(exercise, appended=_ending(name, tuple(exercise.defines), known.seen, known.known))


def _ending(kind: str, defines: Sequence[str], seen: Sequence[str], known: Sequence[str]) -> str:
    """One line, so that checks that look at the source find the reference's own code and hardly anything else."""
    given = ", ".join(json.dumps(list(part)) for part in (defines, seen, known))
    text = f"{_program()}\ntake_over(_names, {kind!r}, {given})\n"
    packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
    unpacked = f'__import__("zlib").decompress(__import__("base64").b64decode("{packed}")).decode()'
    return f'exec({unpacked}, {{"__name__": "impostor", "_names": globals()}})'


@lru_cache(maxsize=1)
def _program() -> str:
    return Path(__file__).with_name("impostor.py").read_text("utf-8")
