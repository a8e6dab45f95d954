"""Reading a run's records for the analysis: the only way from the run store to the results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from reportgen import frameworks, runtimes, workloads
from reportgen.analysis.inputs import (
    ColdStart,
    ExperimentTrial,
    Failure,
    FormatTitle,
    Labels,
    ModeTitle,
    ParityTrial,
    Profiling,
    Reopening,
    RunRecords,
    Span,
    Targets,
    Titles,
    Training,
)
from reportgen.analysis.pictures import Pictures
from reportgen.analysis.results import Results
from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.language import gettext, marked
from reportgen.records import (
    ColdStartResult,
    ColdStartSpec,
    ExperimentResult,
    ExperimentSpec,
    FailedResult,
    InferenceResult,
    InferenceSpec,
    ParityResult,
    ParitySpec,
    Plan,
    ProfileResult,
    ProfileSpec,
    Spec,
    TrainingResult,
    TrainingSpec,
)
from reportgen.records.sentence import Sentence, made
from reportgen.runner import parity
from reportgen.runner.exporting import FOLDER as EXPORTS
from reportgen.runner.predictions import load_logits
from reportgen.runner.trial import Result
from reportgen.runner.worker import RESULT
from reportgen.runs import TRIALS, Run, spec_in
from reportgen.variants import base_mode, variant_name

LEFT_OUT = marked("{damage} It is left out; measure it again with: python -m reportgen run --resume {run}")


def gather(run: Run) -> RunRecords:
    """Return a run's verified records; a damaged one is named in ``damaged`` and left out, with its block."""
    trainings: list[Training] = []
    reopenings: list[Reopening] = []
    shown: list[ParityTrial] = []
    profiles: list[Profiling] = []
    cold_starts: list[ColdStart] = []
    spans: list[Span] = []
    experiments: list[ExperimentTrial] = []
    failures: list[tuple[Spec, FailedResult]] = []
    damaged: list[Sentence] = []
    for folder in sorted((run.folder / TRIALS).glob("*")):
        if not (folder / RESULT).is_file():
            continue
        try:
            spec = spec_in(folder)
            result = run.result(spec)
            if result is not None:
                spans.append(span(result))
            if isinstance(result, FailedResult):
                failures.append((spec, result))
            elif isinstance(spec, TrainingSpec) and isinstance(result, TrainingResult):
                if not run.pruned:
                    check_sizes(result, folder)
                trainings.append(Training(spec=spec, result=result, logits=load_logits(folder)))
            elif isinstance(spec, InferenceSpec) and isinstance(result, InferenceResult):
                reopenings.append(Reopening(spec=spec, result=result, logits=load_logits(folder)))
            elif isinstance(spec, ParitySpec) and isinstance(result, ParityResult):
                shown.append(ParityTrial(spec=spec, result=result, arrays=parity.load(folder)))
            elif isinstance(spec, ProfileSpec) and isinstance(result, ProfileResult):
                profiles.append(Profiling(spec=spec, result=result))
            elif isinstance(spec, ColdStartSpec) and isinstance(result, ColdStartResult):
                cold_starts.append(ColdStart(spec=spec, result=result))
            elif isinstance(spec, ExperimentSpec) and isinstance(result, ExperimentResult):
                experiments.append(ExperimentTrial(spec=spec, result=result))
        except DamagedRecordError as error:
            damaged.append(made(LEFT_OUT, damage=error, run=run.name))
    done: list[Spec] = [
        *(one.spec for one in trainings),
        *(one.spec for one in reopenings),
        *(one.spec for one in shown),
        *(one.spec for one in profiles),
        *(one.spec for one in cold_starts),
        *(one.spec for one in experiments),
    ]
    return RunRecords(
        plan=run.plan,
        environment=run.environment,
        titles=titles(run.plan),
        trainings=complete_blocks(run.plan, trainings),
        further=further_trials(run.plan, trainings),
        reopenings=tuple(one for one in reopenings if one.spec.threads == run.plan.threads),
        threaded=tuple(one for one in reopenings if one.spec.threads != run.plan.threads),
        failures=tuple(Failure(spec=spec, result=result, repeated=was_repeated(spec, done)) for spec, result in failures),
        damaged=tuple(damaged),
        **test_answers(run),
        parity=tuple(shown),
        cold_starts=tuple(cold_starts),
        spans=tuple(spans),
        profiles=tuple(profiles),
        experiments=tuple(experiments),
        later_environments=run.later_environments,
        calibration=run.calibration,
        looks=run.looks,
    )


def check_sizes(result: TrainingResult, folder: Path) -> None:
    """Raise :class:`ReportgenError` unless each export's recorded size is what its folder holds.

    A file that was not counted makes a format look small. The recorded files are verified already, each by its digest; this looks for what
    they leave out, or count twice.
    """
    for sample in result.exports:
        on_disk = sum(path.stat().st_size for path in (folder / EXPORTS / sample.format).rglob("*") if path.is_file())
        if sample.status == "ok" and sample.size_bytes != on_disk:
            raise ReportgenError(
                marked(
                    "The export '{format}' of the trial '{trial}' is recorded with {size_bytes} bytes, and its folder holds "
                    "{on_disk}. No report is made from it. Take out of the folder what was put there, or delete the trial's "
                    "folder and measure it again with: python -m reportgen run --resume RUN"
                ),
                format=sample.format,
                trial=result.trial,
                size_bytes=sample.size_bytes,
                on_disk=on_disk,
            )


