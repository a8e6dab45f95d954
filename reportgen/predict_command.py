"""What ``predict`` does: an exported file, some images, and what the file takes them for."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportgen import frameworks, runtimes, workloads
from reportgen.errors import ReportgenError
from reportgen.packages import installed_version
from reportgen.predicting.exchange import Answer, Order, Predicted
from reportgen.processes import ask_module
from reportgen.report.format import percent, plural
from reportgen.runtimes import Runtime

#: What makes a folder a SavedModel.
GRAPHS = ("saved_model.pb", "saved_model.pbtxt")
CHILD = "reportgen.predicting.child"
#: TensorFlow starts in some seconds; a cold disk makes a minute of it.
TIMEOUT_S = 300.0
#: Files of arrays hold thousands of images; a person looks at some.
SHOWN = 20
#: Ten scores in eight bits are each off by up to 1/512.
ROUNDING = 0.02


def predict(
    model: Path, images: Sequence[Path], *, runtime: str | None, workload: str | None, threads: int, top: int, invert: bool, as_json: bool
) -> None:
    """Print the classes of images by an exported file, with their scores."""
    for path in (model, *images):
        require_readable_name(path)
    chosen = runtime_for(model, runtime)
    known = "" if workload is None else workloads.find(workload).reference
    order = Order(model=str(model), runtime=chosen.name, workload=known, images=tuple(map(str, images)), threads=threads, inverted=invert)
    answer = asked(order)
    if as_json:
        click.echo(json.dumps(as_data(answer), indent=2, ensure_ascii=False))
        return
    console = Console()
    console.print(Text(heading(model, answer)), soft_wrap=True)
    console.print(table(answer, top))
    for line in remarks(answer, invert):
        console.print(Text(line), soft_wrap=True)


def require_readable_name(path: Path) -> None:
    """Raise :class:`ReportgenError` for a name that is no text, which neither a message nor JSON can hold."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        shown = str(path).encode(errors="replace").decode()
        raise ReportgenError(f"{shown}: the name of the file is no valid text. Rename it, and try again.") from error


def runtime_for(model: Path, name: str | None) -> Runtime:
    """Return the runtime that was asked for, or the one that opens files of that kind; raises :class:`ReportgenError` where none does."""
    if not model.exists():
        raise ReportgenError(f"{model}: there is no such model. A run's exported files lie in out/RUN/models.")
    members = runtimes.members().values()
    suffix = "" if model.is_dir() else model.suffix.lower()
    fitting = [one for one in members if suffix in one.suffixes]
    chosen = runtimes.find(name) if name is not None else fitting[0] if fitting else None
    if chosen is None:
        kinds = ", ".join(sorted(kind for one in members for kind in one.suffixes if kind))
        raise ReportgenError(f"{model}: nothing here opens such a file. Known are {kinds}, and the folder of a SavedModel.")
    if suffix not in chosen.suffixes:
        raise ReportgenError(f"{model}: {chosen.title} opens {' and '.join(one or 'a folder' for one in chosen.suffixes)}, not this.")
    if installed_version(chosen.distribution) is None:
        package = f"'reportgen[{chosen.name}]'" if chosen.extra else chosen.distribution
        raise ReportgenError(f"{model}: it needs {chosen.title}, which comes with: pip install {package}")
    if model.is_dir() and not any((model / name).is_file() for name in GRAPHS):
        files = sorted(one.name for one in model.iterdir() if one.suffix.lower() in {kind for each in members for kind in each.suffixes if kind})
        hint = f" Name one of the files in it: {', '.join(files)}." if files else ""
        raise ReportgenError(f"{model}: this folder is no SavedModel, which has {GRAPHS[0]} in it.{hint}")
    return chosen


def asked(order: Order) -> Answer:
    """Return the child's answer; raises :class:`ReportgenError` with its message, or with how it ended."""
    with tempfile.TemporaryDirectory(prefix="reportgen-predict-") as folder:
        path = Path(folder, "order.json")
        path.write_text(order.model_dump_json(), encoding="utf-8")
        said = ask_module(CHILD, str(path), timeout_s=TIMEOUT_S)
    if said.trouble is not None:
        title = runtimes.find(order.runtime).title
        raise ReportgenError(f"{order.model}: {title} broke down over it ({said.trouble}); it is damaged, or no such model.")
    answer = Answer.model_validate_json(said.output)
    if answer.mistake:
        raise ReportgenError(answer.mistake)
    return answer


