"""Makes proof records, and says whether those that are committed belong to the files as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.course.models import Course, Exercise, Profile
from grader.course.proof_record import (
    AttemptKind,
    AttemptRecord,
    ProofFigures,
    ProofRecord,
    Showing,
    load_record,
    record_path,
)
from grader.errors import GraderError
from grader.grading.conditions import digest_of, files_digest, own_code_digest
from grader.proving.rows import Row
from grader.references.card import load_card
from grader.references.versions import versions
from grader.vocabulary import Outcome

_SENTENCE = 120  # characters of a sentence that a record keeps
_CUT = "…"
_NUMBER = re.compile(r"(?<!\w)([-−+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[-+]?\d+)?)")
_MEASURED = re.compile(r"[.e]|\d[\d,]{3}")  # decimals, an exponent, many digits; an axis, a length or a count has none
_SAME_POINTS = 0.0051  # recorded points are rounded
_AS_FAST = 2.0  # a time that differs by less than this factor stays as it was recorded: a diff then shows what matters
_NO_TIME = 0.5  # and so does one that differs by less than this, in seconds


class Standing(StrEnum):
    """What a record says about the exercise as it is now. Members stand in the order of urgency."""

    MISSING = "missing"
    DAMAGED = "damaged"
    OTHER_FILES = "of other files"
    TOO_FEW_SEEDS = "of too few seeds"
    OLD = "old"
    CURRENT = "current"

    @property
    def ok(self) -> bool:
        """Whether the record belongs to the files as they are."""
        return self in (Standing.OLD, Standing.CURRENT)


@dataclass(frozen=True)
class Found:
    """The record of one exercise, and how it stands.

    Attributes
    ----------
    why : str
        One sentence with the remedy; of an old record, what it was made with. Empty for a current one.
    """

    exercise_id: str
    standing: Standing
    why: str = ""
    record: ProofRecord | None = None


def proof_files_digest(exercise: Exercise, profile: Profile) -> str:
    """SHA-256 (hex) of what an exercise consists of: sources, checks, settings, hidden part, card, released data."""
    card = load_card(exercise, profile)
    return digest_of(
        {
            "id": exercise.id,
            "files": files_digest(exercise.source_dir),
            # with the course's defaults, which stand in no file of its own; what has no value here is none of its settings
            "settings": exercise.model_dump(mode="json", exclude_defaults=True),
            "card": card.model_dump(mode="json", exclude={"seconds"}) if card is not None else None,
            "data": files_digest(exercise.release_dir / "data") if exercise.data else None,
        }
    )


def find_record(course: Course, exercise: Exercise) -> Found:
    """How the record of an exercise stands, in the course's profile. Runs nothing."""
    profile = course.profile
    remedy = f"run: grader validate --record {exercise.id}" + ("" if profile == "small" else f" --profile {profile}")
    try:
        record = load_record(exercise, profile)
        files = proof_files_digest(exercise, profile)
    except GraderError as error:
        return Found(exercise.id, Standing.DAMAGED, str(error))
    if record is None:
        return Found(exercise.id, Standing.MISSING, f"no proof record; {remedy}")
    path = record_path(exercise)
    if record.figures != figures_of(record.attempts) or record.exercise != exercise.id:
        return Found(exercise.id, Standing.DAMAGED, f"{path}: figures and attempts do not belong together; {remedy}")
    if record.files != files:
        return Found(
            exercise.id, Standing.OTHER_FILES, f"its files, settings or card have changed since; {remedy}", record
        )
    if len(record.seeds) < course.seeds:
        why = f"proved under {len(record.seeds)} seeds where the course asks for {course.seeds}; {remedy}"
        return Found(exercise.id, Standing.TOO_FEW_SEEDS, why, record)
    if why := _made_with(record, exercise):
        return Found(exercise.id, Standing.OLD, why, record)
    return Found(exercise.id, Standing.CURRENT, record=record)


def _made_with(record: ProofRecord, exercise: Exercise) -> str:
    """What a record was made with that is not here; empty where nothing differs."""
    now = versions(exercise)
    names = sorted({*now, *record.packages})
    found = [
        f"{name} {record.packages.get(name, 'none')} -> {now.get(name, 'none')}"
        for name in names
        if record.packages.get(name) != now.get(name)
    ]
    if record.grader != own_code_digest():
        found.insert(0, "other code of the grader")
    return ", ".join(found)


def record_of(
    course: Course, exercise: Exercise, seeds: Sequence[int], rows: Iterable[Row], before: ProofRecord | None = None
) -> ProofRecord:
    """The record of a proof in which everything holds.

    Parameters
    ----------
    before : ProofRecord, optional
        The record so far: times that are about the same stay as they are there.
    """
    known = {attempt.key: attempt for attempt in before.attempts} if before is not None else {}
    attempts = tuple(_with_known_times(attempt_record(row), known) for row in rows)
    return ProofRecord(
        exercise=exercise.id,
        files=proof_files_digest(exercise, course.profile),
        grader=own_code_digest(),
        packages=versions(exercise),
        seeds=tuple(seeds),
        figures=figures_of(attempts),
        attempts=attempts,
    )


def attempt_record(row: Row) -> AttemptRecord:
    """The short form of one row."""
    return AttemptRecord(
        kind=row.attempt.kind,
        name=row.attempt.name,
        seed=row.attempt.seed,
        outcome=row.outcome,
        points=round(row.points, 2),
        fails=row.fails,
        told=tuple(dict.fromkeys(_short(sentence) for sentence in row.told)),
        seconds=round(row.seconds, 1),
        cpu_seconds=round(row.cpu_seconds, 1),
        alone=None if row.alone is None else round(row.alone, 2),
        shows=row.shows,
    )


