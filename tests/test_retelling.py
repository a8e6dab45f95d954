"""Sentences of records are found again by what they were made from, and what no marked sentence made stays as it is."""

import pytest

from reportgen import languages
from reportgen.analysis.causes import told
from reportgen.language import spoken
from reportgen.records import Sentence
from reportgen.retelling import retold
from reportgen.runner.causes import CAUSES
from reportgen.runner.launch import Ending
from reportgen.runner.trial import explain
from reportgen.runner.worker import ExitCode


def test_the_parts_of_a_sentence_are_told_too():
    assert retold("3 files of {x}", ["{count} files of {where}"], lambda name, text: f"<{name}:{text}>") == "<count:3> files of <where:{x}>"
    assert retold("3 files", ["{count} files of {where}"]) == "3 files"


@pytest.mark.parametrize("ending", [-9, -15, ExitCode.ORPHANED, ExitCode.OUT_OF_MEMORY, 1, None])
def test_every_cause_that_the_runner_words_is_told_in_german(ending, tmp_path):
    ended = Ending(exit_code=ending if ending is not None else -9, timed_out=ending is None)
    _, cause = explain(ended, 1800.0, "first step", 1, tmp_path)
    assert told(cause) == cause, "in English it stays what the record says"
    with spoken(languages.find("de")):
        german = str(told(cause))
    assert "„Erster Schritt“" in german
    assert "phase" not in german
    assert "1800 s" in german or ending is not None


def test_what_a_framework_said_stays_as_it_was_said():
    with spoken(languages.find("de")):
        killed = told(Sentence(sentence="it was ended by the signal SIGTERM in the phase 'import'"))
        assert str(killed) == "Der Prozess wurde in der Phase „Import“ durch das Signal SIGTERM beendet"
        assert str(told(Sentence(sentence="ValueError: no such layer (in the phase 'load')"))) == "ValueError: no such layer (in der Phase „Laden“)"
        assert str(told(Sentence(sentence="ValueError: no such layer"))) == "ValueError: no such layer"
    assert len(set(CAUSES)) == len(CAUSES)
