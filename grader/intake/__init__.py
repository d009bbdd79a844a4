"""A file becomes a Submission, or a refusal that a student understands. Nothing is executed, followed or unpacked to disk.

Layouts of a class that ``read_class`` reads (``-`` and ``_`` are the same in names of exercises):

* ``SUBMISSIONS/<student>/<track>/<unit>/<exercise>.ipynb`` (or ``.py``), or as a release lays it out,
  ``.../<unit>/<exercise>/<exercise>.ipynb`` with extra files beside it
* ``SUBMISSIONS/<student>.zip`` with the same inside
* ``SUBMISSIONS/<student>/<exercise>.ipynb``, where only one exercise of the course has that name
* for one exercise: ``SUBMISSIONS/<student>.ipynb``, ``.py`` or ``.zip``

Hidden files, ``.ipynb_checkpoints``, ``__MACOSX`` and caches are ignored.
"""

from __future__ import annotations

from grader.intake.classes import ClassIntake, read_class
from grader.intake.reading import read_submission
from grader.intake.submission import Submission

__all__ = ["ClassIntake", "Submission", "read_class", "read_submission"]
