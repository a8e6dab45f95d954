"""What stands in the notebooks of a framework: one that trains, and one that predicts with what the first has kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.forms.markdown.inline import FOLDED, code, escape, paragraph
from reportgen.forms.notebooks import looks
from reportgen.forms.notebooks.quoted import from_report
from reportgen.forms.programs.data import NAME as DATA
from reportgen.forms.programs.program import Program, make_program
from reportgen.language import gettext
from reportgen.report.format import date
from reportgen.report.plan_words import in_language

if TYPE_CHECKING:
    from reportgen.analysis.results import FrameworkResult, Results
    from reportgen.report.chapter import Chapter
    from reportgen.runs import Run


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell: Markdown, or Python to be executed."""

    text: str
    is_code: bool


@dataclass(frozen=True, kw_only=True)
class Notebook:
    """A notebook that was not executed yet."""

    name: str
    cells: tuple[Cell, ...]


def plain(words: str) -> str:
    """Return text from elsewhere as Markdown that shows it as it stands, on one line."""
    return paragraph(escape(FOLDED.sub(" ", words).strip()))


def text(*paragraphs: str) -> Cell:
    """Return a cell of Markdown."""
    return Cell(text="\n\n".join(paragraphs), is_code=False)


def heading(title: str, level: int = 2) -> str:
    """Return a heading in Markdown."""
    return f"{'#' * level} {title}"


def python(*lines: str) -> Cell:
    """Return a cell of Python."""
    return Cell(text="\n".join(line for line in lines if line), is_code=True)


def silent(*lines: str) -> Cell:
    """Return a cell of Python that shows nothing of what its last line comes to, such as the address of a generator, which differs each time."""
    last = ast.parse(lines[-1]).body[-1]
    return python(*lines[:-1], f"{lines[-1]};" if isinstance(last, ast.Expr) else lines[-1])


def notebooks(run: Run, results: Results, framework: FrameworkResult, chapter: Chapter) -> tuple[Notebook, Notebook]:
    """Return the notebook that trains and the one that predicts; ``chapter`` is what the report says of the workload."""
    whole = make_program(run, results, framework)
    predicting = make_program(run, results, framework, prediction_only=True)
    return (
        Notebook(name=f"{framework.name}_training.ipynb", cells=tuple(training(whole, results, chapter))),
        Notebook(name=f"{framework.name}_inference.ipynb", cells=tuple(inference(predicting, results, chapter))),
    )


def training(program: Program, results: Results, chapter: Chapter) -> Iterator[Cell]:
    """Yield the cells of the notebook that trains, tests and keeps the network."""
    steps, look = program.steps, looks.look_of(results)
    title = gettext("{workload} in {framework}: training", workload=plain(results.workload_title), framework=plain(program.title))
    yield text(heading(title, 1), *introduction(program, results))
    yield text(*from_report(program.title, chapter))
    yield from set_up(program, look.imports)
    about = gettext(
        "{title}: {description} Licence: {licence}.",
        title=plain(results.dataset.title),
        description=plain(in_language(results.dataset.description)),
        licence=plain(gettext(results.dataset.licence)),
    )
    yield text(heading(gettext("Data")), about)
    yield python(steps.load)
    yield python(look.preview)
    yield text(heading(gettext("The code that ran")), gettext("Each piece is the recorded text of the run, as far as this notebook calls it."))
    yield from parts(program)
    yield text(heading(gettext("Network")))
    yield silent(steps.prepare)
    yield python(steps.data)
    yield python(steps.build)
    yield python(steps.keeping.summary)
    yield text(heading(gettext("Training")))
    yield python(steps.train)
    yield python(look.curves)
    yield text(heading(gettext("Test")))
    yield python(steps.predict, steps.score)
    yield from (python(code) for code in look.evaluation)
    yield text(heading(gettext("Save, reload, predict")), gettext("The reloaded network predicts what the trained one did."))
    yield python(steps.keeping.save)
    yield python(f"trained = {look.outputs}", steps.reopen, steps.predict, f"assert np.array_equal({look.outputs}, trained)", steps.score)
    yield python(look.prediction)


def inference(program: Program, results: Results, chapter: Chapter) -> Iterator[Cell]:
    """Yield the cells of the notebook that opens what was kept, in a process that has not trained."""
    steps, look = program.steps, looks.look_of(results)
    title = gettext("{workload} in {framework}: inference", workload=plain(results.workload_title), framework=plain(program.title))
    told = gettext(
        "This notebook opens what {notebook} has kept, in a process of its own, and predicts the test set. {provenance}",
        notebook=code(f"{program.framework}_training.ipynb"),
        provenance=plain(provenance(results)),
    )
    yield text(heading(title, 1), told)
    yield text(*from_report(program.title, chapter))
    yield from set_up(program, look.imports)
    yield text(heading(gettext("Data")), gettext("{title}, of which the test set is used here.", title=plain(results.dataset.title)))
    yield python(steps.load)
    yield text(heading(gettext("The code that ran")))
    yield from parts(program)
    yield text(heading(gettext("The kept network")))
    yield python(steps.prepare, steps.test_data)
    yield silent(steps.reopen_alone)
    yield python(steps.keeping.summary)
    yield text(heading(gettext("Predictions")))
    yield python(steps.predict, steps.score)
    yield python(look.prediction)
    yield python(look.predictions)
    yield text(heading(gettext("Evaluation")))
    yield from (python(code) for code in look.evaluation)


def introduction(program: Program, results: Results) -> Iterator[str]:
    """Yield what the notebook is, and in what it differs from the run."""
    yield plain(results.workload_description)
    yield gettext(
        "This notebook trains once in {framework}, with the seed of the run's first block. {provenance} One training says nothing about how far "
        "another would differ: that is what the run's repetitions are for.",
        framework=plain(program.title),
        provenance=plain(provenance(results)),
    )
    if results.start == "shared":
        yield gettext(
            "In the run, the frameworks of a block began with the same weights and saw the images in the same order; here both are drawn anew."
        )


def provenance(results: Results) -> str:
    """Return where the code comes from."""
    return gettext(
        "The code is that of the run {run}, measured on {day} by reportgen {version}.",
        run=results.run,
        day=date(results.created_at),
        version=results.reportgen_version,
    )


def set_up(program: Program, more: str) -> Iterator[Cell]:
    """Yield imports and settings."""
    yield text(heading(gettext("Set-up")))
    future = "from __future__ import annotations\n\n" if program.postponed else ""
    yield python(f"{future}{program.imports.strip()}\n{more}")
    kept = gettext("what the trained network is kept under")
    yield python(program.settings, "", f'DATA = "{DATA}"', f'MODEL = "{program.file}"  # {kept}')


def parts(program: Program) -> Iterator[Cell]:
    """Yield the code that ran, piece by piece, each below what it is and where it comes from."""
    for part in program.parts:
        yield text(heading(plain(gettext(part.title)), 3), f"{plain(part.origin[0].upper() + part.origin[1:])}.")
        yield python(part.code)
