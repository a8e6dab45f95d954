"""``init``: files to start from."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.verbs.options import folder


@click.command()
@click.argument("folder", required=False, type=folder)
@click.option("--workload", metavar="NAME", help="Write a workload of your own to start from: a folder NAME, with model code that runs.")
def init(folder: Path | None, workload: str | None) -> None:
    """Write a commented report.toml and the author's prose files into FOLDER (the current one).

    With --workload, write the workload alone; with --workload and FOLDER, both, and report.toml names the workload.
    """
    from reportgen.scaffold import initialise, initialise_workload
    from reportgen.scaffold_workload import next_commands

    where = "" if folder is None or folder == Path() else f" in {folder}"
    for path in initialise(folder or Path()) if workload is None else initialise_workload(workload, folder):
        click.echo(path)
    if workload is not None:
        click.echo(f"\n{next_commands(workload, folder)}")
    else:
        click.echo(f"\nPut your name and the title into report.toml, and measure{where}: python -m reportgen")
        click.echo("Then write your text, and put it into the report without measuring again: python -m reportgen render")


VERBS = (init,)
