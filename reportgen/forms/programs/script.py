"""A program as one file that a person starts: what ran, then a main function that calls it as the run did."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from reportgen.forms.programs.program import Part, Program
from reportgen.language import gettext

if TYPE_CHECKING:
    from reportgen.analysis.results import Results

#: In columns: a rule above each part of a program.
WIDTH = 100
FUTURE = "from __future__ import annotations\n\n"

MAIN = '''\
def main() -> None:
    """{main}"""
    folder = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=DESCRIPTION, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--data", type=Path, default=folder / "data.npz", help="the arrays of the data set")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="passes over the training data")
    parser.add_argument("--out", type=Path, default=folder / "trained", help="folder for the trained model")
    arguments = parser.parse_args()
    if not arguments.data.is_file():
        parser.error(f"there is no {{arguments.data}}. Say with --data where the data are.")
    train_and_test(arguments)


def train_and_test(arguments: argparse.Namespace) -> None:
    """{told}"""
    DATA, EPOCHS, MODEL = arguments.data, arguments.epochs, arguments.out / {name!r}
    arguments.out.mkdir(parents=True, exist_ok=True)

{steps}


if __name__ == "__main__":
    main()
'''


def script(program: Program, results: Results) -> str:
    """Return the text of the program's file."""
    steps = program.steps
    lines = [
        steps.load,
        steps.prepare,
        steps.data,
        steps.build,
        steps.keeping.summary,
        steps.train,
        steps.predict,
        steps.score,
        f"# {gettext('Kept, reopened and tested again: the same numbers.')}\n{steps.keeping.save}\n{steps.reopen}\n{steps.predict}\n{steps.score}",
    ]
    body = textwrap.indent("\n\n".join(lines), "    ")
    imports = with_imports(program.imports, ("import argparse", "from pathlib import Path"))
    description = gettext(
        "{workload} in {framework}, on {dataset}.",
        workload=one_line(results.workload_title),
        framework=program.title,
        dataset=one_line(results.dataset.title),
    )
    about = gettext(
        "{framework} as it was measured: trains, tests and keeps the network. Start it with --help for its options.", framework=program.title
    )
    return "\n".join(
        [
            f'"""{about}"""',
            "",
            *([FUTURE.rstrip("\n"), ""] if program.postponed else []),
            imports,
            "",
            f"DESCRIPTION = {description!r}",
            f"# {gettext('What the run {run} was told.', run=one_line(results.run))}",
            program.settings,
            "",
            *(sectioned(part) for part in program.parts),
            rule(gettext("How it is called"), gettext("in the order of the run")),
            "",
            "",
            MAIN.format(
                name=program.file,
                steps=body,
                main=gettext("Train as the run did, test, keep the model, and test what was kept."),
                told=gettext("Do what the command line says."),
            ),
        ]
    )


def sectioned(part: Part) -> str:
    """Return a part below a rule that says what it is and where it comes from."""
    return f"{rule(gettext(part.title), part.origin)}\n\n\n{part.code}\n\n"


def rule(title: str, origin: str) -> str:
    """Return a rule with a title, and below it where the part comes from."""
    return f"# {'-' * (WIDTH - 2)}\n# {one_line(title)}: {one_line(origin)}"


def one_line(text: str) -> str:
    """Return a text for a comment: nothing in it can begin a line of code."""
    return " ".join(text.split())


def with_imports(imports: str, more: tuple[str, ...]) -> str:
    """Return import statements with further ones of the standard library put in their places at the top."""
    top, _, rest = imports.partition("\n\n")
    standard = sorted({*top.split("\n"), *more} - {""}, key=lambda line: (line.startswith("from "), line))
    return "\n".join(standard) + f"\n\n{rest}"
