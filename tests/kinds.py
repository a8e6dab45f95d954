"""Runs of every kind, made of the records of the example run and of made-up ones: what a report shows of them is what the analysis makes of these.

Whoever wants them in a language gathers, analyses and renders them inside of ``spoken``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import builders_of_graphs
import builders_of_scaling
import numpy as np
import pytest
from builders import (
    effective,
    epochs,
    failed_result,
    inference_spec,
    make_plan,
    make_records,
    make_training,
    mode_parity_arrays,
    parity_result,
    parity_spec,
    pipeline_sample,
    planned_experiment,
)
from recorded import source

from reportgen import datasets, frameworks, workloads
from reportgen.analysis.inputs import ExperimentTrial, Failure, ParityTrial, RunRecords, Training
from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import Results
from reportgen.analysis.study import Prepared, analyse, prepare, with_findings
from reportgen.analysis.suite import MissingWorkload, SuiteResults, suite_results
from reportgen.config import Config
from reportgen.errors import ReportgenError
from reportgen.evidence import gather, pictures, titles
from reportgen.parity.material import excerpt_size
from reportgen.records import ExperimentNote, ExportSample, Hyperparameters, Plan, Spec, Variant
from reportgen.report.drawing import Drawing, drawing_style, plain_fonts
from reportgen.report.drawings import drawn_figures, make_resources, make_suite_resources
from reportgen.report.resources import Resource
from reportgen.report.suite_view import suite_view
from reportgen.report.view import View, view
from reportgen.runner.plan import plan_parity
from reportgen.runs import Run
from reportgen.variants import base_mode, with_variants

EXAMPLE = Run(Path(__file__).parents[1] / "docs" / "example-run")
NO_PICTURES = Pictures(samples=np.zeros((0, 1, 1, 1), dtype=np.uint8), sample_labels=(), test_images={})
FRAMEWORKS = ("tensorflow", "pytorch")
MODES = {"tensorflow": ("keras-fit", "xla"), "pytorch": ("dataloader", "compile")}
VARIANTS = (
    Variant(name="next", frameworks=("pytorch",), python="/other/python", software={"Python": "3.12.1", "torch": "2.15.0"}),
    Variant(name="plain", frameworks=FRAMEWORKS, environment={"TF_ENABLE_ONEDNN_OPTS": "0"}),
)
BY_HAND = {"tensorflow": ("session", "eager"), "pytorch": ("eager", "compile-step")}
STEPS = 50
#: Of the example's images and of those by hand, as many as a mode is compared on.
PARITY_IMAGES, IMAGES_BY_HAND = (excerpt_size(count, batch) for count, batch in ((1294, 32), (64, 64)))


@dataclass(frozen=True, kw_only=True)
class Made:
    """A document of one kind: its results, what templates print of it, and its pictures."""

    results: Results | SuiteResults
    content: View
    pictures: list[Pictures]

    @property
    def members(self) -> tuple[Results, ...]:
        """The results of each workload."""
        return self.results.members if isinstance(self.results, SuiteResults) else (self.results,)

    def figures(self, only: Collection[str] | None = None) -> Iterator[tuple[str, Drawing]]:
        """Yield the measured figures, or those of these names ``only``, not yet rendered."""
        chosen = tuple(one for one in self.content.figures if only is None or one.resource in only)
        with plain_fonts() as fonts, drawing_style(fonts):
            shown = replace(self.content, figures=chosen)
            yield from drawn_figures(self.members, shown, self.results if isinstance(self.results, SuiteResults) else None)

    def resources(self) -> dict[str, Resource]:
        """Return everything that documents load: this renders all pictures."""
        if isinstance(self.results, SuiteResults):
            return make_suite_resources(self.results, self.pictures, self.content)
        return make_resources(self.results, self.pictures[0], self.content)


def planned(records: RunRecords, **changes: Any) -> RunRecords:
    """Return the records with another plan, and the titles of what is in it."""
    plan: Plan = records.plan.model_copy(update=changes)
    return replace(records, plan=plan, titles=titles(plan))


def lost(spec: Spec, cause: str, status: str = "failed", repeated: bool = False) -> Failure:
    """Return a trial that failed, with a cause as the runner words it."""
    return Failure(spec=spec, result=failed_result(spec, status, cause), repeated=repeated)


def in_mode(one: Training, mode: str, times: float = 1.0, **changes: Any) -> Training:
    """Return a trial as it would be in another mode, in which training is so many ``times`` as fast, give or take a per cent."""
    faster = times * (1 + 0.01 * (one.spec.block % 3))
    spec = one.spec.model_copy(update={"mode": mode, "trial": f"{one.spec.trial}-{mode.replace('@', '-')}", "exports": ()})
    phases = tuple(phase.model_copy(update={"wall_s": phase.wall_s / faster, "cpu_s": phase.cpu_s / faster}) for phase in one.result.phases)
    timed = tuple(epoch.model_copy(update={"train_s": epoch.train_s / faster}) for epoch in one.result.epochs)
    program = frameworks.find_mode(spec.framework, base_mode(mode)).package
    sources = tuple(source("Training", f"{program}.training") if part.title == "Training" else part for part in one.result.sources)
    fields = {"trial": spec.trial, "phases": phases, "epochs": timed, "exports": (), "sources": sources} | changes
    return replace(one, spec=spec, result=one.result.model_copy(update=fields))


def shown(framework: str, mode: str, reference: str, images: int) -> list[ParityTrial]:
    """Return what a mode shows beside the main one: the same, on so many ``images``."""
    given = Hyperparameters(epochs=3, batch_size=64 if images == IMAGES_BY_HAND else 32, learning_rate=0.001)
    specs = [
        parity_spec(framework=framework, mode=mode, precision=precision).model_copy(update={"reference": reference, "hyperparameters": given})
        for precision in ("float32", "float64")
    ]
    seen = {"float32": pipeline_sample(images_seen=images, batch_size=given.batch_size), "float64": None}
    return [ParityTrial(spec=spec, result=parity_result(spec, pipeline=seen[spec.precision]), arrays=mode_parity_arrays(spec)) for spec in specs]


def faster_modes() -> RunRecords:
    """The example run with a tuned mode of each framework; that of PyTorch failed in one block."""
    records = gather(EXAMPLE)
    further = tuple(in_mode(one, MODES[one.spec.framework][1], 3.0) for one in records.trainings)
    spec = further[0].spec
    killed = lost(spec, "it was ended by the signal SIGKILL in the phase 'training'", "killed")
    parity = tuple(one for name in FRAMEWORKS for one in shown(name, MODES[name][1], MODES[name][0], PARITY_IMAGES))
    made = planned(
        records, modes=MODES, tuned={name: MODES[name][1] for name in FRAMEWORKS}, parity=plan_parity(FRAMEWORKS, MODES, records.plan.seed)
    )
    return replace(made, further=further[1:], parity=(*records.parity, *parity), failures=(killed,))


def versions() -> RunRecords:
    """The example run with another release of PyTorch and with another variable, with which TensorFlow did not start."""
    records = gather(EXAMPLE)
    modes = with_variants({name: MODES[name][:1] for name in FRAMEWORKS}, VARIANTS)
    by_name = {"next": {"pytorch": "2.15.0"}, "plain": {"pytorch": "2.14.1+cpu"}}
    further = tuple(
        in_mode(one, f"dataloader@{name}", 1.1, versions=by_name[name]) for one in records.trainings_of("pytorch") for name in ("next", "plain")
    )
    first = in_mode(records.trainings_of("tensorflow")[0], "keras-fit@plain").spec
    cause = "ImportError: libnext.so: cannot open shared object file (in the phase 'import')"
    same = [one for one in records.parity if one.spec.framework == "pytorch"]
    parity = [replace(one, spec=one.spec.model_copy(update={"mode": f"dataloader@{name}"})) for one in same for name in ("next", "plain")]
    made = planned(records, modes=modes, variants=VARIANTS, parity=plan_parity(FRAMEWORKS, modes, records.plan.seed))
    return replace(made, further=further, parity=(*records.parity, *parity), failures=(lost(first, cause),))


def experiment_trials() -> tuple[ExperimentTrial, ...]:
    """Return the trials of both experiments, in which something is missing each: a style, and a second worker."""
    gone = ExperimentNote(subject="tf.compat.v1.Session", kind="not available", text="AttributeError: no such thing")
    old = ExperimentNote(subject="torch.jit.trace", kind="remark", text="deprecated: the framework warns that this call is to disappear")
    refused = ExperimentNote(subject="tf.function with XLA", kind="remark", text="OperatorNotAllowedInGraphError")
    alone = ExperimentNote(subject="data-parallel training on 2 workers", kind="not available", text="worker 2 of 2 was ended by the signal SIGKILL")
    own_loop = ExperimentNote(
        subject="model.fit under MultiWorkerMirroredStrategy", kind="remark", text="it works in a team of two; its times were not measured"
    )
    return (
        builders_of_graphs.trial("tensorflow", {"eager": 1e-3, "tf.function with XLA": 2e-4}, notes=(gone, refused)),
        builders_of_graphs.trial(
            "pytorch", {"eager": 5e-5, "torch.jit.trace": 4e-5, "torch.compile": 3e-5}, {"torch.compile": builders_of_graphs.losses(2.0)}, (old,)
        ),
        builders_of_scaling.trial("tensorflow", sizes=(1,), notes=(alone, own_loop), busy=0.4),
        builders_of_scaling.trial("pytorch"),
    )


def both_experiments() -> RunRecords:
    """The example run with both experiments."""
    made = [("graphs", "styles"), ("scaling", "data-parallel")]
    processes = tuple(planned_experiment(name, experiment=experiment, variant=variant) for experiment, variant in made for name in FRAMEWORKS)
    return replace(planned(gather(EXAMPLE), experiments=processes), experiments=experiment_trials())


def failures() -> RunRecords:
    """The example run with a block less than planned, and with exports that failed, could not be written, or answered otherwise."""
    records = gather(EXAMPLE)
    spec = records.trainings[-1].spec
    kept = tuple(one for one in records.trainings if one.spec.block != spec.block)
    broken = inference_spec(kept[1].spec, "keras").model_copy(update={"trial": "block-01-tensorflow-export-keras", "framework": "tensorflow"})
    found = (
        lost(spec, "it did not end within 1800 s, and was in the phase 'training'", "timeout"),
        lost(kept[0].spec, "it ran out of memory in the phase 'first step'", "out-of-memory", repeated=True),
        lost(broken, "ValueError: no such layer (in the phase 'load')"),
    )
    failed = ExportSample(format="onnx", status="failed", error="RuntimeError: no such operator")
    absent = ExportSample(format="state_dict", status="unavailable", error="ImportError: no such package")

    def without(one: Training) -> Training:
        samples = tuple({"onnx": failed, "state_dict": absent}.get(sample.format, sample) for sample in one.result.exports)
        return replace(one, result=one.result.model_copy(update={"exports": samples, "warnings": ("FutureWarning: old_call is deprecated",)}))

    reopened = tuple(one for one in records.reopenings if one.spec.format in ("saved_model", "tflite"))
    changed = tuple(replace(one, logits=-one.logits) if one.spec.format == "tflite" else one for one in reopened)
    unsteady = tuple(without(one) for one in kept)
    return replace(records, trainings=unsteady, reopenings=changed, failures=found)


def one_block() -> RunRecords:
    """The first block of the example run: no value has a spread."""
    records = gather(EXAMPLE)
    made = planned(records, blocks=1, trials=tuple(one for one in records.plan.trials if one.block == 1))
    return replace(made, trainings=tuple(one for one in records.trainings if one.spec.block == 1))


def numbers(framework: str, block: int, mode: str, faster: float = 1.0) -> Training:
    """Return a trial of the network by hand whose loss falls by a tenth at every step."""
    run = []
    seconds = 0.01 / faster * (1 + 0.02 * (block % 3) + (0.03 if framework == "pytorch" else 0.0))
    for index, plain in enumerate(epochs(2 * seconds, seconds)):
        losses = tuple(0.9 ** (STEPS * index + step) * (1 + 0.01 * block) for step in range(STEPS))
        fields = {"train_loss": float(np.mean(losses)), "train_accuracy": None, "validation_accuracy": None}
        run.append(plain.model_copy(update=fields | {"step_losses": losses, "end_loss": losses[-1] * 0.9}))
    used = effective(optimizer="SGD", settings={"learning_rate": 0.1}, loss="mean squared error", batch_size=64, steps_per_epoch=STEPS)
    outputs = np.zeros((64, 10), dtype=np.float32)
    return make_training(block=block, framework=framework, mode=mode, logits=outputs, epochs=tuple(run), effective=used)


def two_layer() -> RunRecords:
    """The network by hand on random numbers, with its modes and with the experiment that belongs to it."""
    data, workload = datasets.load("random"), workloads.find("two-layer")
    processes = tuple(planned_experiment(name) for name in FRAMEWORKS)
    plan = make_plan(blocks=3, modes=BY_HAND, parity=True, experiments=processes).model_copy(
        update={
            "dataset": data.record(),
            "workload": "two-layer",
            "hyperparameters": workload.hyperparameters.model_copy(update={"epochs": 2}),
            "tuned": {"pytorch": "compile-step"},
        }
    )
    blocks = range(1, 4)
    main = [numbers(name, block, BY_HAND[name][0]) for block in blocks for name in FRAMEWORKS]
    further = tuple(numbers(name, block, BY_HAND[name][1], 2.0) for block in blocks for name in FRAMEWORKS)
    parity = tuple(one for name in FRAMEWORKS for one in shown(name, BY_HAND[name][1], BY_HAND[name][0], IMAGES_BY_HAND))
    trials = tuple(one for one in experiment_trials() if one.spec.experiment == "graphs")
    records = make_records(main, plan=plan, test_labels=np.zeros(0, dtype=np.int64), test_targets=data.test_labels)
    return replace(records, titles=titles(plan), further=further, parity=parity, experiments=trials)


#: The kinds of one workload.
SINGLE: MappingProxyType[str, Callable[[], RunRecords]] = MappingProxyType(
    {
        "faster modes": faster_modes,
        "versions": versions,
        "experiments": both_experiments,
        "failures": failures,
        "one block": one_block,
        "two-layer": two_layer,
    }
)
SUITE = "suite"
KINDS = (*SINGLE, SUITE)


def suite() -> tuple[SuiteResults, list[Pictures]]:
    """Return the results of a suite of three workloads, one of which finds numbers, one of which is missing; and their pictures."""
    first, second = prepare(gather(EXAMPLE)), prepare(two_layer())
    other = first.results.model_copy(update={"workload": "own net", "workload_title": "Own net"})
    members = [first, second, Prepared(results=other, comparisons=first.comparisons)]
    with pytest.raises(ReportgenError) as nothing:
        prepare(replace(failures(), trainings=()))
    missing = MissingWorkload(workload="cnn", reason=str(nothing.value))
    made = suite_results("example-suite", "python -m reportgen", "2026-01-02T03:04:05.000+00:00", with_findings(members), (missing,))
    return made, [pictures_of(results) for results in made.members]


def pictures_of(results: Results) -> Pictures:
    """Return the pictures of the example run, or none where there are only numbers."""
    return NO_PICTURES if results.dataset.task == "regression" else pictures(EXAMPLE, results)


def make(kind: str, config: Config) -> Made:
    """Return the document of a kind, in the language that is spoken."""
    if kind == SUITE:
        results, own = suite()
        return Made(results=results, content=suite_view(results, config), pictures=own)
    alone = analyse(SINGLE[kind]())
    return Made(results=alone, content=view(alone, config), pictures=[pictures_of(alone)])
