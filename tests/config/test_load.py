import re
from pathlib import Path

import pytest

from reportgen.config import Config, load_config
from reportgen.errors import ReportgenError


def errors(path, overrides=None):
    with pytest.raises(ReportgenError) as caught:
        load_config(path, overrides)
    return str(caught.value).split("\n")


def test_without_a_file_everything_has_its_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    config = load_config()
    assert (config.path, config.folder) == (None, tmp_path)
    assert (config.study.workload, config.study.dataset, config.study.frameworks) == ("mlp", "auto", ("tensorflow", "pytorch"))
    assert (config.study.preset, config.study.blocks, config.study.export_blocks) == ("standard", 10, 3)
    assert (config.study.epochs, config.study.batch_size, config.study.learning_rate) == (None, None, None)
    assert (config.study.threads, config.study.timeout_s) == (1, 1800.0)


def test_a_report_toml_in_the_current_folder_is_taken_unasked(write):
    path = write('[report]\ntitle = "Mine"\n')
    config = load_config()
    assert config.report.title == "Mine"
    assert config.path == path


def test_the_path_is_absolute_however_it_was_given(write):
    path = write("")
    assert load_config(Path("report.toml")).path == path


def test_a_folder_stands_for_the_report_toml_in_it(write, tmp_path, monkeypatch):
    write("[study]\nseed = 7\n")
    monkeypatch.chdir("/")
    config = load_config(tmp_path)
    assert config.study.seed == 7
    assert config.folder == tmp_path


def test_every_key_can_be_set(write, tmp_path):
    (tmp_path / "intro.md").write_text("text")
    config = load_config(
        write("""
[report]
title = "T"
subtitle = "S"
language = "en"
paper = "Letter"
[author]
name = "Ada Lovelace"
student_id = "007"
course = "C"
instructor = "I"
institution = "U"
date_performed = 2026-01-31
date_submitted = "2026-02-28"
repository = "https://example.org/ada/report"
[study]
workload = "mlp"
frameworks = ["pytorch"]
dataset = "digits"
preset = "rigorous"
blocks = 7
epochs = 2
batch_size = 64
learning_rate = 1
seed = 3
threads = 2
timeout_s = 0.5
export_blocks = 0
[output]
runs = "r"
out = "../o"
[prose]
introduction = "intro.md"
""")
    )
    assert config.author.date_performed == "2026-01-31"
    assert config.study.learning_rate == 1.0
    assert (config.study.preset, config.study.blocks, config.study.export_blocks) == ("rigorous", 7, 0)
    assert config.study.frameworks == ("pytorch",)
    assert config.runs_folder == tmp_path / "r"
    assert config.out_folder == tmp_path / "../o"
    assert config.prose_file("introduction") == tmp_path / "intro.md"
    assert Config.model_validate_json(config.model_dump_json()) == config


@pytest.mark.parametrize(("preset", "blocks"), [("quick", 3), ("standard", 10), ("rigorous", 20)])
def test_a_preset_decides_the_number_of_blocks(write, preset, blocks):
    assert load_config(write(f'[study]\npreset = "{preset}"\n')).study.blocks == blocks


def test_fewer_blocks_than_the_default_of_exports_are_all_exported(write):
    assert load_config(write("[study]\nblocks = 2\n")).study.export_blocks == 2


def test_a_flag_wins_over_the_file_and_none_is_no_flag(write):
    path = write("[study]\nepochs = 3\nseed = 4\n")
    study = load_config(path, {"study.epochs": 5, "study.seed": None}).study
    assert (study.epochs, study.seed) == (5, 4)


def test_a_preset_given_as_a_flag_wins_over_the_blocks_of_the_file(write):
    path = write("[study]\nblocks = 20\nexport_blocks = 15\n")
    study = load_config(path, {"study.preset": "quick"}).study
    assert (study.blocks, study.export_blocks) == (3, 3)
    assert load_config(path, {"study.preset": "quick", "study.blocks": 5}).study.blocks == 5
    assert load_config(path, {"study.blocks": 30}).study.export_blocks == 15


def test_folders_given_as_flags_are_relative_to_the_current_folder(write, tmp_path, monkeypatch):
    path = write('[output]\nruns = "r"\n')
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    config = load_config(path, {"output.out": "o"})
    assert (config.runs_folder, config.out_folder) == (tmp_path / "r", elsewhere / "o")


def test_an_override_that_is_no_key_is_a_mistake_of_the_program(write):
    with pytest.raises(KeyError, match="no key"):
        load_config(write(""), {"study.blcks": 1})


