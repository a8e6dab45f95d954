"""Variants: a framework measured in another interpreter, or with other environment variables, beside itself and in the same blocks.

A variant is measured as a further mode of its framework: the main mode, in another process environment. The name of such a mode is
``MODE@VARIANT``; this module is the only place that makes such names and takes them apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.records import Plan, Variant

SEPARATOR = "@"


def qualified(mode: str, variant: str) -> str:
    """Return the name of a mode in a variant."""
    return f"{mode}{SEPARATOR}{variant}"


def base_mode(mode: str) -> str:
    """Return the mode that a framework knows: the name without its variant."""
    return mode.partition(SEPARATOR)[0]


def variant_name(mode: str) -> str:
    """Return the variant of a mode's name, or an empty text."""
    return mode.partition(SEPARATOR)[2]


def with_variants(modes: Mapping[str, tuple[str, ...]], variants: Sequence[Variant]) -> dict[str, tuple[str, ...]]:
    """Return the modes of every framework, its main mode in each variant that names it added."""
    return {framework: (*own, *(qualified(own[0], one.name) for one in variants if framework in one.frameworks)) for framework, own in modes.items()}


def variant_of(plan: Plan, mode: str) -> Variant | None:
    """Return the variant that a planned mode is measured in, or ``None`` for this interpreter as it is."""
    name = variant_name(mode)
    return next((one for one in plan.variants if one.name == name), None) if name else None


def described(one: Variant) -> str:
    """Return what a variant changes, in a line: another interpreter's Python and frameworks, and variables."""
    return ", ".join(
        [*(f"{name} {version}" for name, version in one.software.items()), *(f"{name}={value}" for name, value in one.environment.items())]
    )


def described_variables(variants: Sequence[Variant]) -> tuple[str, ...]:
    """Return what variants change, for a record of the software."""
    return tuple(f"{one.name}: {described(one)}" for one in variants)
