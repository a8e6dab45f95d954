"""The name by which the newest documents are found, whatever the run is called."""

from __future__ import annotations

import os
from pathlib import Path

LATEST = "latest"


def point_latest(out: Path, folder: Path) -> None:
    """Let ``out``/latest point to ``folder``: a symbolic link, replaced in one step; a text file with the name where links are not allowed."""
    link, building = out / LATEST, out / f".{LATEST}.{os.getpid()}"
    building.unlink(missing_ok=True)
    try:
        building.symlink_to(folder.name, target_is_directory=True)
    except OSError:
        building.write_text(f"{folder.name}\n", encoding="utf-8")
    building.replace(link)
