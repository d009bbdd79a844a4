"""What a proof hands in: an exercise's own solutions, right and wrong, and what is made from them."""

from __future__ import annotations

from dataclasses import dataclass

from grader.course import build_reference, build_starter
from grader.course.models import Exercise
from grader.course.proof_record import AttemptKind
from grader.proving.adversaries import AttackerKnowledge, build_adversary
from grader.proving.mutation import build_mutation
from grader.vocabulary import Lang


@dataclass(frozen=True)
class Attempt:
    """Which solution, under which seed. ``name`` is that of the mutant, alternate, adversary or generated mutant."""

    kind: AttemptKind
    name: str
    seed: int

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip() + f", seed {self.seed}"


def content(
    exercise: Exercise, attempt: Attempt, knowledge: AttackerKnowledge | None = None, lang: Lang | None = None
) -> bytes:
    """The submission that an attempt hands in.

    Parameters
    ----------
    knowledge : AttackerKnowledge, optional
        For adversaries that know what checks ask.
    lang : {"en", "ko"}, optional
        Of the starter; in all languages by default.
    """
    if attempt.kind == "adversary":
        return build_adversary(exercise, attempt.name, knowledge)
    if attempt.kind == "mutation":
        return build_mutation(exercise, attempt.name)
    if attempt.kind == "starter":
        return build_starter(exercise, lang)
    if attempt.kind == "mutant":
        return build_reference(exercise, mutant=attempt.name)
    if attempt.kind == "alternate":
        return build_reference(exercise, alternate=attempt.name)
    return build_reference(exercise)
