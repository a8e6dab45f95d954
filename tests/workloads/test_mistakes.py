"""File and line of a mistake in a person's own folder, and what is said of it."""

import pytest

from reportgen.workloads.folder import load_module
from reportgen.workloads.mistakes import LONGEST_TEXT, WorkloadError, built, in_brief, place_in


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "mine"
    made.mkdir()
    return made


def caught(action):
    with pytest.raises(Exception) as found:
        action()
    return found.value


def test_the_innermost_line_inside_the_folder_is_named(folder):
    (folder / "helpers.py").write_text("def half(x):\n    return x / 0\n")
    (folder / "pytorch.py").write_text("from .helpers import half\n\ndef build_model():\n    return half(1)\n")
    error = caught(load_module(folder, "pytorch").build_model)
    assert str(place_in(folder, error)) == "mine/helpers.py, line 2"
    assert in_brief(error) == "ZeroDivisionError: division by zero"


def test_lines_of_libraries_below_do_not_count(folder):
    (folder / "pytorch.py").write_text("import json\n\ndef build_model():\n    return json.loads('{')\n")
    assert str(place_in(folder, caught(load_module(folder, "pytorch").build_model))) == "mine/pytorch.py, line 4"


def test_an_error_while_importing_is_placed(folder):
    (folder / "pytorch.py").write_text("\nimport no_such_library\n")
    error = caught(lambda: load_module(folder, "pytorch"))
    assert str(place_in(folder, error)) == "mine/pytorch.py, line 2"
    assert in_brief(error) == "ModuleNotFoundError: No module named 'no_such_library'"


def test_a_syntax_error_is_placed_where_it_is_and_not_where_it_is_imported(folder):
    (folder / "helpers.py").write_text("\n\nx = = 1\n")
    (folder / "pytorch.py").write_text("from . import helpers\n")
    error = caught(lambda: load_module(folder, "pytorch"))
    assert str(place_in(folder, error)) == "mine/helpers.py, line 3"
    assert in_brief(error) == "SyntaxError: invalid syntax"


def test_an_error_that_a_framework_wraps_is_placed_by_its_cause(folder):
    (folder / "pytorch.py").write_text("def build_model():\n    raise KeyError('x')\n")

    def wrapping():
        try:
            load_module(folder, "pytorch").build_model()
        except KeyError:
            error = RuntimeError("wrapped")
        else:
            raise AssertionError
        raise error

    def chained():
        try:
            load_module(folder, "pytorch").build_model()
        except KeyError as error:
            raise RuntimeError("wrapped") from error

    assert place_in(folder, caught(wrapping)) is None
    assert str(place_in(folder, caught(chained))) == "mine/pytorch.py, line 2"


def test_an_error_elsewhere_has_no_place(folder):
    assert place_in(folder, caught(lambda: 1 / 0)) is None


def test_what_autograph_quotes_is_read(folder):
    text = f"in user code:\n\n    File \"{folder}/tensorflow.py\", line 12, in call  *\n        y = foo\n\n    NameError: name 'foo' is not defined\n"
    error = NameError(text)
    assert str(place_in(folder, error)) == "mine/tensorflow.py, line 12"
    assert in_brief(error) == "NameError: name 'foo' is not defined"


def test_what_keras_wraps_around_an_error_is_left_out():
    text = "Exception encountered when calling Net.call().\n\n\x1b[1mname 'foo' is not defined\x1b[0m\n\nArguments received by Net.call():\n  • x"
    assert in_brief(NameError(text)) == "NameError: name 'foo' is not defined"


def test_long_texts_are_cut_and_lines_joined():
    assert in_brief(ValueError("a\n  b")) == "ValueError: a b"
    assert len(in_brief(ValueError("x" * 10_000))) < LONGEST_TEXT + 30
    assert in_brief(ValueError()) == "ValueError"


def test_what_a_function_must_return_is_checked(folder):
    (folder / "pytorch.py").write_text("def build_model(a, b):\n    return {1: a, 2: None}.get(b, 'x')\n\n\ndef build_loss():\n    pass\n")
    code = load_module(folder, "pytorch")
    assert built(code, "build_model", (int, float), 3, 1) == 3
    with pytest.raises(WorkloadError, match="build_model returns an object of the type str, where a int of builtins is wanted") as found:
        built(code, "build_model", (int,), 3, 3)
    assert str(place_in(folder, found.value)).startswith("mine/pytorch.py, line ")
    with pytest.raises(WorkloadError, match=r"build_loss returns nothing.*Does it end with return") as found:
        built(code, "build_loss", (int,))
    assert str(place_in(folder, found.value)) == "mine/pytorch.py, line 5"


def test_a_function_that_takes_other_arguments_is_placed_where_it_is_defined(folder):
    (folder / "pytorch.py").write_text("\n\ndef build_loader(images, labels):\n    return None\n")
    code = load_module(folder, "pytorch")
    error = caught(lambda: code.build_loader(1, 2, 3, shuffle=True))
    assert str(place_in(folder, error)) == "mine/pytorch.py, line 3"
    assert place_in(folder, caught(lambda: len(1, 2))) is None
