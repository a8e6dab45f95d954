"""Schema-valid records with small made-up numbers, for tests of the schedule and of the analysis; nothing here was measured.

The data set has three classes and six test images of 2 x 2 pixels, so that every score can be worked out by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.analysis.inputs import FormatTitle, Reopening, RunRecords, Titles, Training
from reportgen.config import Config
from reportgen.datasets import Dataset
from reportgen.parity.material import gradients
from reportgen.parity.reference import FORMULAS
from reportgen.records import (
    Calibration,
    CalibrationBlock,
    ColdStartResult,
    ColdStartSpec,
    Effective,
    Environment,
    Epoch,
    ExperimentResult,
    ExperimentSpec,
    FailedResult,
    Hardware,
    HostState,
    Hyperparameters,
    InferenceResult,
    InferenceSample,
    InferenceSpec,
    Layer,
    Parameter,
    ParityResult,
    ParitySpec,
    Phase,
    PipelineSample,
    Plan,
    PlannedExperiment,
    Precision,
    Repository,
    Series,
    Software,
    Source,
    Spec,
    SuiteRecord,
    TrainingResult,
    TrainingSpec,
)
from reportgen.runner.cold_starts import cold_start_name, plan_cold_starts
from reportgen.runner.plan import attempt_suffix, inference_name, plan_parity, plan_trials, trial_name
from reportgen.runs import Run, create_run
from reportgen.suites import Suite, building_suite

CLASS_NAMES = ("ant", "bee", "cat")
LABELS = (0, 0, 1, 1, 2, 2)
FORMATS: dict[str, tuple[str, ...]] = {"tensorflow": ("tflite",), "pytorch": ("onnx",)}
MODES: dict[str, tuple[str, ...]] = {"tensorflow": ("keras-fit",), "pytorch": ("dataloader",)}
TITLES = {"tensorflow": "TensorFlow", "pytorch": "PyTorch"}
STARTED_AT = "2026-01-02T03:04:05.000+00:00"
FINISHED_AT = "2026-01-02T03:04:15.000+00:00"
HOST = HostState(load_average_1min=0.5, cpu_frequency_mhz=2500.0, steal_s=None)
Logits = NDArray[np.float32]


def logits_of(*predicted: int, certainty: float = 4.0) -> Logits:
    """Return logits float32 (images, 3) whose largest value is at the given classes; the others are 0."""
    values = np.zeros((len(predicted), len(CLASS_NAMES)), dtype=np.float32)
    values[np.arange(len(predicted)), list(predicted)] = certainty
    return values


def make_dataset() -> Dataset:
    """Return a data set of nine training, three validation and six test images."""

    def part(labels: Sequence[int]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        images = np.arange(len(labels) * 4, dtype=np.uint8).reshape(len(labels), 2, 2, 1)
        return images, np.array(labels, dtype=np.int64)

    (train, train_labels), (validation, validation_labels), (test, test_labels) = part([0, 1, 2] * 3), part([0, 1, 2]), part(LABELS)
    return Dataset(
        class_names=CLASS_NAMES,
        train_images=train,
        train_labels=train_labels,
        validation_images=validation,
        validation_labels=validation_labels,
        test_images=test,
        test_labels=test_labels,
        name="insects",
        title="Insects and a cat",
        description="Made up",
        licence="none",
        citation="none",
        source="a test",
        requested="insects",
    )


def make_plan(
    *,
    run: str = "example",
    blocks: int = 2,
    export_blocks: int = 0,
    frameworks: Sequence[str] = ("tensorflow", "pytorch"),
    modes: Mapping[str, tuple[str, ...]] = MODES,
    parity: bool = False,
    experiments: Sequence[PlannedExperiment] = (),
    forked: bool = False,
) -> Plan:
    """Return a plan; exports are TFLite and ONNX, of the first ``export_blocks`` blocks. Most tests do without ``parity`` trials.

    Where trials are ``forked``, there are cold starts.
    """
    modes = {framework: modes[framework] for framework in frameworks}
    trials = plan_trials(frameworks, modes, blocks, 11, export_blocks, FORMATS)
    return Plan(
        run=run,
        created_at=STARTED_AT,
        reportgen_version="0.0",
        workload="mlp",
        frameworks=tuple(frameworks),
        modes=modes,
        dataset=make_dataset().record(),
        hyperparameters=Hyperparameters(epochs=3, batch_size=3, learning_rate=0.001),
        blocks=blocks,
        seed=11,
        threads=1,
        timeout_s=60.0,
        preset="quick",
        parity=plan_parity(frameworks, modes, 11) if parity else (),
        experiments=tuple(experiments),
        processes="forked" if forked else "fresh",
        cold_starts=plan_cold_starts(trials, modes) if forked else (),
        trials=trials,
    )


def make_environment() -> Environment:
    """Return a made-up machine."""
    return Environment(
        software=Software(python="3.11.0", implementation="CPython", operating_system="Example OS", packages={}),
        hardware=Hardware(cpu_model="Example", usable_cpus=2, memory_bytes=2**30, devices=(), architecture="x86_64"),
        repository=Repository(commit=None, dirty=None, url=None),
        command="python -m reportgen",
        host_name="example",
    )


def make_run(runs: Path, **plan: Any) -> Run:
    """Write a run below ``runs``, without results, and open it."""
    return create_run(runs, make_plan(**plan), Config(folder=runs.parent), make_environment(), make_dataset())


def make_suite(runs: Path, name: str = "2026-01-suite", workloads: Sequence[str] = ("first", "second")) -> Suite:
    """Write a suite below ``runs``, a run of one block without results for each workload, and open it."""
    record = SuiteRecord(suite=name, created_at=STARTED_AT, reportgen_version="0.0", command="python -m reportgen", workloads=tuple(workloads))
    with building_suite(runs, record) as building:
        for workload in workloads:
            plan = make_plan(run=f"{name}/{workload}", blocks=1)
            create_run(building, plan, Config(folder=runs.parent), make_environment(), make_dataset(), workload)
    return Suite(runs / name)


def training_spec(*, block: int = 1, framework: str = "tensorflow", mode: str = "", attempt: int = 1, exports: Sequence[str] = ()) -> TrainingSpec:
    """Return an order to train, in the main mode unless told otherwise."""
    return TrainingSpec(
        trial=trial_name(block, framework, mode, attempt),
        block=block,
        attempt=attempt,
        position=1,
        framework=framework,
        mode=mode or MODES[framework][0],
        workload="mlp",
        seed=block,
        hyperparameters=Hyperparameters(epochs=3, batch_size=3, learning_rate=0.001),
        threads=1,
        dataset_folder="data",
        dataset_digest="00",
        exports=tuple(exports),
    )


def inference_spec(source: TrainingSpec, name: str, attempt: int = 1) -> InferenceSpec:
    """Return an order to reopen an export of ``source``."""
    return InferenceSpec(
        trial=inference_name(source.trial, name, attempt),
        block=source.block,
        attempt=attempt,
        source_trial=source.trial,
        framework=source.framework,
        workload="mlp",
        format=name,
        model_path="model",
        runtime="example",
        batch_size=3,
        threads=1,
        dataset_folder="data",
        dataset_digest="00",
    )


def parity_spec(*, framework: str = "tensorflow", mode: str = "", precision: Precision = "float32", attempt: int = 1) -> ParitySpec:
    """Return an order to show what a framework computes, or a ``mode`` beside its main one."""
    return ParitySpec(
        trial=f"parity-{framework}{f'-{mode}' if mode else ''}-{precision}{attempt_suffix(attempt)}",
        attempt=attempt,
        framework=framework,
        mode=mode or MODES[framework][0],
        reference=MODES[framework][0] if mode else "",
        workload="mlp",
        precision=precision,
        seed=11,
        steps=4,
        hyperparameters=Hyperparameters(epochs=3, batch_size=3, learning_rate=0.001),
        threads=1,
        dataset_folder="data",
        dataset_digest="00",
    )


def pipeline_sample(**changes: Any) -> PipelineSample:
    """Return what a pass over a pipeline of nine images of three classes gave."""
    fields: dict[str, Any] = {
        "batch_size": 3,
        "images_seen": 9,
        "class_counts": (3, 3, 3),
        "class_means": (0.1, 0.2, 0.4),
        "order_digests": ("a", "b"),
        "shuffled": True,
    }
    return PipelineSample.model_validate(fields | changes)


def parity_result(spec: ParitySpec, **changes: Any) -> ParityResult:
    """Return what a framework showed beside its arrays; ``changes`` replaces fields."""
    fields: dict[str, Any] = {
        "trial": spec.trial,
        "started_at": STARTED_AT,
        "finished_at": FINISHED_AT,
        "versions": {spec.framework: "1.2.3"},
        "phases": phases(start=0.1),
        "parameters": (Parameter(name="kernel", shape=(4, 3), initial_minimum=-0.5, initial_maximum=0.5),),
        "canonical_shapes": ((4, 3),),
        "weights_digest": "00",
        "read_back_digest": "00",
        "read_back_difference": 0.0,
        "effective": effective(),
        "reference_effective": effective() if spec.reference else None,
        "defaults": {"Adam epsilon": "1e-07"},
        "pipeline": pipeline_sample() if spec.precision == "float32" else None,
        "files": (),
    }
    return ParityResult.model_validate(fields | changes)


def parity_arrays(spec: ParitySpec) -> dict[str, NDArray[np.floating]]:
    """Return what a sound framework computes: the same as another one, with Adam stepping by its own formula."""
    draw = np.random.default_rng(0)
    names = ("loss", "sgd_losses", "own_losses", "aligned_losses")
    shapes = {
        "logits": (6, 3),
        "evaluation_1": (6, 3),
        "training_mode_1": (6, 3),
        "gradient_0": (4, 3),
        "sgd_weight_0": (4, 3),
        "scaled_images": (2, 2, 2, 1),
    } | dict.fromkeys(names[1:], (spec.steps,))
    found: dict[str, NDArray[np.floating]] = {name: draw.normal(size=shape).astype(spec.precision) for name, shape in shapes.items()}
    found["loss"], found["zero_loss"] = np.array(1.0), np.array(np.log(3.0))
    found["evaluation_1"] = found["evaluation_2"] = found["logits"]
    found["training_mode_1"] = found["training_mode_2"] = found["evaluation_mode"] = found["logits"]
    found["reference_images"] = found["scaled_images"]
    for name in ("sgd_losses", "aligned_losses"):
        found[f"{name}_disturbed"] = found[name] * (1 + 1e-7)
    found["sgd_weight_disturbed_0"] = found["sgd_weight_0"] * (1 + 1e-7)
    given = gradients(spec.seed, spec.precision)
    formula = FORMULAS[spec.framework, "Adam"]
    found["optimizer_weights"] = formula(np.zeros(given.shape[1]), given, effective().settings, spec.precision)
    return found


def phases(**wall_s: float) -> tuple[Phase, ...]:
    """Return phases with half as much processor time as wall time; underscores in names are spaces."""
    return tuple(Phase(name=name.replace("_", " "), wall_s=value, cpu_s=value / 2) for name, value in wall_s.items())


def epochs(*train_s: float, data_s: float | None = None) -> tuple[Epoch, ...]:
    """Return epochs with the given training times."""
    return tuple(
        Epoch(
            index=index,
            train_s=seconds,
            data_s=data_s,
            validation_s=0.1,
            train_loss=1.0 / index,
            train_accuracy=1 - 0.5 / index,
            validation_loss=1.1 / index,
            validation_accuracy=1 - 0.6 / index,
        )
        for index, seconds in enumerate(train_s, start=1)
    )


def inference_sample(*, test_set_s: Sequence[float] = (0.2, 0.1, 0.3), latency_s: Sequence[float] = (0.001, 0.002, 0.003)) -> InferenceSample:
    """Return raw timings."""
    return InferenceSample(call="predict()", batch_size=3, threads=1, test_set_s=tuple(test_set_s), latency_s=tuple(latency_s))


def effective(**changes: Any) -> Effective:
    """Return what a framework says that it used."""
    fields: dict[str, Any] = {
        "optimizer": "Adam",
        "settings": {"learning_rate": 0.001, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "weight_decay": 0.0},
        "loss": "cross-entropy of logits",
        "batch_size": 3,
        "steps_per_epoch": 3,
        "shuffled": True,
        "dtype": "float32",
        "device": "cpu",
        "intra_op_threads": 1,
        "inter_op_threads": 1,
    }
    return Effective.model_validate(fields | changes)


def training_result(spec: TrainingSpec, **changes: Any) -> TrainingResult:
    """Return what a training process observed; ``changes`` replaces fields."""
    fields: dict[str, Any] = {
        "trial": spec.trial,
        "started_at": STARTED_AT,
        "finished_at": FINISHED_AT,
        "versions": {spec.framework: "1.2.3"},
        "phases": phases(start=0.1, **{"import": 2.0}, data=0.2, build=0.3, first_step=0.4, training=5.6, validation=0.3, evaluation=0.5),
        "epochs": epochs(3.0, 1.5, 1.5),
        "layers": (Layer(name="logits", kind="Dense", output_shape=(3,), parameters=15),),
        "parameters": (Parameter(name="kernel", shape=(4, 3), initial_minimum=-0.5, initial_maximum=0.5),),
        "parameter_count": 15,
        "effective": effective(loss="cross-entropy from logits", settings={"learning_rate": 0.001, "epsilon": 1e-7}, device="CPU"),
        "inference": inference_sample(),
        "exports": (),
        "sources": (Source(title="model", module="example", text="pass\n", sha256="00"),),
        "host_before": HOST,
        "host_after": HOST,
        "warnings": (),
        "files": (),
    }
    return TrainingResult.model_validate(fields | changes)


def inference_result(spec: InferenceSpec, **changes: Any) -> InferenceResult:
    """Return what an inference process observed; ``changes`` replaces fields."""
    fields: dict[str, Any] = {
        "trial": spec.trial,
        "started_at": STARTED_AT,
        "finished_at": FINISHED_AT,
        "versions": {"example": "1.0"},
        "phases": phases(start=0.1, load=0.2, evaluation=0.3),
        "input_shape": (None, 2, 2, 1),
        "output_shape": (None, 3),
        "inference": inference_sample(),
        "host_before": HOST,
        "host_after": HOST,
        "files": (),
    }
    return InferenceResult.model_validate(fields | changes)


def planned_experiment(framework: str = "tensorflow", *, experiment: str = "graphs", variant: str = "styles") -> PlannedExperiment:
    return PlannedExperiment(trial=f"experiment-{experiment}-{framework}-{variant}", experiment=experiment, framework=framework, variant=variant)


def experiment_result(spec: ExperimentSpec, **changes: Any) -> ExperimentResult:
    """Return what a process of an experiment observed: three samples of one quantity."""
    values: dict[str, Any] = {
        "trial": spec.trial,
        "started_at": STARTED_AT,
        "finished_at": FINISHED_AT,
        "versions": {spec.framework: "1.0"},
        "phases": phases(start=0.1, steps=2.0),
        "series": (Series(quantity="step time", subject="eager", unit="s", parameters={"batch": 64}, samples=(0.3, 0.1, 0.2)),),
        "notes": (),
        "sources": (),
        "host_before": HOST,
        "host_after": HOST,
        "files": (),
    }
    return ExperimentResult.model_validate(values | changes)


def cold_start_spec(*, block: int = 1, framework: str = "tensorflow", attempt: int = 1) -> ColdStartSpec:
    """Return an order to start cold."""
    return ColdStartSpec(
        trial=cold_start_name(block, framework, attempt),
        block=block,
        attempt=attempt,
        position=1,
        framework=framework,
        mode=MODES[framework][0],
        workload="mlp",
        seed=block,
        hyperparameters=Hyperparameters(epochs=3, batch_size=3, learning_rate=0.001),
        threads=1,
        dataset_folder="data",
        dataset_digest="00",
    )


def cold_start_result(spec: ColdStartSpec, **changes: Any) -> ColdStartResult:
    """Return what a new interpreter paid up to its first step."""
    values: dict[str, Any] = {
        "trial": spec.trial,
        "started_at": STARTED_AT,
        "finished_at": FINISHED_AT,
        "versions": {spec.framework: "1.2.3"},
        "phases": phases(start=0.5, **{"import": 3.0}, data=0.2, build=0.3, first_step=0.4),
        "host_before": HOST,
        "host_after": HOST,
    }
    return ColdStartResult.model_validate(values | changes)


def failed_result(spec: Spec, status: str = "failed", cause: str = "it broke") -> FailedResult:
    """Return the record of a trial that failed."""
    return FailedResult.model_validate(
        {
            "kind": spec.kind,
            "status": status,
            "trial": spec.trial,
            "started_at": STARTED_AT,
            "finished_at": FINISHED_AT,
            "cause": cause,
            "exit_code": 1,
            "log_tail": "the end of the log",
        }
    )


def mode_parity_arrays(spec: ParitySpec) -> dict[str, NDArray[np.floating]]:
    """Return what a mode and the main mode of its framework leave when they train alike."""
    draw = np.random.default_rng(0)
    shapes = {"losses": (2, 2), "accuracies": (2, 2), "weight_0": (4, 3), "logits": (6, 3)}
    same = {name: draw.normal(size=shape).astype(spec.precision) for name, shape in shapes.items()}
    disturbed = {"losses_disturbed": "losses", "weight_disturbed_0": "weight_0", "logits_disturbed": "logits"}
    found = {f"{prefix}_{name}": values for prefix in ("reference", "mode") for name, values in same.items()}
    return found | {f"reference_{name}": same[source] * (1 + 1e-7) for name, source in disturbed.items()}


def make_training(*, block: int = 1, framework: str = "tensorflow", mode: str = "", logits: Logits | None = None, **changes: Any) -> Training:
    """Return a training trial for the analysis, with perfect predictions unless told otherwise."""
    spec = training_spec(block=block, framework=framework, mode=mode)
    return Training(spec=spec, result=training_result(spec, **changes), logits=logits_of(*LABELS) if logits is None else logits)


def make_reopening(training: Training, name: str, logits: Logits | None = None, **changes: Any) -> Reopening:
    """Return an export that was reopened, with the predictions of its source unless told otherwise."""
    spec = inference_spec(training.spec, name)
    return Reopening(spec=spec, result=inference_result(spec, **changes), logits=training.logits if logits is None else logits)


def make_records(trainings: Sequence[Training], reopenings: Sequence[Reopening] = (), **changes: Any) -> RunRecords:
    """Return a run's records around the given trials; blocks and frameworks of the plan follow from them."""
    frameworks = tuple(dict.fromkeys(training.spec.framework for training in trainings)) or ("tensorflow", "pytorch")
    blocks = max((training.spec.block for training in trainings), default=1)
    records = RunRecords(
        plan=make_plan(blocks=blocks, export_blocks=blocks if reopenings else 0, frameworks=frameworks),
        environment=make_environment(),
        titles=Titles(
            workload="Multilayer perceptron",
            workload_description="Small",
            frameworks=TITLES,
            formats={
                (framework, name): FormatTitle(title=name.upper(), precision="float32", file_name=f"model.{name}", runtime="example")
                for framework, names in FORMATS.items()
                for name in names
            },
        ),
        trainings=tuple(trainings),
        reopenings=tuple(reopenings),
        failures=(),
        damaged=(),
        test_labels=np.array(LABELS, dtype=np.int64),
    )
    return replace(records, **changes)


def make_calibration(metric: str = "training_time", **pairs: Sequence[tuple[float, float]]) -> Calibration:
    """Return an A/A study of the made-up machine: for each framework the pairs of times of one metric, one a block."""
    return Calibration(
        created_at=STARTED_AT,
        reportgen_version="0.0",
        hardware=make_environment().hardware,
        workload="mlp",
        dataset="insects",
        epochs=3,
        threads=1,
        seed=11,
        versions={},
        blocks=tuple(
            CalibrationBlock(framework=framework, block=block, times_s={metric: times})
            for framework, found in pairs.items()
            for block, times in enumerate(found, start=1)
        ),
    )
