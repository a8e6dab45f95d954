"""What the report prints: every value from the measures, and every style either with a time or with the reason why it has none."""

from __future__ import annotations

from builders import make_plan, make_records, make_training
from builders_of_graphs import losses, trial

from reportgen.analysis.experiments import experiment_outcomes
from reportgen.analysis.inputs import ExperimentTrial
from reportgen.analysis.results import Results
from reportgen.analysis.study import analyse
from reportgen.experiments.base import ExperimentText
from reportgen.experiments.graphs.section import pictures, section
from reportgen.records import ExperimentNote
from reportgen.report.sections.elements import Register, Table
from reportgen.report.sections.outline import outline

from builders import planned_experiment  # isort: skip

TENSORFLOW = {"eager": 1e-3, "tf.function": 2e-4}
PYTORCH = {"eager": 5e-5}


def results_of(*trials: ExperimentTrial) -> Results:
    plan = make_plan(blocks=1, experiments=[planned_experiment("tensorflow"), planned_experiment("pytorch")])
    records = make_records([make_training(), make_training(framework="pytorch")], plan=plan, experiments=trials)
    assert len(experiment_outcomes(records)) == 1
    return analyse(records)


def text_of(results: Results) -> ExperimentText:
    return section(results.experiments[0], results, Register())


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_the_table_has_a_row_for_every_style_and_the_limit_below() -> None:
    text = text_of(results_of(trial("tensorflow", TENSORFLOW), trial("pytorch", PYTORCH)))
    table = text.tables[0]
    assert [row[0] for row in rows(table)] == ["TensorFlow", "tf.function", "PyTorch"]
    eager = rows(table)[0]
    assert eager[1:4] == ["eager", "500\u202fms", "100\u202fms"]
    assert eager[4].startswith("1003.")
    assert "[" in eager[4]
    assert table.foot[0][0].text == "Arithmetic limit"
    # 1.66 GFLOP at 50 GFLOP/s are 33 ms, and an overhead of a millisecond is 3 % of that.
    assert eager[-1] == "1.0"


def test_the_sentences_name_fastest_and_slowest_at_both_ends() -> None:
    text = text_of(results_of(trial("tensorflow", TENSORFLOW), trial("pytorch", PYTORCH)))
    assert "(PyTorch, eager) to 1.00\u202fms (TensorFlow, eager)" in text.paragraphs[0]
    assert "claims nothing" in text.paragraphs[0]


def test_a_style_without_a_time_is_named_with_the_reason() -> None:
    note = ExperimentNote(subject="Session", kind="not available", text="AttributeError: gone")
    wrong = {"tf.function": losses(2.0)}
    text = text_of(results_of(trial("tensorflow", TENSORFLOW, wrong, [note]), trial("pytorch", {"eager": 1e-5, "compiled": 1e-5})))
    assert "TensorFlow, Session: not available (AttributeError: gone)." in text.notes
    assert "TensorFlow, tf.function: no time where its losses differ from the others'." in text.notes
    assert "tf.function" not in [cell for row in rows(text.tables[0]) for cell in row]


def test_the_second_table_says_what_became_of_an_if() -> None:
    refused = ExperimentNote(subject="tf.function", kind="remark", text="TypeError")
    made = trial("tensorflow", TENSORFLOW, notes=[refused])
    series = tuple(
        one.model_copy(update={"samples": (0.0,)}) if one.quantity == "right answers of an if" and one.subject == "tf.function" else one
        for one in made.result.series
    )
    changed = ExperimentTrial(spec=made.spec, result=made.result.model_copy(update={"series": series}))
    table = text_of(results_of(changed, trial("pytorch", PYTORCH))).tables[1]
    assert rows(table)[0] == ["TensorFlow", "eager", "both answers right", "5"]
    assert rows(table)[1] == ["tf.function", "refused: TypeError", "5"]


def test_the_figure_is_drawn_and_named_as_the_section_names_it() -> None:
    results = results_of(trial("tensorflow", TENSORFLOW), trial("pytorch", PYTORCH))
    drawn = pictures(results.experiments[0], results)
    assert list(drawn) == [figure.resource for figure in text_of(results).figures]
    assert drawn["graphs-steps"].svg.startswith(b"<svg ")


def test_of_one_framework_alone_the_other_is_missing_by_name() -> None:
    results = results_of(trial("tensorflow", TENSORFLOW))
    assert results.experiments[0].missing == ("PyTorch: not measured, it has not been carried out yet.",)
    assert len(text_of(results).figures) == 1
    assert "experiment-graphs" in outline(results)
