"""The jobs behind the verbs: make a run, finish one, and turn its records into documents."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from reportgen import __version__, datasets, devices, exports, languages, modes, workloads
from reportgen.calibration import stored_calibration
from reportgen.config import Asked, Config, load_config
from reportgen.copied_models import copy_models as copy_models
from reportgen.copied_models import exported_models as exported_models
from reportgen.datasets import Dataset, ProgressCallback
from reportgen.environment import describe_environment
from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.language import marked, spoken
from reportgen.latest import point_latest
from reportgen.locks import host_lock, run_lock
from reportgen.look import check_look
from reportgen.nightly.night import renew_night
from reportgen.records import Hyperparameters, Plan, Sentence, Spec
from reportgen.runner.clock import now
from reportgen.runner.cold_starts import plan_cold_starts
from reportgen.runner.events import Event
from reportgen.runner.experiments import chosen_experiments, plan_experiments
from reportgen.runner.forking import launcher, unsupported
from reportgen.runner.plan import plan_parity, plan_profiles, plan_trials
from reportgen.runner.stopping import enough_for, stopping_rule
from reportgen.runner.study import Outcome, Reporter, run_study
from reportgen.runner.trial import Executor, ProcessExecutor, Result
from reportgen.runs import Run, create_run, run_name, store_images
from reportgen.variant_interpreters import check_unchanged, plan_variants
from reportgen.variants import with_variants
from reportgen.workloads import Workload
from reportgen.workloads.inspection import inspect_folder

if TYPE_CHECKING:
    from reportgen.analysis.results import Results
    from reportgen.report.documents import Documents

MODELS = "models"
# A process of another interpreter cannot be forked from this one, and trials that are compared begin alike.
VARIANTS_ARE_FRESH = marked("variants run in interpreters of their own, and all trials begin alike")


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """The documents of a run, and the results that they show."""

    results: Results
    documents: Documents
    folder: Path
    models: tuple[Path, ...]


def new_run(config: Config, command: str, progress: ProgressCallback) -> tuple[Run, Dataset]:
    """Make the plan of one workload, and write it down as a new run. ``command`` is what the person typed."""
    plan, dataset = make_plan(config, progress)
    return create_run(config.runs_folder, plan, config, describe_environment(command), dataset), dataset


def make_plan(config: Config, progress: ProgressCallback, run: str = "") -> tuple[Plan, Dataset]:
    """Find workload and data, and plan the run called ``run``, or else by the moment, the workload and the data.

    Templates and a workload of the person's own are looked through first: a mistake in them shows before anything is downloaded or measured.
    """
    check_look(config)
    study = config.study
    workload = find_workload(config)
    inspect_folder(workload, study.frameworks)
    own_modes = modes.choose(workload, study.frameworks, study.modes)
    variants = plan_variants(config, own_modes)
    chosen_modes = with_variants(own_modes, variants)
    choice = devices.choose(study.device, study.frameworks)
    dataset = find_dataset(config, workload, progress)
    workload.check_images(dataset.train_images.shape[1:])
    moment = datetime.now()
    chosen = {"epochs": study.epochs, "batch_size": study.batch_size, "learning_rate": study.learning_rate}
    trials = plan_trials(
        study.frameworks,
        chosen_modes,
        study.blocks,
        study.seed,
        study.export_blocks,
        exports.formats_of(chosen_modes, repeated=True),
        exports.formats_of(chosen_modes, repeated=False) if study.export_formats == "all" else {},
    )
    asked_for, varied = Sentence(sentence=marked("it was asked for")), Sentence(sentence=VARIANTS_ARE_FRESH)
    fresh_because = asked_for if study.fresh_processes else varied if variants else unsupported(choice.device)
    plan = Plan(
        run=run or run_name(workload.name, dataset.name, moment),
        created_at=now(),
        reportgen_version=__version__,
        workload=workload.reference,
        frameworks=study.frameworks,
        modes=chosen_modes,
        tuned=modes.tuned_among(workload, chosen_modes),
        dataset=dataset.record(),
        hyperparameters=Hyperparameters.model_validate(
            workload.hyperparameters.model_dump() | {name: value for name, value in chosen.items() if value is not None}
        ),
        blocks=study.blocks,
        seed=study.seed,
        threads=study.threads,
        device=choice.device,
        device_reason=choice.reason,
        timeout_s=study.timeout_s,
        preset=study.preset,
        profiles=plan_profiles(study.frameworks, chosen_modes, modes.worth_a_profile(chosen_modes)),
        experiments=plan_experiments(chosen_experiments(study.experiments, workload.name), study.frameworks),
        start=study.start,
        parity=plan_parity(study.frameworks, chosen_modes, study.seed),
        stopping=stopping_rule(study.stop, study.blocks, study.frameworks),
        trials=trials,
        processes="fresh" if fresh_because else "forked",
        processes_reason=fresh_because,
        variants=variants,
        cold_starts=() if fresh_because else plan_cold_starts(trials, chosen_modes),
        reopening_threads=exports.more_threads(study.threads) if study.export_formats == "all" else None,
    )
    return plan, dataset


def find_workload(config: Config) -> Workload:
    """Return the workload of a study, the first of several: a name, or a folder, relative to that of report.toml as in every other key."""
    name = config.study.workloads[0]
    return workloads.find(name if name in workloads.names() else str(config.folder / name))


def find_dataset(config: Config, workload: Workload, progress: ProgressCallback) -> Dataset:
    """Return the data of a study: a name, or a path relative to the folder of report.toml.

    ``auto`` is what the folder of a person's own workload brings along, where it brings anything, or what a workload is made for. Raises
    :class:`ReportgenError` where the data have classes and the workload is to find numbers, or the other way round.
    """
    dataset = datasets.load(dataset_name(config, workload), progress=progress)
    if dataset.task != workload.task:
        raise ReportgenError(
            marked(
                "The workload '{workload}' is made for {task}, and the data set '{dataset}' for {other}. Choose another of "
                "either, with --workload or --dataset."
            ),
            workload=workload.name,
            task=workload.task,
            dataset=dataset.name,
            other=dataset.task,
        )
    return dataset


def dataset_name(config: Config, workload: Workload) -> str:
    """Return what a study's data are called: a name, or a path."""
    name = config.study.dataset
    if name == datasets.AUTO and workload.dataset:
        return workload.dataset
    if name == datasets.AUTO and workload.folder is not None:
        carried = datasets.own.carried_by(workload.folder)
        if carried is not None:
            return str(carried)
    return name if name in datasets.names() else str(config.folder / name)


