"""What a workload is made of: data set, architecture and hyperparameters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from reportgen.analysis.results import Results
from reportgen.language import gettext, ngettext
from reportgen.records import Layer
from reportgen.report.format import ABSENT, enumeration, integer, one_after_another, plural, recorded
from reportgen.report.plan_words import in_language
from reportgen.report.sections.elements import Cell, Figure, Register, Table, figures, head, words
from reportgen.report.sections.looks import augmentation_figure
from reportgen.report.sections.references import References


@dataclass(frozen=True, kw_only=True)
class Methodology:
    """Strings of the sections on data, network and hyperparameters; ``dataset`` and ``samples`` are None where an earlier chapter has them."""

    dataset: Table | None
    dataset_paragraphs: tuple[str, ...]
    samples: Figure | None
    augmentation: Figure | None
    architecture: Table
    architecture_sentence: str
    hyperparameters: Table
    hyperparameter_sentence: str


def methodology(results: Results, register: Register, references: References, *, known_data: bool = False) -> Methodology:
    """Make tables and picture in the order in which they are printed; those of the data set not where an earlier chapter has ``known_data``."""
    register.begin("dataset")
    dataset = None if known_data else dataset_table(results, register)
    samples = None if known_data or results.dataset.task == "regression" else sample_figure(results, register)
    augmentation = augmentation_figure(results, register)
    architecture = architecture_table(results, register.begin("architecture"))
    hyperparameters = hyperparameter_table(results, register.begin("hyperparameters"))
    return Methodology(
        dataset=dataset,
        dataset_paragraphs=dataset_paragraphs(results, references),
        samples=samples,
        augmentation=augmentation,
        architecture=architecture,
        architecture_sentence=architecture_sentence(results),
        hyperparameters=hyperparameters,
        hyperparameter_sentence=hyperparameter_sentence(results),
    )


def sample_figure(results: Results, register: Register) -> Figure:
    """The first training images."""
    return register.figure(
        "samples",
        gettext("Samples of {title}", title=results.dataset.title),
        gettext("The first training images, with the class of each below it; {image_size}.", image_size=image_size(results)),
        gettext("A grid of small training images of {title}, each with the name of its class below it.", title=results.dataset.title),
        "samples",
        width_percent=74,
    )


def dataset_table(results: Results, register: Register) -> Table:
    """Table 3: images of each class in each split."""
    dataset = results.dataset
    if dataset.task == "regression":
        return part_table(results, register)
    counts = zip(dataset.class_names, dataset.train_class_counts, dataset.validation_class_counts, dataset.test_class_counts, strict=True)
    rows = [(head(name), *(figures(integer(count)) for count in row), figures(integer(sum(row)))) for name, *row in counts]
    totals = (dataset.train_count, dataset.validation_count, dataset.test_count)
    return register.table(
        "dataset",
        gettext("Data set"),
        gettext("Images of each class in each split of {title}.", title=dataset.title),
        [
            (
                head(gettext("Class")),
                head(gettext("Training"), numeric=True),
                head(gettext("Validation"), numeric=True),
                head(gettext("Test"), numeric=True),
                head(gettext("All"), numeric=True),
            )
        ],
        rows,
        [(head(gettext("All classes")), *(figures(integer(total)) for total in totals), figures(integer(sum(totals))))],
    )


def part_table(results: Results, register: Register) -> Table:
    """Table 3 where there are no classes: samples in each split."""
    dataset = results.dataset
    counts = ((gettext("Training"), dataset.train_count), (gettext("Validation"), dataset.validation_count), (gettext("Test"), dataset.test_count))
    return register.table(
        "dataset",
        gettext("Data set"),
        gettext("Samples in each split of {title}: {image_size}.", title=dataset.title, image_size=image_size(results)),
        [(head(gettext("Part")), head(gettext("Samples"), numeric=True))],
        [(head(label), figures(integer(count))) for label, count in counts],
        style="narrow",
    )


def image_size(results: Results) -> str:
    """Return the size of one image in words."""
    if results.dataset.task == "regression":
        shape = " \u00d7 ".join(integer(length) for length in results.dataset.image_shape)
        return gettext("{shape} numbers as inputs and {plural} as targets", shape=shape, plural=plural(results.dataset.target_count or 0, "number"))
    height, width, channels = results.dataset.image_shape
    return gettext("{height} × {width} pixels, {channels}", height=height, width=width, channels=plural(channels, "channel"))


def dataset_paragraphs(results: Results, references: References) -> tuple[str, ...]:
    """Return what the data set is, where it came from, and how to recognise it."""
    dataset = results.dataset
    told = in_language(dataset.description)
    each = (
        gettext("Each image has {image_size}{mark}.", image_size=image_size(results), mark=references.mark("dataset"))
        if dataset.task == "classification"
        else gettext("Each sample has {image_size}{mark}.", image_size=image_size(results), mark=references.mark("dataset"))
    )
    licence = gettext("Licence: {licence}.", licence=gettext(dataset.licence))
    return (
        one_after_another(told if told.endswith(".") else told + ".", each, licence),
        gettext(
            "Source: {source}. SHA-256 digest of the content: {digest}. Both frameworks were given the same arrays.",
            source=in_language(dataset.source).rstrip("."),
            digest=dataset.digest,
        ),
    )


def architecture_table(results: Results, register: Register) -> Table:
    """Table 4: the layers as each framework itself lists them, side by side."""
    groups = [head("")] + [head(framework.title, colspan=3) for framework in results.frameworks]
    columns = [head("#", numeric=True)]
    for _ in results.frameworks:
        columns += [head(gettext("Layer")), head(gettext("Output shape")), head(gettext("Parameters"), numeric=True)]
    rows = []
    for position, layers in enumerate(zip_longest(*(framework.layers for framework in results.frameworks)), start=1):
        cells = [head(str(position), numeric=True)]
        for layer in layers:
            cells += layer_cells(layer)
        rows.append(cells)
    foot = [head("")]
    for framework in results.frameworks:
        foot += [words(gettext("Trainable parameters"), colspan=2), figures(integer(framework.parameter_count))]
    return register.table(
        "architecture",
        gettext("Network architecture"),
        gettext(
            "{workload_title}, layer by layer, as each framework describes its own model; output shapes leave the batch out.",
            workload_title=results.workload_title,
        ),
        [groups, columns],
        rows,
        [foot],
    )


def layer_cells(layer: Layer | None) -> list[Cell]:
    """Return the three cells of one layer, empty where the framework has none."""
    if layer is None:
        return [words(""), words(""), words("")]
    shape = " \u00d7 ".join(integer(length) for length in layer.output_shape)
    return [words(layer.kind), words(shape), figures(integer(layer.parameters))]


def architecture_sentence(results: Results) -> str:
    """Say whether the parameter counts, read back from both models, agree."""
    counts = {framework.parameter_count for framework in results.frameworks}
    if len(counts) == 1:
        return gettext("Every framework's model has {pop} trainable parameters.", pop=integer(counts.pop()))
    listed = enumeration(f"{framework.title} {integer(framework.parameter_count)}" for framework in results.frameworks)
    return gettext("The numbers of trainable parameters differ: {listed}. The programs are not equal.", listed=listed)


def hyperparameter_table(results: Results, register: Register) -> Table:
    """Table 5: settings and defaults as used, with whether they agree."""
    rows = [
        (
            head(gettext(row.name)),
            *(words(recorded(value) if value else gettext(ABSENT)) for value in row.values),
            words(gettext("yes") if row.same else gettext("no")),
        )
        for row in results.settings
    ]
    return register.table(
        "hyperparameters",
        gettext("Hyperparameters and defaults"),
        gettext("What each framework really used, read back from its own objects after training."),
        [
            (
                head(gettext("Setting")),
                *(head(framework.title) for framework in results.frameworks),
                head(gettext("Same in both?") if len(results.frameworks) == 2 else gettext("Same in all?")),
            )
        ],
        rows,
    )


def hyperparameter_sentence(results: Results) -> str:
    """Name the settings that differ."""
    different = [gettext(row.name) for row in results.settings if not row.same]
    if not different:
        return gettext("No setting in the table differs between the frameworks.")
    return ngettext(
        "{count} setting differs between the frameworks: {settings}.",
        "{count} settings differ between the frameworks: {settings}.",
        len(different),
        count=integer(len(different)),
        settings=enumeration(different),
    )
