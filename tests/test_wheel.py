"""The built wheel, installed, used from a folder outside the checkout: what a person without the repository gets.

Most of it runs where reportgen was installed from a wheel, as tox does it; in a checkout or an editable install there is none to test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

import reportgen

ROOT = Path(__file__).resolve().parent.parent

#: The longest of these trains two small networks and writes a report; on a busy machine that takes minutes. A hang is what this ends.
COMMAND_TIMEOUT_S = 900


def installed_files() -> dict[str, Path]:
    """Return the files that the wheel brought, by their path inside it; empty where no wheel was installed."""
    try:
        found = distribution("reportgen")
    except PackageNotFoundError:
        return {}
    return {file.as_posix(): Path(str(file.locate())) for file in found.files or ()}


from_wheel = pytest.mark.skipif("reportgen/__init__.py" not in installed_files(), reason="no wheel is installed here; tox installs one")


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside")
    assert not folder.is_relative_to(ROOT)
    (folder / "temporary").mkdir()
    return folder


def run(folder: Path, *arguments: str) -> str:
    """Run this interpreter in ``folder`` without any help in finding modules, and return what it printed."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONSAFEPATH"}}
    # The lock that keeps two studies apart lies in the temporary folder. No timing of this study counts, so it need not wait for another one.
    environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder / "temporary"))
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=COMMAND_TIMEOUT_S
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.skipif("TOX_ENV_NAME" not in os.environ, reason="only tox promises to have installed a wheel")
def test_tox_tests_the_wheel_and_not_the_checkout() -> None:
    assert "reportgen/__init__.py" in installed_files()
    assert Path(reportgen.__file__).resolve() == installed_files()["reportgen/__init__.py"].resolve()


@from_wheel
def test_the_installed_package_is_the_one_that_is_used(outside: Path) -> None:
    where = Path(run(outside, "-c", "import reportgen; print(reportgen.__file__)").strip())
    assert where.resolve().is_relative_to(Path(sysconfig.get_path("purelib")).resolve())
    assert not where.is_relative_to(ROOT / "reportgen")


@from_wheel
def test_templates_are_found_inside_the_package(outside: Path) -> None:
    code = "import reportgen; from reportgen.report.locate import templates_folder; print(reportgen.__file__); print(templates_folder())"
    package, templates = (Path(line) for line in run(outside, "-c", code).splitlines())
    assert templates == package.parent / "templates"


@from_wheel
def test_nothing_was_left_out_of_the_wheel() -> None:
    files = installed_files()
    sources = {path: f"reportgen/{path.relative_to(ROOT / 'reportgen').as_posix()}" for path in (ROOT / "reportgen").rglob("*")}
    sources |= {path: f"reportgen/templates/{path.relative_to(ROOT / 'templates').as_posix()}" for path in (ROOT / "templates").rglob("*")}
    # What tools leave beside the sources is theirs: caches, and files that begin with a dot.
    wanted = {name for path, name in sources.items() if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in name.split("/"))}
    assert sorted(wanted - set(files)) == []
    assert "reportgen/py.typed" in files


@from_wheel
def test_the_doctor_finds_nothing_missing(outside: Path) -> None:
    assert "tensorflow" in run(outside, "-m", "reportgen", "doctor")


@from_wheel
@pytest.mark.slow
def test_a_small_study_from_training_to_pdf_and_the_same_report_again(outside: Path) -> None:
    # What is installed is in question here, not all modes and formats: tests/end_to_end has those.
    study = 'dataset = "digits"\nblocks = 1\nepochs = 1\nmodes = ["idiomatic"]\nexport_formats = "standard"\n'
    (outside / "report.toml").write_text(f"[study]\n{study}", encoding="utf-8")
    run(outside, "-m", "reportgen", "run", "--quiet")
    (first,) = [folder for folder in (outside / "out").iterdir() if not folder.is_symlink() and folder.is_dir()]
    assert (outside / "runs" / first.name / "plan.json").is_file()
    assert (first / "report.pdf").read_bytes().startswith(b"%PDF-")
    results = (first / "results.json").read_bytes()
    name = first.name
    shutil.rmtree(first)
    run(outside, "-m", "reportgen", "render", name)
    assert (outside / "out" / name / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert "</html>" in (outside / "out" / name / "report.html").read_text(encoding="utf-8")
    assert (outside / "out" / name / "results.json").read_bytes() == results
