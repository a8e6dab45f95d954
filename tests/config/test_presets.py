from itertools import pairwise

import pytest

from reportgen.config.presets import PRESETS


def smallest_two_sided_p(pairs):
    """The exact sign-flip test's smallest p-value: both signs all alike."""
    return 2 * 0.5**pairs


def test_presets_grow():
    assert all(smaller.blocks < larger.blocks for smaller, larger in pairwise(PRESETS[name] for name in ("quick", "standard", "rigorous")))


@pytest.mark.parametrize("name", ["standard", "rigorous"])
def test_presets_that_may_claim_can_reach_significance(name):
    assert smallest_two_sided_p(PRESETS[name].blocks) < 0.05


def test_the_quick_preset_cannot_and_says_so():
    assert smallest_two_sided_p(PRESETS["quick"].blocks) > 0.05
    assert "claims nothing" in PRESETS["quick"].reason
