"""Keeps grades in SQLite (or any database that SQLAlchemy knows), one committed transaction per grade."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError
from sqlalchemy.orm import Session

from grader.errors import FormatError, GraderError
from grader.files import unwritable
from grader.gradebook.models import SCHEMA_VERSION, Base, GradeRow, SchemaRow
from grader.grading.grade import GRADE, Grade
from grader.sanitize import storable

_PATIENCE_MS = 10_000  # how long to wait for another process that writes
_REMEDIES = {
    "is full": "free some space on that disk and run the same command again: what was graded is kept",
    "I/O error": "the disk is full, or failing: free some space on it and run the same command again: what was graded is kept",
    "locked": "another program is using it: close that, or wait until it has finished, then run the same command again",
    "readonly": "make the file and its folder writable, or give another --out",
    "unable to open": "make its folder writable, or give another --out",
    "malformed": "it is damaged: move it away and run the same command again, which grades anew, or restore a copy",
    "not a database": "it is something else, or damaged: move it away, or give another --out",
}
_REMEDY = "look at that place, move the file away, or give another --out"


class Gradebook:
    """All grades of a class.

    Parameters
    ----------
    path_or_url : Path or str
        A file (made when missing, with its folder), or a database URL such as ``postgresql+psycopg://...``.

    Raises
    ------
    GraderError
        The file is no gradebook, cannot be opened, or was written by a newer version.
    """

    def __init__(self, path_or_url: Path | str) -> None:
        self.where = str(path_or_url)
        self._engine = self._open(path_or_url)
        self._writing = self._engine.execution_options(grader_writes=True)
        try:
            with self._explained():
                self._prepare()
        except GraderError:
            self._engine.dispose()
            raise

    def put(self, grade: Grade) -> None:
        """Keep a grade; it is on disk when this returns. It replaces one of the same student, exercise and task.

        Raises
        ------
        GraderError
            It cannot be kept: the disk is full, the file is read-only, locked or damaged. What was kept before stays.
        """
        document = GRADE.dumps(grade)
        student = storable(grade.student)
        with self._explained(), Session(self._writing) as session, session.begin():
            latest = session.scalar(select(func.max(GradeRow.order))) or 0
            row = session.scalar(
                select(GradeRow).where(
                    GradeRow.student == student,
                    GradeRow.exercise_id == grade.exercise_id,
                    GradeRow.task == grade.task,
                )
            )
            if row is None:
                row = GradeRow(student=student, exercise_id=grade.exercise_id, task=grade.task)
                session.add(row)
            row.submission_digest = grade.submission_digest
            row.outcome = grade.outcome.value
            row.points = grade.points
            row.max_points = grade.max_points
            row.order = latest + 1
            row.graded_at = datetime.now(UTC)
            row.document = document

    def get(self, task: str) -> Grade | None:
        """Return the latest grade of a task, whichever student's it is; None also where it can no longer be read."""
        statement = select(GradeRow.document).where(GradeRow.task == task).order_by(GradeRow.order.desc()).limit(1)
        with self._explained(), Session(self._engine) as session:
            document = session.scalar(statement)
        try:
            return None if document is None else GRADE.loads(document)
        except FormatError:
            return None  # it is graded again, and then replaced

    def all(self) -> list[Grade]:
        """Return the latest grade of every student and exercise, by student, then exercise.

        Raises
        ------
        GraderError
            One cannot be read; the message names it.
        """
        latest = (
            select(func.max(GradeRow.order).label("newest")).group_by(GradeRow.student, GradeRow.exercise_id).subquery()
        )
        statement = (
            select(GradeRow.student, GradeRow.exercise_id, GradeRow.document)
            .join(latest, GradeRow.order == latest.c.newest)
            .order_by(GradeRow.student, GradeRow.exercise_id)
        )
        grades = []
        with self._explained(), Session(self._engine) as session:
            for student, exercise_id, document in session.execute(statement):
                try:
                    grades.append(GRADE.loads(document))
                except FormatError as error:
                    raise GraderError(
                        f"{self.where}: the grade of {student} for {exercise_id} cannot be read ({error}); "
                        "grade the class again, which replaces it"
                    ) from error
        return grades

    def whole(self, grade: Grade) -> Grade:
        """Return a grade that came without its executed notebook, such as ``grade_batch`` returns, as it was put."""
        kept = self.get(grade.task)
        return grade if kept is None else replace(kept, student=grade.student)

    def students(self) -> list[str]:
        """Return the names of all students who have a grade, sorted."""
        with self._explained(), Session(self._engine) as session:
            return sorted(session.scalars(select(GradeRow.student).distinct()))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self, path_or_url: Path | str) -> Engine:
        if isinstance(path_or_url, str) and "://" in path_or_url:
            try:
                url = make_url(path_or_url)
                engine = create_engine(url)
            except (ArgumentError, ImportError) as error:
                raise GraderError(f"gradebook address {path_or_url.split('@')[-1]!r}: {error}") from error
        else:
            path = Path(path_or_url)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise unwritable(path.parent, error) from error
            engine = create_engine(f"sqlite:///{path}")
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _configure_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return engine

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what the database says into what its user can do."""
        try:
            yield
        except SQLAlchemyError as error:
            reason = _reason(error)
            remedy = next((say for sign, say in _REMEDIES.items() if sign in reason), _REMEDY)
            raise GraderError(f"{self.where}: this gradebook cannot be used ({reason}); {remedy}") from error

    def _prepare(self) -> None:
        known = set(Base.metadata.tables)
        present = set(inspect(self._engine).get_table_names())
        if present and SchemaRow.__tablename__ not in present:
            raise GraderError(
                f"{self.where}: a database of something else ({', '.join(sorted(present)[:3])}), not a gradebook; "
                "give another --out"
            )
        if not known <= present:
            Base.metadata.create_all(self._writing)
        with Session(self._writing) as session, session.begin():
            row = session.get(SchemaRow, 1)
            if row is None:
                session.add(SchemaRow(id=1, version=SCHEMA_VERSION))
            elif row.version > SCHEMA_VERSION:
                raise GraderError(
                    f"{self.where}: written by a newer version of grader (gradebook version {row.version}, this one "
                    f"knows up to {SCHEMA_VERSION}); upgrade grader, or give another --out"
                )


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so, in the way that we say
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
    # The write-ahead log lets others read while a batch writes, and survives a kill at any moment.
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and then writes must own the file from the start: one that finds out too late that
    # another process has written meanwhile cannot wait, it fails.
    writes = connection.get_execution_options().get("grader_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reason(error: SQLAlchemyError) -> str:
    if isinstance(error, DatabaseError) and error.orig is not None:
        return str(error.orig)
    return str(error).splitlines()[0]
