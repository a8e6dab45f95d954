"""Units: accepted by the programs that read them, and doing what they say when a shell runs them."""

from __future__ import annotations

import dataclasses
import os
import plistlib
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from datetime import timedelta
from pathlib import Path

import pytest

from reportgen.errors import ReportgenError
from reportgen.schedule import cron, github, launchd, systemd, windows
from reportgen.schedule.job import Job
from reportgen.schedule.kinds import KINDS, advice
from reportgen.verbs.schedule import SCHEDULERS

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
needs_flock = pytest.mark.skipif(shutil.which("flock") is None, reason="flock is not installed here")


def shell(script: str, folder: Path, path: str = "") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{path}:{os.environ['PATH']}", "HOME": str(folder)}
    return subprocess.run(["/bin/sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)


def as_cron_runs(command: str) -> str:
    """What cron makes of a command before a shell sees it: an escaped per cent sign is one, any other would end the command."""
    assert not re.search(r"(?<!\\)%", command)
    return command.replace("\\%", "%")


def test_the_command_line_offers_every_kind():
    assert tuple(KINDS) == SCHEDULERS


@pytest.mark.parametrize("kind", KINDS)
def test_a_unit_says_where_with_what_and_on_what(kind, job):
    places = {"folder": Path("/srv/study"), "documents": Path("/srv/study/out")}
    plain = dataclasses.replace(job, **places, python=Path("/srv/venv/bin/python"), config=Path("/srv/study/report.toml"))
    text = "".join(file.text for file in KINDS[kind](plain))
    for part in (
        "/srv/study",
        "/srv/venv/bin/python",
        "nightly",
        "/srv/study/report.toml",
        "nightly.log",
        "REPORTGEN_DATA",
        "a confirmed regression",
    ):
        assert part in text, part
    assert advice(kind, plain)


@posix
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed here")
@pytest.mark.parametrize("notify", ["", 'mail -s "100% \\ $HOME" me@example.org'])
def test_systemd_finds_nothing_wrong_with_its_units(job, tmp_path, notify):
    paths = []
    for file in systemd.files(dataclasses.replace(job, notify=notify)):
        paths.append(tmp_path / file.name)
        paths[-1].write_text(file.text)
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *paths],
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not [line for line in done.stderr.splitlines() if job.name in line]


@posix
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed here")
def test_systemd_would_notice_a_mistake(job, tmp_path):
    path = tmp_path / f"{job.name}.service"
    path.write_text(systemd.files(job)[0].text.replace("ExecStart=", "ExecStart=/no/such/program "))
    environment = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert subprocess.run(["systemd-analyze", "--user", "verify", path], env=environment, capture_output=True, check=False).returncode


def test_systemd_escapes_what_it_would_replace(job):
    service, timer, notice = (file.text for file in systemd.files(job))
    assert "OnCalendar=*-*-* 02:30:00" in timer
    assert f"OnFailure={job.name}-notice.service" in service
    for line in service.splitlines() + notice.splitlines():
        assert not re.search(r"(?<!%)%(?!%)", line.replace("%%", "")), line
    (start,) = (line for line in service.splitlines() if line.startswith("ExecStart="))
    assert not re.search(r"(?<!\$)\$(?!\$)", start.replace("$$", ""))


@posix
def test_the_notice_of_systemd_says_how_the_night_ended(job, tmp_path):
    (job.folder / "nightly.log").write_text("ratio: 1.31\n")
    stub = tmp_path / "bin"
    stub.mkdir()
    (stub / "systemctl").write_text('#!/bin/sh\ncase "$*" in *ExecMainStatus*) echo 1;; *) echo exit-code;; esac\n')
    (stub / "systemctl").chmod(0o755)
    done = shell(systemd.script(dataclasses.replace(job, notify="cat > mailed")), job.folder, str(stub))
    assert done.returncode == 0, done.stderr
    mailed = (job.folder / "mailed").read_text()
    assert mailed == done.stdout
    assert "exit code 1, result exit-code" in mailed
    assert str(job.folder) in mailed
    assert "ratio: 1.31" in mailed


@posix
@pytest.mark.skipif(shutil.which("crontab") is None, reason="crontab is not installed here")
def test_cron_takes_its_entry(job, tmp_path):
    path = tmp_path / "crontab"
    path.write_text(cron.entry(job))
    done = subprocess.run(["crontab", "-n", path], capture_output=True, text=True, check=False)
    if "usage" in done.stderr or "invalid option" in done.stderr:
        pytest.skip("this crontab cannot check without installing")
    assert done.returncode == 0, done.stderr


@posix
@needs_flock
@pytest.mark.parametrize("notify", ["", "cat > mailed"])
def test_a_night_that_cron_started(job, notify):
    run = as_cron_runs(cron.command(dataclasses.replace(job, notify=notify)))
    good = shell(run, job.folder.parent)
    assert (good.returncode, good.stdout + good.stderr) == (0, "")
    said = f"arguments: -m reportgen nightly {job.config}; DATA: /data/100% mine"
    assert (job.folder / "nightly.log").read_text() == f"{said}\n"
    (job.folder / "ending").write_text("1")
    bad = shell(run, job.folder.parent)
    notice = (job.folder / "mailed").read_text() if notify else bad.stdout
    assert "ended with exit code 1" in notice
    assert notice.count(said) == 2, "both nights are in the log, and the log's end in the notice"


@posix
@needs_flock
def test_two_nights_of_cron_do_not_overlap(job):
    run = as_cron_runs(cron.command(job))
    job.python.write_text("#!/bin/sh\ntouch began\nwhile [ ! -f over ]; do sleep 0.02; done\n")
    first = subprocess.Popen(["/bin/sh", "-c", run], cwd=job.folder)
    try:
        while not (job.folder / "began").exists():
            time.sleep(0.02)
        second = shell(run, job.folder.parent)
        assert "the night before is still running" in second.stdout
    finally:
        (job.folder / "over").touch()
        assert first.wait(60) == 0


@posix
def test_a_line_that_cron_would_refuse_is_refused(job):
    with pytest.raises(ReportgenError, match="998"):
        cron.command(dataclasses.replace(job, variables={"PATH": ":".join(f"/opt/tool-{number}/bin" for number in range(60))}))


def test_an_entry_is_found_again_and_nothing_else_is_touched(job):
    mine = "# my own\n5 4 * * * backup\n"
    once = cron.with_entry(mine, job)
    assert cron.with_entry(once, dataclasses.replace(job, hour=3)).count("reportgen nightly") == 1
    assert cron.without_entry(once, job) == mine
    assert cron.with_entry("no newline", job).startswith("no newline\n#")
    assert cron.without_entry(mine, job) == mine
    with pytest.raises(ReportgenError, match="without"):
        cron.without_entry(once.replace("# end", "# gone"), job)


@posix
def test_a_night_that_launchd_started(job, tmp_path):
    (file,) = launchd.files(dataclasses.replace(job, notify="cat > mailed"))
    unit = plistlib.loads(file.text.encode())
    assert unit["StartCalendarInterval"] == {"Hour": 2, "Minute": 30}
    assert unit["EnvironmentVariables"] == dict(job.variables)
    assert unit["WorkingDirectory"] == str(job.folder)
    stub = tmp_path / "bin"
    stub.mkdir()
    (stub / "caffeinate").write_text('#!/bin/sh\nshift\n"$@"\n')
    (stub / "caffeinate").chmod(0o755)
    assert shell(unit["ProgramArguments"][2], job.folder, str(stub)).returncode == 0
    assert not (job.folder / "mailed").exists()
    (job.folder / "ending").write_text("3")
    (job.folder / "nightly.log").write_text("nothing to compare\n")
    assert shell(unit["ProgramArguments"][2], job.folder, str(stub)).returncode == 3
    assert "exit code 3" in (job.folder / "mailed").read_text()
    assert "nothing to compare" in (job.folder / "mailed").read_text()


def test_the_task_of_windows_is_whole(job):
    (file,) = windows.files(dataclasses.replace(job, notify='blat - -subject "bad & ugly"'))
    assert file.text.encode(file.encoding).startswith((b"\xff\xfe", b"\xfe\xff"))
    task = ET.fromstring(file.text.encode("utf-16"))
    space = {"": "http://schemas.microsoft.com/windows/2004/02/mit/task"}

    def found(name: str) -> str:
        return next(task.iterfind(f".//{name}", space)).text or ""

    assert found("StartBoundary").endswith("T02:30:00")
    assert found("MultipleInstancesPolicy") == "IgnoreNew"
    assert found("WorkingDirectory") == str(job.folder)
    assert found("Priority") == "4"
    before, script, after = re.split(r'(?<!\\)"', found("Arguments"))
    assert before.endswith("-Command ")
    assert not after
    assert "my 100% study''s $HOME" in script, "a quotation mark inside a word for word text is doubled"
    assert 'blat - -subject \\"bad & ugly\\"' in script


def test_the_workflow_has_github_s_clock_and_every_part(job):
    for ahead_h, cron_line in ((0, "30 2 * * *"), (3, "30 23 * * *"), (-5, "30 7 * * *")):
        assert f'cron: "{cron_line}"' in github.workflow(job, timedelta(hours=ahead_h))
    text = github.workflow(dataclasses.replace(job, notify="mail me"), timedelta())
    for part in ("runs-on: self-hosted", "concurrency:", "working-directory: ", "GITHUB_STEP_SUMMARY", "upload-artifact", "| { mail me; }"):
        assert part in text


def test_the_documentation_shows_the_workflow_that_is_printed():
    job = Job(
        folder=Path("/home/me/my-report"),
        documents=Path("/home/me/my-report/out"),
        python=Path("/home/me/reportgen/.venv/bin/python"),
        config=Path("/home/me/my-report/report.toml"),
        hour=2,
        minute=30,
        variables={"PATH": "/usr/local/bin:/usr/bin:/bin"},
    )
    assert github.workflow(job, timedelta(hours=1)) in (ROOT / "docs" / "schedule.md").read_text(encoding="utf-8")
