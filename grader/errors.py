"""The exception tree.

GraderError (RuntimeError)             our side cannot go on; the message names what and the remedy
├── CourseError (ValueError)           a course file is wrong: names file, key and line
├── IsolationUnavailable               no sandbox can be had on this machine
├── InvalidSubmission (ValueError)     intake refuses a submission; carries a student-facing Text
├── SandboxLost                        a sandbox ended by our own fault; to be tried again
└── FormatError (ValueError)           a text that we wrote does not fit its type: names the field

SubmissionFault (Exception)            the student's side of a run did something; carries an Outcome
"""

from __future__ import annotations

from grader.vocabulary import Outcome, Text


class GraderError(RuntimeError):
    """The grader itself cannot go on. The message names the file, key or cell and the remedy."""


class CourseError(GraderError, ValueError):
    """A file of the course is wrong."""

    def __init__(self, file: object, message: str, *, key: str | None = None, line: int | None = None) -> None:
        where = str(file) + (f":{line}" if line else "")
        super().__init__(f"{where}: {key + ': ' if key else ''}{message}")
        self.file, self.key, self.line = file, key, line


class IsolationUnavailable(GraderError):
    """This machine cannot isolate other people's code; the message says why and what to do."""


class InvalidSubmission(GraderError, ValueError):
    """A submission cannot be graded. ``reason`` is written for the student."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class SandboxLost(GraderError):
    """A sandbox was taken away while it ran, by no doing of the submission's. What ran in it is to be run again."""


class FormatError(GraderError, ValueError):
    """A text of ours, a grade or a worker's answer, lacks a field or holds a value of the wrong kind."""


class SubmissionFault(Exception):
    """The submission's side of a run failed; raised by the proxies into a check.

    Parameters
    ----------
    outcome : Outcome
        The verdict that this fault leads to (``error``, ``timeout``, ``memory``, ...).
    message : Text
        One sentence for the student.
    details : str
        More for the student: their own traceback, as plain text. Never grader paths or hidden values.
    quiet : Text, optional
        What a hidden check says instead of `message`, where that holds a word that the submission chose.
    """

    def __init__(self, outcome: Outcome, message: Text, details: str = "", *, quiet: Text | None = None) -> None:
        super().__init__(message.en)
        self.outcome, self.message, self.details, self.quiet = outcome, message, details, quiet
