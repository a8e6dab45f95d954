"""Programs of their own: what they are made of for every workload and mode, and what is refused in plain words."""

import ast
import builtins
import dis
from pathlib import Path
from types import CodeType

import pytest
from recorded import recorded

from reportgen import frameworks, workloads
from reportgen.analysis.study import analyse
from reportgen.errors import ReportgenError
from reportgen.evidence import gather
from reportgen.forms.programs import exported
from reportgen.forms.programs.exported import reopenings
from reportgen.forms.programs.program import make_program
from reportgen.forms.programs.reach import Library, import_lines
from reportgen.forms.programs.script import script
from reportgen.modes import supported
from reportgen.runs import Run

EXAMPLE_RUN = Path(__file__).parents[2] / "docs" / "example-run"
CASES = [
    (workload, framework, mode)
    for workload in workloads.names()
    for framework in frameworks.names()
    for mode in supported(workloads.find(workload), framework)
]


@pytest.fixture(scope="module")
def results():
    return analyse(gather(Run(EXAMPLE_RUN)))


@pytest.mark.parametrize(("workload", "framework", "mode"), CASES)
def test_the_program_of_every_workload_and_mode_defines_all_that_it_needs(results, workload, framework, mode):
    run, changed, found = recorded(results, workload, framework, mode)
    text = script(make_program(run, changed, found), changed)
    assert "reportgen" not in {name.partition(".")[0] for name in imported(text)}
    assert undefined(compile(text, "program", "exec")) == []


def undefined(code: CodeType) -> list[str]:
    """Return the names that a module uses and never defines, and those that it uses, while it is being read, before it does."""
    missing: list[str] = []
    known = {*dir(builtins), "__file__", "__name__"}
    functions: list[CodeType] = []
    for step in dis.get_instructions(code):
        if step.opname == "STORE_NAME":
            known.add(step.argval)
        elif step.opname == "LOAD_NAME" and step.argval not in known:
            missing.append(step.argval)
        elif isinstance(step.argval, CodeType):
            if is_class(step.argval):
                missing += [one for one in own_names(step.argval, "LOAD_NAME") if one not in known]
            functions += everything_in(step.argval)
    return missing + [name for function in functions for name in own_names(function, "LOAD_GLOBAL") if name not in known]


def is_class(code: CodeType) -> bool:
    return "__qualname__" in code.co_names


def own_names(code: CodeType, operation: str) -> list[str]:
    """Return the names that a piece of code loads, without those that it gives a value itself."""
    steps = list(dis.get_instructions(code))
    given = {step.argval for step in steps if step.opname == "STORE_NAME"} | {"__name__"}
    return [step.argval for step in steps if step.opname == operation and step.argval not in given]


def everything_in(code: CodeType) -> list[CodeType]:
    return [code, *(inner for one in code.co_consts if isinstance(one, CodeType) for inner in everything_in(one))]


def test_a_name_that_is_missing_would_be_seen():
    text = "class A(B):\n    x = y\n\ndef f():\n    return lambda: z\n\nclass B: ...\n"
    assert sorted(undefined(compile(text, "program", "exec"))) == ["B", "y", "z"]


FORMATS = [(name, one.name) for name in frameworks.names() for one in frameworks.formats(name)]


@pytest.mark.parametrize(("framework", "name"), FORMATS)
def test_the_program_that_opens_an_exported_file_defines_all_that_it_needs(results, framework, name):
    known = frameworks.find_format(framework, name)
    export = results.exports[0].model_copy(
        update={"framework": framework, "format": name, "title": known.title, "file_name": known.file_name, "runtime": "any"}
    )
    notes: list[str] = []
    made = list(reopenings(results.model_copy(update={"exports": (export,)}), "../models", notes))
    assert notes == []
    if known.runtime == "pytorch":
        # It loads weights, or code, into the workload's own network, which the program of the framework does itself.
        assert made == []
        return
    (one,) = made
    assert one.name == f"{name}_inference.py"
    assert one.model == f"../models/{framework}/{known.file_name}"
    assert undefined(compile(one.text, one.name, "exec")) == []
    assert "reportgen" not in {module.partition(".")[0] for module in imported(one.text)}


def test_a_runtime_whose_program_cannot_stand_alone_costs_no_other(results, monkeypatch):
    def fail(*_):
        raise ReportgenError("It needs something.")

    monkeypatch.setattr(exported, "reopening", fail)
    notes: list[str] = []
    assert list(reopenings(results, "../models", notes)) == []
    assert "No program opens ONNX: It needs something." in notes


def imported(text: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(text)))
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module for node in nodes if isinstance(node, ast.ImportFrom)}


def library(**texts: str) -> Library:
    return Library(find=lambda name: texts.get(name.replace(".", "_")), own=("own",), instead={"own.clock": "own.stand_in"})


