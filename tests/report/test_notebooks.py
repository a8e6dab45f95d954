"""The notebooks of the example run, executed: what they hold, that they stand alone, and what is said when one fails."""

import ast
import json
import re

import nbformat
import numpy as np
import pytest
from recorded import recorded

from reportgen import datasets, forms
from reportgen.datasets.base import ARRAY_NAMES
from reportgen.errors import ReportgenError
from reportgen.forms.markdown.inline import escape
from reportgen.forms.notebooks import execute, make, missing
from reportgen.forms.notebooks.write import Cell, Notebook, notebooks

FRAMEWORKS = ("tensorflow", "pytorch")
NAMES = [f"{framework}_{kind}.ipynb" for framework in FRAMEWORKS for kind in ("training", "inference")]


@pytest.fixture(scope="module")
def made(material) -> dict[str, bytes]:
    return {name.removeprefix("notebooks/"): content for name, content in make(material).items()}


@pytest.fixture(scope="module")
def opened(made) -> dict[str, nbformat.NotebookNode]:
    return {name: nbformat.reads(made[name].decode("utf-8"), as_version=4) for name in NAMES}


def printed(notebook) -> str:
    return "".join(output.text for cell in notebook.cells for output in cell.get("outputs", ()) if output.output_type == "stream")


def pictures(notebook) -> int:
    return sum("image/png" in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", ()))


def source(notebook, kind: str) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == kind)


def test_the_four_of_them_lie_with_their_data_and_what_they_kept(made):
    assert set(made) == {*NAMES, "data.npz", "requirements.txt", "tensorflow_model.weights.h5", "pytorch_model.pth"}


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_was_executed_in_order_and_none_complains(opened, name):
    cells = [cell for cell in opened[name].cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    assert not [output for output in outputs if " at 0x" in str(output.get("data", {}).get("text/plain", ""))], "differs each time"


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_first_trains_as_the_run_did(opened, example, framework):
    notebook = opened[f"{framework}_training.ipynb"]
    first = next(one for one in example.results.frameworks if one.name == framework)
    said = printed(notebook)
    losses = [float(found) for found in re.findall(r"Epoch \d+: loss ([0-9.]+)", said)]
    assert losses == pytest.approx(first.curves.train_loss[0], rel=0.02)
    before, after = (float(found) for found in re.findall(r"Test accuracy: ([0-9.]+)", said))
    assert before == after == pytest.approx(first.trials[0].accuracy, abs=0.02)
    assert f"{first.parameter_count:,}" in said + json.dumps(notebook)
    assert "weighted avg" in said
    # Samples, learning curves, confusion matrix, a prediction.
    assert pictures(notebook) == 4


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_second_finds_what_the_first_has_kept(opened, framework):
    training, inference = (printed(opened[f"{framework}_{kind}.ipynb"]) for kind in ("training", "inference"))
    assert re.findall(r"Test accuracy: .*", training)[0] == re.findall(r"Test accuracy: .*", inference)[0]
    assert "weighted avg" in inference
    assert pictures(opened[f"{framework}_inference.ipynb"]) == 3
    code = source(opened[f"{framework}_inference.ipynb"], "code")
    assert "def train(" not in code
    assert "actual: {class_names" in code


@pytest.mark.parametrize("name", NAMES)
def test_they_need_nothing_of_this_package_and_quote_the_report(opened, material, name):
    code = source(opened[name], "code")
    nodes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert nodes
    assert "reportgen" not in {alias.name.partition(".")[0] for node in nodes for alias in node.names}
    assert not [node for node in nodes if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reportgen")]
    headline = material.content.chapters[0].training.headline
    title = "TensorFlow" if name.startswith("tensorflow") else "PyTorch"
    said = source(opened[name], "markdown")
    assert f"Table {headline.number}. **{headline.title}**" in said
    for row in headline.rows:
        cells = [cell.text for cell in row if not cell.header]
        if cells[0] == title:
            assert re.search(r"[ |]+".join(re.escape(escape(text)) for text in cells[1:] if text), said)


def test_text_from_elsewhere_is_shown_as_it_stands(material):
    hostile = "- <img src=x> $x$ *a* `b`\n# import antigravity"
    dataset = material.results.dataset.model_copy(update={"title": hostile, "description": hostile})
    results = material.results.model_copy(update={"workload_title": hostile, "workload_description": hostile, "dataset": dataset})
    for notebook in notebooks(material.runs[0], results, results.frameworks[0], material.content.chapters[0]):
        for cell in notebook.cells:
            if cell.is_code:
                ast.parse(cell.text)
                assert "antigravity" not in cell.text
            else:
                assert "\n# import" not in cell.text
                assert not cell.text.startswith("- <")
                assert "\n- " not in cell.text
                assert "<img" not in cell.text
                assert "$x$" not in cell.text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("raise ValueError('on purpose')", "ValueError: on purpose"),
        ("import time; time.sleep(60)", "longer than 2 s"),
        ("import os; os._exit(3)", "lost its kernel"),
    ],
)
def test_a_cell_that_fails_is_told_with_its_notebook(tmp_path, line, said):
    with pytest.raises(ReportgenError, match=rf"odd\.ipynb.*{said}"):
        execute.execute(Notebook(name="odd.ipynb", cells=(Cell(text=line, is_code=True),)), tmp_path, 2)


def test_streams_are_put_together_without_the_log_of_a_library():
    def stream(name, text):
        return nbformat.v4.new_output("stream", name=name, text=text)

    log = "WARNING: All log messages before absl::InitializeLog() is called\nI0000 00:00:1795836867.969584 1 port.cc:153] oneDNN\n"
    outputs = [stream("stdout", "a\n"), stream("stderr", log), stream("stdout", "b\n")]
    assert [(one.name, one.text) for one in execute.said(outputs)] == [("stdout", "a\nb\n")]
    assert [one.text for one in execute.said([stream("stderr", log + "mine\n")])] == ["mine\n"]


def test_what_is_not_installed_is_named_before_anything_is_measured(monkeypatch):
    assert missing() == ""
    monkeypatch.setattr("reportgen.forms.notebooks.find_spec", lambda name: None if name == "nbclient" else name)
    with pytest.raises(ReportgenError, match=r"nbclient is not installed.*\[notebooks\]"):
        forms.check(("notebooks",))


def test_a_network_that_finds_numbers_has_notebooks_too(material, tmp_path):
    run, results, framework = recorded(material.results, "two-layer", "pytorch", "eager")
    arrays = datasets.load("random", progress=datasets.base.no_progress)
    np.savez(tmp_path / "data.npz", **{name: getattr(arrays, name) for name in ARRAY_NAMES}, class_names=np.array([], dtype=str))
    said = []
    for notebook in notebooks(run, results, framework, material.content.chapters[0]):
        executed = nbformat.reads(execute.execute(notebook, tmp_path, 120).decode("utf-8"), as_version=4)
        assert pictures(executed) >= 2
        said.append(re.findall(r"Test mean squared error: .*", printed(executed)))
    (trained, reloaded), (found,) = said
    assert trained == reloaded == found