def dataset_of(run: Run, progress: ProgressCallback) -> Dataset:
    """Find a run's data again; raises :class:`ReportgenError` when what is found is not what the run began with."""
    planned = run.plan.dataset
    dataset = datasets.load(planned.path or planned.name, progress=progress)
    if dataset.digest != planned.digest:
        raise ReportgenError(
            marked(
                "The data set '{name}' found now ({source}) is not the one that the run '{run}' began with. Bring that one back, or start a new run."
            ),
            name=planned.name,
            source=dataset.path or dataset.source,
            run=run.name,
        )
    return dataset


def measure(run: Run, dataset: Dataset, reporter: Reporter, live: bool) -> Outcome:
    """Carry out what is not done of a run, alone on this machine; see :func:`measure_alone`."""
    with run_lock(run.folder), host_lock(run.name, reporter.notice):
        outcome = measure_alone(run, dataset, reporter, live)
    renew_night(run)
    return outcome


def measure_alone(run: Run, dataset: Dataset, reporter: Reporter, live: bool) -> Outcome:
    """Carry out what is not done of a run; the locks on the run and on the machine are held already.

    The machine's calibration, where there is one, goes into the run. Its pictures of the data are made again where they are damaged.
    """
    check_unchanged(run.plan)
    folder = datasets.store(dataset, datasets.stored_folder(dataset))
    with launcher(run.plan, reporter.notice) as start:
        executor = ProcessExecutor(timeout_s=run.plan.timeout_s, live=live, start=start)
        mend_images(run, dataset, reporter)
        run.adopt_calibration(stored_calibration(run.environment.hardware, run.plan.device))
        return run_study(run, folder, Noting(run=run, executor=executor), reporter, enough_for(run, reporter.notice))


@dataclass(kw_only=True)
class Noting:
    """An executor that notes where the run goes on before its first trial, and then carries out every trial by another."""

    run: Run
    executor: Executor
    noted: bool = False

    def __call__(self, spec: Spec, folder: Path, on_event: Callable[[Event], None]) -> Result:
        """See :class:`reportgen.runner.trial.Executor`."""
        if not self.noted:
            self.run.note_environment(describe_environment(self.run.environment.command))
            self.noted = True
        return self.executor(spec, folder, on_event)


def mend_images(run: Run, dataset: Dataset, reporter: Reporter) -> None:
    """Write a run's test set and samples again where they cannot be read; the data set is the one with the planned digest."""
    try:
        run.test_set()
        run.samples()
    except DamagedRecordError as error:
        reporter.notice(f"{error} It is written again from the data set.")
        store_images(run.folder, dataset)


def render(run: Run, config: Config, out: Path) -> Rendered:
    """Make the documents of a run from its records alone, in a folder of the run's name below ``out``."""
    with cycles_kept(), spoken(languages.find(config.report.language)):
        return make_documents(run, config, out)


@contextmanager
def cycles_kept() -> Iterator[None]:
    """Leave cyclic garbage alone for a while.

    Typesetting makes millions of small objects that live until its end; searching them for cycles took a seventh of its time, and leaving that out
    costs no memory to speak of.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def make_documents(run: Run, config: Config, out: Path) -> Rendered:
    """Analyse a run and write its documents; see :func:`render`."""
    from reportgen.analysis.study import analyse
    from reportgen.evidence import gather, pictures
    from reportgen.nightly.reporting import with_history
    from reportgen.report.documents import write_documents

    records = gather(run)
    results = with_history(analyse(records), run)
    folder = out / run.name.replace("/", "-")
    folder.mkdir(parents=True, exist_ok=True)
    models = copy_models(run, records, folder / MODELS)
    documents = write_documents(results, pictures(run, results), config, folder, (run,))
    point_latest(out, folder)
    return Rendered(results=results, documents=documents, folder=folder, models=models)


def current_config(run: Run, asked: Asked = MappingProxyType({}), here: Config | None = None) -> Config:
    """Return the configuration to render a run with: what its report.toml says now.

    Where the run has none, or it is gone, that of the current folder is taken, which is ``here`` with all that was ``asked`` for; where there is
    none either, what the run's said when it began. The author writes after measuring, so title data and prose are read anew; the study itself comes
    from the run's plan. ``asked`` is what the command line says of the documents.
    """
    stored = run.config
    if stored.path is not None and own_file(stored).is_file():
        return load_config(own_file(stored), asked, rooms=False)
    return stored.with_asked(asked) if here is None or here.path is None else here


def own_file(stored: Config) -> Path:
    """Return where the report.toml of a run lay; ``stored.path`` is there."""
    assert stored.path is not None
    return stored.folder / stored.path.name
