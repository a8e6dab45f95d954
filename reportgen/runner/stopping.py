"""Stopping on precision, and on nothing else: whoever stops when a difference shows will find one where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportgen.config.presets import LOOKS, TARGET_HALF_WIDTH
from reportgen.records import Look, StoppingRule, TrainingResult
from reportgen.runner.clock import now
from reportgen.runner.study import Enough, never_enough
from reportgen.runs import Run


def stopping_rule(stop: str, blocks: int, frameworks: Sequence[str]) -> StoppingRule | None:
    """Return the rule for a study of at most ``blocks`` blocks, or ``None`` where the number is fixed: so configured, or without any look.

    One framework alone has no ratio, and a study shorter than the first look takes none.
    """
    looks = tuple(look for look in LOOKS if look <= blocks)
    return StoppingRule(looks=looks, target=TARGET_HALF_WIDTH) if stop == "precision" and looks and len(frameworks) > 1 else None


def enough_for(run: Run, on_look: Callable[[str], None]) -> Enough:
    """Return what decides whether a run is done; each look is told to ``on_look``."""
    return never_enough if run.plan.stopping is None else Looking(run=run, rule=run.plan.stopping, on_look=on_look)


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Looks at the precision when the rule says so, and records every look before anything follows from it."""

    run: Run
    rule: StoppingRule
    on_look: Callable[[str], None]

    def __call__(self, block: int, measured: Sequence[Mapping[str, TrainingResult]]) -> bool:
        """Return whether the study is done after ``block``. A look that an earlier process took at this point is not taken again."""
        count = len(measured)
        if count not in self.rule.looks:
            return False
        for look in self.run.looks:
            if (look.blocks, look.last_block) == (count, block):
                return look.stop
        half_width = self.half_width(measured)
        look = Look(
            blocks=count, last_block=block, half_width=half_width, target=self.rule.target, stop=half_width <= self.rule.target, taken_at=now()
        )
        self.run.note_look(look)
        decision = "precise enough, the study stops" if look.stop else "the study goes on"
        self.on_look(f"After {count} blocks the logarithm of the ratio of training times is known to \u00b1{half_width:.3f}: {decision}.")
        return look.stop

    def half_width(self, measured: Sequence[Mapping[str, TrainingResult]]) -> float:
        """Return half the 95 % interval of ln(ratio of training times) of the first two frameworks, as the report will have it."""
        from reportgen.analysis.log_ratios import half_width, log_differences
        from reportgen.analysis.timing import training_s

        first, second = self.run.plan.frameworks[:2]
        return half_width(log_differences([training_s(block[second]) for block in measured], [training_s(block[first]) for block in measured]))
