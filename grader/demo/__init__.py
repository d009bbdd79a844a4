"""A made-up class whose grades are known beforehand, for ``grader demo``."""

from grader.demo.classroom import Expected, build_class, compare

__all__ = ["Expected", "build_class", "compare"]
