"""The run store: a folder for each run, whole or not there at all, with the plan that never changes and a folder for each trial.

What is done is what has a valid result; there is no other state that could disagree with it.
"""

from __future__ import annotations

import io
import shutil
import zipfile
import zlib
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import numpy as np

from reportgen.config import Config
from reportgen.datasets import Dataset
from reportgen.datasets.base import Images, Labels
from reportgen.errors import DamagedRecordError, ReportgenError
from reportgen.language import marked
from reportgen.records import Calibration, Environment, Look, Plan, Spec, hardware_key
from reportgen.runner.trial import Result, read_result
from reportgen.runner.worker import RESULT, SPEC, read_spec
from reportgen.storage import appearing_whole, read_record, write_atomically, write_record

PLAN = "plan.json"
# In a folder with this file lie the runs of a suite, one for each workload.
SUITE = "suite.json"
ENVIRONMENT = "environment.json"
LATER_ENVIRONMENT = "environment-{:02d}.json"
CALIBRATION = "calibration.json"
LOOK = "look-{:02d}.json"
CONFIG = "config.json"
TEST_SET = "test-set.npz"
SAMPLES = "samples.npz"
TRIALS = "trials"
# Says when the exported models of a run were removed to make room, in one line of text.
PRUNED = "pruned.txt"
DAMAGED = "damaged"
# Six rows of ten: what the published comparisons show of their data.
SAMPLE_COUNT = 60


class Run:
    """A run on disk. Opening it reads the plan; results are read when asked for, and verified then."""

    def __init__(self, folder: Path) -> None:
        """Open the run in ``folder``; raises :class:`ReportgenError` when there is none, or when its plan is damaged."""
        if not (folder / PLAN).is_file():
            raise ReportgenError(marked("{folder} is not a run: it has no {plan}."), folder=folder, plan=PLAN)
        self.folder = folder
        # A run of a suite is found, and named in messages, as SUITE/WORKLOAD.
        self.name = f"{folder.parent.name}/{folder.name}" if (folder.parent / SUITE).is_file() else folder.name
        self.plan = read_record(folder / PLAN, Plan)

    @property
    def environment(self) -> Environment:
        """The machine and the software that the run began with."""
        return read_record(self.folder / ENVIRONMENT, Environment)

    @property
    def later_environments(self) -> tuple[Environment, ...]:
        """Where the run was continued, in order, as far as that differed from where it began."""
        paths = sorted(self.folder.glob(LATER_ENVIRONMENT.replace("{:02d}", "*")))
        return tuple(read_record(path, Environment) for path in paths)

    def note_environment(self, environment: Environment) -> None:
        """Record where the run goes on, if machine or software are not those of an earlier part: a report must not compare across that."""
        known = (self.environment, *self.later_environments)
        if not any(hardware_key(one.hardware) == hardware_key(environment.hardware) and one.software == environment.software for one in known):
            write_record(self.folder / LATER_ENVIRONMENT.format(len(known) + 1), environment)

    @property
    def calibration(self) -> Calibration | None:
        """The A/A study that the run's noise floor comes from, copied into the run so that it can be rendered from its own records."""
        path = self.folder / CALIBRATION
        return read_record(path, Calibration) if path.is_file() else None

    def adopt_calibration(self, calibration: Calibration | None) -> None:
        """Copy a calibration into the run, unless it has one already: a report once made does not change with the machine's later state."""
        if calibration is not None and not (self.folder / CALIBRATION).exists():
            write_record(self.folder / CALIBRATION, calibration)

    @property
    def looks(self) -> tuple[Look, ...]:
        """The looks that were taken at the precision reached, in order; a damaged one counts as not taken, and resuming takes it again."""
        found: list[Look] = []
        for path in self.folder.glob(LOOK.replace("{:02d}", "*")):
            with suppress(DamagedRecordError):
                found.append(read_record(path, Look))
        return tuple(sorted(found, key=lambda look: look.blocks))

    def note_look(self, look: Look) -> None:
        """Record a look before anything follows from it."""
        write_record(self.folder / LOOK.format(look.blocks), look)

    @property
    def last_block(self) -> int:
        """The last block that is to be measured: the plan's, or the one after which a look stopped the study."""
        return next((look.last_block for look in self.looks if look.stop), self.plan.blocks)

    @property
    def config(self) -> Config:
        """The configuration that the run began with."""
        path = self.folder / CONFIG
        try:
            return Config.model_validate_json(path.read_bytes())
        except (OSError, ValueError) as error:
            raise DamagedRecordError(marked("{path} is damaged: {error}."), path=path, error=error) from error

    @property
    def pruned(self) -> str:
        """When the exported models of this run were removed, as a sentence; empty where they were not."""
        try:
            return (self.folder / PRUNED).read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def trial_folder(self, trial: str) -> Path:
        """Return the folder of a trial, which need not exist."""
        return self.folder / TRIALS / trial

    def result(self, spec: Spec) -> Result | None:
        """Return the verified result of a trial, or ``None`` when it has none yet; raises :class:`DamagedRecordError` when it is damaged."""
        folder = self.trial_folder(spec.trial)
        if not (folder / RESULT).is_file():
            return None
        # The analysis reads orders from the trials' folders: a result without its order is no use to it.
        spec_in(folder)
        result = read_result(folder, spec, exports=not self.pruned)
        if result.trial != spec.trial:
            raise DamagedRecordError(
                marked("{result} is damaged: it is the result of the trial '{trial}'."), result=folder / RESULT, trial=result.trial
            )
        return result

    def reopenings_of(self, trial: str) -> tuple[str, ...]:
        """Return the names of the trials that reopened exports of a training trial."""
        return tuple(sorted(folder.name for folder in (self.folder / TRIALS).glob(f"{trial}-export-*")))

    def fresh_trial_folder(self, trial: str) -> Path:
        """Return an empty folder for a trial; what an interrupted process left there is removed."""
        folder = self.trial_folder(trial)
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        return folder

    def set_aside(self, trial: str) -> Path:
        """Move a damaged trial out of the way, keeping it for a look, and return where it lies now."""
        target = self.folder / DAMAGED / f"{trial}-{datetime.now().strftime('%Y%m%d-%H%M%S-%f')}"
        target.parent.mkdir(exist_ok=True)
        return self.trial_folder(trial).rename(target)

    def test_set(self) -> tuple[Images, Labels]:
        """Return the test images uint8 (count, height, width, channels) and labels int64 (count,) of this run."""
        return load_images(self.folder / TEST_SET)

    def samples(self) -> tuple[Images, Labels]:
        """Return the first training images and their labels, for a picture of the data."""
        return load_images(self.folder / SAMPLES)


