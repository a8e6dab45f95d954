"""What a child notes of the error that ended it, so that the parent can say it in a sentence: with file and line where it is a person's own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from reportgen.errors import DamagedRecordError, ReportgenError, WordedError
from reportgen.language import marked
from reportgen.records import FailedResult, ParitySpec, Record, Sentence, Spec, made
from reportgen.runner.launch import STDERR
from reportgen.storage import read_record, write_record
from reportgen.workloads.mistakes import in_brief, place_in

FILE = "mistake.json"


class Mistake(Record):
    """Why a child ended: ``place`` is a file and line in the person's own folder, where the error came through one."""

    text: Sentence
    place: str | None

    @property
    def cause(self) -> Sentence:
        """What a person reads."""
        return made("{place}: {text}", place=self.place, text=self.text) if self.place else self.text


def note_mistake(folder: Path, workload: str, error: Exception) -> None:
    """Write down what ended the trial in ``folder``; ``workload`` is a name, or the path of a person's own folder."""
    own = Path(workload)
    place = place_in(own, error) if own.is_absolute() else None
    # What quotes no other program is short.
    text = Sentence.of(error) if isinstance(error, WordedError) and error.values else Sentence(sentence=in_brief(error))
    with suppress(OSError):
        write_record(folder / FILE, Mistake(text=text, place=str(place) if place else None))


def read_mistake(folder: Path) -> Mistake | None:
    """Return what the child noted, if it could."""
    with suppress(DamagedRecordError):
        return read_record(folder / FILE, Mistake)
    return None


def stop_for_mistake(spec: Spec, result: FailedResult, folder: Path) -> None:
    """Raise :class:`ReportgenError` for an error in a person's own code: the other trials would only repeat it.

    In float64, code may fail that no training runs; the study goes on then, and makes no claim.
    """
    in_float64 = isinstance(spec, ParitySpec) and spec.precision == "float64"
    if result.place is not None and not in_float64:
        raise ReportgenError(
            marked("{cause}. Mend it, and start the study again. The whole traceback is in {stderr}."), cause=result.cause, stderr=folder / STDERR
        )
