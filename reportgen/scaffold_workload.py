"""What ``init --workload`` writes: a workload that runs, made from the built-in one's own source, so that the two can never differ."""

from __future__ import annotations

import json
import re
import shlex
import textwrap
from importlib.resources import files
from pathlib import Path

from reportgen import frameworks, workloads
from reportgen.errors import ReportgenError

#: The workload that every example starts from.
MODEL = "mlp"

HEADER = """\
# Written by `python -m reportgen init` to start from. The program calls build_model,
# build_optimizer and build_loss with the parameters that they have here. Change the
# network in the other framework's file alike.
"""

DESCRIPTION = '''\
"""What the report says of this workload. Import no framework here."""

from reportgen.records import Hyperparameters
from reportgen.workloads import Workload

WORKLOAD = Workload(
    name="{name}",
    title="{title}",
    # A sentence or two for the report: which network, on what, trained how.
    description=(
{description}
    ),
    task="{task}",
    # Both frameworks are given these. A flag such as --epochs, or a key of report.toml,
    # wins over them.
    hyperparameters=Hyperparameters(
{hyperparameters}
    ),
)
'''

#: A name that is safe as a folder, in a run's name, and on any command line.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


def workload_contents(name: str) -> dict[str, str]:
    """Return the text of every file of a new workload, by file name; raises :class:`ReportgenError` for a name that cannot be used."""
    if NAME.fullmatch(name) is None:
        raise ReportgenError(
            f"{name!r} cannot name a workload. Use letters, digits, - and _, a letter or digit first; the folder to put it into is given apart."
        )
    if name in workloads.names():
        raise ReportgenError(f"{name!r} is the name of a workload that is built in, and would win over the folder. Choose another name.")
    model, title = workloads.find(MODEL), title_of(name)
    described = DESCRIPTION.format(
        name=name,
        title=title,
        description=quoted(model.description),
        task=model.task,
        hyperparameters="\n".join(f"        {key}={value!r}," for key, value in model.hyperparameters),
    )
    package = files(model.package)
    found = {"__init__.py": described}
    for framework in sorted(frameworks.names(), reverse=True):
        source = package / f"{framework}.py"
        if source.is_file():
            found[f"{framework}.py"] = HEADER + source.read_text(encoding="utf-8")
    readme = (files("reportgen") / "scaffold_files" / "workload.md").read_text(encoding="utf-8")
    return found | {"README.md": readme.format(name=name, title=title)}


def title_of(name: str) -> str:
    """Return a title to start from."""
    text = re.sub(r"[-_]+", " ", name).strip()
    return text[0].upper() + text[1:]


def quoted(text: str) -> str:
    """Return Python strings, one below the other, that together are ``text``."""
    lines = textwrap.wrap(text, 70)
    return "\n".join(f"        {json.dumps(line + ' ' * (number < len(lines)))}" for number, line in enumerate(lines, start=1))


def next_commands(name: str, folder: Path | None) -> str:
    """Return what to type next; with ``folder``, its report.toml names the workload."""
    look = "--dataset digits --blocks 1 --epochs 1"
    if folder is None:
        return (
            f"A quick look:    python -m reportgen run --workload {name} {look}\nThe whole study: python -m reportgen run --workload {name}\n"
            f"Data of your own: add --dataset PATH (an .npz file, or a folder of images by class)"
        )
    place = shlex.quote(str(folder))
    return f"A quick look:    cd {place} && python -m reportgen run {look}\nThe whole study: cd {place} && python -m reportgen"
