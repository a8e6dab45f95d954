"""``[[variants]]`` of report.toml: other interpreters and environment variables that frameworks are measured in too, one table each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Strict, model_validator

from reportgen.config.fields import Section, key
from reportgen.config.values import Line, Names

VARIANTS = "variants"
#: Part of the names of trials, which are folders.
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# What the program tells every trial; another value would make it another measurement, or none.
RESERVED = ("CUDA_VISIBLE_DEVICES", "KERAS_BACKEND", "PYTHONHASHSEED", "TMPDIR", "TEMP", "TMP")
RESERVED_PREFIX = "REPORTGEN_"


def _is_name(value: str) -> str:
    if not NAME.fullmatch(value):
        raise ValueError("a name is up to 40 lower-case letters, digits, full stops, hyphens and underscores")
    return value


def _are_variables(value: Mapping[str, str]) -> Mapping[str, str]:
    for name, text in value.items():
        if not VARIABLE.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a variable")
        if name in RESERVED or name.startswith(RESERVED_PREFIX):
            raise ValueError(f"{name} is set by the program")
        if not text.isprintable():
            raise ValueError(f"the value of {name} has line breaks or control characters")
    return value


class VariantSection(Section):
    """Another interpreter, or other environment variables: the frameworks are measured there too, in the same blocks, each compared with itself.

    Write a table for each: for two releases of PyTorch, make a virtual environment with the other one, and name it. See [variants.md](variants.md).
    """

    name: Annotated[Line, AfterValidator(_is_name)] = key(
        "What the variant is called in tables and figures.",
        accepted="up to 40 lower-case letters, digits, full stops, hyphens and underscores; each name once",
        default_text="none: every variant has a name",
        example='"next"',
    )
    python: Line = key(
        "The interpreter, or the folder of a virtual environment. It needs the frameworks, and a few packages that are named where they "
        "are missing; reportgen itself need not be installed there.",
        accepted="a path, relative to the folder of report.toml, or the name of a command",
        default="",
        default_text="the interpreter that runs the program",
        example='"../environment-next"',
    )
    frameworks: Names = key(
        "Which frameworks of the study are measured there too, each in its main mode.",
        accepted="a list of different frameworks of the study",
        default=(),
        default_text="all of the study",
        example='["pytorch"]',
        strict=False,
    )
    environment: Annotated[Mapping[str, Annotated[str, Strict()]], AfterValidator(_are_variables)] = key(
        "Environment variables that its trials are given beside what every trial is given.",
        accepted="a table of texts; none that the program itself sets",
        default={},
        default_text="none",
        example='{ TF_ENABLE_ONEDNN_OPTS = "0" }',
    )

    @model_validator(mode="after")
    def _differs(self) -> VariantSection:
        if not self.python and not self.environment:
            raise ValueError("it is no variant: give it python, or environment, or both")
        return self


def find_interpreter(folder: Path, text: str) -> Path | None:
    """Return the interpreter that ``python`` names, or ``None`` where there is none. Links are left as they are: a virtual environment is one."""
    place = Path(text).expanduser()
    path = folder / place
    if path.is_dir():
        return next((found for found in (path / "bin" / "python", path / "Scripts" / "python.exe") if found.is_file()), None)
    if path.is_file():
        return path
    found = shutil.which(text) if place.name == text else None
    return Path(found) if found else None