def spec_in(folder: Path) -> Spec:
    """Return the order in a trial's folder; raises :class:`DamagedRecordError` naming it when it is damaged, or that of another trial."""
    path = folder / SPEC
    try:
        spec = read_spec(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedRecordError(marked("{path} is damaged: {error}."), path=path, error=error) from error
    if spec.trial != folder.name:
        raise DamagedRecordError(marked("{path} is damaged: it is the order of the trial '{trial}'."), path=path, trial=spec.trial)
    return spec


def load_images(path: Path) -> tuple[Images, Labels]:
    """Return ``images`` and ``labels`` of an archive; raises :class:`DamagedRecordError` naming it."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return arrays["images"], arrays["labels"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise DamagedRecordError(marked("{path} is damaged: {error}."), path=path, error=error) from error


def run_name(workload: str, dataset: str, moment: datetime) -> str:
    """Return a name that sorts by time and says what was run."""
    return f"{moment.strftime('%Y-%m-%d-%H%M%S')}-{workload}-{dataset}"


def store_images(folder: Path, dataset: Dataset) -> None:
    """Write the images that a report needs into a run's folder, so that it can be rendered where the data set is not."""
    for name, images, labels in (
        (TEST_SET, dataset.test_images, dataset.test_labels),
        (SAMPLES, dataset.train_images[:SAMPLE_COUNT], dataset.train_labels[:SAMPLE_COUNT]),
    ):
        archive = io.BytesIO()
        np.savez_compressed(archive, images=images, labels=labels)
        write_atomically(folder / name, archive.getvalue())


def create_run(runs: Path, plan: Plan, config: Config, environment: Environment, dataset: Dataset, name: str = "") -> Run:
    """Write a new run below ``runs`` and open it; it appears under its name, by default the plan's, only when it is whole."""
    name = name or plan.run
    folder = runs / name
    taken = ReportgenError(f"The run {plan.run!r} exists already in {runs}. Wait a second, and start again.")
    with appearing_whole(folder, taken) as building:
        (building / TRIALS).mkdir()
        write_record(building / ENVIRONMENT, environment)
        write_atomically(building / CONFIG, config.model_dump_json(indent=1).encode())
        store_images(building, dataset)
        write_record(building / PLAN, plan)
    return Run(folder)


def list_runs(runs: Path) -> tuple[Path, ...]:
    """Return the folders of all runs and suites below ``runs``, oldest first."""
    if not runs.is_dir():
        return ()
    return tuple(sorted(folder for folder in runs.iterdir() if is_run(folder) and not folder.name.startswith(".")))


def is_run(folder: Path) -> bool:
    """Say whether a folder is that of a run or of a suite."""
    return (folder / PLAN).is_file() or (folder / SUITE).is_file()


def find_folder(runs: Path, name: str) -> Path:
    """Return the folder of the run or suite called ``name``: a name below ``runs``, a path, or ``latest``."""
    known = list_runs(runs)
    if name == "latest":
        if not known:
            raise ReportgenError(f"There is no run in {runs} yet. Make one with: python -m reportgen")
        return known[-1]
    for folder in (runs / name, Path(name)):
        if is_run(folder):
            return folder
    listed = ", ".join(folder.name for folder in known[-5:]) or "none"
    raise ReportgenError(f"There is no run called {name!r} in {runs}. The latest ones: {listed}. See: python -m reportgen list")
