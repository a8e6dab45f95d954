"""Running the program as a person does: ``python -m reportgen`` in a folder of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TIMEOUT_S = 900.0


class Desk:
    """A folder in which the program is run, with a host lock of its own so that no study elsewhere is waited for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "tmp").mkdir(parents=True)

    def environment(self) -> dict[str, str]:
        return os.environ | {"TMPDIR": str(self.folder / "tmp"), "COLUMNS": "120"}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "reportgen", *arguments]

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run to the end, and return what was printed on both streams; a traceback is never what a person should see."""
        done = subprocess.run(
            self.command(*arguments), cwd=self.folder, env=self.environment(), capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert "Traceback" not in said, said
        return said

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start as a terminal does, and return the process; its streams are joined.

        Where the tests run in the background, Ctrl-C is ignored, and would be in every process that they start.
        """
        return subprocess.Popen(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def configure(self, text: str) -> None:
        (self.folder / "report.toml").write_text(text)

    @property
    def the_run(self) -> Path:
        """The folder of the only run."""
        (run,) = (path for path in (self.folder / "runs").iterdir() if path.is_dir() and not path.name.startswith("."))
        return run


@pytest.fixture(scope="session")
def desk_in():
    """Return what makes a desk of a folder, for tests that share one."""
    return Desk


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """A desk with one finished run of the smallest study that exports everything."""
    desk = Desk(tmp_path_factory.mktemp("finished"))
    desk.said = desk.run("--dataset", "digits", "--blocks", "1", "--epochs", "2")
    return desk
