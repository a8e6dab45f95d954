"""What the section on exports says of files that failed, or answer otherwise than their source."""

from __future__ import annotations

from typing import Literal

import pytest

from reportgen.analysis.results import Results
from reportgen.report.sections.exports import agreement_sentence, form, named


def with_first_export(results: Results, sameness: Literal["changed", "failed"]) -> Results:
    first, *rest = results.exports
    return results.model_copy(update={"exports": (first.model_copy(update={"sameness": sameness, "agrees": False}), *rest)})


@pytest.mark.parametrize(
    ("sameness", "said"),
    [("changed", "and their latency is not comparable: {}."), ("failed", "In some trials, {} failed.")],
)
def test_a_file_that_gets_no_claim_is_marked_where_its_times_stand(
    example_results: Results, sameness: Literal["changed", "failed"], said: str
) -> None:
    results = with_first_export(example_results, sameness)
    first, second, *_ = results.exports
    assert form(first) == f"{first.title} ({sameness})"
    assert form(second) == second.title
    assert said.format(named(first, results)) in agreement_sentence(results)
    assert ("within tolerance" in agreement_sentence(results)) == (sameness == "changed")
