"""Looking at the machine before it measures: folders, room on the disk, and whatever would make timings slower or less steady.

None of this stops a study. A busy or throttled machine gives wider intervals and weaker findings, and a person can often do something about it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psutil

from reportgen.calibration import stored_calibration
from reportgen.environment import host_state
from reportgen.hardware import accelerators, cpu_model, describe_hardware, memory_bytes, usable_cpus

GIB = 1024**3

#: A standard study stores the data set once (55 MB for MNIST), and some MB of predictions and models for each of its trials.
ENOUGH_DISK_BYTES = 1 * GIB

#: TensorFlow or PyTorch with the data set in memory stay below 1 GiB in one process; the rest is for the parent and the system.
ENOUGH_MEMORY_BYTES = 2 * GIB

#: One of two processors busy with something else halves what a trial may get; below a quarter its effect drowns in other noise.
BUSY_SHARE = 0.25

#: Frequency drivers under which "powersave" is the ordinary setting, and the processor still goes to full speed.
SELF_REGULATING_DRIVERS = {"intel_pstate", "amd-pstate-epp"}

PROCESSOR_FOLDER = Path("/sys/devices/system/cpu")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found, and what a person can do about it; no ``remedy`` means that all is well."""

    found: str
    remedy: str | None = None


def unwritable(folder: Path) -> str | None:
    """Return why no file can be made in ``folder``, or in the nearest folder above it if it does not exist yet; ``None`` if one can."""
    nearest = folder.absolute()
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        return f"{nearest} is not a folder"
    try:
        with tempfile.TemporaryFile(dir=nearest):
            return None
    except OSError as error:
        return error.strerror or str(error)


def disk_space(folder: Path) -> Finding:
    """Return how much room the disk below ``folder`` has."""
    nearest = folder.absolute()
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    free = shutil.disk_usage(nearest).free
    remedy = f"Free some space, or choose a folder on another disk with --runs DIR; {size(ENOUGH_DISK_BYTES)} is enough."
    return Finding(found=f"{size(free)} free", remedy=remedy if free < ENOUGH_DISK_BYTES else None)


def processors() -> Finding:
    """Return the processor's model, how many of them this process may use, and any accelerator."""
    count = usable_cpus()
    devices = ", ".join(accelerators()) or "no NVIDIA device"
    return Finding(found=f"{count} usable of {os.cpu_count()}, {cpu_model()}; {devices}")


def memory() -> Finding:
    """Return how much memory this process may fill."""
    total = memory_bytes()
    remedy = f"Give the machine or container at least {size(ENOUGH_MEMORY_BYTES)}; a trial may be killed for want of memory."
    return Finding(found=size(total), remedy=remedy if total < ENOUGH_MEMORY_BYTES else None)


def load() -> Finding | None:
    """Return how busy the machine was during the last minute, or ``None`` where the system does not tell."""
    average = host_state().load_average_1min
    if average is None:
        return None
    found = f"{average:.2f} busy on average over the last minute"
    busy = average > BUSY_SHARE * usable_cpus()
    return Finding(found=found, remedy="Close what else is running, or wait: a busy machine widens every interval." if busy else None)


def frequency_governor(folder: Path = PROCESSOR_FOLDER) -> Finding | None:
    """Return the governor of the processors' frequency on Linux, or ``None`` where there is none to see."""
    governors = sorted({_read(path) for path in folder.glob("cpu[0-9]*/cpufreq/scaling_governor")} - {""})
    if not governors:
        return None
    drivers = {_read(path) for path in folder.glob("cpu[0-9]*/cpufreq/scaling_driver")}
    slow = "powersave" in governors and not drivers <= SELF_REGULATING_DRIVERS
    return Finding(found=f"governor {', '.join(governors)}", remedy="sudo cpupower frequency-set --governor performance" if slow else None)


def power_supply() -> Finding | None:
    """Return whether a portable machine runs from its battery, or ``None`` where there is no battery."""
    # Missing from psutil's interface on systems where it knows no way to ask.
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    if battery is None or battery.power_plugged is None:
        return None
    if battery.power_plugged:
        return Finding(found="from the mains")
    return Finding(found="from the battery", remedy="Plug the machine in: on battery its processors slow down as they please.")


def size(count: float) -> str:
    """Return a number of bytes in the largest binary unit below it."""
    for unit in ("B", "KiB", "MiB"):
        if count < 1024:
            return f"{count:.0f} {unit}"
        count /= 1024
    return f"{count:.1f} GiB"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def calibration() -> Finding:
    """Return whether this machine's own noise was measured."""
    known = stored_calibration(describe_hardware())
    if known is None:
        return Finding(found="not calibrated: a noise of 2 % is assumed", remedy="Measure this machine's noise: python -m reportgen calibrate")
    return Finding(found=f"calibrated on {known.created_at[:10]} with {known.workload} on {known.dataset}")
