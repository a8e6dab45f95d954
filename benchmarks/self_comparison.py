"""How often a study claims a difference where there is none: whole studies in which a framework is compared with itself.

Every study goes through the program's own schedule, processes, parity checks, guards and findings; only the second contender is the first one
under the other's name. A claim is then wrong by construction. From the repository's folder: ``python -m benchmarks.self_comparison --studies 20``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.analysis.study import analyse
from reportgen.calibration import stored_calibration
from reportgen.config import load_config
from reportgen.datasets import store, stored_folder
from reportgen.evidence import gather
from reportgen.jobs import new_run
from reportgen.locks import host_lock
from reportgen.records import ParitySpec, Spec, TrainingSpec
from reportgen.runner.events import Event
from reportgen.runner.study import run_study
from reportgen.runner.trial import Executor, ProcessExecutor, Result, read_result
from reportgen.runner.worker import SPEC
from reportgen.runs import Run
from reportgen.storage import write_record

FRAMEWORKS = ("tensorflow", "pytorch")
# Six is the fewest blocks with which anything is claimed: the hardest case for the guards.
BLOCKS = 6
# More than a study has blocks, so that no two trials share a seed.
SEED_DISTANCE = 500


@dataclass(kw_only=True)
class SelfExecutor:
    """Carries out the training orders of both contenders by one framework, the second's with seeds of its own.

    Two frameworks make different random numbers of one seed, and so must one that stands for two. The parity trials only open the guard, as in a
    study of two frameworks: they show what they always show, so they are measured once for all studies.
    """

    framework: str
    executor: Executor
    shown: dict[tuple[str, str], Path] = field(default_factory=dict)

    def __call__(self, spec: Spec, folder: Path, on_event: Callable[[Event], None]) -> Result:
        """See :class:`reportgen.runner.trial.Executor`."""
        if isinstance(spec, ParitySpec):
            known = self.shown.setdefault((spec.framework, spec.precision), folder)
            if known == folder:
                return self.executor(spec, folder, on_event)
            # With the order that it was measured by: its batches were drawn from that order's seed.
            shutil.copytree(known, folder, dirs_exist_ok=True)
            return read_result(folder, spec)
        own_seed = spec.seed + SEED_DISTANCE * (spec.framework != FRAMEWORKS[0]) if isinstance(spec, TrainingSpec) else 0
        same = spec.model_copy(update={"framework": self.framework} | ({"seed": own_seed} if own_seed else {}))
        result = self.executor(same, folder, on_event)
        # The run must find the orders that it gave.
        write_record(folder / SPEC, spec)
        return result


class Silent:
    """Shows nothing of a study but what a person must read; see :class:`reportgen.runner.study.Reporter`."""

    def study_begins(self, run: Run, trials: int) -> None:
        """Say nothing."""

    def trial_was_done(self, spec: Spec) -> None:
        """Say nothing."""

    def trial_begins(self, spec: Spec) -> None:
        """Say nothing."""

    def event(self, spec: Spec, event: Event) -> None:
        """Say nothing."""

    def trial_ends(self, spec: Spec, result: Result) -> None:
        """Say nothing."""

    def notice(self, text: str) -> None:
        """Print the sentence."""
        print(text)


def main() -> None:
    """Carry out the studies and print one JSON line for each, and how many claimed something last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=20)
    parser.add_argument("--blocks", type=int, default=BLOCKS)
    parser.add_argument("--dataset", default="digits")
    parser.add_argument("--first-seed", type=int, default=1000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="self-comparison-") as work, host_lock("self-comparison", print):
        claims = [study(Path(work), number, arguments) for number in range(arguments.studies)]
    print(json.dumps({"studies": len(claims), "studies with a claim": sum(count > 0 for count in claims)}))


def study(work: Path, number: int, arguments: argparse.Namespace) -> int:
    """Carry out one study and return the number of its claims."""
    framework = FRAMEWORKS[number % len(FRAMEWORKS)]
    folder = work / f"study-{number}"
    folder.mkdir()
    given = {
        "study.dataset": arguments.dataset,
        "study.blocks": arguments.blocks,
        # Seeds of two studies must not overlap, whatever their number of blocks.
        "study.seed": arguments.first_seed + number * 2 * SEED_DISTANCE,
        "study.export_blocks": 0,
        "study.modes": ("idiomatic",),
        "study.experiments": (),
        # Cold starts are then the trials' own, and no nursery of the other framework is there to be mistaken.
        "study.fresh_processes": True,
        "output.runs": str(folder / "runs"),
        "output.out": str(folder / "out"),
    }
    run, dataset = new_run(load_config(None, given), "self-comparison", lambda *_: None)
    run.adopt_calibration(stored_calibration(run.environment.hardware))
    run.plan = run.plan.model_copy(update={"profiles": ()})
    executor = SelfExecutor(framework=framework, executor=ProcessExecutor(timeout_s=run.plan.timeout_s, live=False), shown=SHOWN)
    run_study(run, store(dataset, stored_folder(dataset)), executor, Silent())
    findings = analyse(gather(run)).findings
    outcomes = {
        finding.metric: [finding.outcome, finding.ratio or finding.difference, finding.interval and (finding.interval.low, finding.interval.high)]
        for finding in findings
    }
    guards = sorted({guard.name for finding in findings for guard in finding.guards if not guard.passed})
    print(json.dumps({"framework": framework, "seed": run.plan.seed, "outcomes": outcomes, "guards": guards}), flush=True)
    return sum(finding.outcome == "claim" for finding in findings)


#: Where the first study left its parity trials.
SHOWN: dict[tuple[str, str], Path] = {}

if __name__ == "__main__":
    main()
