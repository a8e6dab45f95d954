"""Parts of an epoch from passes that each do a little more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import make_records, make_training

from reportgen.analysis.inputs import Profiling
from reportgen.analysis.profile import epoch_profile, epoch_profiles
from reportgen.records import Hyperparameters, ProfileResult, ProfileSpec


def profiling(framework: str = "pytorch", attempt: int = 1, **seconds: tuple[float, ...]) -> Profiling:
    passes = {"read": (1.0, 1.1, 9.0), "differentiate": (3.0, 3.1, 3.2), "update": (4.0, 4.1, 4.2), "program": (5.0, 5.1, 5.2)} | seconds
    return Profiling(
        spec=ProfileSpec(
            trial=f"profile-{framework}",
            attempt=attempt,
            framework=framework,
            workload="mlp",
            seed=1,
            hyperparameters=Hyperparameters(epochs=1, batch_size=32, learning_rate=0.1),
            threads=1,
            dataset_folder="data",
            dataset_digest="0",
        ),
        result=ProfileResult(trial=f"profile-{framework}", started_at="a", finished_at="b", versions={}, phases=(), pass_s=passes, files=()),
    )


def test_parts_are_differences_of_medians_and_add_up_to_the_epoch() -> None:
    found = epoch_profile(profiling())
    assert [(part.name, part.seconds) for part in found.parts] == [
        ("data", pytest.approx(1.1)),
        ("forward and backward", pytest.approx(2.0)),
        ("optimiser", pytest.approx(1.0)),
        ("other", pytest.approx(1.0)),
    ]
    assert found.epoch_s == 5.1
    assert sum(part.share for part in found.parts) == pytest.approx(1.0)
    assert found.rounds == 3


def test_a_part_below_what_the_passes_scatter_is_kept_as_it_was_found() -> None:
    found = epoch_profile(profiling(program=(4.0, 4.0, 4.0)))
    assert found.parts[-1].seconds == pytest.approx(-0.1)


def test_a_later_attempt_takes_the_place_of_an_earlier_one_and_the_plan_gives_the_order() -> None:
    records = make_records([make_training(block=1, framework=name) for name in ("tensorflow", "pytorch")])
    later = profiling(attempt=2, program=(6.0, 6.0, 6.0))
    found = epoch_profiles(replace(records, profiles=(later, profiling("tensorflow"), profiling())))
    assert [(one.framework, one.epoch_s) for one in found] == [("tensorflow", 5.1), ("pytorch", 6.0)]


def test_without_a_profile_there_is_none() -> None:
    assert epoch_profiles(make_records([make_training(block=1, framework=name) for name in ("tensorflow", "pytorch")])) == ()