def test_all_errors_are_shown_at_once_in_the_order_of_the_file(write):
    path = write('[report]\npaper = "A5"\ntitel = "x"\n[study]\nblocks = 0\nworkload = "mpl"\n[stduy]\n')
    lines = errors(path, {"study.epochs": "many"})
    where = [line.split(": ")[0] for line in lines]
    assert where == [*(f"{path}, line {number}" for number in (2, 3, 5, 6, 7)), "--epochs"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[report]\ntitel = "x"', r"line 2: report.titel: unknown key. Did you mean title\? Accepted below \[report\]: title, subtitle, "),
        (
            "blocks = 3",
            r"line 1: blocks: unknown key. It belongs below \[study\]. Accepted sections: report, author, study, sections, output, nightly, prose.",
        ),
        ("[author]\nblocks = 3", r"line 2: author.blocks: unknown key. It belongs below \[study\]."),
        ("[stduy]\nblocks = 3", r"line 1: stduy: unknown section. Did you mean study\?"),
        ("[zzz]", r"line 1: zzz: unknown section. Accepted sections: "),
        ("study = 3", r"line 1: study: 3 is not accepted. study is a table: write \[study\]"),
        ("[[study]]", r"line 1: study: .* is not accepted. study is a table"),
        ('[study]\nblocks = "10"', r'line 2: study.blocks: "10" is not accepted. Accepted: a whole number from 1 to 1000.'),
        ("[study]\nblocks = true", r"study.blocks: true is not accepted. Accepted: a whole number"),
        ("[study]\nblocks = 1.5", r"study.blocks: 1.5 is not accepted"),
        ("[study]\nblocks = 1001", r"study.blocks: 1001 is not accepted"),
        ("[study]\nblocks = 4\nexport_blocks = 5", r"line 3: study.export_blocks: 5 is not accepted \(there are only 4 blocks\)"),
        ("[study]\nexport_blocks = -1", r"export_blocks: -1 is not accepted. Accepted: a whole number from 0 to the number of blocks."),
        ("[study]\nlearning_rate = 0.0", r"learning_rate: 0 is not accepted. Accepted: a number greater than 0, at most 10."),
        ("[study]\nlearning_rate = nan", r"learning_rate: nan is not accepted"),
        ("[study]\ntimeout_s = inf", r"timeout_s: inf is not accepted. Accepted: a number greater than 0, at most 604_800."),
        ("[study]\nseed = -1", r"seed: -1 is not accepted. Accepted: a whole number from 0 to 2_147_483_647."),
        ('[study]\npreset = "Quick"', r'preset: "Quick" is not accepted. Accepted: "quick" or "standard" or "rigorous".'),
        ('[study]\nworkload = "mpl"', r'study.workload: there is no "mpl". Did you mean mlp\? Accepted: .*mlp'),
        ('[study]\ndataset = "MNIST"', r'study.dataset: there is no "MNIST". Did you mean mnist\? Accepted: auto, digits, mnist'),
        ('[study]\nframeworks = ["tensorflow", "torch"]', r'study.frameworks: there is no "torch". Did you mean pytorch\?'),
        ('[study]\nframeworks = "pytorch"', r"frameworks: \"pytorch\" is not accepted. Accepted: a list of different frameworks"),
        ("[study]\nframeworks = []", r"frameworks: \[\] is not accepted"),
        ('[study]\nframeworks = ["pytorch", "pytorch"]', r"is not accepted \(a name occurs twice\)"),
        ("[study]\nframeworks = [1, 2]", r"frameworks: 1 is not accepted"),
        ("[author]\nstudent_id = 7", r'author.student_id: 7 is not accepted \(text stands in quotation marks: "7"\). Accepted: text on one line'),
        ('[author]\nname = """a\nb"""', r"author.name: .* \(line breaks and control characters are not accepted\)"),
        ("[author]\ndate_performed = 2026-01-01T10:00:00", r"date_performed: 2026-01-01 10:00:00 is not accepted. Accepted: a date as YYYY-MM-DD"),
        ('[author]\ndate_performed = "31.1.2026"', r'"31.1.2026" is not accepted \(not a day of the calendar'),
        ('[author]\ndate_performed = "20260131"', r"is not accepted"),
        ('[author]\ndate_submitted = "2026-02-30"', r"is not accepted"),
        ('[author]\nrepository = "git@host:me/it"', r"repository: .* is not accepted \(not a web address\)"),
        ('[author]\nrepository = "https://me:secret@host/it"', r"it holds a password, which the report would print"),
        ('[report]\nlanguage = "fr"', r'language: there is no "fr". Accepted: en, de.'),
        ('[output]\nruns = ""', r"output.runs: \"\" is not accepted \(a file name is wanted\)"),
        ('[prose]\ndiscussion = "dicussion.md"', r"prose.discussion: there is no file .*dicussion.md. Write it, or correct the name."),
        ('[author]\nname.first = "Ada"', r"line 2: author.name: a table is not accepted"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_the_remedy(write, text, message):
    (line,) = errors(write(text + "\n"))
    assert line.startswith(str(write(text + "\n")))
    assert re.search(message, line), line


@pytest.mark.parametrize("length", [201, 5000])
def test_a_text_that_is_too_long_is_shown_in_part(write, length):
    (line,) = errors(write(f'[report]\ntitle = "{"x" * length}"\n'))
    assert "at most 200 characters" in line
    assert len(line) < 300 + len(str(Path.cwd()))


def test_a_prose_file_whose_name_no_file_can_have_is_an_error_and_no_crash(write):
    assert any("prose.discussion" in line for line in errors(write(f'[prose]\ndiscussion = "{"é" * 199}"\n')))


def test_a_prose_file_of_the_default_name_need_not_exist(write):
    assert load_config(write('[prose]\ndiscussion = "discussion.md"\n')).prose.discussion == "discussion.md"


@pytest.mark.parametrize(
    ("key", "value", "flag"),
    [
        ("study.blocks", 0, "--blocks"),
        ("study.epochs", 0, "--epochs"),
        ("study.batch_size", 0, "--batch-size"),
        ("study.seed", -1, "--seed"),
        ("study.workload", "mpl", "--workload"),
        ("study.frameworks", ["torch"], "--framework"),
        ("study.dataset", "minst", "--dataset"),
        ("output.runs", "", "--runs"),
        ("output.out", "", "--out"),
    ],
)
def test_an_error_of_the_command_line_names_the_flag_and_not_the_file(write, key, value, flag):
    (line,) = errors(write("[study]\nseed = 1\nblocks = 4\n"), {key: value})
    assert line.startswith(f"{flag}: ")
    assert "report.toml:" not in line
    assert "Accepted: " in line


def test_a_workload_may_be_a_folder_beside_the_file_or_in_the_current_one(write, tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    path = write('[study]\nworkload = "mine"\n')
    monkeypatch.chdir("/")
    assert load_config(path).study.workload == "mine"
    monkeypatch.chdir(tmp_path)
    assert load_config(path, {"study.workload": "mine"}).study.workload == str(tmp_path / "mine")


def test_the_name_of_a_workload_wins_over_a_folder_of_that_name(write, tmp_path):
    (tmp_path / "mlp").mkdir()
    assert load_config(write(""), {"study.workload": "mlp"}).study.workload == "mlp"


def test_a_workload_folder_that_is_not_there_is_an_unknown_workload(write):
    (line,) = errors(write('[study]\nworkload = "no/such/folder"\n'))
    assert "no/such/folder" in line


def test_data_may_be_a_file_or_folder_beside_the_file_or_in_the_current_one(write, tmp_path, monkeypatch):
    (tmp_path / "letters.npz").write_bytes(b"")
    (tmp_path / "pets").mkdir()
    for name in ("letters.npz", "pets"):
        path = write(f'[study]\ndataset = "{name}"\n')
        monkeypatch.chdir("/")
        assert load_config(path).study.dataset == name
        monkeypatch.chdir(tmp_path)
        assert load_config(path, {"study.dataset": name}).study.dataset == str(tmp_path / name)


def test_the_name_of_a_data_set_wins_over_a_folder_of_that_name(write, tmp_path):
    (tmp_path / "digits").mkdir()
    assert load_config(write(""), {"study.dataset": "digits"}).study.dataset == "digits"


def test_data_that_are_not_there_are_an_unknown_data_set(write):
    (line,) = errors(write('[study]\ndataset = "lettres.npz"\n'))
    assert 'there is no "lettres.npz"' in line
    assert "the path of an .npz file or of a folder of images" in line


def test_several_workloads_are_a_list_in_the_file_and_a_flag_each(write, tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    path = write('[study]\nworkload = ["mlp", "mine"]\n')
    config = load_config(path)
    assert config.study.workloads == ("mlp", "mine")
    assert config.for_workload("mine").study.workloads == ("mine",)
    assert type(config).model_validate_json(config.model_dump_json()) == config
    monkeypatch.chdir(tmp_path)
    assert load_config(path, {"study.workload": ("mine", "mlp")}).study.workloads == (str(tmp_path / "mine"), "mlp")
    assert load_config(path, {"study.workload": ("mlp",)}).study.workload == "mlp"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('["mlp", "mlp"]', r"\(a name occurs twice\)"),
        ("[]", r"\(at least one is wanted\)"),
        ('["mlp", "mpl"]', r'there is no "mpl". Did you mean mlp\?'),
        ('["mlp", 3]', "is not accepted. Accepted: a workload"),
        ('["mlp", "a\\nb"]', "line breaks and control characters are not accepted"),
    ],
)
def test_a_wrong_list_of_workloads_is_an_error_with_its_line(write, value, message):
    found = errors(write(f"[study]\nworkload = {value}\n"))
    assert re.search(message, found[0]), found
    assert "line 2: study.workload:" in found[0]


def test_for_a_report_alone_workload_and_data_need_not_be_there(write):
    path = write('[study]\nworkload = "gone"\ndataset = "gone.npz"\n[report]\ntitle = "Kept"\n')
    assert load_config(path, rooms=False).report.title == "Kept"
