"""Virtual environments for tests of variants: with the packages of this interpreter, by a path file, or with none."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path


def interpreter_in(folder: Path, *, packages: bool) -> Path:
    """Make a virtual environment, with the packages of this interpreter or with none, and return its interpreter."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"
    if packages:
        ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
        place = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
        # Everything that is importable here, in whatever way it is.
        here = dict.fromkeys([sysconfig.get_path("purelib"), *(path for path in sys.path if path.endswith("site-packages"))])
        (Path(place) / "shared.pth").write_text("\n".join(here))
    return python
