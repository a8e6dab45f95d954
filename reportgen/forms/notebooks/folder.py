"""The folder of the notebooks: written, executed in order, and read back with everything that they left."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import frameworks
from reportgen.forms.base import Files, Material
from reportgen.forms.bundle.source import requirements
from reportgen.forms.notebooks.execute import execute
from reportgen.forms.notebooks.write import Notebook, notebooks
from reportgen.forms.programs.data import NAME as DATA
from reportgen.forms.programs.data import data_file

if TYPE_CHECKING:
    from reportgen.analysis.results import Results
    from reportgen.report.chapter import Chapter
    from reportgen.runs import Run

#: What the notebooks import beside a framework.
SHOWING = ("ipykernel", "matplotlib", "numpy", "scikit-learn")


def folder(material: Material) -> Files:
    """Return all files; with several workloads, a folder for each. The first is a notebook."""
    files: dict[str, bytes] = {}
    needed = set(SHOWING)
    for position, (run, results, chapter) in enumerate(zip(material.runs, material.members, material.content.chapters, strict=True)):
        files |= {material.below(position) + name: content for name, content in of_workload(run, results, chapter, needed)}
    return files | {"requirements.txt": requirements(material.members[0], needed).encode("utf-8")}


def of_workload(run: Run, results: Results, chapter: Chapter, needed: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one workload: its notebooks, then data and kept models. ``needed`` takes in the distributions.

    Raises :class:`~reportgen.errors.ReportgenError` where the data are not to be had, or a notebook does not come to its end.
    """
    made: list[Notebook] = []
    for framework in results.frameworks:
        recipe = frameworks.find(framework.name).load_recipe()
        needed |= set(recipe.distributions if recipe else ())
        made += notebooks(run, results, framework, chapter)
    with tempfile.TemporaryDirectory(prefix="reportgen-notebooks-") as name:
        place = Path(name)
        (place / DATA).write_bytes(data_file(run))
        for notebook in made:
            yield notebook.name, execute(notebook, place, run.plan.timeout_s)
        for path in sorted(path for path in place.rglob("*") if path.is_file() and not path.name.startswith(".")):
            if path.name != "checkpoint":
                yield path.relative_to(place).as_posix(), path.read_bytes()
