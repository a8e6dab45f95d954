"""``templates``: the report's templates, and copies of them."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.verbs.options import templates_option


@click.group()
def templates() -> None:
    """Change the look of the report: list its templates, or copy one to start from."""


@templates.command(name="list")
@templates_option
def list_templates(templates: Path | None) -> None:
    """List templates, style sheets and themes, the blocks that can be replaced one by one, and which of them you have of your own."""
    from reportgen.listing import print_templates
    from reportgen.template_files import own_folder

    print_templates(own_folder(templates))


@templates.command()
@click.argument("name")
@click.option("--block", help="Replace this block alone, and keep the rest as it is built in.")
@templates_option
def eject(name: str, block: str | None, templates: Path | None) -> None:
    """Copy the template NAME into your folder of templates, where it takes the place of the built-in one."""
    from reportgen.template_files import eject as eject_template
    from reportgen.template_files import own_folder

    click.echo(eject_template(name, block, own_folder(templates)))


VERBS = (templates,)
