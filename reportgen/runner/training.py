"""What a training process does, from top to bottom."""

from __future__ import annotations

from pathlib import Path

from reportgen import frameworks, workloads
from reportgen.datasets.order import SharedOrder
from reportgen.datasets.store import open_arrays
from reportgen.environment import host_state
from reportgen.frameworks.base import Program
from reportgen.records import Epoch, ExportSample, TrainingResult, TrainingSpec
from reportgen.runner.clock import now
from reportgen.runner.events import Event, append
from reportgen.runner.exports import export_all
from reportgen.runner.images import scaled
from reportgen.runner.measure import measure_inference
from reportgen.runner.phases import PhaseClock
from reportgen.runner.predictions import check_outputs, save_logits
from reportgen.runner.process import how_begun
from reportgen.runner.start import load_shared_weights
from reportgen.runner.stopwatch import Stopwatch
from reportgen.runner.warned import recorded_warnings
from reportgen.variants import base_mode


def run_training(spec: TrainingSpec, folder: Path, clock: PhaseClock) -> TrainingResult:
    """Train, evaluate, time and export one model in this process; ``clock`` has already measured the start of the process."""
    host_before, started_at = host_state(), now()
    settings = spec.hyperparameters
    with recorded_warnings() as caught:
        with clock.phase("import"):
            workload = workloads.find(spec.workload)
            mode = frameworks.find_mode(spec.framework, base_mode(spec.mode))
            create_program = frameworks.find(spec.framework).load(mode)
            program = create_program(workload=workload, mode=mode, hyperparameters=settings, seed=spec.seed, threads=spec.threads, device=spec.device)
            clock.device = program.device
        with clock.phase("data"):
            arrays = open_arrays(Path(spec.dataset_folder), spec.dataset_digest)
            shared = spec.start == "shared"
            program.load_data(arrays, SharedOrder(len(arrays.train_labels), spec.seed) if shared else None)
        with clock.phase("build"):
            program.build()
            start_digest = load_shared_weights(program, spec.seed) if shared else None
        watch = train(program, clock, folder, settings.epochs)
        with clock.phase("evaluation"):
            logits = program.evaluate()
        check_outputs(workload, spec.framework, logits, len(arrays.test_labels), len(arrays.class_names))
        with clock.phase("inference"):
            images = scaled(arrays.test_images, program.layout)
            inference = measure_inference(program.predict, images, settings.batch_size, spec.threads, program.call_name())
        layers = program.layers()
        parameter_count = sum(layer.parameters for layer in layers)
        exports: tuple[ExportSample, ...] = ()
        if spec.exports:
            with clock.phase("export"):
                exports = export_all(spec, program, workload, arrays, folder, parameter_count)
    return TrainingResult(
        trial=spec.trial,
        process=how_begun(),
        started_at=started_at,
        finished_at=now(),
        versions=program.versions(),
        phases=tuple(clock.phases),
        epochs=tuple(watch.epochs),
        layers=layers,
        parameters=program.parameters(),
        parameter_count=parameter_count,
        effective=program.effective(),
        start_digest=start_digest,
        inference=inference,
        exports=exports,
        sources=program.sources(),
        host_before=host_before,
        host_after=host_state(),
        warnings=tuple(sorted({f"{warning.category.__name__}: {warning.message}" for warning in caught})),
        files=(save_logits(logits, folder),),
    )


def train(program: Program, clock: PhaseClock, folder: Path, epochs: int) -> Stopwatch:
    """Run the training under a stopwatch, and enter its parts as phases: compilation, the first step, the rest of the training, and validation."""

    def tell(epoch: Epoch) -> None:
        append(folder, Event(event="epoch", epoch=epoch, planned_epochs=epochs))

    watch = Stopwatch(on_epoch=tell, device=program.device)
    append(folder, Event(event="phase", name="training"))
    clock.reset_peaks()
    program.train_model(watch)
    watch.enter_phases(clock)
    return watch
