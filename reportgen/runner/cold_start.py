"""What a cold-start process does: everything that a training process does up to the end of its first training step, and no more."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from reportgen import frameworks, workloads
from reportgen.datasets.order import SharedOrder
from reportgen.datasets.store import open_arrays
from reportgen.environment import host_state
from reportgen.records import ColdStartResult, ColdStartSpec
from reportgen.runner.clock import now
from reportgen.runner.events import Event, append
from reportgen.runner.phases import PhaseClock
from reportgen.runner.start import load_shared_weights
from reportgen.runner.stopwatch import Stopwatch


class FirstStepDoneError(BaseException):
    """Leaves a framework's training loop, through whatever of the framework lies in between."""


class FirstStep(Stopwatch):
    """A stopwatch that stops the training as soon as it has what it is for."""

    def step_ends(self) -> None:
        """End the training after the first step."""
        super().step_ends()
        raise FirstStepDoneError


def run_cold_start(spec: ColdStartSpec, folder: Path, clock: PhaseClock) -> ColdStartResult:
    """Train one model in this process up to its first step; ``clock`` has already measured the start of the process."""
    host_before, started_at = host_state(), now()
    with clock.phase("import"):
        workload = workloads.find(spec.workload)
        mode = frameworks.find_mode(spec.framework, spec.mode)
        create_program = frameworks.find(spec.framework).load(mode)
        program = create_program(
            workload=workload, mode=mode, hyperparameters=spec.hyperparameters, seed=spec.seed, threads=spec.threads, device=spec.device
        )
        clock.device = program.device
    with clock.phase("data"):
        arrays = open_arrays(Path(spec.dataset_folder), spec.dataset_digest)
        shared = spec.start == "shared"
        program.load_data(arrays, SharedOrder(len(arrays.train_labels), spec.seed) if shared else None)
    with clock.phase("build"):
        program.build()
        if shared:
            load_shared_weights(program, spec.seed)
    watch = FirstStep(on_epoch=lambda _epoch: None, device=program.device)
    append(folder, Event(event="phase", name="training"))
    with suppress(FirstStepDoneError):
        program.train_model(watch)
    if watch.first_step is None:
        raise RuntimeError("the training ended, and never told of a step")
    watch.enter_compilation(clock)
    begin, end = watch.first_step
    clock.add("first step", end.wall_s - begin.wall_s, end.cpu_s - begin.cpu_s)
    return ColdStartResult(
        trial=spec.trial,
        started_at=started_at,
        finished_at=now(),
        versions=program.versions(),
        phases=tuple(clock.phases),
        host_before=host_before,
        host_after=host_state(),
    )
