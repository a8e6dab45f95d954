"""How much to measure, by name. The figures follow from what may be claimed, not from taste."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

PresetName = Literal["quick", "standard", "rigorous"]
StopName = Literal["fixed", "precision"]

#: After how many complete blocks a study that stops on precision looks at its interval: from the least that may claim anything, further apart as
#: the interval shrinks more slowly; after the last the study is over, since four times 30 blocks would only halve it.
LOOKS = (6, 10, 15, 20, 30)
#: Half the width of the 95 % interval of ln(ratio of training times) at which such a study stops. The least noise floor: no smaller
#: difference is claimed, however well it is known.
TARGET_HALF_WIDTH = 0.02


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


def blocks_by_default(preset: PresetName, stop: object) -> int:
    """Return how many blocks a study has at most when nobody says: the preset's, or up to the last look. A quick study stays quick."""
    return LOOKS[-1] if stop == "precision" and preset != "quick" else PRESETS[preset].blocks


assert set(PRESETS) == set(get_args(PresetName))
