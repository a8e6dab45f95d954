"""Templates as files: their names and blocks, and copies to start from."""

import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.errors import ReportgenError
from reportgen.report.locate import templates_folder
from reportgen.template_files import blocks_of, eject, template_names


def test_every_template_and_style_sheet_has_a_name() -> None:
    folder = templates_folder()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in (".j2", ".css")}
    assert set(template_names()) == files
    assert "report.html.j2" in template_names()
    # Whole documents come first.
    depths = [name.count("/") for name in template_names()]
    assert depths == sorted(depths)


@pytest.mark.parametrize("name", template_names())
def test_a_copy_is_the_template_itself(name: str, tmp_path: Path) -> None:
    path = eject(name, None, tmp_path / "templates")
    assert path == tmp_path / "templates" / name
    assert path.read_bytes() == (templates_folder() / name).read_bytes()


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    eject("report.html.j2", None, tmp_path)
    (tmp_path / "report.html.j2").write_text("mine")
    with pytest.raises(ReportgenError, match="Nothing was written"):
        eject("report.html.j2", "discussion", tmp_path)
    assert (tmp_path / "report.html.j2").read_text() == "mine"


def test_unknown_names_are_errors_that_say_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(ReportgenError, match=r"Did you mean 'report\.html\.j2'"):
        eject("report.html", None, tmp_path)
    with pytest.raises(ReportgenError, match=r"no block 'discusion'. It has .*discussion"):
        eject("report.html.j2", "discusion", tmp_path)
    with pytest.raises(ReportgenError, match="It has none"):
        eject("styles/code.css", "discussion", tmp_path)
    assert list(tmp_path.iterdir()) == []


def says(folder: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", "reportgen", "templates", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_verb_lists_them_and_says_which_are_ones_own(tmp_path: Path) -> None:
    assert "your own" not in says(tmp_path, "list")
    path = says(tmp_path, "eject", "report.html.j2", "--block", "discussion").strip()
    assert (tmp_path / path).read_text().splitlines()[1:] == ['{% extends "builtin/report.html.j2" %}', blocks_of("report.html.j2")["discussion"]]
    (line,) = (line for line in says(tmp_path, "list").splitlines() if "your own" in line)
    assert "report.html.j2" in line
