"""How much to measure, by name. The figures follow from what may be claimed, not from taste."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

PresetName = Literal["quick", "standard", "rigorous"]


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A number of blocks (one trial of each framework, back to back), and why that number."""

    blocks: int
    reason: str


PRESETS: dict[PresetName, Preset] = {
    "quick": Preset(blocks=3, reason="a look: the report describes and claims nothing, since no claim is possible below 6 blocks"),
    "standard": Preset(
        blocks=10,
        reason="well above 6, below which an exact paired test cannot reach p < 0.05 and no 95 % interval of the median exists",
    ),
    "rigorous": Preset(blocks=20, reason="for differences of a few per cent: intervals about 1.5 times as narrow as with 10 blocks"),
}

#: Enough to show that an export works every time, without converting and reopening the models of every block.
DEFAULT_EXPORT_BLOCKS = 3

assert set(PRESETS) == set(get_args(PresetName))
