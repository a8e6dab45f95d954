"""Which code of a framework ran, by its digests: the network belongs to the workload, everything else to the software."""

from __future__ import annotations

from reportgen.analysis.results import Results

# Which of a framework's sources makes a workload another one.
MODEL_SOURCE = "Model"


def model_digests(results: Results) -> dict[str, str]:
    """Return the digest of each framework's model code, as it ran."""
    return {one.name: source.sha256 for one in results.frameworks for source in one.sources if source.title == MODEL_SOURCE}


def code_digests(results: Results) -> dict[str, str]:
    """Return the digests of whatever else ran of a framework's code, by a name for a person."""
    sources = [(one, source) for one in results.frameworks for source in one.sources if source.title != MODEL_SOURCE]
    return {f"{source.title.lower()} code of {one.title}": source.sha256 for one, source in sources}
