"""The value that intake hands on: one student's work for one exercise, as received. Pure data."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.vocabulary import Text


@dataclass(frozen=True)
class Submission:
    """One student's file(s) for one exercise.

    Attributes
    ----------
    student : str
        Folder or file stem that the instructor gave; hostile text.
    exercise_id : str
        Curriculum id, ``homl/ch04/softmax-regression``.
    main : bytes
        The notebook (JSON, nbformat 4) or module (UTF-8 source).
    extra : dict[str, bytes]
        Other files that came along, by relative POSIX path.
    digest : str
        SHA-256 (hex) over names and contents.
    invalid : Text or None
        Why it cannot be graded, written for the student; ``main`` is then empty.
    """

    student: str
    exercise_id: str
    main: bytes
    digest: str
    extra: dict[str, bytes] = field(default_factory=dict)
    invalid: Text | None = None
