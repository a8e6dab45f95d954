"""``[[variants]]``: what is accepted, and where a message points."""

import sys
from pathlib import Path

import pytest
from environments import interpreter_in

from reportgen.config import load_config
from reportgen.config.variants import find_interpreter
from reportgen.errors import ReportgenError


@pytest.fixture
def environment(tmp_path) -> Path:
    interpreter_in(tmp_path / "other", packages=False)
    return tmp_path / "other"


def test_interpreters_and_variables_are_read(write, environment):
    path = write(f"""
[[variants]]
name = "next"
python = '{environment}'
frameworks = ["pytorch"]

[[variants]]
name = "plain"
environment = {{ TF_ENABLE_ONEDNN_OPTS = "0" }}
""")
    first, second = load_config(path).variants
    assert (first.name, first.python, first.frameworks) == ("next", str(environment), ("pytorch",))
    assert (second.frameworks, dict(second.environment)) == ((), {"TF_ENABLE_ONEDNN_OPTS": "0"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('name = "a"\n', "line 1: variants[1]: it is no variant: give it python, or environment, or both"),
        ('python = "x"\n', "line 1: variants[1]: name is missing"),
        ('name = "A b"\nenvironment = { X = "1" }\n', 'line 2: variants[1].name: "A b" is not accepted (a name is up to 40'),
        ('name = "a"\npython = "nowhere"\n', "line 3: variants[1].python: there is no interpreter"),
        ('name = "a"\nenvironment = { X = 1 }\n', "line 3: variants[1].environment: 1 is not accepted"),
        ('name = "a"\nenvironment = { "1X" = "1" }\n', "'1X' is no name of a variable"),
        ('name = "a"\nenvironment = { KERAS_BACKEND = "torch" }\n', "KERAS_BACKEND is set by the program"),
        ('name = "a"\nenvironment = { REPORTGEN_DATA = "x" }\n', "REPORTGEN_DATA is set by the program"),
        ('name = "a"\nenvironmen = { X = "1" }\n', "line 3: variants[1].environmen: unknown key. Did you mean environment?"),
        ('name = "a"\nenvironment = { X = "1" }\nframeworks = ["torch"]\n', 'line 4: variants[1].frameworks: the study does not measure "torch"'),
        (
            'name = "a"\nenvironment = { X = "1" }\n[[variants]]\nname = "a"\nenvironment = { Y = "1" }\n',
            'line 5: variants[2].name: "a" is the name of',
        ),
    ],
)
def test_mistakes_are_placed(write, text, expected):
    with pytest.raises(ReportgenError) as caught:
        load_config(write(f"[[variants]]\n{text}"))
    assert expected in str(caught.value)


def test_a_single_table_is_an_error_that_shows_how_to_write_it(write):
    with pytest.raises(ReportgenError, match=r"Write a table \[\[variants\]\] for each"):
        load_config(write('[variants]\nname = "a"\n'))


def test_a_report_needs_no_interpreter_any_more(write):
    assert load_config(write('[[variants]]\nname = "a"\npython = "nowhere"\n'), rooms=False).variants[0].python == "nowhere"


def test_an_interpreter_is_a_file_a_virtual_environment_or_a_command(tmp_path, environment, monkeypatch):
    program = find_interpreter(tmp_path, "other")
    assert program in (environment / "bin" / "python", environment / "Scripts" / "python.exe")
    assert find_interpreter(tmp_path, str(program)) == program
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert find_interpreter(tmp_path, Path(sys.executable).name) == Path(sys.executable)
    (tmp_path / "empty").mkdir()
    assert find_interpreter(tmp_path, "empty") is None
    assert find_interpreter(tmp_path, "no-such-command") is None
