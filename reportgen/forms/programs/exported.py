"""Programs that open an exported model in the runtime that it was reopened with, and test it: a file for each format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import frameworks, runtimes
from reportgen.errors import ReportgenError
from reportgen.forms.programs.program import HELPERS, PACKAGE
from reportgen.forms.programs.reach import Library, import_lines
from reportgen.forms.programs.script import one_line, rule
from reportgen.language import gettext
from reportgen.report.format import percent

if TYPE_CHECKING:
    from reportgen.analysis.results import ExportResult, Results

SCALED = "reportgen.runner.images"
TEXT = '''\
"""{about}"""

from __future__ import annotations

{imports}

LAYOUT = {layout!r}  # {of_images}
THREADS = {threads}
BATCH_SIZE = {batch_size}


{parts}{rule}


def main() -> None:
    """{main}"""
    folder = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description={description!r}, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--data", type=Path, default=folder / "data.npz", help="the arrays of the data set")
    parser.add_argument("--model", type=Path, default=folder / {model!r}, help="the exported file")
    arguments = parser.parse_args()
    for path in (arguments.data, arguments.model):
        if not path.exists():
            parser.error(f"there is no {{path}}. Say with --data and --model where they are.")
    with np.load(arguments.data) as data:
        test_images, test_labels = data["test_images"], data["test_labels"]
    images = scaled(test_images, LAYOUT)
    model = open_model(arguments.model, THREADS, None)
    model.predict(images[:BATCH_SIZE], BATCH_SIZE)  # {not_timed}
    begin = time.perf_counter()
    logits = model.predict(images, BATCH_SIZE)
    seconds = time.perf_counter() - begin
    right = int((logits.argmax(axis=1) == test_labels).sum())
    print(f"Test accuracy: {{right / len(test_labels):.4f}} ({{right}} of {{len(test_labels)}} images)")
    print(f"All test images in batches of {{BATCH_SIZE}}: {{seconds:.4f}} s")


if __name__ == "__main__":
    main()
'''


@dataclass(frozen=True, kw_only=True)
class Reopening:
    """A program for one exported file: its name and text, the file that it opens, the distribution that it needs, and what the run found."""

    name: str
    text: str
    model: str
    distribution: str
    outcome: str


def reopenings(results: Results, models: str, notes: list[str]) -> Iterator[Reopening]:
    """Yield a program for each exported file that a runtime opens without the code of the workload; the others load their weights themselves.

    ``models`` is the way from the programs to the folder of the models; ``notes`` takes a sentence for each that cannot stand alone.
    """
    names = [export.format for export in results.exports]
    for export in results.exports:
        runtime = runtime_of(export)
        if runtime is None or export.n == 0:
            continue
        stem = export.format if names.count(export.format) == 1 else f"{export.framework}_{export.format}"
        try:
            yield reopening(results, export, runtime, f"{stem}_inference.py", models)
        except ReportgenError as error:
            notes.append(gettext("No program opens {title}: {error}", title=export.title, error=error))


def runtime_of(export: ExportResult) -> runtimes.Runtime | None:
    """Return the runtime of a format where it is known, and takes nothing from the workload."""
    try:
        runtime = runtimes.find(frameworks.find_format(export.framework, export.format).runtime)
        module = library().module(runtime.open.__module__)
    except ReportgenError:
        return None
    statement = module.defining(runtime.open.__name__)
    if statement is None or "context" in statement.uses:
        return None
    return runtime


def reopening(results: Results, export: ExportResult, runtime: runtimes.Runtime, name: str, models: str) -> Reopening:
    """Return the program for one exported file."""
    reached = library().reach([(runtime.open.__module__, runtime.open.__name__), (SCALED, "scaled")])
    found = frameworks.find_format(export.framework, export.format)
    imports = ["import argparse", "import time", "from pathlib import Path", "", "import numpy as np"]
    imports += [line for line in import_lines(reached.imports).split("\n") if line and line not in imports]
    origins = (gettext("from reportgen ({module})", module=piece.module) for piece in reached.pieces)
    parts = "".join(f"{rule(gettext(HELPERS), origin)}\n\n\n{piece.text}\n\n\n" for piece, origin in zip(reached.pieces, origins, strict=True))
    model = f"{models}/{export.framework}/{export.file_name}"
    text = TEXT.format(
        about=gettext(
            "Opens the exported {title} file and tests it. Start it with --help for its options.",
            title=one_line(export.title).replace('"', "'").replace("\\", "/"),
        ),
        main=gettext("Open the file, predict all test images, and say how many are right and how long it took."),
        of_images=gettext("of the images in the file"),
        not_timed=gettext("what the first call prepares is not timed"),
        imports="\n".join(imports),
        layout=found.layout,
        threads=results.threads,
        batch_size=results.hyperparameters.batch_size,
        parts=parts,
        rule=rule(gettext("The program"), gettext("opens the file as the run did")),
        description=gettext(
            "{title} from {framework}, in {runtime}.",
            title=export.title,
            framework=frameworks.find(export.framework).title,
            runtime=runtime.title,
        ),
        model=model,
    )
    found_in_run = "" if export.accuracy is None else gettext("test accuracy {percent}", percent=percent(export.accuracy.mean))
    return Reopening(name=name, text=text, model=model, distribution=runtime.distribution, outcome=found_in_run)


def library() -> Library:
    """Return the modules of this package."""

    def find(name: str) -> str | None:
        found = find_spec(name)
        return Path(found.origin).read_text(encoding="utf-8") if found and found.origin else None

    return Library(find=find, own=(PACKAGE,))
