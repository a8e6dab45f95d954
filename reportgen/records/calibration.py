"""What an A/A study observed: one program measured twice in every block, so that whatever differs is the machine's doing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from reportgen.records.base import SCHEMA_VERSION, Record
from reportgen.records.environment import Hardware
from reportgen.records.plan import DeviceKind

# What the kernel keeps for itself varies from boot to boot by some megabytes; whole GiB do not.
MEMORY_UNIT_BYTES = 2**30


class CalibrationBlock(Record):
    """One block: for each metric the time of the first and of the second of two trials of the same ``framework``, in seconds.

    First and second are labels; which of them ran first alternates as in a real study. Metrics have the names of the findings.
    """

    framework: str
    block: int
    times_s: Mapping[str, tuple[float, float]]


class Calibration(Record):
    """An A/A study of one machine, with raw times only; the noise floor is computed from them at every analysis."""

    schema_version: int = SCHEMA_VERSION
    created_at: str
    reportgen_version: str
    hardware: Hardware
    workload: str
    dataset: str
    epochs: int
    threads: int
    device: DeviceKind = "cpu"
    seed: int
    versions: Mapping[str, str]
    blocks: tuple[CalibrationBlock, ...]


def hardware_parts(hardware: Hardware) -> dict[str, str]:
    """Return what a hardware key is made of, as text, by name."""
    return {
        "processor": hardware.cpu_model,
        "usable processors": str(hardware.usable_cpus),
        "memory": f"{round(hardware.memory_bytes / MEMORY_UNIT_BYTES)} GiB",
        "devices": ", ".join(hardware.devices) or "none",
    }


def hardware_text(hardware: Hardware) -> str:
    """Return a machine in words: what its key is made of."""
    processor, count, memory, _ = hardware_parts(hardware).values()
    return ", ".join([processor, f"{count} processors", memory, *hardware.devices])


def hardware_key(hardware: Hardware) -> str:
    """Return the fingerprint of a machine, 16 hexadecimal digits: processor model, usable processors, memory in whole GiB, devices.

    The host's name and its momentary clock are no part of it: another machine of the same make is the same to a measurement.
    """
    parts = [hardware.cpu_model, hardware.usable_cpus, round(hardware.memory_bytes / MEMORY_UNIT_BYTES), list(hardware.devices)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
