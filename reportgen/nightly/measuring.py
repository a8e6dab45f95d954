"""Measuring one workload's night: the study with the control workload beside it, and what was flagged once more, at once.

Whoever calls it holds the locks on the run and on the machine, and keeps them until the repetition is over: nothing measures in between.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from reportgen.analysis.history.verdict import Flag, to_confirm
from reportgen.datasets import Dataset, ProgressCallback
from reportgen.errors import ReportgenError
from reportgen.jobs import dataset_of, measure_alone
from reportgen.language import marked
from reportgen.locks import run_lock
from reportgen.nightly.again import run_again
from reportgen.nightly.beside import ControlRunner
from reportgen.nightly.history import Damaged, ask
from reportgen.nightly.judging import Judgement, judge
from reportgen.nightly.night import Repetition, begin_night, control_of, make_night, note_control_after, results_of, write_night
from reportgen.nightly.queries import night_called
from reportgen.records.night import NightRecord
from reportgen.records.sentence import Sentence, in_a_row, made
from reportgen.runner.study import Reporter
from reportgen.runs import Run


@dataclass(frozen=True, kw_only=True)
class Night:
    """How a workload's night is measured.

    ``shown_by`` gives whoever shows the progress of a study, ``control`` runs the control workload, ``progress`` hears of downloads, and ``live``
    says whether events are passed on while a trial runs.
    """

    shown_by: Callable[[], AbstractContextManager[Reporter]]
    control: ControlRunner
    progress: ProgressCallback
    live: bool

    def measure(self, run: Run, runs: Path) -> NightRecord:
        """Measure a run and add it to the history below ``runs``; what the detector flags for the worse is measured again before this returns.

        Raises :class:`ReportgenError` when nothing was measured that a night could be made of. What went wrong beside that is in its ``problems``.
        """
        problems: list[Sentence] = []
        dataset = None
        begin_night(run, self.control())
        with self.shown_by() as reporter:
            try:
                dataset = dataset_of(run, self.progress)
                measure_alone(run, dataset, reporter, self.live)
            except ReportgenError as error:
                problems.append(Sentence.of(error))
        note_control_after(run, self.control())
        try:
            night = make_night(run, results_of(run), problems)
        except ReportgenError as error:
            why = in_a_row(dict.fromkeys((*problems, Sentence.of(error))))
            raise ReportgenError(why.sentence, **why.values) from error
        write_night(run, night)
        flagged = to_confirm(judged(run, runs).flags)
        if flagged and dataset is not None:
            night = make_night(run, results_of(run), problems, self.repeat(run, dataset, flagged))
            write_night(run, night)
        return night

    def repeat(self, run: Run, dataset: Dataset, flagged: tuple[Flag, ...]) -> Repetition:
        """Measure flagged metrics again; a repetition that fails leaves them unconfirmed, and says why."""
        kinds = [flag.series.kind for flag in flagged]
        try:
            again = run_again(run, kinds, dataset)
            with self.shown_by() as reporter, run_lock(again.folder):
                reporter.notice(f"Flagged, and measured again at once: {', '.join(kind.title for kind in kinds)}.")
                begin_night(again, self.control())
                measure_alone(again, dataset, reporter, self.live)
            note_control_after(again, self.control())
            cells = make_night(again, results_of(again)).cells
        except ReportgenError as error:
            return Repetition(problem=Sentence.of(error))
        wanted = {kind.code for kind in kinds}
        # The ratio is measured with both of its sides, and a training with its epochs: what was not flagged was not asked for.
        return Repetition(cells=tuple(cell for cell in cells if cell.code in wanted), control=control_of(again.folder))


def judged(run: Run, runs: Path) -> Judgement:
    """Return what the history says of a run's night; raises :class:`ReportgenError` where it is not there."""

    def question(connection: Connection, left_out: tuple[Damaged, ...]) -> Judgement:
        night = night_called(connection, run.name)
        if night is None:
            reasons = [one.reason for one in left_out if one.folder == run.name]
            why = in_a_row([made(marked("The night '{run}' is not in the history of {runs}."), run=run.name, runs=runs), *reasons])
            raise ReportgenError(why.sentence, **why.values)
        return judge(connection, night)

    return ask(runs, question)
