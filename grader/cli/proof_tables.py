"""Shows proofs in a terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader.cli.common import safe

if TYPE_CHECKING:
    from grader.proving.known_mistakes import Price
    from grader.proving.rates import Rates
    from grader.proving.records import Found
    from grader.proving.rows import Row
    from grader.proving.validate import Validation

_SHOWN = 4  # names of attempts that share a line


def show_proof(screen: Console, validation: Validation, verbose: bool = False) -> None:
    """One exercise's proof: a line of figures, and a table of what is wrong and which generated mutants survived.

    Parameters
    ----------
    verbose : bool
        Every attempt in the table, also those that went as they should; of generated mutants the survivors only.
    """
    right = (
        "proved"
        if validation.whole and not validation.unfinished
        else f"{len(validation.rows)} attempts as they should be"
    )
    wrong = "not proved" if validation.whole else "not as it should be"
    mark = f"[green]{right}[/]" if validation.ok else f"[bold red]{wrong}[/]"
    screen.print(f"{escape(validation.exercise_id)}: {mark}, {figures(validation.rates)}", soft_wrap=True)
    table = _table(validation, verbose)
    if table.row_count:
        screen.print(table)


def show_differences(screen: Console, differences: Mapping[str, str]) -> None:
    """Where attempts came out otherwise than their record says, equal ones together."""
    together: dict[str, list[str]] = defaultdict(list)
    for attempt, told in differences.items():
        together[told].append(attempt)
    for told, attempts in together.items():
        screen.print(
            f"  [yellow]differs from its record[/] {safe(_several(attempts), 400)}: {safe(told, 600)}", soft_wrap=True
        )


def show_records(screen: Console, found: Sequence[Found]) -> None:
    """How records stand: one line for each that is not current, and how many there are of each sort."""
    from grader.proving.records import Standing

    for each in found:
        if not each.standing.ok:
            screen.print(
                f"[red]{each.standing.value}[/] {escape(each.exercise_id)}: {escape(each.why)}", soft_wrap=True
            )
    for why, names in _grouped((each.why, each.exercise_id) for each in found if each.standing is Standing.OLD).items():
        screen.print(
            f"[yellow]old[/] {len(names)}, made with {escape(why)}: {escape(', '.join(names))}", soft_wrap=True
        )
    counts = Counter(each.standing for each in found)
    told = ", ".join(f"{counts[standing]} {standing.value}" for standing in Standing if counts[standing])
    well = all(each.standing.ok for each in found)
    said = "[green]they belong to the files[/]" if well else "[bold red]not all belong to the files[/]"
    screen.print(f"{len(found)} proof records: {told or 'none'}; {said}")


def show_prices(screen: Console, prices: Sequence[Price]) -> None:
    """What known mistakes leave by their checks alone, what they leave once charged once, and what they cost."""
    together: dict[str, list[Price]] = defaultdict(list)
    for price in prices:
        together[price.exercise].append(price)
    for name, some in together.items():
        table = Table(title=f"{escape(name)}, {some[0].points:g} points", title_justify="left")
        table.add_column("mutant", overflow="fold")
        for head in ("alone", "marked", "price"):
            table.add_column(head, justify="right", no_wrap=True)
        for each in some:
            amounts = (each.alone, each.marked, each.price)
            table.add_row(
                escape(each.mutant), *(f"{amount:g}" for amount in amounts), style="bold" if each.moved else None
            )
        screen.print(table)
    moved = sum(price.moved for price in prices)
    screen.print(f"{len(prices)} known mistakes; {moved} change the marks by more than a tenth of the points.")


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _several(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"


def _table(validation: Validation, verbose: bool) -> Table:
    table = Table()
    table.add_column("attempt", overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("s", justify="right", no_wrap=True)
    table.add_column("expected", overflow="fold")
    table.add_column("found", overflow="fold")
    alike: dict[str, list[Row]] = defaultdict(list)  # what is wrong in the same way is told once
    for row in validation.rows:
        if not row.ok:
            alike[row.found].append(row)
    for row in validation.rows:
        points = f"{round(row.points, 2):g}/{row.max_points:g}"
        if row.alone is not None:
            points = f"{round(row.alone, 2):g} → {points}"
        if row.attempt.kind == "mutation" and row.ok:
            if row.survived:
                changed = "\n".join(safe(line, 300) for line in row.changed.split("\n"))
                survivor = f"[yellow]survives[/]\n{changed}"
                table.add_row(f"generated {row.attempt.name}", points, f"{row.seconds:.1f}", row.expected, survivor)
            continue
        if row.ok and not verbose:
            continue
        if not row.ok and len(alike[row.found]) > 1:
            if row is alike[row.found][0]:
                names = _several([str(each.attempt) for each in alike[row.found]])
                table.add_row(escape(names), "", "", escape(row.expected), f"[red]{safe(row.found, 2000)}[/]")
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
