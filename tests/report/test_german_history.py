"""A German report on a night, and its page for an e-mail, say in German whatever the nights show, from facts that were recorded without words."""

import re
import shutil
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import get_args

import pytest
from nights import series
from unmade import unmade, unmarked

from reportgen import languages
from reportgen.analysis.history.cells import measurement_problems
from reportgen.analysis.history.sentences import sentence_of
from reportgen.analysis.history.shown import CellVerdict, Outcome, Reason
from reportgen.analysis.history.summing import night_verdict
from reportgen.analysis.results import FailedTrial, ModeResult
from reportgen.analysis.sameness import parity_of
from reportgen.config import Config
from reportgen.language import Language, spoken
from reportgen.nightly.history import ask, read_night
from reportgen.nightly.judging import judge
from reportgen.nightly.measuring import judged
from reportgen.nightly.night import NIGHT, begin_night, make_night
from reportgen.nightly.queries import night_called
from reportgen.nightly.reporting import history_of
from reportgen.nightly.verdict_files import SUMMARY, VERDICT, write_verdict
from reportgen.records import Sentence, made
from reportgen.records.night import Control, NightRecord
from reportgen.report.sections.elements import Cell
from reportgen.report.trend.figure import history_figure
from reportgen.report.view import view
from reportgen.runner.launch import Ending
from reportgen.runner.trial import explain
from reportgen.runs import Run

NIGHTS = 40
SLOWER = dict.fromkeys(range(NIGHTS - 3, NIGHTS + 1), 1.3)
FASTER = dict.fromkeys(range(NIGHTS - 3, NIGHTS + 1), 0.75)
FOR_A_WEEK = dict.fromkeys(range(20, 28), 1.3)
#: What becomes of a metric in the last nights, by its code: the factor of each night, and that of what was measured again at once.
COURSES = {
    "training_time:pytorch": (SLOWER, 1.3),
    "training_time:tensorflow": (SLOWER, 1.0),
    "epoch_time:pytorch": (FASTER, None),
    "epoch_time:tensorflow": (FOR_A_WEEK, 1.3),
    "cold_start:pytorch": (SLOWER, None),
}
GONE, NEW = "cold_start:tensorflow", "latency:tensorflow"
#: What stands in every language: names, dates, signs and units, and the message of another program.
NAMES = re.compile(
    r"TensorFlow|PyTorch|Keras|TFLite|SavedModel|LiteRT|ONNX|state_dict|\bmlp\b|\bdigits\b|block-\d+-\w+|XLA|AMD EPYC|[KMG]i?B|\b[mµ]?s\b|"
    r"\b[np]\b|ValueError: no such operator|\S+\.(json|md|html|pdf)\b|`[^`]*`|\btorch\b|other-\d+|SIGKILL|\b(eager|trained)\b"
)


@pytest.fixture(scope="module")
def german() -> Language:
    return languages.find("de")


@pytest.fixture(scope="module")
def unfinished() -> Language:
    return unmade()


@pytest.fixture(scope="module")
def run(tmp_path_factory, example_run_folder, example_results) -> Run:
    """The example run as a night after forty, with every outcome that one night can have, and problems."""
    folder = tmp_path_factory.mktemp("german") / "runs"
    shutil.copytree(example_run_folder, folder / "tonight")
    run = Run(folder / "tonight")
    begin_night(run, Control(key="1", seconds=(1.0,)))
    night = make_night(run, example_results, (Sentence(sentence="ValueError: no such operator"),))
    levels = {cell.code: series(NIGHTS + 1, noise=0.01, seed=seed) for seed, cell in enumerate(night.cells)}
    control = series(NIGHTS + 1, noise=0.01, seed=99)
    moment = datetime.fromisoformat(night.created_at)
    for index in range(NIGHTS + 1):
        tonight = index == NIGHTS
        cells, repeat = [], []
        for cell in night.cells:
            steps, again = COURSES.get(cell.code, ({}, None))
            values = tuple(value * levels[cell.code][index] * steps.get(index, 1.0) for value in cell.values)
            # An accuracy is the same every night.
            cells.append(cell if cell.unit == "fraction" else cell.model_copy(update={"values": values}))
            if again is not None and index in steps:
                repeat.append(cell.model_copy(update={"values": tuple(value * again for value in cell.values)}))
        other = night.model_copy(
            update={
                "run": "tonight" if tonight else f"other-{index:02d}",
                "created_at": (moment + timedelta(days=index - NIGHTS)).isoformat(timespec="milliseconds"),
                "cells": tuple(cell for cell in cells if cell.code != (GONE if tonight else NEW)),
                "repeat": tuple(repeat),
                "control": Control(key="1", seconds=(control[index],)),
                "repeat_control": Control(key="1", seconds=(1.0,)),
                "software": night.software if index > NIGHTS - 3 else {**night.software, "torch": "2.0"},
                "problems": (*night.problems, *measurement_problems(troubled(example_results))) if tonight else (),
                "repeat_problem": made("{text}", text=explain(Ending(exit_code=1, timed_out=True), 60, "training", 0, folder)[1]),
            }
        )
        (folder / other.run).mkdir(exist_ok=True)
        (folder / other.run / NIGHT).write_text(other.model_dump_json())
    return run


