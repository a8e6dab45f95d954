"""``schedule``: the nightly comparison by this system's scheduler."""

from __future__ import annotations

from pathlib import Path

import click

#: What ``schedule`` can write a unit for; :mod:`reportgen.schedule.kinds` has each.
SCHEDULERS = ("systemd", "cron", "launchd", "windows", "github")


@click.command()
@click.argument("config", required=False, type=click.Path(path_type=Path))
@click.option("--at", metavar="HH:MM", help="When, on this machine's clock.")
@click.option("--print", "printed", type=click.Choice(SCHEDULERS), help="Print the unit for this scheduler, and write nothing.")
@click.option(
    "--install",
    "install_kind",
    is_flag=False,
    flag_value="auto",
    type=click.Choice(["auto", "systemd", "cron"]),
    help="Put it in place for yourself: systemd where it runs, else cron, or the one that is named.",
)
@click.option("--remove", is_flag=True, help="Take away what --install put in place.")
@click.option("--notify", default="", metavar="COMMAND", help="Give this shell command a notice on its standard input when a night ends badly.")
def schedule(config: Path | None, at: str | None, printed: str | None, install_kind: str | None, remove: bool, notify: str) -> None:
    """Start the nightly comparison of CONFIG by itself: write the unit for this system's scheduler into the folder schedule/ here."""
    from reportgen.schedule_command import schedule as schedule_nights

    schedule_nights(config, at, printed, install_kind, remove, notify)


VERBS = (schedule,)
