"""What report.toml may say: every key with its type, its default and its meaning, in one place.

The checks, the error messages, the page docs/configuration.md and the file that ``init`` writes all come from these classes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from reportgen.config.appearance import ReportSection, SectionsSection
from reportgen.config.fields import DATE, FILE, FOLDER, FOLDERS, TEXT, Asked, Section, key
from reportgen.config.presets import DEFAULT_EXPORT_BLOCKS, LOOKS, PRESETS, TARGET_HALF_WIDTH, PresetName, StopName, blocks_by_default
from reportgen.config.values import Address, FileName, IsoDate, Line, Names, Workloads
from reportgen.config.variants import VariantSection

#: Leaves room below 2**32, the frameworks' common limit, for the seeds of trials that are counted up from the study's.
GREATEST_SEED = 2**31 - 1


class AuthorSection(Section):
    """Who hands the report in. What is empty is left out of the title page."""

    name: Line = key("The author's name.", accepted=TEXT, default="")
    student_id: Line = key("The author's number at the institution. Write it in quotation marks.", accepted=TEXT, default="")
    course: Line = key("The course that the report is for.", accepted=TEXT, default="")
    instructor: Line = key("Who teaches the course.", accepted=TEXT, default="")
    institution: Line = key("The school or university.", accepted=TEXT, default="")
    date_performed: IsoDate = key("When the experiment was made.", accepted=DATE, default="")
    date_submitted: IsoDate = key("When the report is handed in.", accepted=DATE, default="")
    repository: Address = key("Where the code can be read.", accepted='a web address (http or https, without a password), or ""', default="")


class StudySection(Section):
    """What is compared, on which data, and how often."""

    workload: Workloads = key(
        "What both frameworks train. Several are measured one after the other, with the same settings, and share one report: a chapter for each, and "
        "a summary over all. `epochs`, `batch_size` and `learning_rate`, where they are given, then hold for every one of them.",
        accepted="a workload that `python -m reportgen list` names, or the folder of one of your own; or a list of different ones",
        flag="--workload",
        default="mlp",
    )
    frameworks: Names = key(
        "Which frameworks to measure. The first two are compared with each other.",
        accepted="a list of different frameworks that `python -m reportgen list` names, at least one",
        flag="--framework",
        default=("tensorflow", "pytorch"),
        min_length=1,
        strict=False,
    )
    modes: Names = key(
        "How the frameworks are driven. `idiomatic` is the way of most courses, `tuned` the fastest that computes the same; each framework has its "
        "own. The first mode of each framework is the one by which the frameworks are compared; the others are measured beside it in the same "
        "blocks. A framework of which no mode is named is measured in its idiomatic one.",
        accepted="a list of different names, at least one: idiomatic, tuned, or modes that `python -m reportgen list` names",
        flag="--mode",
        default=("idiomatic", "tuned"),
        min_length=1,
        strict=False,
    )
    dataset: Line = key(
        "The data. `auto` takes those that the folder of your own workload brings along; else MNIST where it can be had, else the digits that come "
        "with scikit-learn, and says so in the report.",
        accepted="a data set that `python -m reportgen list` names, auto, or the path of an `.npz` file or a folder of images of your own",
        flag="--dataset",
        default="auto",
    )
    preset: PresetName = key(
        "How much to measure: " + "; ".join(f"{name} is {preset.blocks} blocks ({preset.reason})" for name, preset in PRESETS.items()) + ".",
        flag="--quick, --rigorous",
        default="standard",
    )
    stop: StopName = key(
        "When to stop. `fixed`: after the number of blocks. `precision`: as soon as half the 95 % interval of the logarithm of the ratio of training "
        f"times is at most {TARGET_HALF_WIDTH}, looked at after {', '.join(map(str, LOOKS))} complete blocks; at the latest after the number of "
        "blocks. Whether a difference shows has no influence.",
        default="fixed",
    )
    blocks: int = key(
        "How many blocks to measure. A block is one trial of each framework, back to back; it is what n counts.",
        flag="--blocks",
        default_factory=lambda data: blocks_by_default(data["preset"], data["stop"]),
        default_text=f"the preset's; {LOOKS[-1]} where the study stops on precision and is not quick",
        example=10,
        ge=1,
        le=1000,
    )
    epochs: int | None = key(
        "Passes over the training data.", flag="--epochs", default=None, default_text="the workload's", example=10, ge=1, le=10_000
    )
    batch_size: int | None = key(
        "Images in a training step.", flag="--batch-size", default=None, default_text="the workload's", example=32, ge=1, le=100_000
    )
    learning_rate: float | None = key(
        "Step size of the optimiser.", default=None, default_text="the workload's", example=0.001, gt=0, le=10, allow_inf_nan=False
    )
    start: Literal["native", "shared"] = key(
        "How the frameworks of a block begin: `native` is each with the initial weights and the random order that it makes by itself; `shared` is "
        "all with the same weights and the same order of the images, so that chance does not come between them.",
        flag="--start",
        default="native",
    )
    seed: int = key(
        "Where the random numbers of the whole study start: order of the trials, initial weights, shuffling.",
        flag="--seed",
        default=1,
        ge=0,
        le=GREATEST_SEED,
    )
    threads: int = key("Processor threads that each framework is told to use; the same for all.", default=1, ge=1, le=1024)
    device: Literal["cpu", "cuda", "auto"] = key(
        "What the frameworks compute on. `cuda` is an NVIDIA GPU; `auto` takes one where every framework of the study computes on it, else the "
        "CPU, and says why. Exported models are opened again on the CPU.",
        flag="--device",
        default="cpu",
    )
    experiments: Names | None = key(
        "Which measurements are made beside the blocks, in processes of their own after the last of them.",
        accepted="a list of different experiments that `python -m reportgen list` names, or [] for none",
        flag="--experiment",
        default=None,
        default_text="the workload's",
        example='["graphs"]',
        strict=False,
    )
    timeout_s: float = key("Seconds after which a trial is stopped and counted as failed.", default=1800.0, gt=0, le=604_800, allow_inf_nan=False)
    fresh_processes: bool = key(
        "Whether every trial is a new Python process that imports its framework for itself. Otherwise, where the platform allows it (Linux), a trial "
        "is forked from a process that has imported the framework and computed nothing, which saves that time and changes no result.",
        flag="--fresh-processes",
        default=False,
    )
    export_blocks: int = key(
        "Of how many blocks, counted from the first, the trained models are exported, reopened and checked.",
        accepted="a whole number from 0 to the number of blocks",
        default_factory=lambda data: min(DEFAULT_EXPORT_BLOCKS, data["blocks"]),
        example=DEFAULT_EXPORT_BLOCKS,
        default_text=f"{DEFAULT_EXPORT_BLOCKS}, or the number of blocks where that is smaller",
        ge=0,
    )
    export_formats: Literal["all", "standard"] = key(
        "Which formats the models are exported to: `standard` is the few that are exported in each of these blocks; `all` is the others too, in the "
        "first block alone.",
        default="all",
    )

    @property
    def workloads(self) -> tuple[str, ...]:
        """All workloads of the study, one or several."""
        return (self.workload,) if isinstance(self.workload, str) else self.workload

    @field_validator("export_blocks")
    @classmethod
    def _within_blocks(cls, value: int, info: ValidationInfo) -> int:
        blocks = info.data.get("blocks", value)
        if value > blocks:
            raise ValueError(f"there are only {blocks} blocks")
        return value


FIGURES = "figures"  # the form that ``--figures`` adds to the others


class OutputSection(Section):
    """Where results go."""

    runs: FileName = key("Folder of the raw records, one sub-folder a run.", accepted=FOLDER, flag="--runs", default="runs")
    out: FileName = key("Folder of the finished documents, one sub-folder a run.", accepted=FOLDER, flag="--out", default="out")
    forms: Names = key(
        "In which forms the report is written, beside `results.json`. [forms.md](forms.md) says what each is.",
        accepted="a list of different forms that `python -m reportgen list` names, at least one",
        flag="--form",
        default=("pdf", "html"),
        min_length=1,
        strict=False,
    )
    figures: bool = key(
        "Whether every figure is also written as a file of its own, as SVG and PNG with its data as CSV, into `figures/`.",
        flag="--figures",
        default=False,
    )

    @property
    def wanted(self) -> tuple[str, ...]:
        """All forms that are written: those that were named, and the figures where they are wanted."""
        return tuple(dict.fromkeys((*self.forms, FIGURES))) if self.figures else self.forms


class NightlySection(Section):
    """What a night is judged by, and how long its files are kept."""

    require_baseline: bool = key(
        "Whether a night ends with the exit code 3 as long as the nights before are too few to compare with. Otherwise it says so, and ends with 0.",
        flag="--require-baseline",
        default=False,
    )
    keep_artifacts_days: int = key(
        "For how many days `prune` keeps the exported models of a night.", flag="--artifacts-days", default=30, ge=0, le=100_000
    )
    keep_records_days: int = key(
        "For how many days `prune` keeps a night's records; 0 is for ever, since the history consists of them.",
        flag="--records-days",
        default=0,
        ge=0,
        le=100_000,
    )


class ProseSection(Section):
    """The author's own text, in Markdown. A file that is not there is a section that the author has not provided."""

    introduction: FileName = key("The question, and why it is asked.", accepted=FILE, default="introduction.md")
    challenges: FileName = key("What went wrong, what was hard, what limits the result.", accepted=FILE, default="challenges.md")
    discussion: FileName = key("What the results mean.", accepted=FILE, default="discussion.md")
    conclusion: FileName = key("What follows from them.", accepted=FILE, default="conclusion.md")
    declaration: FileName = key(
        "A declaration of integrity, printed behind the references with a line to sign on; none is printed where the file says nothing.",
        accepted=FILE,
        default="declaration.md",
    )
    references: FileName = key("Your references, as CSL-JSON, for `[@key]` in the text.", accepted=FILE, default="references.json")


