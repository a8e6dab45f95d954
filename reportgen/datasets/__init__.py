"""The data sets: one loader for every framework, found by name.

Adding a file with a module-level ``DATASET`` to this folder adds a data set, and adds it to the contract tests. An installed package adds
one through the entry-point group ``reportgen.datasets``. A person's own data are found by their path (:mod:`reportgen.datasets.own`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reportgen.datasets import own
from reportgen.datasets.base import Arrays, Dataset, DatasetSource, ProgressCallback, no_progress
from reportgen.datasets.store import open_arrays, store, stored_folder
from reportgen.errors import ReportgenError
from reportgen.plugins import choose, discover
from reportgen.records import Sentence

__all__ = [
    "AUTO",
    "Arrays",
    "Dataset",
    "DatasetSource",
    "ProgressCallback",
    "load",
    "names",
    "open_arrays",
    "own",
    "sources",
    "store",
    "stored_folder",
]

#: The name that means: the preferred data set where it can be had, else the embedded one.
AUTO = "auto"

#: What the published comparisons that this program reproduces were made with.
PREFERRED = "mnist"

#: What is there on every machine, without a network.
EMBEDDED = "digits"


def sources() -> dict[str, DatasetSource]:
    """Return every data set that can be asked for, by name."""
    return discover("reportgen.datasets", "DATASET", DatasetSource)


def names() -> tuple[str, ...]:
    """Return the accepted names: ``auto``, then every data set in alphabetical order."""
    return (AUTO, *sorted(sources()))


def load(name: str, *, progress: ProgressCallback | None = None) -> Dataset:
    """Find, verify and return the data set called ``name``, or a person's own data at this path; a name wins.

    ``auto`` takes MNIST where it can be had, else the digits that come with scikit-learn, and then says why in ``fallback_reason``.
    Raises :class:`ReportgenError` for an unknown name, for a data set asked for by its own name that cannot be had, and for own data with
    a mistake in them.
    """
    report = progress or no_progress
    members = sources()
    if name != AUTO:
        if name not in members and (own.is_there(name) or Path(name).is_absolute()):
            return own.read(Path(name), report)
        if name not in members:
            raise ReportgenError(
                f"There is no data set called {name!r}. Accepted: {', '.join(names())}, or the path of an .npz file or of a folder of images."
            )
        return replace(members[name].read(report), requested=name)
    try:
        return replace(members[PREFERRED].read(report), requested=AUTO)
    except ReportgenError as error:
        embedded = choose(members, EMBEDDED, "data set").read(report)
        return replace(embedded, requested=AUTO, fallback_reason=getattr(error, "summary", Sentence.of(error)))
