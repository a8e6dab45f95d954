"""``dataset.toml``: what a person may say about data of their own, checked as strictly as report.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from reportgen.config.accepted import accepted
from reportgen.config.fields import TEXT, Section, key
from reportgen.config.lines import key_lines
from reportgen.config.problems import shown, suggestion
from reportgen.config.read import read_toml
from reportgen.config.values import Line, Names
from reportgen.errors import ReportgenError

FILE_NAME = "dataset.toml"

NAMES = 'a list of different names, one for each class, such as ["cat", "dog"]'
#: Larger images than this make a comparison of minutes one of days. In pixels.
GREATEST_EDGE = 1024


class Description(Section):
    """What a report says about the data. Every key may be left out."""

    title: Line = key("What the data are called.", accepted=TEXT, default="")
    description: str = key("What the images show, and where they come from.", accepted="text", default="")
    licence: Line = key("Under which licence they may be used.", accepted=TEXT, default="")
    citation: str = key("Which publication to cite.", accepted="text", default="")
    class_names: Names = key(
        "What the classes are called, in the order of their labels or of their folders' names.", accepted=NAMES, default=(), strict=False
    )
    image_size: tuple[int, int] | None = key(
        "Height and width to which the images of a folder are resampled.",
        accepted=f"a height and a width from 1 to {GREATEST_EDGE}, such as [28, 28]",
        default=None,
        strict=False,
    )
    channels: Literal[1, 3] | None = key(
        "What the images of a folder are turned into: 1 is grey, 3 is colour.", accepted="1 (grey) or 3 (colour)", default=None
    )


def read_description(folder: Path) -> Description:
    """Return what ``folder``/dataset.toml says, or nothing where there is none.

    Raises :class:`ReportgenError` with a line for each thing that is wrong in it.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return Description()
    text, data = read_toml(path)
    try:
        found = Description.model_validate(data)
    except ValidationError as error:
        lines = key_lines(text)
        problems: dict[str, str] = {}
        for detail in error.errors(include_url=False):
            name = str(detail["loc"][0])
            where = f"{path}, line {lines.get((name,), 1)}: {name}"
            problems.setdefault(name, f"{where}: {_what(name, detail['type'], detail['input'], data)}")
        raise ReportgenError("\n".join(problems.values())) from error
    if found.image_size and not all(1 <= edge <= GREATEST_EDGE for edge in found.image_size):
        line = key_lines(text)["image_size",]
        raise ReportgenError(f"{path}, line {line}: image_size: {_refused('image_size', list(found.image_size))}")
    return found


def _what(name: str, kind: str, value: object, data: dict[str, object]) -> str:
    if kind == "extra_forbidden":
        known = tuple(Description.model_fields)
        return f"unknown key. {suggestion(name, known)}Accepted: {', '.join(known)}."
    return _refused(name, data.get(name, value))


def _refused(name: str, value: object) -> str:
    return f"{shown(value)} is not accepted. Accepted: {accepted(Description.model_fields[name])}."
