"""The walls between the rooms, as docs/architecture.md has them."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jinja2
import jinja2.nodes
import pytest

import reportgen
from reportgen.report.locate import templates_folder

PACKAGE = Path(reportgen.__file__).resolve().parent

FRAMEWORKS = {"tensorflow", "torch", "torchvision", "keras"}
RUNTIMES = {"onnxruntime", "ai_edge_litert", "openvino", "executorch"}

#: What a person who asks for help should not wait for.
HEAVY = {"numpy", "pydantic", "matplotlib", "rich", "scipy", "sklearn", "weasyprint", "jinja2", "pooch", "psutil"}

#: Reading files, telling the time, starting processes, drawing random numbers: what a pure function does not do.
IMPURE_MODULES = {"os", "io", "pathlib", "subprocess", "time", "datetime", "random", "shutil", "tempfile", "socket", "logging", "threading"}
IMPURE_CALLS = {"open", "print", "input", "exec", "eval"}

IMPORT_ALL = """
import importlib, json, sys
forbidden, blame = set(json.loads(sys.argv[1])), {}
for module in json.loads(sys.argv[2]):
    importlib.import_module(module)
    for name in forbidden & set(sys.modules):
        blame.setdefault(name, module)
print(json.dumps(blame))
"""


def source_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> tuple[str, ...]:
    """Return a source file's place in the package: ('frameworks', 'pytorch', 'program.py')."""
    return path.relative_to(PACKAGE).parts


def may_import_frameworks(path: Path) -> bool:
    parts = room(path)
    inside_framework = parts[0] == "frameworks" and len(parts) > 2
    model_code = parts[0] == "workloads" and len(parts) == 3 and parts[2] in {"tensorflow.py", "tensorflow_module.py", "pytorch.py"}
    measuring_code = parts[0] == "experiments" and len(parts) == 3 and parts[2].startswith(("tensorflow", "pytorch"))
    return inside_framework or model_code or measuring_code


def loads_framework(path: Path) -> bool:
    """Tell whether importing the module may load a framework: its program, model code and experiments, not its description and formats."""
    parts = room(path)
    return may_import_frameworks(path) and parts[-1] != "__init__.py" and not (parts[0] == "frameworks" and parts[2] == "exports")


def module_name(path: Path) -> str:
    return ".".join(("reportgen", *room(path))).removesuffix(".py").removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted name of everything that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def child_environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}


def test_importing_everything_outside_the_rooms_loads_no_framework_and_no_runtime() -> None:
    modules = [module_name(path) for path in source_files() if not loads_framework(path)]
    assert "reportgen.runner.worker" in modules
    command = [sys.executable, "-c", IMPORT_ALL, json.dumps(sorted(FRAMEWORKS | RUNTIMES)), json.dumps(modules)]
    done = subprocess.run(command, capture_output=True, text=True, env=child_environment(), timeout=300)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {}, "the framework is loaded by the module beside it"


@pytest.mark.parametrize("path", source_files(), ids=module_name)
def test_frameworks_and_runtimes_are_imported_in_their_rooms_only(path: Path) -> None:
    roots = {name.partition(".")[0] for name in imports(path)}
    if not may_import_frameworks(path):
        assert not roots & FRAMEWORKS
    if room(path)[0] != "runtimes":
        assert not roots & RUNTIMES


def loaded_modules(*arguments: str) -> set[str]:
    """Return the top-level names that ``python -m reportgen`` with these arguments imports."""
    command = [sys.executable, "-X", "importtime", "-m", "reportgen", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=child_environment(), timeout=120)
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines() if line.startswith("import time:")}


def test_help_loads_nothing_heavy() -> None:
    loaded = loaded_modules("--help")
    assert "click" in loaded
    assert not loaded & (HEAVY | FRAMEWORKS | RUNTIMES)


@pytest.mark.parametrize("verb", ["run", "render", "list", "show", "init", "doctor"])
def test_help_of_a_verb_loads_no_framework(verb: str) -> None:
    assert not loaded_modules(verb, "--help") & (FRAMEWORKS | RUNTIMES)


def pure_files() -> list[Path]:
    return sorted([*(PACKAGE / "analysis").rglob("*.py"), *(PACKAGE / "experiments").glob("*/analysis.py")])


def reporting_files() -> list[Path]:
    experiments = PACKAGE / "experiments"
    return sorted([*(PACKAGE / "report").rglob("*.py"), *experiments.glob("*/section.py"), *experiments.glob("*/figure*.py")])


@pytest.mark.parametrize("path", pure_files(), ids=module_name)
def test_analysis_is_pure(path: Path) -> None:
    assert not {name.partition(".")[0] for name in imports(path)} & IMPURE_MODULES
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not calls & IMPURE_CALLS


@pytest.mark.parametrize("path", reporting_files(), ids=module_name)
def test_the_report_reads_results_and_not_records(path: Path) -> None:
    forbidden = ("reportgen.runs", "reportgen.runner", "reportgen.storage.read_record", "reportgen.records.TrainingResult")
    assert not [name for name in imports(path) if f"{name}.".startswith(tuple(f"{wall}." for wall in forbidden))]


def templates() -> list[Path]:
    return sorted(templates_folder().rglob("*.j2"))


def test_there_are_templates() -> None:
    assert len(templates()) > 1


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.relative_to(templates_folder()).as_posix())
def test_templates_neither_calculate_nor_round(path: Path) -> None:
    tree = jinja2.Environment(extensions=["jinja2.ext.do"]).parse(path.read_text(encoding="utf-8"))
    nodes = jinja2.nodes
    arithmetic = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
    assert [f"line {node.lineno}" for node in tree.find_all(arithmetic)] == []
    filters = {node.name for node in tree.find_all(nodes.Filter)}
    assert not filters & {"round", "format", "int", "float", "sum", "abs"}
