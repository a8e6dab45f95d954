"""Workloads in a person's own folder."""

import sys

import pytest

from reportgen import workloads
from reportgen.errors import ReportgenError

DESCRIBED = """
from reportgen.records import Hyperparameters
from reportgen.workloads import Workload

WORKLOAD = Workload(name="mine", title="Mine", description="Own", task="classification",
                    hyperparameters=Hyperparameters(epochs=2, batch_size=8, learning_rate=0.5))
"""


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "my_network"
    made.mkdir()
    for framework in ("tensorflow", "pytorch"):
        (made / f"{framework}.py").write_text(f"MARK = {framework!r}\n")
    return made


def test_a_folder_without_a_description_is_named_after_itself(folder):
    found = workloads.find(str(folder))
    assert (found.name, found.title, found.reference) == ("my_network", "My network", str(folder))
    assert workloads.find(found.reference) == found


def test_a_folder_describes_itself(folder):
    (folder / "__init__.py").write_text(DESCRIBED)
    found = workloads.find(str(folder))
    assert (found.name, found.title, found.hyperparameters.batch_size) == ("mine", "Mine", 8)
    assert found.reference == str(folder)


def test_a_relative_path_becomes_absolute(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    assert workloads.find("my_network").reference == workloads.find("./my_network").reference == str(folder)


def test_code_is_loaded_under_a_private_name_and_once(folder):
    before = sys.modules.get("tensorflow")
    code = workloads.find(str(folder)).code("tensorflow")
    assert code.MARK == "tensorflow"
    assert workloads.find(str(folder)).code("tensorflow") is code
    assert sys.modules.get("tensorflow") is before
    assert str(folder) not in sys.path


def test_two_folders_do_not_share_their_code(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "pytorch.py").write_text("MARK = 'another'\n")
    marks = [workloads.find(str(one)).code("pytorch").MARK for one in (folder, other)]
    assert marks == ["pytorch", "another"]


def test_a_built_in_name_wins_over_a_folder_of_that_name(tmp_path, monkeypatch):
    (tmp_path / "mlp").mkdir()
    monkeypatch.chdir(tmp_path)
    assert workloads.find("mlp").folder is None


@pytest.mark.parametrize("name", ["", "mpl", "no/such/folder"])
def test_what_is_neither_a_name_nor_a_folder_is_refused_with_the_names(name):
    with pytest.raises(ReportgenError, match="mlp"):
        workloads.find(name)


def test_an_empty_folder_is_no_workload(tmp_path):
    with pytest.raises(ReportgenError, match=r"tensorflow\.py"):
        workloads.find(str(tmp_path))


def test_a_missing_file_is_named(folder):
    (folder / "pytorch.py").unlink()
    with pytest.raises(ReportgenError, match=r"pytorch\.py"):
        workloads.find(str(folder)).code("pytorch")


def test_a_wrong_description_is_named(folder):
    (folder / "__init__.py").write_text("WORKLOAD = 1\n")
    with pytest.raises(ReportgenError, match="WORKLOAD"):
        workloads.find(str(folder))


def test_files_of_a_folder_import_each_other(folder):
    (folder / "helpers.py").write_text("WIDTH = 7\n")
    (folder / "__init__.py").write_text("DEPTH = 3\n")
    (folder / "tensorflow.py").write_text("from . import DEPTH\nfrom .helpers import WIDTH\nfrom .pytorch import MARK\n")
    code = workloads.find(str(folder)).code("tensorflow")
    assert (code.WIDTH, code.DEPTH, code.MARK) == (7, 3, "pytorch")
    assert "helpers" not in sys.modules


def test_a_file_of_a_librarys_name_imports_the_library(folder):
    """A folder's tensorflow.py says ``import tensorflow``; a light library stands for the heavy one."""
    (folder / "json.py").write_text("import json\nDUMPS = json.dumps\n")
    code = workloads.find(str(folder)).code("json")
    import json

    assert code.DUMPS is json.dumps


def test_a_file_that_failed_is_read_anew(folder):
    (folder / "pytorch.py").write_text("1 / 0\n")
    found = workloads.find(str(folder))
    with pytest.raises(ZeroDivisionError):
        found.code("pytorch")
    (folder / "pytorch.py").write_text("MARK = 'mended, and longer than before'\n")
    assert found.code("pytorch").MARK.startswith("mended")


def test_images_that_are_too_small_are_refused_with_what_to_do():
    workload = workloads.find("cnn")
    workload.check_images((10, 12, 1))
    with pytest.raises(ReportgenError, match=r"10 x 10 pixels, and these have 8 x 30.*enlarge"):
        workload.check_images((8, 30, 1))
    workloads.find("mlp").check_images((1, 1, 1))
