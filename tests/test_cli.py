"""The command line: verbs, help, errors and exit codes."""

import subprocess
import sys

import pytest

import reportgen
from reportgen.cli import main


def reportgen_says(folder, *arguments: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-m", "reportgen", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_help_names_every_verb(tmp_path):
    code, said = reportgen_says(tmp_path, "--help")
    assert code == 0
    for verb in main.commands:
        assert verb in said


@pytest.mark.parametrize("verb", main.commands)
def test_every_verb_and_every_option_has_help(tmp_path, verb):
    code, said = reportgen_says(tmp_path, verb, "--help")
    assert code == 0
    assert main.commands[verb].help
    for parameter in main.commands[verb].params:
        if parameter.param_type_name == "option":
            assert parameter.help, parameter.name
            assert parameter.opts[0] in said


def test_the_version(tmp_path):
    assert reportgen.__version__ in reportgen_says(tmp_path, "--version")[1]


def test_an_option_without_a_verb_belongs_to_run(tmp_path):
    code, said = reportgen_says(tmp_path, "--blocks", "0")
    assert code == 2
    assert "--blocks" in said
    assert "1" in said


def test_an_unknown_option_is_an_error_with_advice(tmp_path):
    code, said = reportgen_says(tmp_path, "run", "--block", "3")
    assert code == 2
    assert "--blocks" in said


def test_a_mistyped_verb_is_not_taken_for_a_file_without_a_word(tmp_path):
    code, said = reportgen_says(tmp_path, "rendr")
    assert code == 2
    assert "rendr" in said
    assert "render" in said


def test_a_study_cannot_be_changed_while_it_is_resumed(tmp_path):
    code, said = reportgen_says(tmp_path, "run", "--resume", "latest", "--epochs", "3")
    assert code == 2
    assert "epochs" in said


def test_there_is_no_run_yet(tmp_path):
    for arguments in (("render",), ("show",), ("run", "--resume", "latest")):
        code, said = reportgen_says(tmp_path, *arguments)
        assert code == 2
        assert "no run" in said


def test_an_unknown_run_is_named(tmp_path):
    code, said = reportgen_says(tmp_path, "show", "tuesday")
    assert code == 2
    assert "tuesday" in said


def test_init_writes_a_study_that_is_valid_and_never_overwrites(tmp_path):
    code, said = reportgen_says(tmp_path, "init", "mine")
    assert code == 0
    assert "report.toml" in said
    code, said = reportgen_says(tmp_path / "mine", "show")
    assert "no run" in said
    code, said = reportgen_says(tmp_path, "init", "mine")
    assert code == 2
    assert "report.toml" in said


def test_all_mistakes_of_a_configuration_at_once(tmp_path):
    (tmp_path / "report.toml").write_text('[study]\nblcks = 3\nepochs = "many"\nseed = -1\n')
    code, said = reportgen_says(tmp_path)
    assert code == 2
    for part in ("report.toml", "blcks", "blocks", "epochs", "seed"):
        assert part in said
    assert not (tmp_path / "runs").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "taken").write_text("a file")
    code, said = reportgen_says(tmp_path, "--dataset", "digits", "--runs", "taken")
    assert code == 2
    assert "taken" in said


def test_quick_and_rigorous_are_not_both_possible(tmp_path):
    code, said = reportgen_says(tmp_path, "--quick", "--rigorous")
    assert code == 2
    assert "--quick" in said
    assert "--rigorous" in said


def test_rigorous_is_a_preset_that_resuming_cannot_change(tmp_path):
    code, said = reportgen_says(tmp_path, "run", "--rigorous", "--resume", "latest")
    assert code == 2
    assert "preset" in said


def test_a_calibration_of_one_block_is_refused(tmp_path):
    code, said = reportgen_says(tmp_path, "calibrate", "--blocks", "1")
    assert code == 2
    assert "--blocks" in said
