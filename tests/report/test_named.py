"""What the author's text may name of modes, variants, exports, losses, experiments and nights has the digits that the report's tables print."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from kinds import Made, make

from reportgen import experiments, languages
from reportgen.analysis.history.shown import CellVerdict, NightHistory, SeriesTrend, WorkloadVerdict
from reportgen.config import load_config
from reportgen.language import spoken
from reportgen.report.named import in_name
from reportgen.report.named_history import history_values
from reportgen.report.sections.history import change
from reportgen.report.values import values_of

#: The beginnings of names, by the kind of run that has them, and the tables that print what they stand for.
PRINTED = {
    "faster modes": {"mode.": ("modes",)},
    "versions": {"variant.": ("variants",)},
    "failures": {"export.": ("exports", "inference", "throughput")},
    "one block": {"export.": ("exports", "inference", "throughput")},
    "two-layer": {"loss.": ("losses",), "mode.": ("modes",)},
    "experiments": {"experiment.graphs.": ("graphs-steps", "graphs-python"), "experiment.scaling.": ("scaling",)},
}


@cache
def made_in(language: str, kind: str, folder: Path | None = None) -> Made:
    config = load_config(None if folder is None else folder / "report.toml", {"report.language": language}, rooms=False)
    with spoken(languages.find(language)):
        return make(kind, config)


def cells(made: Made, keys: tuple[str, ...]) -> list[str]:
    """Return what the cells of these tables say."""
    tables = [table for table in made.content.tables if table.key in keys]
    return [cell.text for table in tables for row in (*table.head, *table.rows, *table.foot) for cell in row]


@pytest.mark.parametrize(("kind", "language"), [*((kind, "en") for kind in PRINTED), ("experiments", "de")])
def test_every_value_is_a_cell_of_its_table(kind, language):
    made = made_in(language, kind)
    for beginning, keys in PRINTED[kind].items():
        printed = cells(made, keys)
        # An interval and a range stand in the cell of their median.
        parts = {part.strip("()[];,") for cell in printed for part in cell.split(" ")} | {cell.partition(" ")[2] for cell in printed} | set(printed)
        named = {name: value.text for name, value in made.content.names.values.items() if name.startswith(beginning)}
        assert len(named) > 5
        wrong = {}
        for name, text in named.items():
            # The columns of steps have their unit in the head.
            in_head = beginning == "experiment.graphs." and (".step_time." in name or ".limit." in name)
            bare = text.rpartition("\u202f")[0] if in_head and not name.endswith(".interval") else text
            if bare not in parts:
                wrong[name] = text
        assert wrong == {}


def test_text_prints_what_the_table_prints(tmp_path):
    (tmp_path / "report.toml").write_text('[report]\nlanguage = "de"\n')
    named = (
        "experiment.scaling.pytorch.batch_32.workers_2.efficiency",
        "experiment.graphs.tensorflow.tf_function_with_xla.step_time.64x1000x100",
        "experiment.graphs.limit.64x1000x100",
    )
    (tmp_path / "discussion.md").write_text("\n\n".join(f'{{{{ value("{name}") }}}} war es.' for name in named), encoding="utf-8")
    made = made_in("de", "experiments", tmp_path)
    body = str(made.content.discussion.paper)
    for text in ("0,50", "721,8\u202fµs", "520\u202fµs"):
        assert text in body
    assert "721,8 [719,7; 724,0]" in cells(made, ("graphs-steps",))
    assert "0,50 (0,25 bis 1,00)" in cells(made, ("scaling",))


def test_an_experiment_that_was_not_measured_has_no_names():
    results = made_in("en", "experiments").members[0]
    empty = tuple(one.model_copy(update={"measures": ()}) for one in results.experiments)
    names = [name for name, _ in values_of(results.model_copy(update={"experiments": empty}))]
    assert names
    assert not [name for name in names if name.startswith("experiment.")]
    assert all(experiments.find(name).naming() is not None for name in experiments.names())


def test_names_of_styles_are_words():
    assert in_name("tf.function(jit_compile=True)") == "tf_function_jit_compile_true"
    assert in_name("eager") == "eager"


def test_nights_have_the_change_that_their_table_has():
    kind = {"metric": "training_time", "framework": "pytorch", "unit": "s", "sentence": ""}
    slower = CellVerdict(
        code="training_time:pytorch", title="Training time, PyTorch", outcome="regression", value=1.15, baseline=1.0, change=0.15, window=3, **kind
    )
    lost = CellVerdict(code="export_size:pytorch:onnx", title="Size, ONNX from PyTorch", outcome="missing", value=None, **kind)
    verdict = WorkloadVerdict(
        run="r",
        workload="mlp",
        workload_title="MLP",
        dataset="digits",
        created_at="2026-02-03T04:05:06+00:00",
        hardware="",
        hardware_key="",
        workload_hash="",
        software={},
        software_changes="",
        earlier_nights=39,
        exit_code=1,
        state="regression",
        line="",
        cells=(slower, lost),
        problems=(),
    )
    trend = SeriesTrend(workload="mlp", workload_title="MLP", dataset="digits", hardware="", nights=40, cells=(), changes=())
    with spoken(languages.find("de")):
        named = {name: value.text for name, value in history_values(NightHistory(verdict=verdict, trend=trend))}
        in_table = change(slower)
    assert named["history.nights"] == "39"
    assert named["history.verdict"] == "Verschlechterung"
    values = [named[f"history.training_time.pytorch{part}"] for part in (".change", ".before", "")]
    assert in_table == "{} ({} \u2192 {})".format(*values)
    assert [name for name in named if name.startswith("history.export_size")] == ["history.export_size.pytorch.onnx.verdict"]
