"""Shows proofs in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader.cli.common import safe

if TYPE_CHECKING:
    from grader.references.rates import Rates
    from grader.references.validate import Validation


def show_proof(screen: Console, validation: Validation, verbose: bool = False) -> None:
    """One exercise's proof: a line of figures, and a table of what is wrong and which generated mutants survived.

    Parameters
    ----------
    verbose : bool
        Every attempt in the table, also those that went as they should; of generated mutants the survivors only.
    """
    mark = "[green]proved[/]" if validation.ok else "[bold red]not proved[/]"
    screen.print(f"{escape(validation.exercise_id)}: {mark}, {figures(validation.rates)}", soft_wrap=True)
    table = _table(validation, verbose)
    if table.row_count:
        screen.print(table)


def _table(validation: Validation, verbose: bool) -> Table:
    table = Table()
    table.add_column("attempt", overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("s", justify="right", no_wrap=True)
    table.add_column("expected", overflow="fold")
    table.add_column("found", overflow="fold")
    for row in validation.rows:
        points = f"{round(row.points, 2):g}/{row.max_points:g}"
        if row.attempt.kind == "mutation" and row.ok:
            if row.survived:
                changed = "\n".join(safe(line, 300) for line in row.changed.split("\n"))
                survivor = f"[yellow]survives[/]\n{changed}"
                table.add_row(f"generated {row.attempt.name}", points, f"{row.seconds:.1f}", row.expected, survivor)
            continue
        if row.ok and not verbose:
            continue
        found = "[green]so it is[/]" if row.ok else f"[red]{safe(row.found, 2000)}[/]"
        table.add_row(escape(str(row.attempt)), points, f"{row.seconds:.1f}", escape(row.expected), found)
    for problem in validation.problems:
        table.add_row("[red]problem[/]", "", "", "", f"[red]{escape(problem)}[/]")
    return table


def figures(rates: Rates) -> str:
    """The figures of one exercise or of a course, in one line."""
    parts = [
        f"mutants killed {rates.killed} of {rates.mutants}",
        f"right work refused {rates.refused} of {rates.right_runs}",
        f"flaky {rates.flaky} of {rates.right_runs} (at most {rates.flake_bound:.1%} with 95 % confidence)",
        f"adversaries paid {rates.paid} of {rates.adversaries}",
    ]
    if rates.generated:
        parts.append(f"generated mutants that survive {rates.survived} of {rates.generated}")
    parts.append(f"{rates.seconds:.0f} s ({rates.cpu_seconds:.0f} s CPU)")
    if rates.remembered:
        parts.append(f"{rates.remembered} of {rates.attempts} attempts from memory")
    return "; ".join(parts)