def figures_of(attempts: Iterable[AttemptRecord]) -> ProofFigures:
    """The figures of a proof in which everything holds."""
    attempts = tuple(attempts)
    kinds = Counter(attempt.kind for attempt in attempts)
    survived = sum(attempt.kind == "mutation" and attempt.outcome is Outcome.PASSED for attempt in attempts)
    return ProofFigures(
        mutants=kinds["mutant"],
        killed=kinds["mutant"],
        right_runs=kinds["reference"] + kinds["alternate"],
        adversaries=kinds["adversary"],
        generated=kinds["mutation"],
        survived=survived,
        seconds=round(sum(attempt.seconds for attempt in attempts), 1),
        cpu_seconds=round(sum(attempt.cpu_seconds for attempt in attempts), 1),
    )


def difference(recorded: AttemptRecord, row: Row) -> str:
    """In what an attempt came out otherwise than its record says; empty where it did not.

    Times do not count, nor do numbers within sentences: what a training reaches differs from machine to machine.
    """
    now = attempt_record(row)
    found = []
    if recorded.outcome is not now.outcome:
        found.append(f"{recorded.outcome.value} -> {now.outcome.value}")
    if abs(recorded.points - now.points) > _SAME_POINTS:
        found.append(f"{recorded.points:g} -> {now.points:g} points")
    found += [f"no longer fails {name}" for name in recorded.fails if name not in now.fails]
    found += [f"now fails {name}" for name in now.fails if name not in recorded.fails]
    found += _showing_otherwise(recorded.shows, now.shows)
    return "; ".join(found or _told_otherwise(recorded.told, now.told))


def _showing_otherwise(recorded: Sequence[Showing], now: Sequence[Showing]) -> list[str]:
    """In what a known mistake shows otherwise than it is recorded to."""
    before, after = ({show.check: show for show in shows} for shows in (recorded, now))
    found = [f"no longer shows in {name}" for name in before if name not in after]
    found += [f"now shows in {name}" for name in after if name not in before]
    for name in (name for name in before if name in after):
        was, is_now = before[name], after[name]
        if abs(was.lost - is_now.lost) > _SAME_POINTS:
            found.append(f"{name} alone takes {was.lost:g} -> {is_now.lost:g} points")
        if gone := [number for number in was.questions if number not in is_now.questions]:
            found.append(f"{name} no longer differs in {_questions(gone)}")
        if new := [number for number in is_now.questions if number not in was.questions]:
            found.append(f"{name} now differs in {_questions(new)}")
        if was.otherwise != is_now.otherwise:
            found.append(f"{name} {'now' if is_now.otherwise else 'no longer'} fails beside its questions")
        if was.telling != is_now.telling:
            found.append(f"{name} {'now' if is_now.telling else 'no longer'} has an answer that tells")
        found += [f"{name} {told}" for told in _told_otherwise(was.words, is_now.words)]
    return found


def _questions(numbers: Sequence[int]) -> str:
    return ("questions " if len(numbers) > 1 else "question ") + ", ".join(str(number) for number in numbers)


def _told_otherwise(recorded: Sequence[str], now: Sequence[str]) -> list[str]:
    """In what sentences differ, if they do."""
    gone, new = _untold(recorded, now), _untold(now, recorded)
    if not gone and not new:
        return []
    return ["told " + (f"“{new[0]}”" if new else "less") + (f" for “{gone[0]}”" if gone else "")]


def _untold(sentences: Sequence[str], others: Sequence[str]) -> list[str]:
    """Those that no other is like."""
    return [each for each in sentences if not any(_alike(each, other) for other in others)]


def _alike(sentence: str, other: str) -> bool:
    """Whether two short sentences differ in nothing but measured numbers; where one was cut off, as far as both go."""
    parts, others = (_NUMBER.split(each.removesuffix(_CUT)) for each in (sentence, other))
    cut, other_cut = sentence.endswith(_CUT), other.endswith(_CUT)
    last = min(len(parts), len(others)) - 1
    if (len(parts) > last + 1 and not other_cut) or (len(others) > last + 1 and not cut):
        return False
    a, b = parts[last], others[last]
    if not (a == b or (cut and b.startswith(a)) or (other_cut and a.startswith(b))):
        return False
    whole = last - 1 if (cut and not a) or (other_cut and not b) else last  # else the last number was cut as well
    return all(
        a == b or (place % 2 == 1 and bool(_MEASURED.search(a) or _MEASURED.search(b)))
        for place, (a, b) in enumerate(zip(parts[:whole], others[:whole]))
    )


def _with_known_times(
    attempt: AttemptRecord, known: Mapping[tuple[AttemptKind, str, int], AttemptRecord]
) -> AttemptRecord:
    before = known.get(attempt.key)
    if before is None:
        return attempt
    return attempt.model_copy(
        update={
            "seconds": _settled(before.seconds, attempt.seconds),
            "cpu_seconds": _settled(before.cpu_seconds, attempt.cpu_seconds),
        }
    )


def _settled(before: float, now: float) -> float:
    slower, faster = max(before, now), min(before, now)
    return before if slower - faster < _NO_TIME or slower < _AS_FAST * faster else now


def _short(sentence: str) -> str:
    line = " ".join(sentence.split())
    return line if len(line) <= _SENTENCE else line[: _SENTENCE - len(_CUT)] + _CUT
