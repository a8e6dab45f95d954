"""Stopping on precision: the looks that are taken, what they decide, and that an interrupted study takes none twice."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from builders import epochs, make_plan
from doubles import FakeExecutor, RecordingReporter, write_result

from reportgen.analysis.log_ratios import half_width, log_differences
from reportgen.analysis.study import analyse
from reportgen.config.presets import LOOKS, TARGET_HALF_WIDTH, blocks_by_default
from reportgen.evidence import gather
from reportgen.listing import run_row
from reportgen.records import Spec, StoppingRule, TrainingSpec
from reportgen.runner.events import Event
from reportgen.runner.stopping import enough_for, stopping_rule
from reportgen.runner.study import Outcome, run_study, trials_in
from reportgen.runner.trial import Result
from reportgen.runs import Run
from reportgen.storage import write_record

NewRun = Callable[..., Run]
RULE = StoppingRule(looks=(6, 10, 15), target=0.02)


class Noisy(FakeExecutor):
    """Trials whose training times scatter: PyTorch's by ``noise`` up and down in turn."""

    def __init__(self, noise: float, stop_at: str = "") -> None:
        super().__init__({stop_at: KeyboardInterrupt()} if stop_at else None)
        self.noise = noise

    def __call__(self, spec: Spec, folder: Path, on_event: Callable[[Event], None]) -> Result:
        if spec.trial in self.fail or not isinstance(spec, TrainingSpec):
            return super().__call__(spec, folder, on_event)
        self.specs.append(spec)
        factor = math.exp(self.noise * (-1) ** spec.block) if spec.framework == "pytorch" else 1.0
        return write_result(spec, folder, epochs=epochs(*[2.0 * factor] * 3))


@pytest.fixture
def precise_run(new_run: NewRun) -> Run:
    run = new_run(blocks=15)
    write_record(run.folder / "plan.json", make_plan(blocks=15).model_copy(update={"stopping": RULE}))
    return Run(run.folder)


def carry_out(run: Run, executor: FakeExecutor) -> tuple[Outcome, list[str]]:
    reporter = RecordingReporter()
    outcome = run_study(run, Path("data"), executor, reporter, enough_for(run, reporter.notice))
    return outcome, reporter.of("notice")


def expected_half_width(noise: float, n: int) -> float:
    return half_width(log_differences([math.exp(noise * (-1) ** block) for block in range(1, n + 1)], [1.0] * n))


def test_a_steady_machine_needs_six_blocks(precise_run: Run) -> None:
    outcome, notices = carry_out(precise_run, Noisy(0.001))
    assert outcome.complete_blocks == (1, 2, 3, 4, 5, 6)
    (look,) = precise_run.looks
    assert (look.blocks, look.last_block, look.stop, look.target) == (6, 6, True, 0.02)
    assert look.half_width == pytest.approx(expected_half_width(0.001, 6))
    (notice,) = notices
    assert "the study stops" in notice


def test_a_noisy_one_takes_every_look_and_ends_with_the_plan(precise_run: Run) -> None:
    outcome, notices = carry_out(precise_run, Noisy(0.2))
    assert len(outcome.complete_blocks) == 15
    assert [(look.blocks, look.stop) for look in precise_run.looks] == [(6, False), (10, False), (15, False)]
    assert len(notices) == 3


def test_it_stops_between_as_soon_as_it_knows_enough(precise_run: Run) -> None:
    noise = 0.025
    assert expected_half_width(noise, 6) > 0.02 > expected_half_width(noise, 10)
    assert len(carry_out(precise_run, Noisy(noise))[0].complete_blocks) == 10


def test_the_plan_stays_as_it_was_written(precise_run: Run) -> None:
    before = (precise_run.folder / "plan.json").read_bytes()
    carry_out(precise_run, Noisy(0.001))
    assert (precise_run.folder / "plan.json").read_bytes() == before
    assert precise_run.plan.blocks == 15


