"""Answers by the digest of their question, on disk so that a class asks once; a fault may be an answer as well."""

from __future__ import annotations

import contextlib
import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.errors import GraderError, SubmissionFault
from grader.files import write_whole
from grader.running.faults import NameUndefined, SubmissionRaised
from grader.vocabulary import Outcome, Text

_LENGTH = struct.Struct(">I")

FaultRecord = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What came of a question.

    Attributes
    ----------
    body, parts : object, list of bytearray
        A value as `grader.running.probe.codec.encode` writes it.
    fault : dict or None
        What was raised instead, as `fault_record` writes it.
    lasting : bool
        Whether the same question always has this answer; what a limit decided may come out otherwise on an idle machine.
    """

    body: Any = None
    parts: list[bytearray] = field(default_factory=list)
    fault: FaultRecord | None = None
    lasting: bool = True


class AnswerStore:
    """Answers by key.

    Parameters
    ----------
    folder : Path or None
        Where they are kept between processes, several of which may write there at once; None keeps them here only.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._here: dict[str, Answer] = {}

    def recall(self, key: str) -> Answer | None:
        """The answer, its parts the caller's own; None where it is unknown or its file is damaged."""
        here = self._here.get(key)
        if here is not None:
            return Answer(here.body, [bytearray(part) for part in here.parts], here.fault, here.lasting)
        if self._folder is None:
            return None
        try:
            content = (self._folder / key[:2] / key).read_bytes()
            (size,) = _LENGTH.unpack_from(content)
            header = json.loads(content[_LENGTH.size : _LENGTH.size + size])
            start, parts = _LENGTH.size + size, []
            for length in header["buffers"]:
                parts.append(bytearray(content[start : start + length]))
                start += length
            if "fault" in header:
                fault_of(header["fault"])
                return Answer(fault=header["fault"])
            return Answer(header["ok"], parts)
        except (OSError, ValueError, KeyError, TypeError, struct.error):
            return None

    def keep(self, key: str, answer: Answer) -> None:
        """Remember an answer; on disk only what is lasting."""
        if self._folder is None or not answer.lasting:
            parts = [bytearray(part) for part in answer.parts]
            self._here[key] = Answer(answer.body, parts, answer.fault, answer.lasting)
            return
        said = {"ok": answer.body} if answer.fault is None else {"fault": answer.fault}
        header = json.dumps({**said, "buffers": [len(part) for part in answer.parts]}).encode()
        with contextlib.suppress(GraderError):  # a full or read-only disk costs speed, not the grade
            write_whole(
                self._folder / key[:2] / key, b"".join([_LENGTH.pack(len(header)), header, *answer.parts]), 0o600
            )


def fault_record(fault: SubmissionFault) -> FaultRecord:
    """A fault as what JSON holds."""
    if isinstance(fault, NameUndefined):
        return {"undefined": fault.name}
    record: FaultRecord = {
        "outcome": fault.outcome.value,
        "message": [fault.message.en, fault.message.ko],
        "details": fault.details,
        "quiet": [fault.quiet.en, fault.quiet.ko] if fault.quiet is not None else None,
    }
    if isinstance(fault, SubmissionRaised):
        record |= {"exception": fault.exception, "exceptions": list(fault.exceptions), "said": fault.said}
    return record


def fault_of(record: FaultRecord) -> SubmissionFault:
    """A new fault out of its record.

    Raises
    ------
    ValueError, KeyError, TypeError
        It is no such record.
    """
    if "undefined" in record:
        return NameUndefined(record["undefined"])
    outcome, message, details = Outcome(record["outcome"]), Text(*record["message"]), record["details"]
    if "exception" in record:
        names = tuple(record["exceptions"])
        return SubmissionRaised(outcome, message, details, record["exception"], names, record["said"])
    return SubmissionFault(outcome, message, details, quiet=Text(*record["quiet"]) if record["quiet"] else None)
