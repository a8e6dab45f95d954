"""Why trials failed, as a document tells it: the runner records it in English (:func:`reportgen.runner.trial.explain`)."""

from __future__ import annotations

from dataclasses import replace

from reportgen.analysis.inputs import Failure, RunRecords
from reportgen.language import ENGLISH, current, gettext, marked
from reportgen.retelling import retold

#: How the runner words causes, the most particular first. What a framework or a person's own code said stays as it was said.
CAUSES = (
    marked("the workload '{workload}' writes its training steps out, and has no model that processes could share (in the phase '{phase}')"),
    marked("it did not end within {seconds} s, and was in the phase '{phase}'"),
    marked("the operating system ended it in the phase '{phase}' because memory ran out"),
    marked("it was ended by the signal {signal} in the phase '{phase}'"),
    marked("the process that it was forked from died, when it was in the phase '{phase}'"),
    marked("it ran out of memory in the phase '{phase}'"),
    marked("it ended with exit code {code} and wrote nothing (in the phase '{phase}')"),
    marked("the process ended as if all was well, but {error}"),
    marked("{error} (in the phase '{phase}')"),
)


def told(cause: str) -> str:
    """Return a recorded cause in the language that is spoken."""
    return retold(cause, CAUSES, phase_in_language)


def phase_in_language(name: str, text: str) -> str:
    """Return the name of a phase in the language that is spoken, and any other part of a cause as it is."""
    return text if name != "phase" or current().code == ENGLISH else gettext(text.capitalize())


def with_causes_told(records: RunRecords) -> RunRecords:
    """Return the records with the causes of all failures in the language that is spoken."""
    told_of = tuple(
        Failure(spec=one.spec, result=one.result.model_copy(update={"cause": told(one.result.cause)}), repeated=one.repeated)
        for one in records.failures
    )
    return replace(records, failures=told_of)
