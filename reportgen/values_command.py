"""What ``values`` prints: every name that the author's text may use for a run, with what it stands for."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.config import Config, load_config
from reportgen.jobs import current_config
from reportgen.report.citations import read_references
from reportgen.runs import Run
from reportgen.suites import Suite, find

if TYPE_CHECKING:
    from reportgen.report.prose_marks import Names


def print_values(name: str, runs: Path | None) -> None:
    """Print the names of a run or a suite, in the form in which the text has them."""
    here = load_config(None, {"output.runs": None if runs is None else str(runs)}, rooms=False)
    found = find(here.runs_folder, name)
    known = names_of(found)
    config = here if isinstance(found, Suite) else current_config(found)
    references = read_references(config.folder / config.prose.references)
    values = {f'{{{{ value("{key}") }}}}': text for key, text in known.values.items()}
    places = {f"@{key}": f"{label}, {title}" for key, label, title in titled(known)}
    for heading, items in (("Values", values), ("Figures and tables", places), ("References", {f"[@{key}]": text for key, text in references.items()})):
        print_names(heading, items)


def print_names(heading: str, items: Mapping[str, str]) -> None:
    """Print names in a column, with what they stand for beside it."""
    if not items:
        return
    width = max(len(name) for name in items)
    click.echo(f"{heading}\n" + "".join(f"  {name:{width}}  {text}\n" for name, text in items.items()))


def titled(known: Names) -> tuple[tuple[str, str, str], ...]:
    """Return figures and tables by name, with label and title."""
    return tuple((key, words.replace("\u00a0", " "), known.titles[key]) for key, (words, _) in known.labels.items())


def names_of(found: Run | Suite) -> Names:
    """Return what prose may name. The author's own files are left out: a slip in them is what brings a person here."""
    from reportgen.analysis.study import analyse
    from reportgen.evidence import gather
    from reportgen.report.suite_view import suite_view
    from reportgen.report.view import view
    from reportgen.suite_jobs import analyse_suite

    with tempfile.TemporaryDirectory(prefix="reportgen-values-") as folder:
        config = Config(folder=Path(folder))
        if isinstance(found, Suite):
            return suite_view(analyse_suite(found)[1], config).names
        return view(analyse(gather(found)), config).names
