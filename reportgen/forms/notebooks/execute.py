"""Executing a notebook in a kernel of its own, and keeping what it printed and drew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.errors import ReportgenError
from reportgen.language import marked

if TYPE_CHECKING:
    from reportgen.forms.notebooks.write import Notebook

#: Native to the environment that this program runs in: the notebooks meet the versions that were measured.
KERNEL = "python3"
#: A notebook shows what its code prints, not what a library's C++ says of drivers ...
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3"}
#: ... of which TensorFlow says some before it knows that it is to be quiet, in the form that its log has: a letter and the day.
LIBRARY_LOG = re.compile(r"[IWE]\d{4} \d\d:\d\d:\d|WARNING: All log messages before absl::InitializeLog")


def execute(notebook: Notebook, folder: Path, timeout_s: float) -> bytes:
    """Execute ``notebook`` in ``folder``, a process of its own, and return the file with the outputs; no cell may take longer than ``timeout_s``.

    Raises :class:`ReportgenError` that names the notebook and what went wrong in it.
    """
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    content = to_nbformat(notebook)
    client = NotebookClient(
        content,
        timeout=int(timeout_s),
        kernel_name=KERNEL,
        # What a notebook holds shall change with what it computes alone: no times of execution.
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        with environment(QUIET), private_channel(client.create_kernel_manager()):
            # What the code prints comes as output; what the kernel's process says beside that is for nobody.
            client.execute(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        raise ReportgenError(
            marked("The notebook {name} does not come to its end: {kind}: {error}"), name=notebook.name, kind=error.ename, error=error.evalue
        ) from error
    except CellTimeoutError as error:
        raise ReportgenError(
            marked("A cell of the notebook {name} takes longer than {timeout_s:g} s. Allow more: timeout_s in report.toml, then a new run."),
            name=notebook.name,
            timeout_s=timeout_s,
        ) from error
    # A kernel that dies or does not answer is told of by errors that are both of this kind.
    except (RuntimeError, NoSuchKernel) as error:
        raise ReportgenError(
            marked("The notebook {name} lost its kernel: {error}. Try again; python -m reportgen doctor may help."), name=notebook.name, error=error
        ) from error
    return text_of(content).encode("utf-8")


@contextmanager
def private_channel(manager: Any) -> Iterator[None]:
    """Let a kernel be spoken to through files of this user, where the system has such sockets: on a port of the machine, others could listen."""
    if sys.platform == "win32":
        yield
        return
    # A folder of a short name: sockets take no long ones.
    with tempfile.TemporaryDirectory(prefix="rg-") as folder:
        manager.transport, manager.ip = "ipc", str(Path(folder) / "k")
        yield


@contextmanager
def environment(values: dict[str, str]) -> Iterator[None]:
    """Let the processes that the body starts have these variables, where they are not set to something else."""
    added = {name: value for name, value in values.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


def to_nbformat(notebook: Notebook) -> Any:
    """Return the notebook as the library knows it, with identifiers of cells that are always the same."""
    import nbformat.v4

    made: Any = nbformat.v4
    cells = []
    for number, cell in enumerate(notebook.cells, start=1):
        cells.append(made.new_code_cell(cell.text) if cell.is_code else made.new_markdown_cell(cell.text))
        cells[-1]["id"] = f"cell-{number:02d}"
    metadata = {"kernelspec": {"name": KERNEL, "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"}}
    return made.new_notebook(cells=cells, metadata=metadata)


def text_of(content: Any) -> str:
    """Return the file's text, checked against its schema; what a kernel said of itself beyond the language is left out."""
    import nbformat

    content["metadata"]["language_info"] = {"name": "python"}
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = list(said(cell["outputs"]))
    library: Any = nbformat
    library.validate(content)
    return str(library.writes(content)) + "\n"


def said(outputs: Iterable[Any]) -> Iterator[Any]:
    """Yield the outputs of a cell: streams in one piece, however they arrived, and without the lines of a library's own log."""
    together: dict[str, Any] = {}
    others: list[Any] = []
    for output in outputs:
        if output["output_type"] != "stream":
            others.append(output)
        elif output["name"] in together:
            together[output["name"]]["text"] += output["text"]
        else:
            together[output["name"]] = output
            others.append(output)
    for output in others:
        if output["output_type"] == "stream":
            output["text"] = "".join(line for line in output["text"].splitlines(keepends=True) if not LIBRARY_LOG.match(line))
        if output["output_type"] != "stream" or output["text"].strip():
            yield output
