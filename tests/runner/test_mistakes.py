"""What a child notes of its end, and what becomes of a mistake in a person's own code."""

from pathlib import Path

import pytest
from builders import failed_result
from doubles import FakeExecutor, RecordingReporter

from reportgen.errors import ReportgenError
from reportgen.records import ParitySpec
from reportgen.runner.launch import STDERR, Ending
from reportgen.runner.mistakes import note_mistake, read_mistake
from reportgen.runner.study import run_study
from reportgen.runner.trial import explain
from reportgen.storage import write_record
from reportgen.workloads.folder import load_module

PLACE = "mine/pytorch.py, line 2"


def broken(folder):
    """Return the error of a workload in ``folder`` that fails in its second line."""
    folder.mkdir()
    (folder / "pytorch.py").write_text("def build_model():\n    return x\n")
    with pytest.raises(NameError) as caught:
        load_module(folder, "pytorch").build_model()
    return caught.value


def test_a_mistake_in_own_code_reaches_the_record_with_file_and_line(tmp_path):
    error = broken(tmp_path / "mine")
    note_mistake(tmp_path, str(tmp_path / "mine"), error)
    (tmp_path / STDERR).write_text("Traceback\nnonsense at the end of a framework's message\n")
    ending = Ending(exit_code=1, timed_out=False)
    said = explain(ending, 60, "build", 0, tmp_path)
    assert (said[0], str(said[1])) == ("failed", f"{PLACE}: NameError: name 'x' is not defined (in the phase 'build')")
    mistake = read_mistake(tmp_path)
    assert mistake is not None
    assert mistake.place == PLACE


def test_an_error_elsewhere_is_said_in_one_line_without_a_place(tmp_path):
    note_mistake(tmp_path, "mlp", ValueError("first line\nsecond line"))
    mistake = read_mistake(tmp_path)
    assert mistake is not None
    assert (str(mistake.cause), mistake.place) == ("ValueError: first line second line", None)


def test_without_a_note_the_log_speaks(tmp_path):
    assert read_mistake(tmp_path) is None
    (tmp_path / STDERR).write_text("Traceback\nKilled by a library\n")
    assert str(explain(Ending(exit_code=1, timed_out=False), 60, "build", 0, tmp_path)[1]).startswith("Killed by a library")


class OwnMistakes(FakeExecutor):
    """Lets the trials named in ``fail`` fail in the person's own code."""

    def __call__(self, spec, folder, on_event):
        result = super().__call__(spec, folder, on_event)
        if spec.trial in self.fail:
            result = failed_result(spec, cause=f"{PLACE}: NameError").model_copy(update={"place": PLACE})
            write_record(folder / "result.json", result)
        return result


def carry_out(run, fail):
    executor, reporter = OwnMistakes(dict.fromkeys(fail)), RecordingReporter()
    try:
        run_study(run, Path("data"), executor, reporter)
    except ReportgenError as error:
        return executor, str(error)
    return executor, ""


def test_a_mistake_before_the_first_training_stops_the_study_at_once(new_run):
    run = new_run(blocks=3, parity=True)
    executor, said = carry_out(run, ["parity-pytorch-float32"])
    assert said.startswith(f"{PLACE}: NameError. Mend it, and start the study again.")
    assert executor.trials[-1] == "parity-pytorch-float32"
    assert "block" not in "".join(executor.trials)


def test_what_fails_in_float64_alone_costs_the_claims_and_not_the_study(new_run):
    run = new_run(blocks=1, parity=True)
    doubles = [planned.trial for planned in run.plan.parity if planned.precision == "float64"]
    executor, said = carry_out(run, [name for trial in doubles for name in (trial, f"{trial}-attempt-2")])
    assert said == ""
    assert {spec.precision for spec in executor.specs if isinstance(spec, ParitySpec)} == {"float32", "float64"}
    assert any(trial.startswith("block-01") for trial in executor.trials)


def test_after_a_training_a_mistake_costs_an_attempt_as_any_failure_does(new_run):
    run = new_run(blocks=2)
    executor, said = carry_out(run, [run.plan.trials[2].trial])
    assert said == ""
    assert any(trial.endswith("attempt-2") for trial in executor.trials)
