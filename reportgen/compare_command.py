"""What ``compare`` does: find the runs, compare them from their records, print what differs, and write it down."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from reportgen import forms, languages
from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.language import spoken
from reportgen.records import json_in_words
from reportgen.runs import Run
from reportgen.suites import Suite, find

#: The forms that a comparison has.
FORMS = ("pdf", "html")
# A table with a column for each of more runs is wider than a page.
MOST_RUNS = 8


def compare(
    names: Sequence[str],
    given_forms: Sequence[str],
    runs: Path | None,
    out: Path | None,
    as_json: bool,
    command: str,
    language: str | None = None,
) -> None:
    """Compare the runs called ``names``, in ``language`` or that of report.toml; raises :class:`ReportgenError` where they are not comparable."""
    from reportgen.analysis.across.compare import compare_runs
    from reportgen.analysis.across.side import sides
    from reportgen.analysis.study import analyse
    from reportgen.evidence import gather

    wanted = chosen_forms(given_forms)
    folders = {"output.runs": None if runs is None else str(runs), "output.out": None if out is None else str(out)}
    config = load_config(None, folders | {"report.language": language}, rooms=False)
    found = find_runs(config.runs_folder, names)
    with spoken(languages.find(config.report.language)):
        gathered = [(run.name, gather(run)) for run in found]
        comparison = compare_runs(sides([(name, records, analyse(records)) for name, records in gathered]))
    if as_json:
        click.echo(json_in_words(comparison))
        return
    from reportgen.comparison_tables import print_comparison
    from reportgen.report.across.documents import write_comparison
    from reportgen.study_command import shortest

    console = Console()
    print_comparison(console, comparison)
    for label, path in write_comparison(comparison, command, config, config.out_folder / folder_name([run.name for run in found]), wanted).items():
        console.print(f"{label + ':':9}{shortest(path)}", markup=False, highlight=False, soft_wrap=True)


def chosen_forms(given: Sequence[str]) -> tuple[str, ...]:
    """Return the forms that were asked for, all of them where none was; raises :class:`ReportgenError` for one that a comparison does not have."""
    wanted = forms.split(given) if given else FORMS
    unknown = [name for name in wanted if name not in FORMS]
    if unknown:
        raise ReportgenError(f"--form {unknown[0]}: a comparison has the forms {' and '.join(FORMS)}. Give one of them, or both: --form html,pdf")
    return tuple(wanted)


def find_runs(folder: Path, names: Sequence[str]) -> list[Run]:
    """Return the runs, in the order given; raises :class:`ReportgenError` unless there are two or more different ones, none of them a suite."""
    if not 2 <= len(names) <= MOST_RUNS:
        raise ReportgenError(f"compare takes 2 to {MOST_RUNS} runs, and {len(names)} were given. Those that there are: python -m reportgen list")
    found: list[Run] = []
    for name in names:
        one = find(folder, name)
        if isinstance(one, Suite):
            members = ", ".join(f"{one.name}/{workload}" for workload in one.record.workloads)
            raise ReportgenError(f"{name!r} is a suite of several workloads. Compare one workload of it: {members}")
        same = next((other for other in found if other.folder.resolve() == one.folder.resolve()), None)
        if same is not None:
            raise ReportgenError(f"{name!r} is the run {same.name!r}, which was given already. Compare different runs.")
        found.append(one)
    return found


def folder_name(names: Sequence[str]) -> str:
    """Return the name of the folder of the documents: that of both runs, or of the first with a digest of all where they are more."""
    plain = [name.replace("/", "-") for name in names]
    if len(plain) == 2:
        return f"{plain[0]}-and-{plain[1]}"
    return f"{plain[0]}-and-{len(plain) - 1}-more-{hashlib.sha256(' '.join(plain).encode()).hexdigest()[:8]}"
