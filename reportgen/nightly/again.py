"""What is measured again at once where a metric was flagged: the flagged metrics' own trials, as often as in the night, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.datasets import Dataset
from reportgen.environment import describe_environment
from reportgen.nightly.night import AGAIN
from reportgen.records import Plan, PlannedTrial
from reportgen.records.night import CellKind
from reportgen.runner.clock import now
from reportgen.runs import Run, create_run

#: Metrics of a framework as it runs, for which its main mode is trained again; those of an export begin otherwise.
EXPORT = "export_"
COLD_START = "cold_start"


def plan_again(plan: Plan, kinds: Sequence[CellKind], last_block: int) -> Plan:
    """Return the part of a plan that measures these metrics: whole blocks up to ``last_block``, of the frameworks that are concerned.

    Two frameworks whose ratio was flagged are measured beside each other again; a framework alone is measured alone.
    """
    concerned = {part for kind in kinds for part in ((kind.framework,) if kind.framework else parts_of(kind))}
    frameworks = tuple(name for name in plan.frameworks if name in concerned)
    formats = {kind.code.split(":")[2] for kind in kinds if kind.metric.startswith(EXPORT)}
    further = {tuple(kind.code.split(":")[1:3]) for kind in kinds if kind.metric == "training_time" and kind.code.count(":") == 2}
    modes = {name: tuple(mode for mode in plan.modes[name] if plan.is_main(name, mode) or (name, mode) in further) for name in frameworks}

    def kept(trial: PlannedTrial) -> bool:
        return trial.block <= last_block and trial.mode in modes.get(trial.framework, ())

    return plan.model_copy(
        update={
            "run": f"{plan.run}/{AGAIN}",
            "created_at": now(),
            "frameworks": frameworks,
            "modes": modes,
            "tuned": {name: mode for name, mode in plan.tuned.items() if mode in modes.get(name, ())},
            "blocks": last_block,
            "stopping": None,
            "parity": (),
            "profiles": (),
            "experiments": (),
            "trials": tuple(
                trial.model_copy(update={"exports": tuple(name for name in trial.exports if name in formats)}) for trial in plan.trials if kept(trial)
            ),
            "cold_starts": tuple(one for one in plan.cold_starts if one.block <= last_block and one.framework in cold(kinds)),
        }
    )


def parts_of(kind: CellKind) -> tuple[str, ...]:
    """Return the frameworks that a ratio is of."""
    return tuple(part.split(":")[1] for part in kind.parts)


def cold(kinds: Sequence[CellKind]) -> set[str]:
    """Return the frameworks whose cold start is among the metrics."""
    return {kind.framework for kind in kinds if kind.metric == COLD_START}


def run_again(run: Run, kinds: Sequence[CellKind], dataset: Dataset) -> Run:
    """Write down, in a night's own folder, the run that measures these metrics again."""
    plan = plan_again(run.plan, kinds, run.last_block)
    return create_run(run.folder, plan, run.config, describe_environment(run.environment.command), dataset, AGAIN)
