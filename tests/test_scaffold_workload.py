"""``init --workload``: what is written is the built-in workload's own code, and passes every check that a person's must pass."""

from pathlib import Path

import pytest

import reportgen.workloads.mlp as model
from reportgen import workloads
from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.scaffold import initialise_workload
from reportgen.scaffold_workload import next_commands, workload_contents
from reportgen.workloads.inspection import inspect_folder

FILES = ["__init__.py", "tensorflow.py", "pytorch.py", "README.md"]


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_workload_alone(here):
    written = initialise_workload("my-net", None)
    assert [path.as_posix() for path in written] == [f"my-net/{name}" for name in FILES]
    assert [path.name for path in here.iterdir()] == ["my-net"]
    found = workloads.find("my-net")
    assert (found.name, found.title) == ("my-net", "My net")
    assert (found.hyperparameters, found.task) == (model.WORKLOAD.hyperparameters, model.WORKLOAD.task)
    assert found.description == model.WORKLOAD.description
    inspect_folder(found, ("tensorflow", "pytorch"))


@pytest.mark.parametrize("framework", ["tensorflow", "pytorch"])
def test_the_code_is_the_built_in_one_below_a_comment(framework):
    text = workload_contents("mine")[f"{framework}.py"]
    own = (Path(model.__file__).parent / f"{framework}.py").read_text(encoding="utf-8")
    assert text.endswith(own)
    above = text.removesuffix(own).splitlines()
    assert above
    assert all(line.startswith("# ") and len(line) <= 88 for line in above)


def test_with_a_folder_a_report_is_written_that_names_the_workload(here):
    initialise_workload("my-net", here / "lab")
    config = load_config(here / "lab")
    assert config.study.workload == "my-net"
    assert (here / "lab" / "my-net" / "pytorch.py").is_file()
    assert (here / "lab" / "introduction.md").is_file()


@pytest.mark.parametrize("taken", FILES)
def test_nothing_is_overwritten(here, taken):
    (here / "mine").mkdir()
    (here / "mine" / taken).write_text("my own")
    with pytest.raises(ReportgenError, match=f"already holds mine/{taken}"):
        initialise_workload("mine", None)
    assert [path.name for path in (here / "mine").iterdir()] == [taken]


def test_a_failure_on_the_way_leaves_nothing(here, monkeypatch):
    monkeypatch.setattr("reportgen.scaffold.workload_contents", lambda name: {"a.py": "", "a.py/b.py": ""})
    with pytest.raises(ReportgenError, match="Nothing was written"):
        initialise_workload("mine", here / "lab")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("name", ["", "a/b", "..", "a b", "-x", "x" * 61, "a.b", "naïve"])
def test_a_name_that_is_no_plain_folder_is_refused(name):
    with pytest.raises(ReportgenError, match="cannot name a workload"):
        workload_contents(name)


def test_a_built_in_name_is_refused():
    with pytest.raises(ReportgenError, match="built in"):
        workload_contents("mlp")


def test_the_next_commands_can_be_typed():
    assert "python -m reportgen run --workload mine --dataset digits --blocks 1 --epochs 1" in next_commands("mine", None)
    assert "cd 'my lab' && python -m reportgen\n" in next_commands("mine", Path("my lab")) + "\n"
