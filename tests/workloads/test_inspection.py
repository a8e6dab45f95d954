"""A workload's folder is looked through before anything is measured; nothing in it is run."""

import re
import sys

import pytest

from reportgen import workloads
from reportgen.errors import ReportgenError
from reportgen.scaffold import initialise_workload
from reportgen.workloads.inspection import definition_line, inspect_folder

BOTH = ("tensorflow", "pytorch")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A workload as ``init`` writes it, in the current folder."""
    monkeypatch.chdir(tmp_path)
    initialise_workload("mine", None)
    return tmp_path / "mine"


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def line_of(path, text):
    return next(number for number, line in enumerate(path.read_text().splitlines(), start=1) if text in line)


def message(folder, frameworks=BOTH):
    with pytest.raises(ReportgenError) as caught:
        inspect_folder(workloads.find(str(folder)), frameworks)
    return str(caught.value)


def test_what_init_writes_passes_and_no_framework_is_imported(folder):
    before = {"tensorflow", "torch", "keras"} & set(sys.modules)
    inspect_folder(workloads.find(str(folder)), BOTH)
    assert {"tensorflow", "torch", "keras"} & set(sys.modules) == before


def test_a_built_in_workload_is_not_looked_at():
    inspect_folder(workloads.find("mlp"), BOTH)


def test_a_syntax_error_is_placed(folder):
    change(folder / "pytorch.py", "def build_loss()", "def build_loss(")
    where = line_of(folder / "pytorch.py", "def build_loss(")
    assert message(folder).startswith(f"mine/pytorch.py, line {where}: SyntaxError: ")


@pytest.mark.parametrize("content", [b"x = 1\0\n", b"# \xff\xfe\nx = 1\n"])
def test_a_file_that_is_no_text_is_named(folder, content):
    (folder / "pytorch.py").write_bytes(content)
    assert "mine/pytorch.py" in message(folder)


def test_a_missing_function_is_named_with_the_one_that_is_meant(folder):
    change(folder / "tensorflow.py", "def build_optimizer(", "def build_optimiser(")
    where = line_of(folder / "tensorflow.py", "def build_optimiser(")
    said = message(folder)
    assert f"the function build_optimizer(learning_rate, beta_1, beta_2, epsilon) is missing. Is it build_optimiser in line {where}?" in said


@pytest.mark.parametrize(
    ("signature", "said"),
    [
        ("build_model(input_shape)", r"build_model takes \(input_shape\), and is called as build_model\(input_shape, class_count\)"),
        ("build_model(input_shape, class_count, width)", "takes .input_shape, class_count, width., and is called as"),
        ("build_model(class_count, input_shape)", "in another order than build_model"),
        ("build_model(input_shape, class_count, *, width)", "demands 'width' by name"),
    ],
)
def test_a_function_that_cannot_be_called_is_placed(folder, signature, said):
    path = folder / "pytorch.py"
    path.write_text(re.sub(r"def build_model\(.*?\) ->", f"def {signature} ->", path.read_text(), flags=re.DOTALL))
    found = message(folder)
    assert re.search(said, found)
    assert found.startswith(f"mine/pytorch.py, line {line_of(path, 'def build_model')}: ")


@pytest.mark.parametrize("signature", ["build_model(shape, classes)", "build_model(*arguments)", "build_model(a, b, width=64, *, depth=2)"])
def test_a_function_that_can_be_called_passes(folder, signature):
    path = folder / "pytorch.py"
    path.write_text(re.sub(r"def build_model\(.*?\) ->", f"def {signature} ->", path.read_text(), flags=re.DOTALL))
    inspect_folder(workloads.find(str(folder)), BOTH)


def test_functions_may_come_from_a_file_beside(folder):
    (folder / "pytorch.py").rename(folder / "shared.py")
    (folder / "pytorch.py").write_text("from .shared import build_loss, build_model, build_optimizer\n")
    inspect_folder(workloads.find(str(folder)), BOTH)
    (folder / "pytorch.py").write_text("from .shared import *\n")
    inspect_folder(workloads.find(str(folder)), BOTH)


def test_a_mistake_in_a_file_beside_is_placed_there(folder):
    change(folder / "pytorch.py", "import torch\n", "import torch\nfrom .helpers import width\n")
    where = line_of(folder / "pytorch.py", "from .helpers")
    assert message(folder) == f"mine/pytorch.py, line {where}: there is no mine/helpers.py. Write it, or correct the name."
    (folder / "helpers.py").write_text("\nwidth = = 3\n")
    assert message(folder).startswith("mine/helpers.py, line 2: SyntaxError")


def test_a_file_beside_needs_its_dot(folder):
    (folder / "helpers.py").write_text("width = 3\n")
    change(folder / "pytorch.py", "import torch\n", "import torch\nfrom helpers import width\n")
    where = line_of(folder / "pytorch.py", "from helpers")
    assert message(folder) == f"mine/pytorch.py, line {where}: helpers.py beside this file is imported with a dot: from .helpers import ..."


def test_a_library_of_the_name_of_a_file_is_no_mistake(folder):
    change(folder / "tensorflow.py", "import keras\n", "import keras\nimport numpy\nimport tensorflow as tf\n")
    (folder / "numpy.py").write_text("")
    inspect_folder(workloads.find(str(folder)), BOTH)


def test_a_missing_file_is_named_with_the_way_round(folder):
    (folder / "pytorch.py").unlink()
    assert message(folder).startswith("mine has no pytorch.py. Add it, or measure tensorflow alone: --framework tensorflow.")
    inspect_folder(workloads.find(str(folder)), ("tensorflow",))


def test_all_mistakes_are_named_at_once(folder):
    (folder / "pytorch.py").unlink()
    change(folder / "tensorflow.py", "def build_loss(", "def loss(")
    assert len(message(folder).splitlines()) == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("epochs=5", "epochs=0", "Input should be greater than or equal to 1"),
        ("epochs=5", "epoch=5", "epoch"),
        ("title=", "titel=", "TypeError: "),
        ("WORKLOAD = Workload(", "WORKLOAD = Workload(((", "SyntaxError: "),
        ('task="classification"', "task=classification", "NameError: name 'classification' is not defined"),
        ("from reportgen.workloads", "import torch\nfrom reportgen.workloads", "Import torch in the framework's own file"),
    ],
)
def test_a_mistake_in_the_description_is_placed(folder, old, new, said):
    change(folder / "__init__.py", old, new)
    with pytest.raises(ReportgenError) as caught:
        workloads.find(str(folder))
    assert said in str(caught.value)
    assert re.match(r"mine/__init__\.py, line \d+: ", str(caught.value))
    assert "https://" not in str(caught.value)


def test_where_a_function_is_defined(folder):
    path = folder / "pytorch.py"
    assert definition_line(path, "build_model") == line_of(path, "def build_model")
    assert definition_line(path, "nothing") == 1
