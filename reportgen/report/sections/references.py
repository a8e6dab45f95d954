"""The references that the report can make by itself: everything that was used, cited with the version that was used."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from reportgen.analysis.results import Results
from reportgen.datasets.own.sentences import UNPUBLISHED
from reportgen.language import gettext
from reportgen.records import DatasetRecord
from reportgen.report.citation_style import Entry, citation, described, located

#: What runs use, in the form of the author's own references: programs by the name of their distribution, the data sets that come with reportgen.
FILE = Path(__file__).parents[1] / "references.json"
#: Distributions that are cited with the version that was used, in this order.
PROGRAMS = ("tensorflow", "keras", "torch", "onnxruntime", "ai-edge-litert", "scikit-learn")
# A runtime is cited only when an export was opened with it; everything else whenever it is installed.
RUNTIME_DISTRIBUTIONS = {"onnxruntime": "onnx", "ai-edge-litert": "litert"}


@dataclass(frozen=True, kw_only=True)
class References:
    """Citations in the order of their numbers, with the key that the report's own text uses for each."""

    keys: tuple[str, ...]
    citations: tuple[str, ...] = field(default=())

    def mark(self, key: str) -> str:
        """Return `` [3]`` for a cited key and nothing for any other."""
        return f"\u00a0[{self.keys.index(key) + 1}]" if key in self.keys else ""

    def by_key(self) -> dict[str, tuple[int, str]]:
        """Return number and text of every citation by its key; of several data sets the first is ``dataset``."""
        found: dict[str, tuple[int, str]] = {}
        for number, (key, text) in enumerate(zip(self.keys, self.citations, strict=True), start=1):
            found.setdefault(key, (number, text))
        return found

    def of(self, results: Results) -> References:
        """Return the same citations for the text on one workload, where ``dataset`` is the data set of that workload."""
        own = self.citations.index(dataset_reference(results.dataset))
        return replace(
            self, keys=tuple("dataset" if number == own else f"other {key}" if key == "dataset" else key for number, key in enumerate(self.keys))
        )


@cache
def known() -> Mapping[str, Entry]:
    """Return the references that come with reportgen by their keys, as CSL-JSON."""
    return {entry["id"]: entry for entry in json.loads(FILE.read_text(encoding="utf-8"))}


def used(key: str, version: str) -> str:
    """Return the reference of a program with the version that was used."""
    entry = known()[key]
    return located(gettext("{reference} Version {version}.", reference=described(entry), version=version), entry)


def dataset_reference(dataset: DatasetRecord) -> str:
    """Return how a data set is cited: one that is known by its DOI in the style of the others, any other as its record says."""
    doi = next((entry for entry in known().values() if entry.get("DOI") and entry["DOI"] in dataset.citation), None)
    if doi is not None:
        return citation(doi)
    own = UNPUBLISHED.format(title=dataset.title)
    return gettext(UNPUBLISHED, title=dataset.title) if dataset.citation == own else gettext(dataset.citation)


def references(members: Sequence[Results]) -> References:
    """Return what these runs used, each thing once: frameworks, data sets, runtimes, scoring library and this tool."""
    versions = {name.lower(): version for results in members for name, version in results.environment.software.packages.items()}
    runtimes = " ".join(export.runtime.lower() for results in members for export in results.exports)
    found = [(name, used(name, versions[name])) for name in PROGRAMS if name in versions and RUNTIME_DISTRIBUTIONS.get(name, "") in runtimes]
    found += [("dataset", text) for text in dict.fromkeys(dataset_reference(results.dataset) for results in members)]
    found.append(("reportgen", used("reportgen", members[0].reportgen_version)))
    return References(keys=tuple(key for key, _ in found), citations=tuple(text for _, text in found))
