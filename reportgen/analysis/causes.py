"""Why trials failed, as a document tells it, from whatever the runner recorded (:func:`reportgen.runner.trial.explain`)."""

from __future__ import annotations

from dataclasses import replace

from reportgen.analysis.inputs import Failure, RunRecords
from reportgen.language import ENGLISH, current, gettext
from reportgen.records import Sentence
from reportgen.retelling import retold
from reportgen.runner.causes import CAUSES


def told(cause: Sentence) -> Sentence:
    """Return a recorded cause as it can be said in any language: one that an older record holds as a text is said in the one that is spoken.

    What a framework or a person's own code said stays as it was said.
    """
    return cause if cause.values else Sentence(sentence=retold(cause.sentence, CAUSES, phase_in_language))


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
