"""A file becomes a Submission, or a refusal that a student understands. Nothing is executed, followed or unpacked to disk.

An upload goes one way, each step a function from one frozen value to the next: ``find`` → `Upload`, ``open_upload`` →
`Contents`, ``place_one`` or ``place_all`` → `Files` or a refusal for each exercise, ``read`` → `Submission`. What is
raised on the way is ``InvalidSubmission``, with a sentence of ``messages``; a step hands it on as a value.

Layouts of a class that ``read_class`` reads (``-`` and ``_`` are the same in names of exercises):

* ``SUBMISSIONS/<student>/<track>/<unit>/<exercise>.ipynb`` (or ``.py``), or as a release lays it out,
  ``.../<unit>/<exercise>/<exercise>.ipynb`` with extra files beside it
* ``SUBMISSIONS/<student>.zip`` with the same inside
* ``SUBMISSIONS/<student>/<exercise>.ipynb``, where only one exercise of the course has that name
* for one exercise: ``SUBMISSIONS/<student>.ipynb``, ``.py`` or ``.zip``

Hidden files, ``.ipynb_checkpoints``, ``__MACOSX`` and caches are ignored.
"""

from __future__ import annotations

from grader.intake.receiving import ClassIntake, read_class, read_submission
from grader.intake.submission import Submission

__all__ = ["ClassIntake", "Submission", "read_class", "read_submission"]
