"""MNIST: found on this machine, else downloaded, and verified byte for byte either way."""

from __future__ import annotations

import os

import numpy as np

from reportgen.datasets.base import Dataset, DatasetSource, ProgressCallback
from reportgen.datasets.cache import CACHE_VARIABLE
from reportgen.datasets.mnist.download import Download, Failure, fetch
from reportgen.datasets.mnist.formats import PARTS, Content
from reportgen.datasets.mnist.places import DATA_VARIABLE, Finding, download_folder, places, search
from reportgen.datasets.split import validation_split
from reportgen.errors import ReportgenError
from reportgen.language import marked
from reportgen.records.sentence import Sentence, in_a_row, made

#: Set to anything but nothing: never download. For machines where a measurement must not depend on a network.
OFFLINE_VARIABLE = "REPORTGEN_OFFLINE"
ALL_MIRRORS = marked("all mirrors")


class MnistUnavailableError(ReportgenError):
    """MNIST cannot be had. The message lists every place searched; ``summary`` is the sentence or two that a report's first page needs."""

    def __init__(self, message: str, summary: Sentence) -> None:
        """Keep both texts."""
        super().__init__(message)
        self.summary = summary


def read(progress: ProgressCallback) -> Dataset:
    """Return MNIST from the first folder that holds all of it, else from the mirrors; raises :class:`MnistUnavailableError`."""
    findings: list[Finding] = []
    for folder in places():
        progress(f"looking for MNIST in {folder}", 0, None)
        finding = search(folder)
        findings.append(finding)
        if not finding.missing:
            return _dataset(finding.parts, made(marked("Found in {folder}."), folder=folder), _damaged(findings))
    # The cache is searched last; parts that an interrupted download left there need not be fetched again.
    in_cache = findings[-1]
    download = _download(in_cache, progress)
    parts = {**in_cache.parts, **download.parts}
    if len(parts) < len(PARTS):
        raise _unavailable(findings, download)
    downloaded = made(marked("Downloaded from {addresses} into {folder}."), addresses=", ".join(download.used), folder=download_folder())
    return _dataset(parts, downloaded, _damaged(findings))


def _download(in_cache: Finding, progress: ProgressCallback) -> Download:
    if os.environ.get(OFFLINE_VARIABLE):
        offline = made(marked("not asked, since {variable} is set"), variable=OFFLINE_VARIABLE)
        return Download(failures=(Failure(address=ALL_MIRRORS, reason=offline),))
    try:
        return fetch(in_cache.folder, in_cache.missing, progress)
    except OSError as error:
        said = marked("it cannot be written ({error}); {variable} chooses another folder")
        reason = made(said, error=error.strerror or error, variable=CACHE_VARIABLE)
        return Download(failures=(Failure(address=str(in_cache.folder), reason=reason),))


def _damaged(findings: list[Finding]) -> tuple[Sentence, ...]:
    """Return a line on each unusable file, every file once although folders may be searched under two names."""
    return tuple(dict.fromkeys(line for finding in findings for line in finding.damaged))


def _unavailable(findings: list[Finding], download: Download) -> MnistUnavailableError:
    damaged = _damaged(findings)
    lines = ["MNIST cannot be had.", "Searched:"]
    lines += [f"  {finding.folder}: {finding.outcome}" for finding in findings]
    if damaged:
        lines += ["Damaged files, not used:", *(f"  {line}" for line in damaged)]
    lines += ["Download:", *(f"  {failure.address}: {failure.reason}" for failure in download.failures)]
    lines.append(
        f"Put the four IDX files or mnist.npz into a folder called mnist and set {DATA_VARIABLE} to the folder around it, or connect to the "
        "network, or ask for the data set digits, which is always there."
    )
    if not os.environ.get(DATA_VARIABLE):
        lines.append(f"({DATA_VARIABLE} is not set.)")
    summary = [
        made(
            marked("MNIST was not found in {count} folders of this machine, and not downloaded ({reasons})."),
            count=len(findings),
            reasons=_in_brief(download.failures),
        )
    ]
    if damaged:
        summary.append(made(marked("Damaged and therefore not used: {files}."), files=in_a_row(damaged, "; ")))
    return MnistUnavailableError("\n".join(lines), in_a_row(summary))


def _in_brief(failures: tuple[Failure, ...]) -> Sentence:
    """Return the failures by reason, since what keeps a machine from one mirror mostly keeps it from all."""
    by_reason: dict[Sentence, list[str]] = {}
    for failure in failures:
        by_reason.setdefault(failure.reason, []).append(failure.address)
    return in_a_row((made("{place}: {reason}", place=_place(addresses), reason=reason) for reason, addresses in by_reason.items()), "; ")


def _place(addresses: list[str]) -> Sentence:
    if len(addresses) == 1:
        return Sentence(sentence=addresses[0])
    return made(marked("{count} mirrors"), count=len(addresses))


def _dataset(parts: dict[str, Content], source: Sentence, damaged: tuple[Sentence, ...]) -> Dataset:
    images, labels, test_images, test_labels = (parts[part.key] for part in PARTS)
    train_labels = labels.astype(np.int64)
    kept, held = validation_split(train_labels)
    return Dataset(
        name=DATASET.name,
        title=DATASET.title,
        description=marked(
            "70,000 grey images of handwritten digits, 28 x 28 pixels, centred and size-normalised; the published 60,000 training and 10,000 test "
            "images. 10 % of the training images, stratified by class, are held back as validation images."
        ),
        licence="CC BY-SA 3.0",
        citation=(
            "LeCun, Y., Bottou, L., Bengio, Y. & Haffner, P. (1998). Gradient-based learning applied to document recognition. "
            "Proceedings of the IEEE, 86(11), 2278-2324. https://doi.org/10.1109/5.726791"
        ),
        source=in_a_row([source, *(made(marked("Passed over as damaged: {file}."), file=file) for file in damaged)]),
        requested=DATASET.name,
        class_names=tuple(str(digit) for digit in range(10)),
        train_images=images[kept][..., np.newaxis],
        train_labels=train_labels[kept],
        validation_images=images[held][..., np.newaxis],
        validation_labels=train_labels[held],
        test_images=test_images[..., np.newaxis].copy(),
        test_labels=test_labels.astype(np.int64),
    )


DATASET = DatasetSource(name="mnist", title="MNIST database of handwritten digits", read=read)

__all__ = ["DATASET", "OFFLINE_VARIABLE", "MnistUnavailableError", "read"]
