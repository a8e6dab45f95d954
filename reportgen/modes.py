"""Which modes a study has: what its workload supports, and what a person asked for. No framework is imported for it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from reportgen import frameworks
from reportgen.compilers import find_compiler
from reportgen.errors import ReportgenError
from reportgen.frameworks import Mode
from reportgen.frameworks.driving import PIPELINES
from reportgen.workloads import Workload
from reportgen.workloads.signatures import definitions

#: What a person may ask for beside a mode's own name: each framework's first mode, and its fastest.
IDIOMATIC, TUNED = "idiomatic", "tuned"
DEFAULT = (IDIOMATIC, TUNED)
# For a workload that says nothing of modes: the way of most courses, and the fastest that needs no compiler of the operating system and
# no shapes that are known beforehand.
GENERAL_IDIOMATIC = {"tensorflow": "keras-fit", "pytorch": "dataloader"}
GENERAL_TUNED = {"tensorflow": "graph", "pytorch": "in-memory"}


def names() -> tuple[str, ...]:
    """Return every name that ``--mode`` accepts; one that two frameworks have means that mode in both."""
    known = (mode.name for framework in frameworks.names() for mode in frameworks.modes(framework))
    return tuple(dict.fromkeys((*DEFAULT, *known)))


def supported(workload: Workload, framework: str) -> tuple[str, ...]:
    """Return the modes in which a workload can be measured with a framework, the idiomatic one first."""
    declared = workload.modes.get(framework)
    if declared:
        return tuple(declared)
    found = tuple(mode.name for mode in frameworks.modes(framework) if fits(workload, mode))
    first = GENERAL_IDIOMATIC.get(framework)
    return tuple(sorted(found, key=lambda name: name != first))


def fits(workload: Workload, mode: Mode) -> bool:
    """Say whether a workload that says nothing of modes has what this one needs: its model, and no input pipeline that the mode cannot use."""
    path = workload.code_path(mode.code)
    if path is None:
        return False
    own = defined_in(path)
    if mode.by_hand or workload.task == "regression":
        return mode.by_hand and "descend" in own
    return mode.builder in own or not own.intersection(PIPELINES)


def defined_in(path: Path) -> frozenset[str]:
    """Return the names that a file of Python code binds; none of a file that is no Python, which fails when it is run."""
    try:
        return frozenset(definitions(ast.parse(path.read_bytes())))
    except (OSError, SyntaxError, ValueError):
        return frozenset()


def tuned(workload: Workload, framework: str) -> str:
    """Return the fastest mode of a workload with a framework; its idiomatic one where it has no other."""
    declared = workload.tuned.get(framework)
    possible = supported(workload, framework)
    if declared:
        return declared
    general = GENERAL_TUNED.get(framework)
    return general if general is not None and general in possible else possible[0]


def tuned_here(workload: Workload, framework: str) -> str:
    """Return the fastest mode that this machine can drive: without a C++ compiler, one that needs none."""
    fastest = tuned(workload, framework)
    if not frameworks.find_mode(framework, fastest).needs_compiler or find_compiler() is not None:
        return fastest
    possible = supported(workload, framework)
    general = GENERAL_TUNED.get(framework)
    return general if general is not None and general in possible else possible[0]


def choose(workload: Workload, measured: Sequence[str], wanted: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the modes of each framework that is measured, in the order of ``wanted``; the first is its main one.

    A framework of which no mode is wanted by name is measured in its idiomatic one. Raises :class:`ReportgenError` that lists what the workload
    supports for a name that is not among it, or that belongs to a framework that is not measured.
    """
    possible = {framework: supported(workload, framework) for framework in measured}
    empty = next((framework for framework in measured if not possible[framework]), None)
    if empty is not None and workload.task == "regression":
        raise ReportgenError(
            f"The workload {workload.name!r} is to find numbers (regression). That can be measured only where a workload writes its steps out, as "
            'two-layer does; a network of layers finds classes: give it the task "classification".'
        )
    if empty is not None:
        needed = " or ".join(dict.fromkeys(f"{mode.code}.py" for mode in frameworks.modes(empty)))
        raise ReportgenError(
            f"The workload {workload.name!r} cannot be measured with {frameworks.find(empty).title}: it has no {needed}. "
            "Add it, or measure only the frameworks that have a file there."
        )
    known = {name for names in possible.values() for name in names}
    for name in wanted:
        if name not in known and name not in DEFAULT:
            listed = "; ".join(f"{frameworks.find(framework).title}: {', '.join(names)}" for framework, names in possible.items())
            raise ReportgenError(
                f"The workload {workload.name!r} cannot be measured in the mode {name!r}. It supports {listed}; or {IDIOMATIC} or {TUNED} for both."
            )
    chosen: dict[str, tuple[str, ...]] = {}
    for framework, names in possible.items():
        own = {IDIOMATIC: names[0], TUNED: tuned_here(workload, framework)} | {name: name for name in names}
        chosen[framework] = tuple(dict.fromkeys(own[name] for name in wanted if name in own)) or (names[0],)
    return chosen


def tuned_among(workload: Workload, chosen: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    """Return the fastest mode of each framework of which it is among the chosen ones."""
    fastest = {framework: tuned_here(workload, framework) for framework in chosen}
    return {framework: name for framework, name in fastest.items() if name in chosen[framework]}


def worth_a_profile(chosen: Mapping[str, tuple[str, ...]]) -> Callable[[str, str], bool]:
    """Return what says of a framework's mode whether its epoch is taken apart: where it is the main one, and knows how."""

    def wanted(framework: str, mode: str) -> bool:
        return mode == chosen[framework][0] and frameworks.find_mode(framework, mode).has_profile

    return wanted
