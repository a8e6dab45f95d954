"""The machine as this process may use it: a container's limits count, not what the host has.

Nothing here imports a framework; an accelerator is asked for through its vendor's own command.
"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

import psutil

from reportgen.processes import output_of
from reportgen.records import Hardware

PROCESS_CGROUPS = Path("/proc/self/cgroup")
CGROUP_MOUNT = Path("/sys/fs/cgroup")
CPU_INFORMATION = Path("/proc/cpuinfo")


def describe_hardware() -> Hardware:
    """Return the machine's description as it is stored with a run."""
    return Hardware(
        cpu_model=cpu_model(),
        usable_cpus=usable_cpus(),
        memory_bytes=memory_bytes(),
        devices=accelerators(),
        architecture=platform.machine(),
    )


def cpu_model(information: Path = CPU_INFORMATION) -> str:
    """Return the processor's name as its maker gives it, or the architecture where the system does not tell."""
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"HARDWARE\DESCRIPTION\System\CentralProcessor\0") as key:
            return str(winreg.QueryValueEx(key, "ProcessorNameString")[0]).strip()
    if sys.platform == "darwin":
        name = output_of("sysctl", "-n", "machdep.cpu.brand_string")
    else:
        # On ARM the kernel lists numbers only; lscpu knows the names that belong to them.
        name = _field(_read(information), "model name") or _field(output_of("lscpu"), "Model name")
    return name or platform.processor() or platform.machine()


def usable_cpus(process_cgroups: Path = PROCESS_CGROUPS, mount: Path = CGROUP_MOUNT) -> int:
    """Return how many processors this process can keep busy: the smaller of its affinity and its container's quota, at least 1.

    A fractional quota is rounded down: one thread more than the quota is stopped for a part of every period, which no timing survives.
    """
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = cpu_quota(process_cgroups, mount)
    return available if quota is None else max(1, min(available, int(quota)))


def memory_bytes(process_cgroups: Path = PROCESS_CGROUPS, mount: Path = CGROUP_MOUNT) -> int:
    """Return the memory that this process may fill, in bytes: the machine's, or its container's limit where that is lower."""
    total = int(psutil.virtual_memory().total)
    limits = [
        int(text)
        for folder in _cgroup_folders(process_cgroups, mount, "memory")
        for text in (_read(folder / "memory.max"), _read(folder / "memory.limit_in_bytes"))
        if text.isdigit()
    ]
    return min([total, *limits])


def cpu_quota(process_cgroups: Path = PROCESS_CGROUPS, mount: Path = CGROUP_MOUNT) -> float | None:
    """Return the lowest limit on processor time of this process's control groups, in processors, or ``None`` where there is none.

    Version 2 has ``cpu.max`` ("quota period", quota perhaps "max"); version 1 has ``cpu.cfs_quota_us`` (-1: none) and ``cpu.cfs_period_us``.
    """
    quotas = []
    for folder in _cgroup_folders(process_cgroups, mount, "cpu"):
        texts = _read(folder / "cpu.max").split() or [_read(folder / "cpu.cfs_quota_us"), _read(folder / "cpu.cfs_period_us")]
        if len(texts) == 2 and all(text.isdigit() for text in texts) and int(texts[1]) > 0:
            quotas.append(int(texts[0]) / int(texts[1]))
    return min(quotas, default=None)


def accelerators() -> tuple[str, ...]:
    """Return the names of NVIDIA devices, one each, as ``nvidia-smi`` has them; empty without the command or without a device."""
    return tuple(line.strip() for line in output_of("nvidia-smi", "--query-gpu=name", "--format=csv,noheader").splitlines() if line.strip())


def _cgroup_folders(process_cgroups: Path, mount: Path, controller: str) -> list[Path]:
    """Return the folders whose limits bind this process: its control group and all above it, in both versions of the interface."""
    folders: list[Path] = []
    for line in _read(process_cgroups).splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            top = mount
        elif controller in controllers.split(","):
            top = mount / controller
        else:
            continue
        group = top / path.lstrip("/")
        # Inside a container the path may be the host's, and lead nowhere; the mount itself is then the container's own group.
        folders += [group, *(parent for parent in group.parents if parent.is_relative_to(top))]
    return folders


def _field(text: str, name: str) -> str:
    """Return the value of the first ``name : value`` line, or nothing."""
    lines = (line.partition(":") for line in text.splitlines())
    return next((value.strip() for key, _, value in lines if key.strip() == name), "")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
