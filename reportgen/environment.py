"""What a result depends on besides the code: interpreter, packages, machine, repository, and what else the machine was doing.

Everything comes from metadata, the operating system and git; no framework is imported, so the parent can describe the run before it starts.
"""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil

from reportgen import __version__
from reportgen.hardware import describe_hardware
from reportgen.processes import output_of
from reportgen.records import Environment, HostState, Repository, Software


def describe_environment(command: str) -> Environment:
    """Return the description that is stored once a run; ``command`` is the line that started it, as a person would type it."""
    return Environment(
        software=describe_software(),
        hardware=describe_hardware(),
        repository=describe_repository(Path.cwd()),
        command=command,
        host_name=platform.node(),
    )


def describe_software() -> Software:
    """Return the interpreter, the operating system, and every installed distribution that the program builds on, this program included."""
    # The worker asks for the state of the host only; it need not pay for reading requirements.
    from reportgen.packages import PROGRAM, dependency_closure

    return Software(
        python=platform.python_version(),
        implementation=platform.python_implementation(),
        operating_system=operating_system(),
        packages={PROGRAM: __version__, **dependency_closure().versions},
    )


def operating_system() -> str:
    """Return the name that people know the operating system by, with its version; on Linux the kernel's too."""
    if sys.platform == "darwin":
        return f"macOS {platform.mac_ver()[0]}"
    if sys.platform == "linux":
        try:
            name = platform.freedesktop_os_release()["PRETTY_NAME"]
        except (OSError, KeyError):
            name = "Linux"
        return f"{name}, kernel {platform.release()}"
    return f"{platform.system()} {platform.release()} ({platform.version()})"


def describe_repository(folder: Path) -> Repository:
    """Return commit, state and origin of the git working tree around ``folder``; ``None`` for what is not known.

    ``dirty`` means that a tracked file differs from the commit; files that git does not track are no part of what a commit describes.
    """
    if output_of("git", "rev-parse", "--is-inside-work-tree", folder=folder) != "true":
        return Repository(commit=None, dirty=None, url=None)
    commit = output_of("git", "rev-parse", "--verify", "--quiet", "HEAD", folder=folder)
    changes = output_of("git", "status", "--porcelain", "--untracked-files=no", folder=folder)
    url = output_of("git", "config", "--get", "remote.origin.url", folder=folder)
    return Repository(commit=commit or None, dirty=bool(changes) if commit else None, url=public_url(url))


def public_url(url: str) -> str | None:
    """Return a remote's address as it may be printed, or ``None`` for a folder of this machine.

    User names, passwords and tokens are taken out: everything before the host, and any query. The user of an SSH address stays, since it
    belongs to the address and is no secret.
    """
    parts = urlsplit(url)
    if parts.scheme in {"http", "https", "ssh", "git"} and parts.hostname:
        host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
        user = f"{parts.username}@" if parts.scheme == "ssh" and parts.username else ""
        port = f":{parts.port}" if parts.port else ""
        return urlunsplit((parts.scheme, f"{user}{host}{port}", parts.path, "", ""))
    # The short form of SSH: user@host:path.
    before, colon, _ = url.partition(":")
    return url if colon and "@" in before and "/" not in before else None


def host_state() -> HostState:
    """Return what the machine is doing at this moment; ``None`` for what the operating system does not tell.

    Load average over one minute (processes), mean current frequency of the processors (MHz), and seconds stolen by the hypervisor since
    the machine started, summed over processors.
    """
    return HostState(load_average_1min=_load_average(), cpu_frequency_mhz=_cpu_frequency_mhz(), steal_s=_steal_s())


def _load_average() -> float | None:
    # Windows keeps no load average; what psutil puts in its place starts at zero in every process.
    return None if sys.platform == "win32" else float(psutil.getloadavg()[0])


def _cpu_frequency_mhz() -> float | None:
    try:
        frequency = psutil.cpu_freq()
    except (OSError, RuntimeError, NotImplementedError, AttributeError):
        # Virtual machines and some ARM boards have no frequency to read, each in its own way.
        return None
    return float(frequency.current) if frequency and frequency.current else None


def _steal_s() -> float | None:
    steal = getattr(psutil.cpu_times(), "steal", None)
    return None if steal is None else float(steal)
