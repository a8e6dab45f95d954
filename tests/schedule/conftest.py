"""A job whose interpreter is a small program of the test's own, in a folder whose name no unit may stumble over."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.schedule.job import Job

# A per cent sign ends a command of cron and begins a specifier of systemd; a dollar sign begins a variable.
AWKWARD = "my 100% study's $HOME"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    folder = tmp_path / AWKWARD
    folder.mkdir()
    (folder / "report.toml").touch()
    python = folder / "python"
    python.write_text('#!/bin/sh\necho "arguments: $@; DATA: $REPORTGEN_DATA"\nexit "$(cat ending)"\n')
    python.chmod(0o755)
    (folder / "ending").write_text("0")
    data = {"REPORTGEN_DATA": "/data/100% mine"}
    return Job(folder=folder, documents=folder / "out", python=python, config=folder / "report.toml", hour=2, minute=30, variables=data)
