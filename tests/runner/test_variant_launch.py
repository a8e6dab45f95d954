"""A variant's processes: another interpreter with the code of this program and no package of this one, or other variables in this interpreter."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from environments import interpreter_in

import reportgen
from reportgen.records import Variant
from reportgen.runner.launch import STDERR, STDOUT, Ending, launch
from reportgen.runner.variant_launch import bridge, variant_environment, with_variants
from reportgen.variants import qualified

SAY = """
import json, os, sys
import reportgen
print(json.dumps({"executable": sys.executable, "package": reportgen.__file__, "path": sys.path, "variables": dict(os.environ)}))
"""


class Order:
    """What a launcher looks at."""

    device = "cpu"

    def __init__(self, mode: str) -> None:
        self.mode = mode


@pytest.fixture(scope="module")
def other(tmp_path_factory) -> Path:
    return interpreter_in(tmp_path_factory.mktemp("environments") / "other", packages=False)


def test_the_bridge_holds_this_program_alone():
    with bridge() as folder:
        assert [path.name for path in folder.iterdir()] == ["reportgen"]
        assert (folder / "reportgen" / "runner" / "worker.py").is_file()
    assert not folder.exists()
    assert Path(reportgen.__file__).is_file(), "removing the bridge leaves what it leads to"


def test_another_interpreter_measures_with_this_code_and_its_own_packages(other, tmp_path):
    variant = Variant(name="next", frameworks=("pytorch",), python=str(other), environment={"PYTHONPATH": "/own", "COLOUR": "blue"})
    with bridge() as folder:
        ending = launch((str(other), "-P", "-c", SAY), tmp_path, 60, change=lambda plain: variant_environment(plain, variant, folder))
        said = json.loads((tmp_path / STDOUT).read_text() or (tmp_path / STDERR).read_text())
        assert ending.exit_code == 0
        assert Path(said["package"]).parent == folder / "reportgen"
    assert Path(said["executable"]).parent == other.parent
    assert said["variables"]["COLOUR"] == "blue"
    assert said["variables"]["PYTHONHASHSEED"] == "0", "what every trial is told"
    assert "VIRTUAL_ENV" not in said["variables"]
    assert "/own" in said["path"]
    here = {str(Path(place)) for place in sys.path if place.endswith("site-packages")}
    assert not here & set(said["path"]), "no package of this interpreter"


def test_variables_alone_change_nothing_else():
    variant = Variant(name="plain", frameworks=("pytorch",), environment={"COLOUR": "blue"})
    plain = {"PYTHONPATH": "/mine", "VIRTUAL_ENV": "/venv", "COLOUR": "red"}
    assert variant_environment(plain, variant, Path("bridge")) == {**plain, "COLOUR": "blue"}


def test_only_the_trials_of_a_variant_are_started_its_way(other, tmp_path):
    started = []

    def start(spec, folder, timeout_s, tick):
        started.append(spec.mode)
        return Ending(exit_code=0, timed_out=False)

    variant = Variant(name="next", frameworks=("pytorch",), python=str(other))
    with with_variants(start, (variant,)) as launch_any:
        launch_any(Order("dataloader"), tmp_path, 60, None)
        launch_any(Order(qualified("dataloader", "unknown")), tmp_path, 60, None)
        ending = launch_any(Order(qualified("dataloader", "next")), tmp_path, 60, None)
    assert started == ["dataloader", "dataloader@unknown"]
    # The worker of the other interpreter begins, and misses a package that this one has.
    assert ending.exit_code != 0
    assert "No module named" in (tmp_path / STDERR).read_text()
