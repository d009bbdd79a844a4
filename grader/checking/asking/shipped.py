"""Answers to the questions of visible checks as data, ``answers.json``, for students who have no reference to ask.

What it holds is what the reference and the known mistakes reply to these questions, and the sentences of those mistakes;
nothing else of the solution.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from grader.checking.asking.answers import LiveAnswers
from grader.checking.asking.question import Question
from grader.checking.asking.reply import Held, Reply
from grader.checking.failure import CheckFailed
from grader.checking.marking import Mistake
from grader.course.answers import ANSWERS_FILE
from grader.course.models import Exercise
from grader.errors import CourseError
from grader.running.faults import SubmissionRaised
from grader.running.probe.bounds import CodecError
from grader.running.probe.codec import decode, encode
from grader.vocabulary import Outcome, Text

_MOST = 1 << 20  # bytes of one reply; a longer one stays here


class RecordingAnswers:
    """Asks everybody every question, and keeps what they reply."""

    def __init__(self, live: LiveAnswers) -> None:
        self._live = live
        self.replies: dict[str, list[tuple[Reply, list[tuple[str, Reply]]]]] = {}

    def right(self, question: Question) -> Reply | None:
        """See `KnownAnswers`."""
        reply = self._live.right(question)
        if reply is not None:
            self.replies.setdefault(question.check, []).append((reply, list(self._live.ask(question))))
        return reply

    def wrong(self, question: Question) -> Iterator[tuple[str, Reply]]:
        """Nobody's: the reference is asked here, and it agrees with itself."""
        return iter(())


class ShippedAnswers:
    """The answers of an ``answers.json``; see `KnownAnswers`.

    Parameters
    ----------
    document : mapping
        As `shipped_document` makes it.

    Attributes
    ----------
    mistakes : tuple of Mistake
        Those that show in visible checks, under numbers for names.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.mistakes = tuple(
            Mistake(str(number), Text(*each["told"]), each["costs"]) for number, each in enumerate(document["mistakes"])
        )
        self._checks = document["checks"]

    def right(self, question: Question) -> Reply | None:
        """See `KnownAnswers`."""
        return self._of(question)[0]

    def wrong(self, question: Question) -> Iterator[tuple[str, Reply]]:
        """See `KnownAnswers`."""
        return iter(self._of(question)[1])

    def _of(self, question: Question) -> tuple[Reply | None, list[tuple[str, Reply]]]:
        """Both; nothing for a question that has none."""
        known = self._checks.get(question.check, [])
        entry = known[question.number] if question.number < len(known) else None
        if entry is None:
            return None, []
        return _read(entry["right"]), [(str(number), _read(wrong)) for number, wrong in entry["wrong"]]


def load_shipped(folder: Path) -> ShippedAnswers:
    """The answers beside a released exercise; none where there is no such file.

    Raises
    ------
    CourseError
        It is damaged.
    """
    path = folder / ANSWERS_FILE
    if not path.is_file():
        return ShippedAnswers({"mistakes": [], "checks": {}})
    try:
        document = json.loads(path.read_text("utf-8"))
        answers = ShippedAnswers(document)
        for check, known in document["checks"].items():
            for number in range(len(known)):
                answers._of(Question(check, number, lambda code: None))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, CodecError) as error:
        raise CourseError(path, f"is damaged ({error}); download the exercise again") from None
    return answers


def shipped_document(exercise: Exercise, recorded: RecordingAnswers) -> dict[str, Any]:
    """What ``answers.json`` holds: for each question the right reply and those of the mistakes that reply otherwise.

    A reply that is no plain data, or is longer than 1 MiB, is left out; the check then needs a worked value.
    """
    sentences: dict[str, int] = {}
    mistakes: list[dict[str, Any]] = []
    told = {mutant.name: mutant for mutant in exercise.mutant if mutant.told is not None}
    checks: dict[str, list[dict[str, Any] | None]] = {}
    for check, replies in recorded.replies.items():
        entries = checks.setdefault(check, [])
        for right, wrong in replies:
            written = _written(right)
            if written is None:
                entries.append(None)
                continue
            others = []
            for name, reply in wrong:
                other = _written(reply)
                if other is None or other == written:
                    continue
                mutant = told[name]
                assert mutant.told is not None
                if mutant.told.en + mutant.told.ko not in sentences:
                    sentences[mutant.told.en + mutant.told.ko] = len(mistakes)
                    mistakes.append({"told": [mutant.told.en, mutant.told.ko], "costs": mutant.costs})
                others.append([sentences[mutant.told.en + mutant.told.ko], other])
            entries.append({"right": written, "wrong": _without_repeats(others)})
    return {"mistakes": mistakes, "checks": checks}


def _without_repeats(entries: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for entry in entries:
        if entry not in found:
            found.append(entry)
    return found


def _written(reply: Reply) -> Any:
    """A reply as JSON; None where it cannot be shipped."""
    fault = reply.fault
    if isinstance(fault, SubmissionRaised):
        return {"raised": [fault.exception, list(fault.exceptions), fault.said]}
    if isinstance(fault, CheckFailed):
        return {"refused": [[text.en, text.ko] for text in fault.sentences]}
    if fault is not None:
        return None
    try:
        node, buffers = encode(reply.value, _held)
    except CodecError:
        return None
    parts = [base64.b64encode(bytes(part)).decode() for part in buffers]
    return {"value": node, "parts": parts} if len(json.dumps(node)) + sum(map(len, parts)) <= _MOST else None


def _held(value: Any) -> Any:
    if not isinstance(value, Held):
        raise CodecError(f"a {type(value).__name__} is no data")
    return {"$ref": [0, value.type_name, [value.type_name]]}


def _read(written: Mapping[str, Any]) -> Reply:
    if "raised" in written:
        name, names, said = written["raised"]
        return Reply(fault=SubmissionRaised(Outcome.ERROR, Text(said), "", name, tuple(names), said))
    if "refused" in written:
        return Reply(fault=CheckFailed(*(Text(*pair) for pair in written["refused"])))
    parts = [bytearray(base64.b64decode(part)) for part in written["parts"]]
    return Reply(decode(written["value"], parts, refer=lambda reference: Held(str(reference[1]))))
