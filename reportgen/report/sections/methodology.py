"""What a workload is made of: data set, architecture and hyperparameters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from reportgen.analysis.results import Results
from reportgen.records import Layer
from reportgen.report.format import ABSENT, enumeration, integer, plural
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
        f"Samples of {results.dataset.title}",
        f"The first training images, with the class of each below it; {image_size(results)}.",
        f"A grid of small training images of {results.dataset.title}, each with the name of its class below it.",
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
        "Data set",
        f"Images of each class in each split of {dataset.title}.",
        [(head("Class"), head("Training", numeric=True), head("Validation", numeric=True), head("Test", numeric=True), head("All", numeric=True))],
        rows,
        [(head("All classes"), *(figures(integer(total)) for total in totals), figures(integer(sum(totals))))],
    )


def part_table(results: Results, register: Register) -> Table:
    """Table 3 where there are no classes: samples in each split."""
    dataset = results.dataset
    counts = (("Training", dataset.train_count), ("Validation", dataset.validation_count), ("Test", dataset.test_count))
    return register.table(
        "dataset",
        "Data set",
        f"Samples in each split of {dataset.title}: {image_size(results)}.",
        [(head("Part"), head("Samples", numeric=True))],
        [(head(label), figures(integer(count))) for label, count in counts],
        style="narrow",
    )


def image_size(results: Results) -> str:
    """Return the size of one image in words."""
    if results.dataset.task == "regression":
        shape = " \u00d7 ".join(integer(length) for length in results.dataset.image_shape)
        return f"{shape} numbers as inputs and {plural(results.dataset.target_count or 0, 'number')} as targets"
    height, width, channels = results.dataset.image_shape
    return f"{height} \u00d7 {width} pixels, {plural(channels, 'channel')}"


def dataset_paragraphs(results: Results, references: References) -> tuple[str, ...]:
    """Return what the data set is, where it came from, and how to recognise it."""
    dataset = results.dataset
    sample = "image" if dataset.task == "classification" else "sample"
    description = dataset.description if dataset.description.endswith(".") else dataset.description + "."
    return (
        f"{description} Each {sample} has {image_size(results)}{references.mark('dataset')}. Licence: {dataset.licence}.",
        f"Source: {dataset.source.rstrip('.')}. SHA-256 digest of the content: {dataset.digest}. Both frameworks were given the same arrays.",
    )


def architecture_table(results: Results, register: Register) -> Table:
    """Table 4: the layers as each framework itself lists them, side by side."""
    groups = [head("")] + [head(framework.title, colspan=3) for framework in results.frameworks]
    columns = [head("#", numeric=True)]
    for _ in results.frameworks:
        columns += [head("Layer"), head("Output shape"), head("Parameters", numeric=True)]
    rows = []
    for position, layers in enumerate(zip_longest(*(framework.layers for framework in results.frameworks)), start=1):
        cells = [head(str(position), numeric=True)]
        for layer in layers:
            cells += layer_cells(layer)
        rows.append(cells)
    foot = [head("")]
    for framework in results.frameworks:
        foot += [words("Trainable parameters", colspan=2), figures(integer(framework.parameter_count))]
    return register.table(
        "architecture",
        "Network architecture",
        f"{results.workload_title}, layer by layer, as each framework describes its own model; output shapes leave the batch out.",
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
        return f"Every framework's model has {integer(counts.pop())} trainable parameters."
    listed = enumeration(f"{framework.title} {integer(framework.parameter_count)}" for framework in results.frameworks)
    return f"The numbers of trainable parameters differ: {listed}. The programs are not equal."


def hyperparameter_table(results: Results, register: Register) -> Table:
    """Table 5: settings and defaults as used, with whether they agree."""
    rows = [(head(row.name), *(words(value or ABSENT) for value in row.values), words("yes" if row.same else "no")) for row in results.settings]
    return register.table(
        "hyperparameters",
        "Hyperparameters and defaults",
        "What each framework really used, read back from its own objects after training.",
        [
            (
                head("Setting"),
                *(head(framework.title) for framework in results.frameworks),
                head("Same in both?" if len(results.frameworks) == 2 else "Same in all?"),
            )
        ],
        rows,
    )


def hyperparameter_sentence(results: Results) -> str:
    """Name the settings that differ."""
    different = [row.name for row in results.settings if not row.same]
    if not different:
        return "No setting in the table differs between the frameworks."
    return f"{plural(len(different), 'setting differs', 'settings differ')} between the frameworks: {enumeration(different)}."
