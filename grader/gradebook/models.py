"""The tables of a gradebook (SQLAlchemy 2). A grade is kept whole as JSON beside the columns that are searched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, Float, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA_VERSION = 1


class Base(DeclarativeBase):
    """Root of the gradebook's tables."""


class SchemaRow(Base):
    """One row: which version of these tables the file holds."""

    __tablename__ = "schema_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class GradeRow(Base):
    """One grade of one student for one task. A later row of the same student and exercise replaces an earlier one."""

    __tablename__ = "grades"
    __table_args__ = (
        UniqueConstraint("student", "exercise_id", "task", name="one_grade_per_task"),
        Index("grades_by_task", "task"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    student: Mapped[str] = mapped_column(String(1024))
    exercise_id: Mapped[str] = mapped_column(String(512))
    task: Mapped[str] = mapped_column(String(64))
    submission_digest: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(32))
    points: Mapped[float] = mapped_column(Float)
    max_points: Mapped[float] = mapped_column(Float)
    order: Mapped[int] = mapped_column("put_order", Integer)  # grows with every put: the latest wins
    graded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    document: Mapped[str] = mapped_column(Text)  # GRADE.dumps, with the executed notebook
