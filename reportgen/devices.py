"""Which device a study computes on: asked of every framework in a process of its own, and decided before anything is measured.

A driver that one framework can use and another cannot would make a comparison of devices out of one of frameworks, so what is chosen is the same for
all: each of them must have computed something on it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reportgen import frameworks
from reportgen.errors import ReportgenError
from reportgen.language import marked
from reportgen.processes import Answer, ask_module
from reportgen.records import DeviceKind, Sentence, made
from reportgen.records.sentence import in_a_row
from reportgen.runner.launch import child_environment

DeviceRequest = Literal["cpu", "cuda", "auto"]

# As for a first import from a cold disk, see reportgen.doctor; starting CUDA takes seconds on top.
PROBE_TIMEOUT_S = 300
# Each process holds up to 1 GiB and keeps a processor busy.
PROBES_AT_ONCE = 2

#: How the CUDA build of a framework is installed, by its distribution.
CUDA_BUILDS = {
    "tensorflow": 'pip install "tensorflow[and-cuda]"',
    "torch": "the CUDA build of torch from https://pytorch.org/get-started/locally",
}


@dataclass(frozen=True, kw_only=True)
class Devices:
    """The CUDA devices on which a framework computed something, and what stood in its way where there is none."""

    devices: tuple[str, ...]
    trouble: str | Sentence | None = None


@dataclass(frozen=True, kw_only=True)
class Seen(Devices):
    """The same with the framework's readable name, and that of its distribution."""

    framework: str
    distribution: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A device, with a sentence for the report on why it was taken."""

    device: DeviceKind
    reason: Sentence


#: How frameworks are asked, by name; they answer in that order.
See = Callable[[Sequence[str]], Sequence[Seen]]


@cache
def look(name: str) -> Seen:
    """Ask a framework in a child process which CUDA devices it can compute on; once, however many workloads a run has."""
    framework = frameworks.find(name)
    environment = child_environment(os.environ, "cuda")
    found = read_devices(ask_module("reportgen.probe", "framework", name, timeout_s=PROBE_TIMEOUT_S, environment=environment))
    return Seen(framework=framework.title, distribution=framework.distribution, devices=found.devices, trouble=found.trouble)


def read_devices(answer: Answer) -> Devices:
    """Return what the probe of a framework said of devices; a framework that does not load computes on none."""
    if answer.trouble is not None:
        return Devices(devices=(), trouble=answer.trouble)
    # A library may print on standard output too, but not after the probe's own line.
    found = json.loads(answer.output.strip().splitlines()[-1])
    return Devices(devices=tuple(found["devices"]), trouble=found["trouble"])


def look_at_all(names: Sequence[str]) -> tuple[Seen, ...]:
    """Ask several frameworks, a few at a time."""
    with ThreadPoolExecutor(max_workers=PROBES_AT_ONCE) as pool:
        return tuple(pool.map(look, names))


def choose(request: DeviceRequest, names: Sequence[str], see: See = look_at_all) -> Choice:
    """Return the device of a study that measures the frameworks ``names``.

    ``auto`` takes a CUDA device only where every framework computes on one. Raises :class:`ReportgenError` where ``cuda`` is wanted and a framework
    cannot, naming it and what it said.
    """
    if request == "cpu":
        return Choice(device="cpu", reason=Sentence(sentence=marked("The CPU was asked for.")))
    seen = see(names)
    without = [one for one in seen if not one.devices]
    if not without and len({one.devices[0] for one in seen}) == 1:
        asked = marked("The CUDA device {device} was asked for.")
        chosen = marked("The CUDA device {device} was chosen because every framework computes on it.")
        return Choice(device="cuda", reason=made(asked if request == "cuda" else chosen, device=seen[0].devices[0]))
    found = in_a_row(describe(one) for one in seen)
    if request == "cuda":
        needed = advice(without) if without else "These are different devices; let programs see one alone, with CUDA_VISIBLE_DEVICES."
        raise ReportgenError(f"The device cuda cannot be used: {found} {needed} Or measure on the CPU: --device cpu.")
    return Choice(device="cpu", reason=made(marked("The CPU was chosen because the frameworks have no CUDA device in common: {found}"), found=found))


def describe(seen: Seen) -> Sentence:
    """Return what a framework found, as a sentence."""
    if seen.devices:
        return made(marked("{framework} computes on {device}."), framework=seen.framework, device=seen.devices[0])
    if seen.trouble:
        return made(marked("{framework} sees no CUDA device ({trouble})."), framework=seen.framework, trouble=seen.trouble)
    return made(marked("{framework} sees no CUDA device."), framework=seen.framework)


def advice(without: Sequence[Seen]) -> str:
    """Return what to do so that the frameworks find a device."""
    builds = "; ".join(f"{one.framework}: {CUDA_BUILDS[one.distribution]}" for one in without if one.distribution in CUDA_BUILDS)
    needed = f", and the build of the framework for it ({builds})" if builds else ""
    return f"A CUDA device needs NVIDIA's driver (nvidia-smi lists it){needed}."
