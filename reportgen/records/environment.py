"""Where a run took place: interpreter, packages, machine, repository, and what else the machine was doing."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.records.base import Record


class Software(Record):
    """The interpreter and every installed distribution that a result could depend on."""

    python: str
    implementation: str
    operating_system: str
    packages: Mapping[str, str]


class Hardware(Record):
    """The machine. ``usable_cpus`` respects affinity and the container's quota; memory in bytes."""

    cpu_model: str
    usable_cpus: int
    memory_bytes: int
    devices: tuple[str, ...]
    architecture: str


class Repository(Record):
    """Where the code that ran came from, when it lay in a git working tree."""

    commit: str | None
    dirty: bool | None
    url: str | None


class Environment(Record):
    """Recorded once a run, before the first trial."""

    software: Software
    hardware: Hardware
    repository: Repository
    command: str
    host_name: str


class HostState(Record):
    """What else the machine was doing at a moment; recorded before and after a trial, never used to drop one."""

    load_average_1min: float | None
    cpu_frequency_mhz: float | None
    steal_s: float | None
