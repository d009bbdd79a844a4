"""A long command shows how far it is in a terminal, and in a log without flooding it."""

from __future__ import annotations

import io

from rich.console import Console

from grader.cli.common import safe
from grader.cli.progress import EVERY, ProgressBar


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def lines(screen: Console) -> list[str]:
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue().splitlines()


def test_a_log_gets_a_line_now_and_then() -> None:
    screen, clock = Console(file=io.StringIO(), width=60), Clock()
    with ProgressBar("Validating", 1, screen=screen, get_time=clock) as progress:
        for done in range(1, 801):
            clock.now += 0.125
            progress.update(progress.bar, completed=done, total=800, description=safe(f"e/{done}: [as] it should"))
    assert len(lines(screen)) == 100 // EVERY
    assert lines(screen)[2] == "240 of 800, 0:00:30: e/240: [as] it should"


def test_a_log_hears_nothing_where_nothing_advances() -> None:
    screen, clock = Console(file=io.StringIO()), Clock()
    with ProgressBar("Calibrating", 3, screen=screen, get_time=clock) as progress:
        for _ in range(5):
            clock.now += 2 * EVERY
            progress.update(progress.bar, description="the same")
        progress.advance(progress.bar)
        progress.console.print("what else is said")
    assert lines(screen) == ["1 of 3, 0:01:40: the same", "what else is said"]


def test_a_terminal_gets_a_bar_and_no_lines() -> None:
    screen, clock = Console(file=io.StringIO(), force_terminal=True, width=80), Clock()
    with ProgressBar("Grading", 4, stays=True, screen=screen, get_time=clock) as progress:
        clock.now += 2 * EVERY
        progress.update(progress.bar, completed=4)
    assert isinstance(screen.file, io.StringIO)
    shown = screen.file.getvalue()
    assert "━" in shown and "4/4" in shown
    assert "4 of 4" not in shown