def are_scores(answer: Answer) -> bool:
    """Return whether the file's numbers are no logits but scores already, of every image: none negative, adding up to 1 but for rounding.

    Files from elsewhere often end in a softmax; another one would make all classes look alike.
    """
    values = np.asarray([one.logits for one in answer.predictions])
    return bool(np.all(values >= 0) and np.all(np.abs(values.sum(axis=1) - 1) <= ROUNDING))


def scores(answer: Answer) -> np.ndarray:
    """Return float64 (images, classes), which adds up to 1 for each image: the softmax of the logits, or the file's own numbers where it ends in one.

    Scores, and no probabilities that anybody has checked.
    """
    values = np.asarray([one.logits for one in answer.predictions], dtype=np.float64)
    powers = values if are_scores(answer) else np.exp(values - values.max(axis=1, keepdims=True))
    share: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
    return share


def class_name(answer: Answer, index: int) -> str:
    """Return a class as the file's card calls it, or by its number."""
    if answer.card is None or not 0 <= index < len(answer.card.class_names):
        return str(index)
    return printable(answer.card.class_names[index])


def printable(text: str) -> str:
    """Return a text from a file without what would move the cursor, colour the terminal or end the line."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def heading(model: Path, answer: Answer) -> str:
    """Say what the file is, as far as it tells, and what ran it."""
    ran = f"run by {answer.runtime_title} {answer.runtime_version}"
    if answer.card is None:
        return f"{model}: it carries no card of this program's, so its classes have numbers; {ran}"
    card = answer.card
    title = frameworks.find(card.framework).title if card.framework in frameworks.names() else card.framework
    trained = f"trained with {title} {card.framework_version}"
    known = printable(f"{card.workload or 'a workload of its own'}, {trained}, {card.precision}")
    return f"{model}: {known}; {ran}"


def table(answer: Answer, top: int) -> Table:
    """Return a row for each image: its class and score, the next ones, and whether it is known to be right."""
    known = any(one.true_class is not None for one in answer.predictions)
    made = Table(box=SIMPLE_HEAD)
    made.add_column("Image", overflow="fold")
    made.add_column("Class")
    made.add_column("Score", justify="right")
    if top > 1:
        made.add_column("Then")
    if known:
        made.add_column("Truth")
    for one, share in zip(answer.predictions[:SHOWN], scores(answer), strict=False):
        order = [int(index) for index in np.argsort(-share, kind="stable")[:top]]
        first, *rest = [(class_name(answer, index), percent(float(share[index]), 1)) for index in order]
        cells = [Text(one.name), Text(first[0], style="bold"), Text(first[1])]
        cells += [Text(", ".join(f"{name} {score}" for name, score in rest))] if top > 1 else []
        cells += [truth(answer, one, order[0])] if known else []
        made.add_row(*cells)
    return made


def truth(answer: Answer, one: Predicted, predicted: int) -> Text:
    """Return the class that an image is known to have, marked where the file takes it for another."""
    if one.true_class is None:
        return Text("")
    right = one.true_class == predicted
    return Text(f"{class_name(answer, one.true_class)}{'' if right else ' (wrong)'}", style="" if right else "bold red")


def remarks(answer: Answer, inverted: bool) -> list[str]:
    """Return what a person should know beside the table."""
    said = []
    if len(answer.predictions) > SHOWN:
        said.append(f"The first {SHOWN} of {plural(len(answer.predictions), 'image')}; --json prints all.")
    known = [one for one in answer.predictions if one.true_class is not None]
    if known:
        right = sum(int(np.argmax(one.logits)) == one.true_class for one in known)
        said.append(
            f"{right} of {plural(len(known), 'image')} {'is' if len(known) == 1 else 'are'} classified correctly ({percent(right / len(known))})."
        )
    if are_scores(answer):
        said.append("The file's numbers add up to 1 for each image, and are shown as they are.")
    if not inverted and any(one.light_border for one in answer.predictions):
        said.append("Some pictures have a light ground. A model that learned light strokes on black, as MNIST has them, needs --invert for these.")
    return said


def as_data(answer: Answer) -> dict[str, object]:
    """Return everything as plain data."""
    return {
        "runtime": {"title": answer.runtime_title, "version": answer.runtime_version},
        "model": answer.card.model_dump(mode="json") if answer.card is not None else None,
        "predictions": [
            {
                "image": one.name,
                "class": class_name(answer, int(np.argmax(one.logits))),
                "scores": {class_name(answer, index): float(score) for index, score in enumerate(share)},
                "true_class": None if one.true_class is None else class_name(answer, one.true_class),
            }
            for one, share in zip(answer.predictions, scores(answer), strict=True)
        ],
    }