def test_only_what_is_reached_is_there_in_the_order_in_which_it_is_needed():
    made = library(
        own_main=(
            '"""Docstring."""\nfrom own.base import Base, unused\nfrom own.clock import Clock\nimport math\nimport os\n\n'
            "# Why it is four.\nFOUR = math.sqrt(16)\n\n\nclass Net(Base):\n    size = FOUR\n\n\n"
            "def run(clock: Clock):\n    return Net()\n\n\ndef other():\n    return os\n"
        ),
        own_base="class Base:\n    pass\n\n\ndef unused():\n    pass\n",
        own_stand_in="class Clock:\n    pass\n",
    ).reach([("own.main", "run")])
    assert [piece.module for piece in made.pieces][-1] == "own.main"
    assert {piece.module for piece in made.pieces} == {"own.base", "own.stand_in", "own.main"}
    assert made.pieces[-1].text.startswith("# Why it is four.\nFOUR = math.sqrt(16)\n\n\nclass Net(Base):")
    assert import_lines(made.imports) == "import math"
    text = import_lines(made.imports) + "\n" + "\n".join(piece.text for piece in made.pieces)
    assert "unused" not in text
    names: dict = {}
    exec(text, names)
    assert names["Net"].size == 4


def test_what_a_module_does_by_itself_comes_along_and_inner_imports_are_resolved():
    made = library(
        own_main="import settings\nsettings.fast = True\n\n\ndef run():\n    from own.base import helper\n\n    return helper()\n",
        own_base="def helper():\n    return 1\n",
    ).reach([("own.main", "run")])
    assert made.pieces[-1].text.startswith("settings.fast = True\n\n\ndef run():")
    assert "import" not in made.pieces[-1].text
    assert [one.line for one in made.imports] == ["import settings"]


def test_annotations_that_are_never_run_need_nothing():
    made = library(own_main="from __future__ import annotations\nfrom own.types import Kind\n\n\ndef run(kind: Kind) -> Kind:\n    return kind\n")
    assert made.reach([("own.main", "run")]).postponed


HELPER, SCALE = "def helper(): return scale()\n", "def scale(): ...\n"


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"own_main": f"from own.base import helper\ndef run(): return helper() + scale()\n{SCALE}", "own_base": HELPER + SCALE}, "Rename it"),
        ({"own_main": "from own.absent import helper\ndef run(): return helper()"}, r"own\.absent"),
        ({"own_main": "from own.base import helper as h\ndef run(): return h()", "own_base": HELPER + SCALE}, "imports helper as h"),
        ({"own_main": "def run(: ..."}, "no Python"),
    ],
)
def test_what_cannot_stand_alone_is_refused_in_words(texts, said):
    with pytest.raises(ReportgenError, match=said):
        library(**texts).reach([("own.main", "run")])


def test_a_workloads_own_function_wins_as_it_did_in_the_run(results):
    framework = next(one for one in results.frameworks if one.name == "pytorch")
    own = "\n\n\ndef predict_batches(model, data):\n    return 'own'\n"
    sources = tuple(one.model_copy(update={"text": one.text + own}) if one.title == "Model" else one for one in framework.sources)
    program = make_program(Run(EXAMPLE_RUN), results, framework.model_copy(update={"sources": sources}))
    texts = {part.title: part.code for part in program.parts}
    assert "return 'own'" in texts["Model"]
    assert "def predict_batches" not in texts["Training"]


def test_what_ones_own_workload_imports_from_beside_it_comes_along(results, tmp_path):
    run, changed, found = recorded(results, "mlp", "pytorch", "dataloader")
    run.plan.workload = str(tmp_path)
    (tmp_path / "helpers.py").write_text("def width():\n    return 64\n")
    (model,) = (one for one in found.sources if one.title == "Model")
    text = "from .helpers import width\n" + model.text.replace("* channels, 64)", "* channels, width())")
    mine = model.model_copy(update={"module": "_reportgen_workload_1a2b.pytorch", "text": text})
    sources = tuple(mine if one is model else one for one in found.sources)
    program = make_program(run, changed, found.model_copy(update={"sources": sources}))
    assert [part.code for part in program.parts if "helpers" in part.origin] == ["def width():\n    return 64"]
    assert undefined(compile(script(program, changed), "program", "exec")) == []


def test_names_from_elsewhere_stay_inside_their_comment_and_their_string(results):
    hostile = 'Net"""\nimport os; os.abort()\n\\'
    framework = results.frameworks[0]
    changed = results.model_copy(update={"workload_title": hostile, "run": hostile, "dataset": results.dataset.model_copy(update={"title": hostile})})
    text = script(make_program(Run(EXAMPLE_RUN), changed, framework), changed)
    calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)}
    assert "os.abort" not in calls
