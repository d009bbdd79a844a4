"""Grades that outlive a run: SQLAlchemy models and the one class that reads and writes them."""

from grader.gradebook.gradebook import Gradebook

__all__ = ["Gradebook"]
