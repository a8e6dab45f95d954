"""Interpreters of variants, asked before anything is measured: real virtual environments, with and without packages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from builders import make_plan
from environments import interpreter_in

from reportgen.config import Config
from reportgen.config.variants import VariantSection
from reportgen.errors import ReportgenError
from reportgen.packages import installed_version
from reportgen.records import Variant
from reportgen.variant_interpreters import OF_MEASURING, changes, check_unchanged, plan_variants

CHOSEN = {"pytorch": ("in-memory",)}
TORCH = {"pytorch": ("dataloader",)}


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Path:
    python = interpreter_in(tmp_path_factory.mktemp("environments") / "shared", packages=True)
    (place,) = python.parent.parent.rglob("shared.pth")
    (place.parent / "pillow-99.0.dist-info").mkdir()
    (place.parent / "pillow-99.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: Pillow\nVersion: 99.0\n")
    return python


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Path:
    return interpreter_in(tmp_path_factory.mktemp("environments") / "empty", packages=False)


def planned(folder: Path, python: Path | str, **changes) -> Variant:
    section = VariantSection(name="next", python=str(python), frameworks=("pytorch",), **changes)
    (variant,) = plan_variants(Config(folder=folder, variants=(section,)), CHOSEN)
    return variant


def test_another_interpreter_says_what_is_installed_there(tmp_path, shared):
    variant = planned(tmp_path, shared)
    assert variant.python == str(shared)
    assert variant.software["torch"] == installed_version("torch")
    assert variant.software["numpy"] == installed_version("numpy")
    assert variant.software["Python"] == ".".join(map(str, sys.version_info[:3]))
    assert "reportgen" not in variant.software
    # The environment's own release comes before that of the packages which it shares.
    assert variant.software["pillow"] == "99.0"
    plan = make_plan(frameworks=("pytorch",)).model_copy(update={"variants": (variant,), "modes": CHOSEN})
    check_unchanged(plan)
    older = variant.model_copy(update={"software": {**variant.software, "torch": "1.0"}})
    with pytest.raises(ReportgenError, match=rf"torch {installed_version('torch')} instead of 1\.0.*start a new run"):
        check_unchanged(plan.model_copy(update={"variants": (older,)}))
    gone = variant.model_copy(update={"python": str(tmp_path / "gone")})
    with pytest.raises(ReportgenError, match="is gone"):
        check_unchanged(plan.model_copy(update={"variants": (gone,)}))


def test_an_interpreter_without_packages_is_refused_with_all_that_it_needs(tmp_path, empty):
    with pytest.raises(ReportgenError) as caught:
        planned(tmp_path, empty)
    said = str(caught.value)
    assert f"{empty} -m pip install {' '.join(OF_MEASURING)}" in said
    assert "reportgen itself need not be installed there" in said


def test_what_measuring_takes_is_what_its_modules_import():
    modules = "reportgen.runner.worker, reportgen.runner.training, reportgen.runner.parity"
    ask = f"import sys, {modules}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert set(OF_MEASURING) <= loaded
    # Whatever else they import comes with one of these.
    assert not loaded & {"rich", "click", "scipy", "jinja2", "filelock", "packaging", "requests", "pooch", "platformdirs", "sklearn", "matplotlib"}


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for an interpreter")
@pytest.mark.parametrize(
    ("script", "advice"),
    [("echo 3.9.1", "is Python 3.9.1, and trials need"), ("echo no >&2; exit 3", "is no Python interpreter: no"), ("exit 0", "it says nothing")],
)
def test_what_is_no_interpreter_for_trials_is_refused(tmp_path, script, advice):
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    with pytest.raises(ReportgenError, match=advice):
        planned(tmp_path, program)


def test_an_interpreter_that_went_since_the_configuration_was_read(tmp_path):
    with pytest.raises(ReportgenError, match=r"has no interpreter 'gone'"):
        planned(tmp_path, "gone")


def test_variables_need_no_asking(tmp_path):
    section = VariantSection(name="plain", environment={"X": "1"})
    (variant,) = plan_variants(Config(folder=tmp_path, variants=(section,)), {"tensorflow": ("graph",), **TORCH})
    assert variant == Variant(name="plain", frameworks=("tensorflow", "pytorch"), environment={"X": "1"})


def test_changes_are_told_with_both_versions():
    assert changes({"torch": "2.14", "numpy": "2"}, {"torch": "2.15", "numpy": "2", "triton": "3"}) == [
        "torch 2.15 instead of 2.14",
        "triton 3 instead of absent",
    ]
