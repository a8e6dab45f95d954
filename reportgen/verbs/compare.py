"""``compare``: saved runs beside each other."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.verbs.options import command_line, language_option, out_option, runs_option


@click.command()
@click.argument("names", nargs=-1, metavar="RUN RUN...")
@click.option("--form", "given_forms", multiple=True, help="Forms of the document, with commas between: pdf, html. [default: pdf,html]")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, and write nothing.")
@language_option
@runs_option
@out_option
def compare(names: tuple[str, ...], given_forms: tuple[str, ...], as_json: bool, language: str | None, runs: Path | None, out: Path | None) -> None:
    """Compare runs (names, paths, or latest) with the first of them: configuration, software, every metric; nothing is trained."""
    from reportgen.compare_command import compare as compare_runs

    compare_runs(names, given_forms, runs, out, as_json, command_line(), language)


VERBS = (compare,)
