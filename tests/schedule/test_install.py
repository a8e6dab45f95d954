"""Putting units in place and away: against programs that stand in for systemctl and crontab, since the person's own must stay untouched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen import schedule_command
from reportgen.errors import ReportgenError
from reportgen.schedule.job import KEPT_VARIABLES, check_interpreter, job_of, time_of_day

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="systemd and cron are not of Windows")

CRONTAB = """#!/bin/sh
case "$1" in
-l) [ -f "$STATE/crontab" ] || { echo "no crontab for me" >&2; exit 1; }; cat "$STATE/crontab";;
-r) rm "$STATE/crontab";;
-) cat > "$STATE/crontab";;
esac
"""
SYSTEMCTL = """#!/bin/sh
[ -f "$STATE/no-systemd" ] && { echo "Failed to connect to bus" >&2; exit 1; }
echo "$*" >> "$STATE/systemctl"
case "$*" in *Version*) echo Version=252;; esac
"""


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    state = tmp_path / "state"
    (state / "bin").mkdir(parents=True)
    for name, text in (("crontab", CRONTAB), ("systemctl", SYSTEMCTL), ("loginctl", "#!/bin/sh\necho no\n")):
        (state / "bin" / name).write_text(text)
        (state / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{state / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("STATE", str(state))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "report.toml").write_text('[study]\ndataset = "digits"\n')
    return tmp_path


def schedule(place: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "reportgen", "schedule", *arguments]
    done = subprocess.run(command, cwd=place / "study", env=dict(os.environ), capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_timer_comes_and_goes(place):
    code, said = schedule(place, "--at", "02:30", "--install")
    assert code == 0, said
    assert "enable-linger" in said
    units = place / "settings" / "systemd" / "user"
    assert sorted(path.suffix for path in units.iterdir()) == [".service", ".service", ".timer"]
    assert schedule(place, "--at", "03:15", "--install", "systemd")[0] == 0
    (timer,) = units.glob("*.timer")
    assert "03:15:00" in timer.read_text()
    done = (place / "state" / "systemctl").read_text()
    assert f"--user enable {timer.name}" in done
    assert f"--user restart {timer.name}" in done
    code, said = schedule(place, "--remove")
    assert code == 0
    assert timer.name in said
    assert not list(units.iterdir())
    assert f"--user disable --now {timer.name}" in (place / "state" / "systemctl").read_text()
    assert "Nothing was scheduled" in schedule(place, "--remove")[1]


def test_an_entry_of_cron_comes_and_goes_and_others_stay(place):
    (place / "state" / "no-systemd").touch()
    table = place / "state" / "crontab"
    table.write_text("5 4 * * * backup\n")
    code, said = schedule(place, "--at", "02:30", "--install")
    assert code == 0, said
    assert schedule(place, "--at", "03:15", "--install", "cron")[0] == 0
    assert table.read_text().startswith("5 4 * * * backup\n")
    assert table.read_text().count("reportgen nightly") == 1
    assert "\n15 3 * * * " in table.read_text()
    assert "crontab" in schedule(place, "--remove")[1]
    assert table.read_text() == "5 4 * * * backup\n"


def test_the_last_entry_takes_the_crontab_with_it(place):
    assert schedule(place, "--at", "02:30", "--install", "cron")[0] == 0
    assert schedule(place, "--remove")[0] == 0
    assert not (place / "state" / "crontab").exists()


def test_without_systemd_nothing_is_left_behind(place):
    (place / "state" / "no-systemd").touch()
    code, said = schedule(place, "--at", "02:30", "--install", "systemd")
    assert code == 2
    assert "--install cron" in said
    assert not (place / "settings").exists()


def test_a_unit_is_written_beside_the_configuration(place):
    code, said = schedule(place, "--at", "2:30")
    assert code == 0, said
    written = list((place / "study" / "schedule").iterdir())
    assert written
    for path in written:
        assert str(path) in said
    assert "Put it in place" in said


def test_what_is_printed_is_the_whole_unit_and_nothing_is_written(place):
    code, said = schedule(place, "--at", "02:30", "--print", "cron", "--notify", "mail me")
    assert code == 0
    assert said.startswith("# begin reportgen-study-")
    assert "mail me" in said
    assert [path.name for path in (place / "study").iterdir()] == ["report.toml"]


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ({"at": None}, "--at 02:30"),
        ({"at": "25:00"}, "24 hours"),
        ({"at": "noon"}, "24 hours"),
        ({"printed": "cron", "remove": True}, "exclude"),
        ({"notify": "a\nb"}, "one line"),
        ({"config": Path("missing.toml")}, "missing.toml"),
        ({"config": Path("wrong.toml"), "install_kind": "cron"}, "line 2"),
    ],
)
def test_what_cannot_be_scheduled_says_why(place, given, advice, monkeypatch):
    monkeypatch.chdir(place / "study")
    Path("wrong.toml").write_text("[study]\nblocks = 0\n")
    asked = {"config": None, "at": "02:30", "printed": None, "install_kind": None, "remove": False, "notify": ""}
    with pytest.raises(ReportgenError, match=advice):
        schedule_command.schedule(**asked | given)
    assert not (place / "state" / "crontab").exists()


def test_an_interpreter_without_the_program_is_refused(place, monkeypatch):
    from reportgen.config import load_config

    job = job_of(load_config(place / "study" / "report.toml"), "02:30")
    check_interpreter(job)
    bare = place / "python"
    bare.write_text("#!/bin/sh\necho \"No module named 'reportgen'\" >&2\nexit 1\n")
    bare.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(bare))
    with pytest.raises(ReportgenError, match="Install it there with pip"):
        check_interpreter(job_of(load_config(place / "study" / "report.toml"), "02:30"))


def test_what_changes_a_result_is_kept_and_what_is_the_account_s_is_not(place):
    from reportgen.config import load_config

    given = dict.fromkeys(KEPT_VARIABLES, "value") | {"HOME": "/home/me", "LANG": "C", "SECRET": "token"}
    assert set(job_of(load_config(place / "study" / "report.toml"), "02:30", environment=given).variables) == set(KEPT_VARIABLES)
    assert "PATH" in KEPT_VARIABLES
    assert not {"HOME", "LANG"} & set(KEPT_VARIABLES)


def test_times_of_day():
    assert time_of_day("0:05") == (0, 5)
    assert time_of_day("23:59") == (23, 59)
