"""The one kind of error that a person can cause, and that is shown without a traceback.

Every message answers three questions: what was wrong, where (file, line, key), and what to do about it.
"""

from __future__ import annotations

from reportgen.language import gettext, marked

#: What a person reads whenever a study stops before its end.
KEPT = marked("What was measured is kept; go on with: python -m reportgen run --resume latest")


class WordedError(Exception):
    """An error in this program's own words: a sentence with names in braces, and what is put there.

    A message that may come to stand in a document is :func:`reportgen.language.marked`, and its text is in the language that is spoken where it is
    asked for; whoever catches the error on the way to a record keeps the sentence (:meth:`reportgen.records.Sentence.of`).
    """

    def __init__(self, sentence: str = "", /, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        """Return the message in the language that is spoken."""
        return gettext(self.sentence, **self.values)


class ReportgenError(WordedError):
    """A problem that the person at the keyboard can understand and mend.

    The command line catches it in one place, prints it and ends with exit code 2; everything that was measured before stays on disk.
    """


class DamagedRecordError(ReportgenError):
    """A record on disk cannot be read back: truncated, altered, or written by an unknown schema version."""
