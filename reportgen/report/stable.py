"""results.json: one order of keys, whatever the order in which a mapping was filled, so that the same results are the same bytes."""

from __future__ import annotations

from reportgen.analysis.results import Results
from reportgen.analysis.suite import SuiteResults
from reportgen.records import json_in_words


def stable_json(results: Results | SuiteResults) -> bytes:
    """Return ``results`` as indented JSON, fields in the order of the schema; what is said in them is a text."""
    return json_in_words(results).encode("utf-8") + b"\n"
