"""The project's own promises: one test command, complete pins, small documented files, nothing generated under version control."""

from __future__ import annotations

import ast
import configparser
import os
import re
import statistics
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import reportgen
from reportgen import frameworks, native_libraries

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

SOURCES = sorted((ROOT / "reportgen").rglob("*.py"))
PAGES = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "runs" / "README.md", ROOT / "out" / "README.md"])

#: A file that is longer holds more than one idea. In lines.
LONGEST_FILE = 300
LONGEST_MEDIAN = 120

#: What runs and reports consist of: never under version control, wherever it lies.
GENERATED = {".pdf", ".npz", ".npy", ".keras", ".tflite", ".onnx", ".pt", ".pth", ".pt2", ".h5", ".whl", ".pyc", ".log", ".jsonl"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def shell_blocks(text: str) -> list[str]:
    return [block.strip() for block in re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)]


def test_the_continuous_build_runs_the_readmes_test_command_word_for_word() -> None:
    (command,) = [block for block in shell_blocks(README) if block.endswith("tox")]
    assert "\n" not in command
    assert command in CI.splitlines()
    assert CI.rstrip().endswith(command)


def test_the_first_command_is_one_line_for_each_kind_of_system() -> None:
    (linux,) = [block for block in shell_blocks(README) if block.startswith("python3 -m venv") and block.endswith("python -m reportgen")]
    (windows,) = re.findall(r"^```powershell\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    assert "\n" not in linux
    assert windows.count("\n") == 1
    assert "-c constraints.txt" in linux
    assert "-c constraints.txt" in windows


def test_the_same_debian_packages_are_named_everywhere() -> None:
    (command,) = [block for block in shell_blocks(README) if "apt-get" in block]
    names = set(command.partition("--yes ")[2].split())
    assert names - {"python3-venv"} == set(native_libraries.DEBIAN.partition("--yes ")[2].split())
    listed = re.search(r"^packages=\((.*?)\)$", CI, re.MULTILINE)
    assert listed
    assert names <= set(listed[1].split())


@pytest.mark.skipif(sys.platform == "win32", reason="the build script is for bash")
def test_the_build_script_is_executable_bash() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=False).returncode == 0


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_lead_somewhere(page: Path) -> None:
    # What is written as code is shown, and leads nowhere.
    text = re.sub(r"`[^`\n]*`", "", page.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    broken = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert broken == []


def test_the_readme_names_every_framework_and_every_verb() -> None:
    assert [name for name in frameworks.names() if frameworks.find(name).title not in README] == []
    environment = {**os.environ, "PYTHONPATH": str(Path(reportgen.__file__).resolve().parent.parent)}
    command = [sys.executable, "-m", "reportgen", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, timeout=120)
    verbs = set(re.findall(r"^  (\w+)  ", done.stdout.partition("Commands:")[2], re.MULTILINE))
    assert verbs
    assert {verb for verb in verbs if f"python -m reportgen {verb}" not in README} == set()
    named = set(re.findall(r"python -m reportgen ([a-z]+)", README))
    assert named <= verbs


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_a_module_says_why_it_exists_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == "" or ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= LONGEST_FILE


def test_files_are_small_as_a_rule() -> None:
    assert statistics.median(path.read_text(encoding="utf-8").count("\n") for path in SOURCES) <= LONGEST_MEDIAN


def pins() -> dict[str, Requirement]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def test_every_pin_is_exact_and_listed_once_in_order() -> None:
    assert [str(pin) for pin in pins().values() if not re.fullmatch(r"==[\w.]+", str(pin.specifier))] == []
    assert list(pins()) == sorted(pins())


def test_every_requirement_has_a_tested_version_in_its_range() -> None:
    extras = [text for texts in PROJECT["optional-dependencies"].values() for text in texts]
    for text in [*PROJECT["dependencies"], *extras, "tox"]:
        requirement = Requirement(text)
        tested = str(pins()[canonicalize_name(requirement.name)].specifier).removeprefix("==")
        assert requirement.specifier.contains(tested), f"{requirement} was tested as {tested}"


def imported(path: Path) -> set[str]:
    """Return the packages of others that a file imports anywhere."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
    return {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"reportgen"}


def test_what_is_imported_is_required() -> None:
    extras = [text for name, texts in PROJECT["optional-dependencies"].items() if name not in ("test", "lint") for text in texts]
    required = {canonicalize_name(Requirement(text).name) for text in (*PROJECT["dependencies"], *extras)}
    homes = packages_distributions()
    for path in SOURCES:
        for root in imported(path):
            assert required & {canonicalize_name(home) for home in homes.get(root, [root])}, f"{relative(path)} imports {root}"


def test_what_is_checked_for_types_is_there_where_types_are_checked() -> None:
    tools = configparser.ConfigParser(interpolation=None)
    tools.read(ROOT / "tox.ini", encoding="utf-8")
    present = {canonicalize_name(line) for line in tools["testenv:types"]["deps"].splitlines() if line and not line.startswith("#")}
    overrides = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["overrides"]
    not_followed = {name.removesuffix(".*") for override in overrides if override.get("follow_imports") == "skip" for name in override["module"]}
    homes = packages_distributions()
    roots = {root for path in [*SOURCES, *(ROOT / "benchmarks").rglob("*.py")] for root in imported(path)} - not_followed - {"benchmarks"}
    assert {"jinja2", "nbclient", "psutil"} <= roots
    wanted = {root: {canonicalize_name(home) for home in homes.get(root, [root])} for root in roots}
    assert [root for root, names in wanted.items() if not present & (names | {f"types-{name}" for name in names})] == []


def test_the_version_has_one_source() -> None:
    assert "version" in PROJECT["dynamic"]
    try:
        installed = version("reportgen")
    except PackageNotFoundError:
        pytest.skip("reportgen runs from its checkout, and is not installed")
    assert installed == reportgen.__version__


def tracked_files() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip(f"git does not list its files: {listing.stderr.strip()}")
    return [Path(name) for name in listing.stdout.split("\0") if name]


# The one run that documents and tests use.
EXAMPLE_RUN = Path("docs/example-run")


def test_nothing_generated_is_under_version_control() -> None:
    files = [path for path in tracked_files() if EXAMPLE_RUN not in path.parents]
    assert [str(path) for path in files if path.suffix in GENERATED or path.name == "results.json"] == []
    assert {path.as_posix() for path in files if path.parts[0] in {"runs", "out"}} <= {"runs/README.md", "out/README.md"}


@pytest.mark.parametrize("folder", ["runs", "out"])
def test_the_two_folders_explain_themselves_and_hide_everything_else(folder: str) -> None:
    assert (ROOT / folder / "README.md").read_text(encoding="utf-8").startswith(f"# {folder}/")
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"/{folder}/*" in ignored
    assert f"!/{folder}/README.md" in ignored
