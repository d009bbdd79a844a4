"""``grader data``: the real data sets of the profile ``full``. The profile ``small`` needs none of this."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from grader.cli.common import console
from grader.errors import GraderError

app = typer.Typer(help="Fetch or list the real data sets (profile full).", no_args_is_help=True)


@app.command("list")
def list_data() -> None:
    """List the data sets, their licence and whether they are here."""
    from grader.datasets import DATASETS

    table = Table(title="Data sets", title_justify="left")
    for column in ("name", "full profile", "licence", "files"):
        table.add_column(column, overflow="fold")
    for name, dataset in DATASETS.items():
        state = "[green]here[/]" if fetched(name) else "not fetched"
        table.add_row(name, state, escape(dataset.licence), escape(", ".join(file.name for file in dataset.files)))
    console().print(table)
    console().print("The profile small needs none of them: its data is bundled or generated.")


def fetched(name: str) -> bool:
    """Whether all files of a data set have been fetched."""
    from grader.datasets import DATASETS, data_folder

    return all((data_folder() / name / file.name).is_file() for file in DATASETS[name].files if file.address)


@app.command("fetch")
def fetch_data(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Data sets; all by default.", show_default=False)
    ] = None,
    mirror: Annotated[
        Path | None,
        typer.Option("--mirror", help="Take the files from this folder instead of the network.", show_default=False),
    ] = None,
) -> None:
    """Fetch data sets once; every file is checked against its SHA-256."""
    from grader.datasets import DATASETS, fetch

    chosen = names or list(DATASETS)
    if unknown := [name for name in chosen if name not in DATASETS]:
        raise GraderError(f"no data set {unknown[0]!r}; the course knows: {', '.join(DATASETS)}")
    screen = console()
    with console(stderr=True).status("Fetching") as status:
        for name in chosen:
            status.update(f"Fetching {name}")
            fetch([name], mirror=mirror)
            screen.print(f"[green]fetched[/] {name}")
