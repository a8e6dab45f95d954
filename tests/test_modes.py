"""Which modes a study has: by workload, and by what was asked for. No framework is loaded."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from reportgen import frameworks, modes, workloads
from reportgen.errors import ReportgenError
from reportgen.workloads import Workload

BOTH = ("tensorflow", "pytorch")
EVERY = [(framework, mode) for framework in frameworks.names() for mode in frameworks.modes(framework)]


@pytest.fixture
def own(tmp_path: Path) -> Workload:
    """A person's own workload without a word about modes."""
    (tmp_path / "tensorflow.py").write_text("def build_model(): ...\n")
    (tmp_path / "pytorch.py").write_text("def build_model(): ...\n")
    return workloads.find(str(tmp_path))


def test_finding_modes_loads_no_framework() -> None:
    script = (
        "import sys; from reportgen import frameworks, modes, workloads; "
        "[modes.choose(workloads.find(name), frameworks.names(), modes.DEFAULT) for name in workloads.names()]; "
        "[mode.has_profile for name in frameworks.names() for mode in frameworks.modes(name)]; "
        "print({'tensorflow', 'keras', 'torch', 'torchvision'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "set()", done.stderr


def test_a_name_means_one_mode_in_each_framework_that_has_it() -> None:
    counts = Counter((framework, mode.name) for framework, mode in EVERY)
    assert set(counts.values()) == {1}
    assert len(set(modes.names())) == len(modes.names())
    assert not {mode.name for _, mode in EVERY} & set(modes.DEFAULT)
    chosen = modes.choose(workloads.find("two-layer"), BOTH, ("eager",))
    assert chosen == {"tensorflow": ("eager",), "pytorch": ("eager",)}


@pytest.mark.parametrize(("framework", "mode"), EVERY, ids=lambda one: getattr(one, "name", one))
def test_a_mode_says_what_it_is(framework: str, mode: frameworks.Mode) -> None:
    assert mode.framework == framework
    assert mode.package == f"reportgen.frameworks.{framework}.modes.{mode.name.replace('-', '_')}"
    assert mode.title
    assert mode.description.endswith(".")
    assert mode.name.replace("-", "").isalpha()
    # A trial's name ends with its mode, and must not look like an export or an attempt.
    assert not mode.name.startswith(("export", "attempt", "cold", "first", "second"))


@pytest.mark.parametrize("name", workloads.names())
def test_what_a_workload_declares_exists_and_its_tuned_mode_is_supported(name: str) -> None:
    workload = workloads.find(name)
    for framework in workload.modes:
        known = [mode.name for mode in frameworks.modes(framework)]
        supported = modes.supported(workload, framework)
        assert set(supported) <= set(known)
        assert modes.tuned(workload, framework) in supported
        for mode in supported:
            assert workload.code_path(frameworks.find_mode(framework, mode).code) is not None


def test_by_default_each_framework_has_its_idiomatic_and_its_tuned_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.compilers.shutil.which", lambda _: "/usr/bin/g++")
    workload = workloads.find("mlp")
    chosen = modes.choose(workload, BOTH, modes.DEFAULT)
    assert chosen == {name: (workload.modes[name][0], workload.tuned[name]) for name in BOTH}
    assert modes.tuned_among(workload, chosen) == {name: workload.tuned[name] for name in BOTH}


def test_modes_come_in_the_order_in_which_they_are_asked_for_and_once() -> None:
    chosen = modes.choose(workloads.find("mlp"), BOTH, ("graph", "idiomatic", "keras-fit"))
    assert chosen == {"tensorflow": ("graph", "keras-fit"), "pytorch": ("dataloader",)}


def test_a_framework_of_which_nothing_is_asked_is_driven_in_its_idiomatic_mode() -> None:
    assert modes.choose(workloads.find("mlp"), BOTH, ("in-memory",)) == {"tensorflow": ("keras-fit",), "pytorch": ("in-memory",)}


@pytest.mark.parametrize(("measured", "wanted"), [(BOTH, "by-magic"), (("pytorch",), "graph")])
def test_a_mode_that_cannot_be_had_is_refused_with_what_can(measured: tuple[str, ...], wanted: str) -> None:
    with pytest.raises(ReportgenError) as caught:
        modes.choose(workloads.find("mlp"), measured, (wanted,))
    assert repr(wanted) in str(caught.value)
    assert "PyTorch: dataloader, in-memory, compile" in str(caught.value)
    assert "idiomatic" in str(caught.value)


def test_an_own_workload_has_the_modes_for_which_it_has_a_file(own: Workload) -> None:
    assert modes.supported(own, "tensorflow") == ("keras-fit", "graph", "xla")
    assert modes.supported(own, "pytorch")[0] == "dataloader"
    assert modes.choose(own, BOTH, modes.DEFAULT) == {"tensorflow": ("keras-fit", "graph"), "pytorch": ("dataloader", "in-memory")}
    (own.code_path("tensorflow") or Path()).with_name("tensorflow_module.py").write_text("def build_model(): ...\n")
    assert "gradient-tape" in modes.supported(own, "tensorflow")


def test_an_own_input_pipeline_leaves_the_modes_that_use_it(own: Workload) -> None:
    path = own.code_path("pytorch")
    assert path is not None
    path.write_text("from .data import build_loader\ndef build_model(): ...\n")
    assert modes.supported(own, "pytorch") == ("dataloader",)
    assert modes.choose(own, ("pytorch",), modes.DEFAULT) == {"pytorch": ("dataloader",)}
    path.write_text("def build_loader(): ...\ndef build_arrays(): ...\n")
    assert "in-memory" in modes.supported(own, "pytorch")


def test_profiles_are_taken_of_main_modes_that_know_how() -> None:
    wanted = modes.worth_a_profile({"tensorflow": ("keras-fit", "gradient-tape"), "pytorch": ("compile", "dataloader")})
    assert wanted("tensorflow", "keras-fit")
    assert not wanted("tensorflow", "gradient-tape"), "it is not the main mode"
    assert not wanted("pytorch", "compile"), "it cannot be taken apart"
    assert not wanted("pytorch", "dataloader"), "it is not the main mode"


def test_without_a_compiler_the_fastest_mode_is_one_that_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    workload = workloads.find("mlp")
    monkeypatch.setattr("reportgen.compilers.shutil.which", lambda _: "/usr/bin/g++")
    assert "compile" in modes.choose(workload, ("pytorch",), modes.DEFAULT)["pytorch"]
    monkeypatch.setattr("reportgen.compilers.shutil.which", lambda _: None)
    chosen = modes.choose(workload, ("tensorflow", "pytorch"), modes.DEFAULT)
    assert chosen == {"tensorflow": ("keras-fit", "xla"), "pytorch": ("dataloader", "in-memory")}
    assert modes.tuned_among(workload, chosen) == {"tensorflow": "xla", "pytorch": "in-memory"}
    assert "compile" in modes.choose(workload, ("pytorch",), ("compile",))["pytorch"], "who names it gets it"
    by_hand = workloads.find("two-layer")
    assert modes.choose(by_hand, ("pytorch",), modes.DEFAULT)["pytorch"] == ("eager",)
