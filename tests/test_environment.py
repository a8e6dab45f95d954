"""The description of what a result depends on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reportgen import __version__, environment, hardware
from reportgen.environment import describe_environment, describe_repository, host_state, public_url


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null"]
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "model.py").write_text("layers = 2\n")
    git(tmp_path, "add", "model.py")
    git(tmp_path, "commit", "--quiet", "--message", "A model")
    return tmp_path


def test_describes_interpreter_packages_machine_and_command() -> None:
    described = describe_environment("python -m reportgen run --quick")
    assert described.command == "python -m reportgen run --quick"
    assert described.software.python == ".".join(str(part) for part in sys.version_info[:3])
    assert described.software.packages["reportgen"] == __version__
    assert {"tensorflow", "torch", "torchvision", "numpy", "weasyprint"} <= set(described.software.packages)
    assert described.software.operating_system
    assert described.hardware.cpu_model
    assert described.hardware.usable_cpus >= 1
    assert described.hardware.memory_bytes > 2**20
    assert described.host_name


def test_packages_reach_what_the_direct_ones_need_in_turn() -> None:
    packages = describe_environment("x").software.packages
    # matplotlib needs contourpy, WeasyPrint needs pydyf: neither is named by this program.
    assert {"contourpy", "pydyf"} <= set(packages)
    assert "pytest" not in packages


def test_a_commit_is_named_and_a_change_makes_it_dirty(repository: Path) -> None:
    clean = describe_repository(repository)
    assert clean.commit == git(repository, "rev-parse", "HEAD")
    assert clean.dirty is False
    assert clean.url is None
    (repository / "notes.txt").write_text("not tracked")
    assert describe_repository(repository).dirty is False
    (repository / "model.py").write_text("layers = 3\n")
    assert describe_repository(repository).dirty is True


def test_a_subfolder_belongs_to_its_repository(repository: Path) -> None:
    (repository / "deep").mkdir()
    assert describe_repository(repository / "deep").commit == git(repository, "rev-parse", "HEAD")


def test_a_repository_without_a_commit_has_neither_commit_nor_state(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    described = describe_repository(tmp_path)
    assert described.commit is None
    assert described.dirty is None


def test_no_repository_and_no_git_are_not_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert describe_repository(tmp_path).commit is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert describe_repository(tmp_path) == environment.Repository(commit=None, dirty=None, url=None)


def test_the_remote_is_recorded_without_its_password(repository: Path) -> None:
    git(repository, "remote", "add", "origin", "https://alice:s3cret@example.org/course/lab.git?token=s3cret")
    assert describe_repository(repository).url == "https://example.org/course/lab.git"


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("https://example.org/lab.git", "https://example.org/lab.git"),
        ("https://token@example.org:8443/lab.git#s3cret", "https://example.org:8443/lab.git"),
        ("ssh://git:s3cret@example.org/lab.git", "ssh://git@example.org/lab.git"),
        ("git@example.org:course/lab.git", "git@example.org:course/lab.git"),
        ("http://user:pw@[2001:db8::1]:80/lab", "http://[2001:db8::1]:80/lab"),
        ("/home/alice/lab", None),
        ("file:///home/alice/lab", None),
        (r"C:\Users\alice\lab", None),
        ("", None),
    ],
)
def test_addresses_lose_their_secrets(url: str, printed: str | None) -> None:
    assert public_url(url) == printed


def test_host_state_holds_what_the_system_tells() -> None:
    state = host_state()
    assert state.load_average_1min is None or state.load_average_1min >= 0
    assert state.cpu_frequency_mhz is None or state.cpu_frequency_mhz > 0
    if sys.platform == "linux":
        assert state.steal_s is not None
        assert state.steal_s >= 0


def test_host_state_is_none_where_there_is_nothing_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> None:
        raise NotImplementedError

    monkeypatch.setattr(environment.psutil, "cpu_freq", unknown)
    monkeypatch.setattr(environment.psutil, "cpu_times", lambda: object())
    state = host_state()
    assert state.cpu_frequency_mhz is None
    assert state.steal_s is None


def control_groups(tmp_path: Path, listing: str, files: dict[str, str]) -> tuple[Path, Path]:
    """Write a made-up /proc/self/cgroup and the files of a made-up /sys/fs/cgroup."""
    (tmp_path / "self").write_text(listing)
    for name, text in files.items():
        path = tmp_path / "mount" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "self", tmp_path / "mount"


@pytest.mark.parametrize(
    ("listing", "files", "quota"),
    [
        ("0::/\n", {"cpu.max": "max 100000\n"}, None),
        ("0::/\n", {"cpu.max": "150000 100000\n"}, 1.5),
        ("0::/a/b\n", {"a/b/cpu.max": "max 100000", "a/cpu.max": "50000 100000", "cpu.max": "400000 100000"}, 0.5),
        ("0::/host/path/not/seen/here\n", {"cpu.max": "300000 100000\n"}, 3.0),
        ("4:cpu,cpuacct:/docker\n0::/\n", {"cpu/docker/cpu.cfs_quota_us": "200000", "cpu/docker/cpu.cfs_period_us": "100000"}, 2.0),
        ("4:cpu,cpuacct:/\n", {"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, None),
        ("", {}, None),
    ],
)
def test_the_containers_quota_is_the_lowest_above_this_process(tmp_path: Path, listing: str, files: dict[str, str], quota: float | None) -> None:
    assert hardware.cpu_quota(*control_groups(tmp_path, listing, files)) == quota


def test_usable_processors_never_exceed_the_quota_and_never_reach_zero(tmp_path: Path) -> None:
    assert hardware.usable_cpus(*control_groups(tmp_path, "0::/\n", {"cpu.max": "50000 100000"})) == 1
    assert hardware.usable_cpus(*control_groups(tmp_path, "0::/\n", {"cpu.max": "99999900000 100000"})) == hardware.usable_cpus(tmp_path, tmp_path)


def test_memory_is_the_containers_where_that_is_less(tmp_path: Path) -> None:
    everything = hardware.memory_bytes(tmp_path / "none", tmp_path)
    assert hardware.memory_bytes(*control_groups(tmp_path, "0::/a\n", {"a/memory.max": "max\n", "memory.max": str(2**24)})) == 2**24
    unlimited = {"memory/memory.limit_in_bytes": "9223372036854771712"}
    assert hardware.memory_bytes(*control_groups(tmp_path, "8:memory:/\n", unlimited)) == everything


@pytest.mark.skipif(sys.platform != "linux", reason="reads the file that Linux describes its processors in")
def test_the_processors_name_is_read_or_replaced_by_the_architecture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cpuinfo").write_text("processor\t: 0\nmodel\t\t: 85\nmodel name\t: Example CPU @ 2.00GHz\n\nprocessor\t: 1\nmodel name\t: Other\n")
    assert hardware.cpu_model(tmp_path / "cpuinfo") == "Example CPU @ 2.00GHz"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hardware.cpu_model(tmp_path / "missing")


def test_an_accelerator_is_named_by_its_vendors_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hardware.accelerators() == ()
    if sys.platform == "win32":
        pytest.skip("the made-up command is a shell script")
    command = tmp_path / "nvidia-smi"
    command.write_text("#!/bin/sh\nprintf 'Example A\\nExample B\\n'\n")
    command.chmod(0o755)
    assert hardware.accelerators() == ("Example A", "Example B")
