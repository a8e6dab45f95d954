"""Options that several verbs share, and the command as a person typed it."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from reportgen import languages

folder = click.Path(file_okay=False, path_type=Path)
runs_option = click.option("--runs", type=folder, help="Folder of the raw records. [default: runs]")
out_option = click.option("--out", type=folder, help="Folder of the finished documents. [default: out]")
templates_option = click.option("--templates", type=folder, help="Folder of templates of your own. [default: templates, beside report.toml]")
theme_option = click.option("--theme", help="Colours and faces of the report: standard, contrast, or one of your own templates.")
figures_option = click.option("--figures", is_flag=True, help="Write every figure as SVG and PNG too, with its data as CSV.")
language_option = click.option("--language", help=f"Language of the report: {', '.join(languages.names())}.")
form_option = click.option(
    "--form", "given_forms", multiple=True, help="Forms of the report, with commas between; list names them all. [default: pdf,html]"
)
quiet_option = click.option("--quiet", is_flag=True, help="Print only what matters: failures, the headline table and the paths.")


def command_line() -> str:
    """Return the command as a person would type it again."""
    return shlex.join(["python", "-m", "reportgen", *sys.argv[1:]])
