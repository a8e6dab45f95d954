"""What ``values`` prints: every name that the author's text may use for a run, with what it stands for."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen import languages
from reportgen.config import Config, load_config
from reportgen.jobs import current_config
from reportgen.language import spoken
from reportgen.report.citations import read_references
from reportgen.runs import Run
from reportgen.suite_jobs import suite_config
from reportgen.suites import Suite, find

if TYPE_CHECKING:
    from reportgen.report.prose_marks import Names

#: The widest text that is printed whole: a finding is a sentence, and would push what follows off the screen.
WIDEST = 24


def print_values(name: str, config_path: Path | None, runs: Path | None) -> None:
    """Print the names of a run or a suite, in the form in which the text has them, with what the report prints for them in its language.

    The author's references are those of ``config_path``, if any.
    """
    here = load_config(config_path, {"output.runs": None if runs is None else str(runs)}, rooms=False)
    found = find(here.runs_folder, name)
    config = here if config_path is not None else config_of(found, here)
    with spoken(languages.find(config.report.language)):
        known = names_of(found)
    own = read_references(config.prose_file("references"))
    print_names("Values", [(f'{{{{ value("{key}") }}}}', value.text, value.meaning) for key, value in known.values.items()])
    print_names("Figures, tables and sections", [(f"@{key}", label.words.replace("\u00a0", " "), label.title) for key, label in known.labels.items()])
    automatic = {key: text for key, text in known.citations.available.items() if key not in own}
    print_names("References of the report", [(f"[@{key}]", text) for key, text in automatic.items()])
    print_names(f"Your references ({config.prose.references})", [(f"[@{key}]", text) for key, text in own.items()])


def config_of(found: Run | Suite, here: Config) -> Config:
    """Return the configuration that the run's or the suite's report is rendered with, where no other is named."""
    return suite_config(found, here=here) if isinstance(found, Suite) else current_config(found, here=here)


def print_names(heading: str, rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in columns below a heading; nothing where there are none."""
    if not rows:
        return
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths = [longest[0], *(min(WIDEST, length) for length in longest[1:])]
    click.echo(heading)
    for row in rows:
        click.echo("  " + "  ".join(f"{text:{width}}" for text, width in zip(row, widths, strict=True)).rstrip())
    click.echo()


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
