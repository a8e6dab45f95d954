"""What the report prints, from made-up samples."""

from __future__ import annotations

from dataclasses import replace

from builders import make_records, make_training, planned_experiment
from builders_of_scaling import trial

from reportgen.analysis.inputs import ExperimentTrial
from reportgen.analysis.results import Results
from reportgen.analysis.study import analyse
from reportgen.experiments.base import ExperimentText
from reportgen.experiments.scaling.section import section
from reportgen.records import ExperimentNote
from reportgen.report.sections.elements import Register


def results_of(*trials: ExperimentTrial) -> Results:
    records = make_records([make_training(framework=name) for name in ("tensorflow", "pytorch")], experiments=trials)
    planned = tuple(planned_experiment(name, experiment="scaling", variant="data-parallel") for name in ("tensorflow", "pytorch"))
    return analyse(replace(records, plan=records.plan.model_copy(update={"experiments": planned})))


def printed(*trials: ExperimentTrial) -> ExperimentText:
    results = results_of(*trials)
    return section(results.experiments[0], results, Register())


def texts(text: ExperimentText) -> list[list[str]]:
    return [[cell.text for cell in row] for row in text.tables[0].rows]


def test_a_row_for_each_framework_and_number_of_workers() -> None:
    rows = texts(printed(trial("tensorflow"), trial("pytorch")))
    assert [row[-8:][0] for row in rows if len(row) == 8] == ["TensorFlow", "PyTorch"]
    assert [row[-6] for row in rows] == ["1", "2", "1", "2"]
    assert rows[1][-1].startswith("0.50 (0.25 to 1.00)")
    assert rows[0][-1] == "\u2013"


def test_the_sentence_names_the_efficiencies_and_how_far_the_teams_agree() -> None:
    text = " ".join(printed(trial("tensorflow"), trial("pytorch")).paragraphs)
    assert "0.50 in TensorFlow with a global batch of 32 and 0.50 in PyTorch" in text
    assert "in float64" in text
    assert "claims nothing" in text


def test_it_is_said_what_the_figures_do_not_mean() -> None:
    results = results_of(trial())
    assert "says nothing about several machines" in results.experiments[0].description


def test_why_a_framework_has_no_second_worker_is_printed_with_its_error() -> None:
    note = ExperimentNote(subject="data-parallel training on 2 workers", kind="not available", text="worker 1 of 2 failed: ValueError: no")
    text = printed(trial(sizes=(1,), notes=(note,)), trial("pytorch"))
    assert any(
        "TensorFlow, data-parallel training on 2 workers: not available (worker 1 of 2 failed: ValueError: no)." in line for line in text.notes
    )
    assert "TensorFlow" in " ".join(cell for row in texts(text) for cell in row)


def test_a_team_that_computes_something_else_is_named() -> None:
    text = printed(trial(weight=0.5), trial("pytorch"))
    assert any("TensorFlow, 2 workers: no time, since the weight difference from one worker alone is" in line for line in text.notes)


def test_a_machine_that_was_busy_with_other_things_is_told() -> None:
    assert not any("busy with other things" in line for line in printed(trial()).notes)
    assert any("0.40 of a processor. The machine was busy" in line for line in printed(trial(busy=0.4)).notes)
