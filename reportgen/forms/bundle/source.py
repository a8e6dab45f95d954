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
from reportgen.language import gettext, marked
from reportgen.report.format import percent, significant, size

if TYPE_CHECKING:
    from reportgen.analysis.results import Results
    from reportgen.runs import Run

#: Archives that are handed in by mail or to a course's page seldom may be larger.
LARGEST_DATA_BYTES = 25 * 2**20
REQUIREMENTS = "requirements.txt"

README = """\
# {title}

{about}

```sh
python -m venv .venv
.venv/bin/pip install -r {requirements}
{first}
```

{versions}

| {program} | {does} | {found} |
| --- | --- | --- |
{rows}

{notes}
"""
ABOUT = marked(
    'Programs that need nothing of the tool that measured them. What each marks "as it ran" is the recorded text of the run, as far as the program '
    "calls it; imports stand at the top, and what measured in the run only prints its progress here."
)


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
        title=gettext("The code that ran"),
        about=gettext(ABOUT),
        versions=gettext(
            "On Windows, {windows} takes the place of {posix}. The versions are those of the run, under Python {python}.",
            windows=code(r".venv\Scripts\python"),
            posix=code(".venv/bin/python"),
            python=escape(material.members[0].environment.software.python or platform.python_version()),
        ),
        program=gettext("program"),
        does=gettext("what it does"),
        found=gettext("in the run"),
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
        does = gettext("trains and tests {framework} {version}", framework=escape(framework.title), version=escape(framework.version))
        made.rows.append(f"| {code(below + name)} | {does} | {outcome(results, framework.name)} |")
    for one in reopenings(results, models, made.notes):
        made.texts[one.name] = one.text
        made.needed.add(one.distribution)
        does = gettext("opens and tests {model}", model=code(one.model.replace("../", "")))
        made.rows.append(f"| {code(below + one.name)} | {does} | {one.outcome} |")
    return made


def outcome(results: Results, name: str) -> str:
    """Return what the first trial of a framework came to, whose seed the program has."""
    framework = next(one for one in results.frameworks if one.name == name)
    first = framework.trials[0]
    if first.accuracy is not None:
        return gettext("block {block}: test accuracy {percent}", block=first.block, percent=percent(first.accuracy))
    if first.test_loss is None:
        return gettext("block {block}: diverged", block=first.block)
    return gettext("block {block}: test mean squared error {loss}", block=first.block, loss=significant(first.test_loss))


def with_data(run: Run, results: Results, below: str, files: dict[str, bytes]) -> list[str]:
    """Put the data beside the programs, and say what they are; where they cannot be had or are too large, say what to put there."""
    title, licence = escape(results.dataset.title), escape(gettext(results.dataset.licence))
    where = code(f"{below}{data.NAME}")
    try:
        content = data.data_file(run)
    except ReportgenError as error:
        absent = gettext("{file} is not here: {error}", file=where, error=escape(" ".join(str(error).split())))
        return [f"{absent} {gettext(MAKE_DATA)}"]
    if len(content) > LARGEST_DATA_BYTES:
        absent = gettext(
            "{file} is not here: {title} (licence: {licence}) takes {size}, too much for an archive to hand in.",
            file=where,
            title=title,
            licence=licence,
            size=size(len(content)),
        )
        return [f"{absent} {gettext(MAKE_DATA)}"]
    files[below + data.NAME] = content
    return [
        gettext(
            "{file} holds {title} (licence: {licence}), split as in the run; SHA-256 digest of the arrays: {digest}.",
            file=where,
            title=title,
            licence=licence,
            digest=code(results.dataset.digest),
        )
    ]


MAKE_DATA = marked(
    "The programs take it from elsewhere with `--data`: an archive of numpy with `train_images`, `train_labels`, `validation_images`, "
    "`validation_labels`, `test_images`, `test_labels` and `class_names`."
)


def differences(results: Results, below: str) -> Iterable[str]:
    """Yield in what the programs differ from the run, where they do."""

    def located(sentence: str) -> str:
        return gettext("In {folder}: {sentence}", folder=code(below), sentence=sentence) if below else sentence

    if results.start == "shared":
        yield located(
            gettext(
                "In the run, the frameworks of a block began with the same weights and saw the images in the same order. A program of its own "
                "draws both for itself."
            )
        )
    if results.device != "cpu":
        yield located(
            gettext(
                "The run computed on {device}; the programs leave the device to the framework, and PyTorch takes the CPU.",
                device=escape(results.device),
            )
        )


def requirements(results: Results, needed: Iterable[str]) -> str:
    """Return the distributions that the programs import, each in the version of the run."""
    installed: Mapping[str, str] = {name.lower(): version for name, version in results.environment.software.packages.items()}
    lines = [f"{name}=={installed[name]}" if name in installed else name for name in sorted(needed)]
    return f"# {gettext('The versions that the run was measured with.')}\n" + "\n".join(lines) + "\n"
