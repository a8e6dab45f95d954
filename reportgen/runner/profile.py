"""What a profile process does: find out where the time of a training epoch goes, by leaving parts of it out.

A profiler inside the loop would slow every part by another amount, and cannot look into a compiled graph. So four kinds of passes over the training
data are timed, each doing a little more than the one before: reading the batches; with forward and backward pass; with the optimiser's update; and
the program as it is measured. The differences are the parts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from reportgen import frameworks, workloads
from reportgen.datasets.store import open_arrays
from reportgen.records import ProfileResult, ProfileSpec
from reportgen.runner.clock import now
from reportgen.runner.device import Device
from reportgen.runner.phases import PhaseClock
from reportgen.runner.process import how_begun

# The first round compiles and fills caches, and is dropped.
WARM_UP_ROUNDS = 1
# A median of three is not moved by one disturbed pass; the passes of a round follow each other, so that drift meets all kinds alike.
ROUNDS = 3


def run_profile(spec: ProfileSpec, folder: Path, clock: PhaseClock) -> ProfileResult:  # noqa: ARG001
    """Time the passes of one framework; ``clock`` has already measured the start of the process."""
    started_at = now()
    with clock.phase("import"):
        mode = frameworks.find_mode(spec.framework, spec.mode)
        create_program = frameworks.find(spec.framework).load(mode)
        program = create_program(
            workload=workloads.find(spec.workload),
            mode=mode,
            hyperparameters=spec.hyperparameters,
            seed=spec.seed,
            threads=spec.threads,
            device=spec.device,
        )
        clock.device = program.device
    with clock.phase("data"):
        program.load_data(open_arrays(Path(spec.dataset_folder), spec.dataset_digest))
    with clock.phase("build"):
        program.build()
    with clock.phase("passes"):
        passes = program.passes()
        rounds = [{name: timed(run, program.device) for name, run in passes.items()} for _ in range(WARM_UP_ROUNDS + ROUNDS)]
    return ProfileResult(
        trial=spec.trial,
        process=how_begun(),
        started_at=started_at,
        finished_at=now(),
        versions=program.versions(),
        phases=tuple(clock.phases),
        pass_s={name: tuple(times[name] for times in rounds[WARM_UP_ROUNDS:]) for name in passes},
        files=(),
    )


def timed(run: Callable[[], None], device: Device) -> float:
    """Return the seconds that one pass takes, to its end on the device."""
    device.synchronise()
    begin = time.perf_counter()
    run()
    device.synchronise()
    return time.perf_counter() - begin