def span(result: Result) -> Span:
    """Return when a trial's process began and ended, and the sum of its phases; a trial that failed has none, and counts whole.

    A child notes the date when the phase of its start is over.
    """
    began_s, ended_s = (datetime.fromisoformat(date).timestamp() for date in (result.started_at, result.finished_at))
    if isinstance(result, FailedResult):
        return Span(began_s=began_s, ended_s=ended_s, phases_s=ended_s - began_s)
    began_s -= sum(phase.wall_s for phase in result.phases if phase.name == "start")
    return Span(began_s=began_s, ended_s=ended_s, phases_s=sum(phase.wall_s for phase in result.phases))


def complete_blocks(plan: Plan, trainings: Sequence[Training]) -> tuple[Training, ...]:
    """Return the main modes' trials of each block's first attempt in which no framework is missing, by block and then in the plan's order."""
    main = [one for one in trainings if plan.is_main(one.spec.framework, one.spec.mode)]
    found = {(one.spec.block, one.spec.attempt, one.spec.framework): one for one in main}
    chosen: list[Training] = []
    for block in range(1, plan.blocks + 1):
        attempts = sorted({attempt for known, attempt, _ in found if known == block})
        for attempt in attempts:
            members = [found.get((block, attempt, framework)) for framework in plan.frameworks]
            if all(members):
                chosen += [member for member in members if member is not None]
                break
    return tuple(chosen)


def further_trials(plan: Plan, trainings: Sequence[Training]) -> tuple[Training, ...]:
    """Return the trials of modes beside the main ones, by block and then in the plan's order of modes: of each the first that came to its end.

    Which blocks are complete is a matter of the main modes; a comparison of modes takes in the blocks that have both of its trials.
    """
    blocks = {one.spec.block for one in complete_blocks(plan, trainings)}
    ordered = sorted(trainings, key=lambda one: one.spec.attempt, reverse=True)
    found = {(one.spec.block, one.spec.framework, one.spec.mode): one for one in ordered}
    wanted = [(block, framework, mode) for block in sorted(blocks) for framework, mode in plan.further_modes]
    return tuple(found[key] for key in wanted if key in found)


def was_repeated(failed: Spec, done: Sequence[Spec]) -> bool:
    """Say whether a later attempt at a failed trial succeeded."""

    def key(spec: Spec) -> tuple[object, ...]:
        return (
            spec.kind,
            spec.block,
            spec.framework,
            *(getattr(spec, name, None) for name in ("mode", "format", "precision", "experiment", "variant", "threads")),
        )

    return any(key(spec) == key(failed) and spec.attempt > failed.attempt for spec in done)


def titles(plan: Plan) -> Titles:
    """Return the readable names of everything in a plan."""
    title, description = workload_text(plan.workload)
    return Titles(
        workload=title,
        workload_description=description,
        frameworks={name: frameworks.find(name).title for name in plan.frameworks},
        modes={(name, mode): mode_title(name, mode) for name in plan.frameworks for mode in plan.modes[name]},
        formats={
            (name, known.name): FormatTitle(
                title=known.title,
                precision=known.precision,
                file_name=known.file_name,
                runtime=runtimes.find(known.runtime).title,
                repeated=known.repeated,
            )
            for name in plan.frameworks
            for known in frameworks.formats(name)
        },
    )


class Answers(TypedDict):
    """The fields of :class:`RunRecords` that hold what is right."""

    test_labels: Labels
    test_targets: Targets


def test_answers(run: Run) -> Answers:
    """Return what is right for each test sample: classes, or numbers."""
    answers = run.test_set()[1]
    if run.plan.dataset.task == "regression":
        return Answers(test_labels=np.zeros(0, dtype=np.int64), test_targets=answers.astype(np.float32))
    return Answers(test_labels=answers, test_targets=np.zeros((0, 0), dtype=np.float32))


def mode_title(framework: str, name: str) -> ModeTitle:
    """Return how a mode is called and described; one that is no longer there goes by its name."""
    variant = variant_name(name)
    if variant:
        own = mode_title(framework, base_mode(name))
        return ModeTitle(title=f"{own.title}, {variant}", description=own.description)
    known = {mode.name: mode for mode in frameworks.modes(framework)}.get(name)
    return ModeTitle(title=gettext(known.title), description=gettext(known.description)) if known else ModeTitle(title=name, description="")


def workload_text(reference: str) -> tuple[str, str]:
    """Return a workload's title and description; of a person's own folder that is gone, its name: a report needs nothing but the records."""
    try:
        workload = workloads.find(reference)
    except ReportgenError:
        return Path(reference).name, ""
    return gettext(workload.title), gettext(workload.description)


def pictures(run: Run, results: Results) -> Pictures:
    """Return the images that a report shows: samples of the training data, augmented ones, and test images with their predictions.

    Of mere numbers there are none.
    """
    if results.dataset.task == "regression":
        return Pictures(samples=np.zeros((0, 1, 1, 1), dtype=np.uint8), sample_labels=(), test_images={})
    samples, labels = run.samples()
    images, _ = run.test_set()
    wanted = {item.index for framework in results.frameworks for item in framework.misclassified}
    wanted |= {item.index for framework in results.frameworks for item in framework.predicted_images}
    trials = {} if results.augmented_images is None else results.augmented_images.trials
    shown = {framework: parity.load(run.trial_folder(trial)) for framework, trial in trials.items()}
    pictures = Pictures(
        samples=samples,
        sample_labels=tuple(int(label) for label in labels),
        test_images={index: images[index] for index in sorted(wanted)},
    )
    if not shown:
        return pictures
    originals, *_ = (arrays["augmentation_originals"] for arrays in shown.values())
    augmented = {framework: pixels(arrays["augmentation_examples"]) for framework, arrays in shown.items()}
    return replace(pictures, originals=pixels(originals), augmented=augmented)


def pixels(images: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return images in [0, 1] as uint8."""
    values: NDArray[np.uint8] = np.clip(np.round(images * 255), 0, 255).astype(np.uint8)
    return values
