"""How far a long command is: a bar in a terminal, a line now and then in a log."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from grader.cli.common import console

EVERY = 10.0  # seconds between two lines of a log, at the least


class ProgressBar(Progress):
    """A bar of one task; where no terminal shows it, lines that say what it would.

    A line is written when something has advanced, and at most every ten seconds.

    Parameters
    ----------
    what : str
        What is done, until an update describes it.
    total : int
        Of how many.
    remaining : bool
        Whether the time that is left is guessed.
    stays : bool
        Whether the full bar is left in the terminal at the end.
    screen : rich.console.Console, optional
        Standard error by default.
    get_time : callable, optional
        A clock, in seconds.
    """

    def __init__(
        self,
        what: str,
        total: int,
        *,
        remaining: bool = False,
        stays: bool = False,
        screen: Console | None = None,
        get_time: Callable[[], float] | None = None,
    ) -> None:
        screen = screen or console(stderr=True)
        columns = [
            TextColumn("[progress.description]{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            *([TextColumn("left"), TimeRemainingColumn()] if remaining else []),
        ]
        super().__init__(
            *columns, console=screen, transient=not stays, disable=not screen.is_terminal, get_time=get_time
        )
        self.bar = self.add_task(what, total=total)
        self._told = self.get_time()

    def update(self, task_id: TaskID, **changes: Any) -> None:
        before = self.tasks[0].completed
        super().update(task_id, **changes)
        if self.tasks[0].completed > before:
            self._tell()

    def advance(self, task_id: TaskID, advance: float = 1) -> None:
        super().advance(task_id, advance)
        self._tell()

    def _tell(self) -> None:
        now = self.get_time()
        if not self.disable or now - self._told < EVERY:
            return
        self._told = now
        task = self.tasks[0]
        took = datetime.timedelta(seconds=int(task.elapsed or 0))
        said = Text.from_markup(task.description).plain
        self.console.print(escape(f"{task.completed:g} of {task.total:g}, {took}: {said}"), soft_wrap=True)
