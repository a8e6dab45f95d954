"""The libraries outside Python that WeasyPrint loads to write a PDF, and the command that installs them on each kind of system.

WeasyPrint tells of a missing one only when it is imported, at the end of a study; this is how it is told before one begins.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import platform
import sys
from dataclasses import dataclass

#: Where WeasyPrint looks on Windows, and the variable by which a person names other folders (separated by semicolons).
WINDOWS_VARIABLE = "WEASYPRINT_DLL_DIRECTORIES"
WINDOWS_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"

DEBIAN = "apt-get install --yes libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FEDORA = "dnf install --assumeyes pango harfbuzz"
ARCH = "pacman --sync --noconfirm pango harfbuzz"
ALPINE = "apk add pango harfbuzz-subset fontconfig"
SUSE = "zypper --non-interactive install libpango-1_0-0 libharfbuzz0 libharfbuzz-subset0"
MACOS = "brew install pango"
WINDOWS = r"winget install MSYS2.MSYS2; C:\msys64\usr\bin\pacman --sync --noconfirm mingw-w64-ucrt-x86_64-pango"

#: Identifiers of ``/etc/os-release``: distributions that descend from one of these name it in ``ID_LIKE``.
LINUX_COMMANDS = {
    "debian": DEBIAN,
    "ubuntu": DEBIAN,
    "fedora": FEDORA,
    "rhel": FEDORA,
    "arch": ARCH,
    "alpine": ALPINE,
    "suse": SUSE,
    "opensuse": SUSE,
}


@dataclass(frozen=True, kw_only=True)
class NativeLibrary:
    """A shared library: what it is for, and its file names on Linux, macOS and Windows."""

    name: str
    linux: str
    macos: str
    windows: str

    @property
    def file_name(self) -> str:
        """The file name on this machine's kind of system."""
        return {"win32": self.windows, "darwin": self.macos}.get(sys.platform, self.linux)


LIBRARIES = (
    NativeLibrary(name="GObject", linux="libgobject-2.0.so.0", macos="libgobject-2.0.0.dylib", windows="libgobject-2.0-0.dll"),
    NativeLibrary(name="Pango", linux="libpango-1.0.so.0", macos="libpango-1.0.dylib", windows="libpango-1.0-0.dll"),
    NativeLibrary(name="PangoFT2", linux="libpangoft2-1.0.so.0", macos="libpangoft2-1.0.dylib", windows="libpangoft2-1.0-0.dll"),
    NativeLibrary(name="HarfBuzz", linux="libharfbuzz.so.0", macos="libharfbuzz.0.dylib", windows="libharfbuzz-0.dll"),
    NativeLibrary(name="HarfBuzz-Subset", linux="libharfbuzz-subset.so.0", macos="libharfbuzz-subset.0.dylib", windows="libharfbuzz-subset-0.dll"),
    NativeLibrary(name="Fontconfig", linux="libfontconfig.so.1", macos="libfontconfig.1.dylib", windows="libfontconfig-1.dll"),
)


def loads(library: NativeLibrary) -> bool:
    """Tell whether the dynamic linker finds and loads the library."""
    _add_windows_folders()
    # The linker's own search first; find_library also knows Homebrew's folder on macOS and the cache of other C libraries on Linux.
    stem = library.linux.removeprefix("lib").partition(".so")[0]
    for name in (library.file_name, ctypes.util.find_library(stem)):
        try:
            if name and ctypes.CDLL(name):
                return True
        except OSError:
            continue
    return False


def install_command() -> str:
    """Return the command that installs all of them on this machine, ready to be pasted into a terminal."""
    if sys.platform == "win32":
        return WINDOWS
    if sys.platform == "darwin":
        return MACOS
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    return linux_command(release, is_root=os.geteuid() == 0)


def linux_command(release: dict[str, str], *, is_root: bool) -> str:
    """Return the command for the distribution that ``release`` (fields of ``/etc/os-release``) describes, or the libraries' names if unknown."""
    for identifier in [release.get("ID", ""), *release.get("ID_LIKE", "").split()]:
        family = identifier.partition("-")[0]
        if family in LINUX_COMMANDS:
            return LINUX_COMMANDS[family] if is_root else f"sudo {LINUX_COMMANDS[family]}"
    return "install these with the system's package manager: " + ", ".join(library.linux for library in LIBRARIES)


def _add_windows_folders() -> None:
    if sys.platform == "win32":
        for folder in os.environ.get(WINDOWS_VARIABLE, WINDOWS_FOLDERS).split(";"):
            if os.path.isdir(folder):  # noqa: PTH112
                os.add_dll_directory(folder)