class Config(BaseModel):
    """A whole configuration, checked.

    ``folder`` is where report.toml lies (or the current folder), ``path`` the file itself, if any; both are absolute, so that a stored
    configuration still means the same when it is read from elsewhere.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    report: ReportSection = ReportSection()
    author: AuthorSection = AuthorSection()
    study: StudySection = StudySection()
    sections: SectionsSection = SectionsSection()
    output: OutputSection = OutputSection()
    nightly: NightlySection = NightlySection()
    prose: ProseSection = ProseSection()
    variants: tuple[VariantSection, ...] = ()
    folder: Path
    path: Path | None = None

    def for_workload(self, name: str) -> Config:
        """Return the configuration of one workload of the study, by its name in ``study.workloads``."""
        return self.model_copy(update={"study": self.study.model_copy(update={"workload": name})})

    def with_asked(self, asked: Asked) -> Config:
        """Return the same configuration with what the command line asks laid over it; a folder there is relative to the current one."""
        changed: dict[str, dict[str, object]] = {}
        for dotted, value in asked.items():
            section, _, name = dotted.partition(".")
            if value is not None:
                changed.setdefault(section, {})[name] = str(Path.cwd() / str(value)) if (section, name) in FOLDERS else value
        return self.model_copy(update={section: getattr(self, section).model_copy(update=values) for section, values in changed.items()})

    def with_forms(self, forms: tuple[str, ...]) -> Config:
        """Return the same configuration with other forms of the report."""
        return self.model_copy(update={"output": self.output.model_copy(update={"forms": forms})})

    @property
    def runs_folder(self) -> Path:
        """The folder of the raw records."""
        return self.folder / self.output.runs

    @property
    def out_folder(self) -> Path:
        """The folder of the finished documents."""
        return self.folder / self.output.out

    @property
    def templates_folder(self) -> Path:
        """The folder of the author's own templates, whether or not it is there."""
        return self.folder / self.report.templates

    def prose_file(self, section: str) -> Path:
        """Return where the author's text for ``section`` (a key of ``[prose]``) lies, whether or not it is there."""
        return self.folder / str(getattr(self.prose, section))


SECTIONS: dict[str, type[Section]] = {
    "report": ReportSection,
    "author": AuthorSection,
    "study": StudySection,
    "sections": SectionsSection,
    "output": OutputSection,
    "nightly": NightlySection,
    "prose": ProseSection,
}
