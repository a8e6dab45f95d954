"""The references that the report can make by itself: everything that was used, cited with the version that was used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportgen.analysis.results import Results

# Distribution name -> how its authors ask to be cited. "{version}" is filled with the installed version.
CITATIONS = {
    "tensorflow": 'M. Abadi et al., "TensorFlow: A system for large-scale machine learning," in Proc. 12th USENIX Symp. Operating Systems Design and '
    "Implementation (OSDI), 2016, pp. 265\u2013283. Version {version}. https://www.tensorflow.org",
    "keras": 'F. Chollet et al., "Keras," 2015. Version {version}. https://keras.io',
    "torch": 'A. Paszke et al., "PyTorch: An imperative style, high-performance deep learning library," in Advances in Neural Information Processing '
    "Systems 32, 2019, pp. 8024\u20138035. Version {version}. https://pytorch.org",
    "onnxruntime": 'ONNX Runtime developers, "ONNX Runtime," 2018. Version {version}. https://onnxruntime.ai',
    "ai-edge-litert": 'Google, "LiteRT (formerly TensorFlow Lite)." Version {version}. https://ai.google.dev/edge/litert',
    "scikit-learn": 'F. Pedregosa et al., "Scikit-learn: Machine learning in Python," Journal of Machine Learning Research, vol. 12, '
    "pp. 2825\u20132830, 2011. Version {version}. https://scikit-learn.org",
}
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
        own = self.citations.index(results.dataset.citation)
        return replace(
            self, keys=tuple("dataset" if number == own else f"other {key}" if key == "dataset" else key for number, key in enumerate(self.keys))
        )


def references(members: Sequence[Results]) -> References:
    """Return what these runs used, each thing once: frameworks, data sets, runtimes, scoring library and this tool."""
    versions = {name.lower(): version for results in members for name, version in results.environment.software.packages.items()}
    runtimes = " ".join(export.runtime.lower() for results in members for export in results.exports)
    found = []
    for key, citation in CITATIONS.items():
        wanted = RUNTIME_DISTRIBUTIONS.get(key, "") in runtimes
        if key in versions and wanted:
            found.append((key, citation.format(version=versions[key])))
    found += [("dataset", citation) for citation in dict.fromkeys(results.dataset.citation for results in members)]
    found.append(("reportgen", f'"reportgen: measured comparisons of machine-learning frameworks." Version {members[0].reportgen_version}.'))
    return References(keys=tuple(key for key, _ in found), citations=tuple(citation for _, citation in found))
