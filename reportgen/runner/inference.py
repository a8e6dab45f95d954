"""What an inference process does: open an exported model with its runtime and nothing else, check its shapes, predict, and time it."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from reportgen import frameworks, runtimes, workloads
from reportgen.datasets.store import open_arrays
from reportgen.environment import host_state
from reportgen.errors import WordedError
from reportgen.language import marked
from reportgen.records import InferenceResult, InferenceSpec
from reportgen.runner.clock import now
from reportgen.runner.images import expected_shape, scaled
from reportgen.runner.measure import measure_inference, measure_throughput
from reportgen.runner.phases import PhaseClock
from reportgen.runner.predictions import save_logits


class WrongShapeError(WordedError):
    """An exported model does not take or give the shapes that it must."""


def run_inference(spec: InferenceSpec, folder: Path, clock: PhaseClock) -> InferenceResult:
    """Measure one exported model in this process; ``clock`` has already measured the start of the process."""
    host_before, started_at = host_state(), now()
    chosen = frameworks.find_format(spec.framework, spec.format)
    runtime = runtimes.find(spec.runtime)
    with clock.phase("data"):
        arrays = open_arrays(Path(spec.dataset_folder), spec.dataset_digest)
        images = scaled(arrays.test_images, chosen.layout)
    context = runtimes.ModelContext(workload=workloads.find(spec.workload), image_shape=arrays.image_shape, class_count=len(arrays.class_names))
    # The runtime is imported here too: this is what a program pays that starts and wants an answer.
    with clock.phase("load"):
        model = runtime.open(Path(spec.model_path), spec.threads, context)
    wanted = expected_shape(arrays.test_images, chosen.layout)
    if model.input_shape != wanted:
        raise WrongShapeError(marked("the file declares the input shape {shape} instead of {wanted}"), shape=model.input_shape, wanted=wanted)
    if model.output_shape != (wanted := (None, context.class_count)):
        raise WrongShapeError(marked("the file declares the output shape {shape} instead of {wanted}"), shape=model.output_shape, wanted=wanted)
    with clock.phase("evaluation"):
        logits = model.predict(images, spec.batch_size)
    with clock.phase("inference"):
        inference = measure_inference(model.predict, images, spec.batch_size, spec.threads, model.call_name)
    with clock.phase("throughput"):
        throughput = measure_throughput(model.predict, images)
    return InferenceResult(
        trial=spec.trial,
        started_at=started_at,
        finished_at=now(),
        versions={runtime.distribution: version(runtime.distribution)},
        phases=tuple(clock.phases),
        input_shape=model.input_shape,
        output_shape=model.output_shape,
        inference=inference,
        throughput=throughput,
        host_before=host_before,
        host_after=host_state(),
        files=(save_logits(logits, folder),),
    )
