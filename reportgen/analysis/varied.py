"""What is reported of a variant: another interpreter, or other environment variables, beside the main mode of each framework."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.analysis.ways import ModeResult
from reportgen.records import Record


class VariedWay(ModeResult):
    """A framework in a variant; ``versions`` are those that its trials read back there, by what they are of."""

    versions: Mapping[str, str] = {}


class VariantResult(Record):
    """One variant. ``software`` is what is installed for its interpreter (that as ``Python``), and empty where it is the one of the run."""

    name: str
    software: Mapping[str, str]
    environment: Mapping[str, str]
    ways: tuple[VariedWay, ...]
