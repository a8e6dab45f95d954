"""``src/`` of the bundle: for each framework the program that ran, for each exported file one that opens it, their data, and how to start them."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.forms.base import Files, Material
from reportgen.forms.markdown.inline import code, escape
from reportgen.forms.programs import data
from reportgen.forms.programs.exported import reopenings
from reportgen.forms.programs.program import make_program
from reportgen.forms.programs.script import script
from reportgen.report.format import percent, significant, size

if TYPE_CHECKING:
    from reportgen.analysis.results import Results
    from reportgen.runs import Run

#: Archives that are handed in by mail or to a course's page seldom may be larger.
LARGEST_DATA_BYTES = 25 * 2**20
REQUIREMENTS = "requirements.txt"

README = """\
# The code that ran

Programs that need nothing of the tool that measured them. What each marks "as it ran" is the recorded text of the run, as far as the program calls
it; imports stand at the top, and what measured in the run only prints its progress here.

```sh
python -m venv .venv
.venv/bin/pip install -r {requirements}
{first}
```

On Windows, `.venv\\Scripts\\python` takes the place of `.venv/bin/python`. The versions are those of the run, under Python {python}.

| program | what it does | in the run |
| --- | --- | --- |
{rows}

{notes}
"""


def source(material: Material) -> Files:
    """Return the files of ``src/``; with several workloads, a folder for each."""
    files: dict[str, bytes] = {}
    rows: list[str] = []
    notes: list[str] = []
    needed: set[str] = {"numpy"}
    for position, (run, results) in enumerate(zip(material.runs, material.members, strict=True)):
        below = material.below(position)
        made = programs(run, results, below, "../" * (1 + bool(below)) + f"models/{below}".rstrip("/"))
        files |= {below + name: text.encode("utf-8") for name, text in made.texts.items()}
        rows += made.rows
        needed |= made.needed
        notes += [escape(note) for note in made.notes]
        notes += with_data(run, results, below, files)
        notes += differences(results, below)
    files[REQUIREMENTS] = requirements(material.members[0], needed).encode("utf-8")
    first = next((row.split("`")[1] for row in rows), "")
    readme = README.format(
        requirements=REQUIREMENTS,
        first=f".venv/bin/python {first}",
        python=escape(material.members[0].environment.software.python or platform.python_version()),
        rows="\n".join(rows),
        notes="\n\n".join(dict.fromkeys(notes)),
    )
    return files | {"README.md": readme.encode("utf-8")}


class Made:
    """The programs of one workload: their texts by name, their rows in README.md, notes on it, and the distributions that they need."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.texts: dict[str, str] = {}
        self.rows: list[str] = []
        self.needed: set[str] = set()


def programs(run: Run, results: Results, below: str, models: str) -> Made:
    """Return the programs of one workload; ``models`` is the way from them to its exported models."""
    made = Made()
    for framework in results.frameworks:
        program = make_program(run, results, framework)
        name = f"{program.file}.py"
        made.texts[name] = script(program, results)
        made.needed |= set(program.recipe.distributions)
        made.rows.append(
            f"| {code(below + name)} | trains and tests {escape(framework.title)} {escape(framework.version)} | {outcome(results, framework.name)} |"
        )
    for one in reopenings(results, models, made.notes):
        made.texts[one.name] = one.text
        made.needed.add(one.distribution)
        made.rows.append(f"| {code(below + one.name)} | opens and tests {code(one.model.replace('../', ''))} | {one.outcome} |")
    return made


def outcome(results: Results, name: str) -> str:
    """Return what the first trial of a framework came to, whose seed the program has."""
    framework = next(one for one in results.frameworks if one.name == name)
    first = framework.trials[0]
    if first.accuracy is not None:
        return f"block {first.block}: test accuracy {percent(first.accuracy)}"
    loss = "diverged" if first.test_loss is None else significant(first.test_loss)
    return f"block {first.block}: test mean squared error {loss}"


def with_data(run: Run, results: Results, below: str, files: dict[str, bytes]) -> list[str]:
    """Put the data beside the programs, and say what they are; where they cannot be had or are too large, say what to put there."""
    title, licence = escape(results.dataset.title), escape(results.dataset.licence)
    where = code(f"{below}{data.NAME}")
    about = f"{title} (licence: {licence})"
    try:
        content = data.data_file(run)
    except ReportgenError as error:
        return [f"{where} is not here: {escape(' '.join(str(error).split()))} {MAKE_DATA}"]
    if len(content) > LARGEST_DATA_BYTES:
        return [f"{where} is not here: {about} takes {size(len(content))}, too much for an archive to hand in. {MAKE_DATA}"]
    files[below + data.NAME] = content
    return [f"{where} holds {about}, split as in the run; SHA-256 digest of the arrays: {code(results.dataset.digest)}."]


MAKE_DATA = (
    "The programs take it from elsewhere with `--data`: an archive of numpy with `train_images`, `train_labels`, `validation_images`, "
    "`validation_labels`, `test_images`, `test_labels` and `class_names`."
)


def differences(results: Results, below: str) -> Iterable[str]:
    """Yield in what the programs differ from the run, where they do."""
    whose = f"In {code(below)}: " if below else ""
    if results.start == "shared":
        yield (
            f"{whose}In the run, the frameworks of a block began with the same weights and saw the images in the same order. A program of its own "
            "draws both for itself."
        )
    if results.device != "cpu":
        yield f"{whose}The run computed on {escape(results.device)}; the programs leave the device to the framework, and PyTorch takes the CPU."


def requirements(results: Results, needed: Iterable[str]) -> str:
    """Return the distributions that the programs import, each in the version of the run."""
    installed: Mapping[str, str] = {name.lower(): version for name, version in results.environment.software.packages.items()}
    lines = [f"{name}=={installed[name]}" if name in installed else name for name in sorted(needed)]
    return "# The versions that the run was measured with.\n" + "\n".join(lines) + "\n"
