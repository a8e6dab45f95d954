"""results.json: one order of keys, whatever the order in which a mapping was filled, so that the same results are the same bytes."""

from __future__ import annotations

from reportgen.analysis.results import Results
from reportgen.analysis.suite import SuiteResults


def stable_json(results: Results | SuiteResults) -> bytes:
    """Return ``results`` as indented JSON, fields in the order of the schema."""
    return results.model_dump_json(indent=1).encode("utf-8") + b"\n"
