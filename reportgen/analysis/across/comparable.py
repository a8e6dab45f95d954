"""Whether runs may be compared: on one kind of machine, and of one workload. The software may differ; that is what a comparison is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen.analysis.across.side import Side
from reportgen.analysis.digests import model_digests
from reportgen.errors import ReportgenError
from reportgen.language import Language, spoken
from reportgen.records import digest_of, hardware_parts, workload_parts
from reportgen.report.format import enumeration

# Of a digest; a person compares it with one other.
SHOWN_DIGITS = 8
DIGESTS = ("model code", "data set")


def check_comparable(compared: Sequence[Side]) -> None:
    """Raise :class:`ReportgenError`, which names every key that differs, unless all runs have the hardware key and the workload hash of the first."""
    first = compared[0]
    # An error is English, like all that the program says itself.
    with spoken(Language()):
        problems = [
            f"{other.label} ({other.name}) is not comparable with {first.label} ({first.name}): {'; '.join(found)}."
            for other in compared[1:]
            if (found := list(differing_keys(first, other)))
        ]
    if problems:
        raise ReportgenError(
            "\n".join([*problems, "Choose runs of one workload, with the same settings, on one kind of machine. Nothing was written."])
        )


def differing_keys(first: Side, other: Side) -> Iterator[str]:
    """Yield for each of the two keys what differs in it."""
    hardware = [
        described(name, one, two)
        for name, one, two in pairs(hardware_parts(first.records.environment.hardware), hardware_parts(other.records.environment.hardware))
    ]
    if hardware:
        yield f"another hardware key: {enumeration(hardware)}"
    workload = [described(name, one, two) for name, one, two in pairs(flat(workload_of(first)), flat(workload_of(other)))]
    if workload:
        yield f"another workload hash: {enumeration(workload)}"


def workload_of(side: Side) -> dict[str, object]:
    """Return what a run's workload hash is made of, by name."""
    return workload_parts(side.records.plan, model_digests(side.results))


def workload_hash(side: Side) -> str:
    """Return what identifies the workload of a run."""
    return digest_of(workload_of(side))


def flat(parts: Mapping[str, object]) -> dict[str, str]:
    """Return the parts with a name for each value, so that of many hyperparameters the one that differs is named."""
    found: dict[str, str] = {}
    for name, value in parts.items():
        digest = name in DIGESTS
        for inner, one in value.items() if isinstance(value, Mapping) else [("", value)]:
            found[f"{name} {inner}".strip()] = str(one)[:SHOWN_DIGITS] if digest else str(one)
    return found


def pairs(first: Mapping[str, str], other: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the name and both values of everything that differs; what one has not is said to be absent."""
    for name in dict.fromkeys([*first, *other]):
        one, two = first.get(name, "absent"), other.get(name, "absent")
        if one != two:
            yield name, one, two


def described(name: str, one: str, two: str) -> str:
    """Return a key with both values."""
    return f"{name} ({one} and {two})"
