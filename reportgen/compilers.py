"""The system's C++ compiler, which some modes need: PyTorch's writes C++ and has it compiled. Without one, a study takes modes that need none."""

from __future__ import annotations

import shutil
import sys

#: The command that PyTorch calls, by ``sys.platform``.
COMMANDS = {"linux": "g++", "darwin": "clang++", "win32": "cl"}
#: How a person gets it.
REMEDIES = {
    "linux": "sudo apt-get install --yes g++  (Fedora: sudo dnf install gcc-c++; Arch: sudo pacman -S gcc; openSUSE: sudo zypper install gcc-c++)",
    "darwin": "xcode-select --install",
    "win32": "winget install Microsoft.VisualStudio.2022.BuildTools, then start from its developer prompt",
}


def command() -> str:
    """Return the compiler's command on this system."""
    return COMMANDS.get(sys.platform, COMMANDS["linux"])


def find_compiler() -> str | None:
    """Return the path of the compiler, or ``None`` where there is none."""
    return shutil.which(command())
