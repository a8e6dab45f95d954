"""What is in the bundle, file by file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.forms.base import Files, Material
from reportgen.forms.bundle.logs import logs
from reportgen.forms.bundle.source import source
from reportgen.forms.markdown import pages
from reportgen.language import gettext

if TYPE_CHECKING:
    from reportgen.analysis.inputs import RunRecords
    from reportgen.runs import Run


def guide() -> str:
    """Return what follows the report in README.md, so that a reader of the folder knows what is where."""
    rows = (
        (gettext("path"), gettext("content")),
        ("---", "---"),
        ("`README.md`, `figures/`", gettext("this report")),
        ("`report.pdf`", gettext("the same report on paper")),
        ("`results.json`", gettext("every value of it at full precision")),
        ("`src/`", gettext("the code that ran, as programs of their own: [how to start them]({page})", page="src/README.md")),
        ("`models/`", gettext("the exported models")),
        ("`logs/`", gettext("what each training and each inference process observed, a file for each")),
    )
    table = "\n".join(f"| {path} | {content} |" for path, content in rows)
    return f"\n---\n\n**{gettext('In this folder')}**\n\n{table}\n"


def contents(material: Material) -> Files:
    """Return all files by their path in the archive."""
    report = dict(pages(material))
    files: dict[str, bytes] = {
        **report,
        "README.md": report["README.md"] + guide().encode("utf-8"),
        "report.pdf": material.pdf,
        "results.json": material.results_json,
    }
    for position, (run, records) in enumerate(zip(material.runs, material.observed, strict=True)):
        files |= {f"models/{material.below(position)}{name}": content for name, content in models(run, records).items()}
        files |= {f"logs/{material.below(position)}{name}": content for name, content in logs(records).items()}
    return files | {f"src/{name}": content for name, content in source(material).items()}


def models(run: Run, records: RunRecords) -> Files:
    """Return the exported models, a folder for each framework; a format that is a folder brings all that is in it."""
    from reportgen.jobs import exported_models

    found: dict[str, bytes] = {}
    for framework, path in exported_models(run, records):
        for file in [path] if path.is_file() else sorted(inner for inner in path.rglob("*") if inner.is_file()):
            found[f"{framework}/{Path(file).relative_to(path.parent).as_posix()}"] = file.read_bytes()
    return found