def troubled(results):
    """Return the results with a lost block, a mode, exports and a trial that failed."""
    killed = explain(Ending(exit_code=-9, timed_out=False), 60, "training", 0, None)[1]
    first, second, *others = results.exports
    exports = (first.model_copy(update={"failures": (made("reopening failed: {cause}", cause=killed),)}), second.model_copy(update={"agrees": False}))
    failed = FailedTrial(trial="block-02-pytorch", block=2, framework="pytorch", status="killed", cause=killed, repeated=False)
    titles = {"framework_title": "PyTorch", "title": "eager", "mode": "dataloader", "description": "", "main": False, "tuned": False}
    mode = ModeResult(framework="pytorch", **titles, n=0, parity=parity_of((), "training_time"), failure=Sentence(sentence="no trial was measured"))
    changed = {"complete_blocks": 4, "complete": False, "failed_trials": (failed,), "exports": (*exports, *others), "modes": (mode,)}
    return results.model_copy(update=changed)


def section(run: Run, results, language: Language):
    """Return the report's section on the nights, made in a language."""
    with spoken(language):
        history = history_of(run, run.folder.parent)
        return view(results.model_copy(update={"history": history}), Config(folder=run.folder.parent)).chapters[0].history


def texts(part) -> list[str]:
    """Return every text that a section prints."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, Cell):
        return [part.text]
    if isinstance(part, tuple):
        return [text for one in part for text in texts(one)]
    if is_dataclass(part):
        printed = [field.name for field in fields(part) if field.name not in ("key", "numbers", "resource", "style")]
        return [text for name in printed for text in texts(getattr(part, name))]
    return []


def summary(run: Run, folder, language: Language) -> tuple[str, str]:
    """Return the pages of a verdict for people and for programs."""
    verdict = judged(run, run.folder.parent).on(read_night(run.folder / NIGHT), False)
    left_out = (made("{folder} is left out of the history: {reason}", folder="other-00", reason=made("{path} is missing.", path="night.json")),)
    write_verdict(folder, night_verdict("tonight", "2026-01-01", [verdict], (), left_out), ["report.pdf"], language)
    return (folder / SUMMARY).read_text(), (folder / VERDICT).read_text()


def english(text: str) -> bool:
    """Say whether words are left that no catalogue gave."""
    return re.search(r"[A-Za-z]{3}", NAMES.sub(" ", unmarked(text))) is not None


def test_every_outcome_is_there(run, german):
    with spoken(german):
        history = history_of(run, run.folder.parent)
    found = {cell.code: cell.outcome for cell in history.verdict.cells}
    assert found["training_time:pytorch"] == "regression"
    assert found["training_time:tensorflow"] == "not confirmed"
    assert found["epoch_time:pytorch"] == "improvement"
    assert found["cold_start:pytorch"] == "inconclusive"
    assert (found[GONE], found[NEW]) == ("missing", "no baseline")
    marks = {mark.kind for cell in history.trend.cells for mark in cell.marks}
    assert marks == {"regression", "recovery", "flagged", "improvement"}
    assert len(history.verdict.problems) == 6


def test_every_text_of_the_section_goes_through_a_catalogue(run, example_results, unfinished):
    said = texts(section(run, example_results, unfinished))
    assert [text for text in said if english(text)] == []
    assert len(said) > 30


def test_a_german_section_reads_as_german(run, example_results, german):
    said = texts(section(run, example_results, german))
    told = "\n".join(said)
    assert "2 von 6 Blöcken wurden nicht gemessen." in said
    assert "Der Durchlauf block-02-pytorch ist gescheitert: Der Prozess wurde in der Phase „Training“ durch das Signal SIGKILL beendet." in said
    assert "Bestätigt: Es wurde sofort erneut gemessen, und die Kontrollaufgabe daneben hat sich nicht verändert." in told
    assert "Unentschieden: Es wurde nicht erneut gemessen (Der Prozess war innerhalb von 60 s nicht fertig" in told
    assert re.search(r"Um \d\d,\d\u202f% schlechter: \d+,\d+\u202fs in den letzten \d Nächten", told)
    assert not set(said) & {text for text in texts(section(run, example_results, Language())) if english(text)}


def test_the_summary_is_german_and_what_programs_read_is_not(run, german, unfinished, tmp_path):
    marked_page, _ = summary(run, tmp_path / "marked", unfinished)
    page, json = summary(run, tmp_path, german)
    plain, same = summary(run, tmp_path / "english", Language())
    assert [line for line in marked_page.replace("\\", "").splitlines() if english(line)] == []
    assert page.startswith("## Nächtlicher Vergleich: Verschlechterung\n\nVerschlechterung (Exit-Code 1): bestätigt, Trainingszeit, PyTorch +")
    assert "other-00 ist aus dem Verlauf ausgelassen: night.json fehlt." in page
    assert "| Messgröße | Urteil | Änderung | Was zu sehen war |" in page
    assert json == same
    assert "Confirmed: it was measured again at once" in json
    assert "worse by" in plain


def test_a_new_series_says_in_german_why_it_begins(run, german, tmp_path):
    runs = tmp_path / "runs"
    first = run.folder / NIGHT
    for name, changes in (("before", {"hardware_key": "0" * 16}), ("tonight", {})):
        night = NightRecord.model_validate_json(first.read_text())
        day = datetime.fromisoformat(night.created_at) - timedelta(days=name == "before")
        (runs / name).mkdir(parents=True)
        (runs / name / NIGHT).write_text(night.model_copy(update={"run": name, "created_at": day.isoformat(), **changes}).model_dump_json())
    begins = ask(runs, lambda connection, _: judge(connection, night_called(connection, "tonight")).begins)
    with spoken(german):
        assert str(begins) == "Eine neue Reihe von Nächten beginnt: Die letzte davor, before, hat einen anderen Hardwareschlüssel."


REASONS: dict[Reason, Outcome] = {
    "better": "improvement",
    "not measured again": "inconclusive",
    "not seen again": "not confirmed",
    "unclear": "inconclusive",
    "control moved": "machine changed",
    "seen again": "regression",
    "seen again without control": "regression",
}


@pytest.mark.parametrize("again", [None, 1.2])
@pytest.mark.parametrize("reason", [None, *get_args(Reason)])
def test_every_reason_has_its_german_sentence(reason, again, german, unfinished):
    facts = {"value": 1.2, "baseline": 1.0, "change": 0.2, "nights": 30, "window": 3, "p_value": 0.00001, "again": again}
    cell = CellVerdict(
        code="c", title="t", metric="m", framework="f", unit="s", outcome="fine" if reason is None else REASONS[reason], reason=reason, **facts
    )
    with spoken(unfinished):
        assert not english(sentence_of(cell))
    with spoken(german):
        german = sentence_of(cell)
    assert not re.search(r"\b(the|and|was|it|nights?)\b", german)
    assert ("p < 0,0001" in german) == (reason is not None)


def test_a_night_that_is_made_again_for_a_german_report_records_no_german(run, example_results, german, tmp_path):
    shutil.copytree(run.folder, tmp_path / "runs" / "tonight")
    again = Run(tmp_path / "runs" / "tonight")
    (again.folder / NIGHT).unlink()
    with spoken(german):
        assert history_of(again, again.folder.parent) is not None
    assert (again.folder / NIGHT).read_text() == make_night(again, example_results).model_dump_json() + "\n"


def test_texts_of_older_nights_are_read_and_said_as_they_are(run, german):
    older = NightRecord.model_validate_json((run.folder / NIGHT).read_text())
    text = older.model_copy(update={"problems": (), "repeat_problem": Sentence(sentence="")}).model_dump_json()
    assert '"repeat_problem":""' in text
    old = text.replace('"repeat_problem":""', '"repeat_problem":"The disk is full."').replace('"problems":[]', '"problems":["1 of {6} blocks"]')
    night = NightRecord.model_validate_json(old)
    with spoken(german):
        assert ([*map(str, night.problems)], str(night.repeat_problem)) == (["1 of {6} blocks"], "The disk is full.")


def test_axes_have_german_numbers_and_days(run, example_results, german):
    with spoken(german):
        drawing = history_figure(example_results.model_copy(update={"history": history_of(run, run.folder.parent)}))
        labels = re.findall(r"<text[^>]*>([^<]*)</text>", drawing.svg.with_text.decode())
    assert "Verhältnis der Trainingszeiten, PyTorch zu TensorFlow" in labels
    assert {"0,300", "15.11.26"} <= set(labels)
    assert not [label for label in labels if re.search(r"\d[.\u202f]\d{3}\b|[A-Z][a-z]{2}\b(?!\w)", label)]
