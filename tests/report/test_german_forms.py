"""Notebooks, before they are executed, and what the bundle says of itself are in German in a German report; the code that ran stays as it ran."""

import ast
import io
import re
import tokenize

import pytest
from unmade import translations, unmade, unmarked

from reportgen import languages
from reportgen.analysis.study import analyse
from reportgen.config import Config
from reportgen.evidence import gather
from reportgen.forms.base import Material
from reportgen.forms.bundle.contents import guide
from reportgen.forms.bundle.logs import logs
from reportgen.forms.bundle.source import source
from reportgen.forms.notebooks.write import notebooks
from reportgen.forms.programs.program import make_program
from reportgen.language import Language, spoken
from reportgen.languages.extract import sentences
from reportgen.report.documents import stable_json
from reportgen.report.view import view
from reportgen.runs import Run

#: What stands there in every language: code, names of things, and addresses of code.
NAMES = re.compile(
    r"(?s)```.*?```|`[^`]*`|TensorFlow|PyTorch|Keras|Python|Optical Recognition of Handwritten Digits|CC BY 4\.0|"
    r"ONNX|SHA-256|reportgen[\w.]*|[0-9a-f]{64}|\d{4}-\d\d-\d\d-\d+-mlp-digits|src/README\.md"
)
#: The same of a log: trials, modes, versions, formats, functions, and what a trial was told.
RECORDED = re.compile(
    r"block-\S+|\{[^}]*\}|keras-fit|dataloader|ai-edge-|model\(images\)|\w+ \d+\.\d+\S*|"
    r"tensorflow|pytorch|keras|saved_model|tflite|onnx\w*|litert|\bcpu\b|None|\w+\.\w+|state_dict|export"
)
PLAIN = re.compile(r"[A-Za-z]{3}")


class Spoken:
    """The forms of the example run in a language."""

    def __init__(self, folder, language: Language) -> None:
        run = Run(folder)
        with spoken(language):
            records = gather(run)
            self.results = analyse(records)
            config = Config(folder=folder.parent)
            content = view(self.results, config)
            material = Material(
                results=self.results, content=content, resources={}, config=config, results_json=stable_json(self.results), runs=(run,)
            )
            self.files = {name: content for name, content in source(material).items() if not name.endswith(".npz")}
            self.guide = guide()
            self.logs = [content.decode() for content in logs(records).values()]
            self.notebooks = [one for framework in self.results.frameworks for one in notebooks(run, self.results, framework, content.chapters[0])]
            self.parts = [part.code for framework in self.results.frameworks for part in make_program(run, self.results, framework).parts]

    def texts(self) -> list[str]:
        """Return the text cells of the notebooks, and what the bundle says of its folders."""
        cells = [cell.text for notebook in self.notebooks for cell in notebook.cells if not cell.is_code]
        return [*cells, self.files["README.md"].decode(), self.guide]

    def comments(self) -> list[str]:
        """Return the comments around the code that ran, in programs, notebooks and the list of versions, and what stands first in each program."""
        said = [line for line in self.files["requirements.txt"].decode().splitlines() if line.startswith("#")]
        for name in ("tensorflow_model.py", "pytorch_model.py"):
            text = self.files[name].decode()
            main = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
            said += [ast.get_docstring(ast.parse(text)), *(ast.get_docstring(main[function]) for function in ("main", "train_and_test"))]
            said += comments_of(without(text, self.parts))
        program = self.files["onnx_inference.py"].decode()
        said += [ast.get_docstring(ast.parse(program)), *(one for one in comments_of(program) if "noqa" not in one)]
        codes = [cell.text for notebook in self.notebooks for cell in notebook.cells if cell.is_code]
        return said + [comment for code in codes if code not in self.parts for comment in comments_of(code)]


def without(text: str, parts: list[str]) -> str:
    for part in parts:
        text = text.replace(part, "")
    return text


def comments_of(code: str) -> list[str]:
    return [token.string for token in tokenize.generate_tokens(io.StringIO(code).readline) if token.type == tokenize.COMMENT]


@pytest.fixture(scope="module")
def marked_forms(example_run_folder) -> Spoken:
    return Spoken(example_run_folder, unmade())


@pytest.fixture(scope="module")
def german(example_run_folder) -> Spoken:
    return Spoken(example_run_folder, languages.find("de"))


def test_every_text_goes_through_a_catalogue(marked_forms):
    texts = [*marked_forms.texts(), *marked_forms.comments()]
    left = [NAMES.sub(" ", unmarked(text)) for text in texts]
    assert [text for text in left if PLAIN.search(text)] == []
    # What is searched is there: both notebooks of both frameworks, and every heading of theirs.
    assert len(marked_forms.notebooks) == 4
    assert sum(text.startswith("#") for text in texts) > 40


def test_every_line_of_a_log_goes_through_a_catalogue(marked_forms):
    lines = [line for log in marked_forms.logs for line in log.splitlines()]
    left = [RECORDED.sub(" ", unmarked(line)) for line in lines]
    assert [text for text in left if PLAIN.search(text)] == []
    assert len(lines) > 200


def test_they_have_no_english_sentence(german):
    shown = "\n".join([*german.texts(), *german.comments(), *german.logs])
    catalogue = translations("de")
    for sentence in sentences():
        for part in re.split(r"\{[^}]*\}", sentence):
            assert part.count(" ") < 3 or part.strip() not in shown or part.strip() in catalogue[sentence], part
    for text in ("## Im Bericht", "## Der ausgeführte Code", "Wie ausgeführt: ", "„wie ausgeführt“", "trainiert und testet PyTorch"):
        assert text in shown
    assert "Testgenauigkeit 94,71\u202f%" in shown
    assert "Epoche 5 von 5: Verlust 0,1708" in shown


def test_the_code_that_ran_stays_as_it_ran(german, marked_forms):
    assert german.parts == marked_forms.parts
    for name in ("tensorflow_model.py", "pytorch_model.py"):
        text = german.files[name].decode()
        assert sum(part in text for part in german.parts) >= 4