def test_a_stopped_study_is_complete_for_everyone_who_asks(precise_run: Run) -> None:
    carry_out(precise_run, Noisy(0.001))
    results = analyse(gather(precise_run))
    assert (results.planned_blocks, results.complete_blocks, results.complete) == (6, 6, True)
    assert "looked at after 6, 10 and 15 blocks" in results.stopping
    assert "after 6 blocks (stopped)" in results.stopping
    assert run_row(precise_run.folder)[-1] == "complete"
    assert trials_in(precise_run) == 12


def test_a_fixed_study_says_so(new_run: NewRun) -> None:
    run = new_run(blocks=2)
    carry_out(run, Noisy(0.001))
    assert run.looks == ()
    assert analyse(gather(run)).stopping == "2 blocks, fixed before the first one"


def test_resuming_a_stopped_study_measures_nothing_and_takes_no_look(precise_run: Run) -> None:
    carry_out(precise_run, Noisy(0.001))
    look = precise_run.folder / "look-06.json"
    before = look.stat().st_mtime_ns
    again = Noisy(0.001)
    outcome, notices = carry_out(precise_run, again)
    assert (again.trials, notices) == ([], [])
    assert outcome.complete_blocks == (1, 2, 3, 4, 5, 6)
    assert look.stat().st_mtime_ns == before


def test_an_interrupted_study_goes_on_to_the_same_end(precise_run: Run) -> None:
    with pytest.raises(KeyboardInterrupt):
        carry_out(precise_run, Noisy(0.025, stop_at="block-08-pytorch"))
    assert [look.blocks for look in precise_run.looks] == [6]
    outcome, notices = carry_out(precise_run, Noisy(0.025))
    assert len(outcome.complete_blocks) == 10
    assert [(look.blocks, look.stop) for look in precise_run.looks] == [(6, False), (10, True)]
    assert len(notices) == 1, "the look after six blocks is not taken again"


def test_a_look_that_a_crash_prevented_is_taken_when_the_study_is_resumed(precise_run: Run) -> None:
    carry_out(precise_run, Noisy(0.001))
    (precise_run.folder / "look-06.json").write_text("{")
    again = Noisy(0.001)
    carry_out(precise_run, again)
    assert again.trials == []
    assert [look.stop for look in precise_run.looks] == [True]


def test_the_rule_exists_only_where_it_can_be_followed() -> None:
    both = ("tensorflow", "pytorch")
    rule = stopping_rule("precision", 30, both)
    assert rule is not None
    assert (rule.looks, rule.target) == (LOOKS, TARGET_HALF_WIDTH)
    shorter = stopping_rule("precision", 12, both)
    assert shorter is not None and shorter.looks == (6, 10)
    assert stopping_rule("fixed", 30, both) is None
    assert stopping_rule("precision", 3, both) is None, "too short for any look"
    assert stopping_rule("precision", 30, ("pytorch",)) is None, "one framework has no ratio"


def test_a_study_that_stops_on_precision_may_go_to_the_last_look_unless_it_is_quick() -> None:
    assert [blocks_by_default(preset, "precision") for preset in ("quick", "standard", "rigorous")] == [3, 30, 30]
    assert [blocks_by_default(preset, "fixed") for preset in ("quick", "standard", "rigorous")] == [3, 10, 20]


def test_the_interval_of_a_study_that_stopped_on_precision_keeps_most_of_its_coverage() -> None:
    covered = [sequential_coverage(noise, simulations=1000) for noise in (0.02, 0.03, 0.05)]
    assert min(covered) > 0.92


def sequential_coverage(noise: float, simulations: int) -> float:
    """Return how often the 95 % interval at the stop holds the true ratio, here 1; ``noise`` is the standard deviation of d."""
    generator = np.random.default_rng(round(1000 * noise))
    hits = 0
    for _ in range(simulations):
        differences = generator.normal(0, noise, size=LOOKS[-1])
        for look in LOOKS:
            half = half_width(differences[:look])
            if half <= TARGET_HALF_WIDTH or look == LOOKS[-1]:
                hits += abs(differences[:look].mean()) <= half
                break
    return hits / simulations
