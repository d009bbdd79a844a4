"""The proof that exercises judge rightly, and the records of it."""

from grader.proving.rows import Row
from grader.proving.validate import Validation, prove, validate

__all__ = ["Row", "Validation", "prove", "validate"]
