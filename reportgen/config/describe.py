"""The page docs/configuration.md and the example that ``init`` writes, both printed from the models that do the checking."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Mapping
from types import MappingProxyType

from pydantic.fields import FieldInfo

from reportgen.config.accepted import accepted, default, extra, toml_value
from reportgen.config.fields import TEXT, Section
from reportgen.config.models import SECTIONS
from reportgen.config.variants import VARIANTS, VariantSection

#: Comments in the example are read in an editor beside the values. In characters.
COMMENT_WIDTH = 110

TABLE_HEAD = "| key | type | default | accepted | flag | meaning |\n| --- | --- | --- | --- | --- | --- |\n"

PREAMBLE = """\
# Configuration

A study is described by `report.toml`. Without one, `python -m reportgen` runs the built-in study; with one in the current folder, it runs that.
`python -m reportgen init` writes a commented one. Every key may be left out. A mistyped key, a value of the wrong type or outside the accepted
range is an error that names the file, the line and the accepted values; all errors are shown at once.

A flag on the command line wins over the file. Folders in the file are relative to the file's folder, folders after a flag to the current one.
`--quick` and `--rigorous` set the preset and then also win over the file's `blocks`; where a flag makes a study smaller than the file's
`export_blocks`, all of its blocks are exported. A file of prose that has its default name and does not exist is a section that the author has not
provided; one that was given another name must exist.

Three environment variables concern data, not the study, and are described in [datasets.md](datasets.md): `REPORTGEN_DATA`, `REPORTGEN_CACHE`,
`REPORTGEN_OFFLINE`.
"""


def documentation() -> str:
    """Return docs/configuration.md: every key with its type, default, accepted values, flag and meaning."""
    parts = [PREAMBLE]
    for name, model in SECTIONS.items():
        parts.append(f"\n## [{name}]\n\n{model.__doc__}\n\n{TABLE_HEAD}")
        parts += [_row(key, field) for key, field in model.model_fields.items()]
    parts.append(f"\n## [[{VARIANTS}]]\n\n{paragraphs(VariantSection)}\n\n{TABLE_HEAD}")
    parts += [_row(key, field) for key, field in VariantSection.model_fields.items()]
    return "".join(parts)


def paragraphs(model: type[Section]) -> str:
    """Return what a table is for, without the indentation of its docstring."""
    return inspect.cleandoc(model.__doc__ or "")


def example(values: Mapping[str, object] = MappingProxyType({})) -> str:
    """Return a whole report.toml with every key at its default, or as ``values`` has it, each below a comment that explains it.

    A key whose default depends on other keys is commented out, so that it goes on depending on them.
    """
    parts = ["# What `python -m reportgen` is to compare, and how the report presents it. Every key may be left out.\n"]
    for name, model in SECTIONS.items():
        parts.append(f"\n\n# {model.__doc__}\n[{name}]\n")
        parts += [_explained(key, field, values) for key, field in model.model_fields.items()]
    comment = "".join(
        f"# {line}\n"
        for line in textwrap.wrap(
            " ".join(paragraphs(VariantSection).replace("[variants.md](variants.md)", "docs/variants.md").split()), COMMENT_WIDTH
        )
    )
    parts.append(f"\n\n{comment}# [[{VARIANTS}]]\n")
    parts += [_explained(key, field, {}) for key, field in VariantSection.model_fields.items()]
    return "".join(parts)


def _explained(key: str, field: FieldInfo, values: Mapping[str, object]) -> str:
    """Return the lines of one key; that plain text accepts plain text goes without saying."""
    depends, accepts = extra(field, "default_text"), accepted(field)
    said = [field.description or ""]
    said += [f"Accepted: {accepts}."] if accepts != TEXT else []
    said += [f"Default: {depends}."] if depends else []
    setting = f"# {key} = {extra(field, 'example')}" if depends else f"{key} = {toml_value(values.get(key, field.default))}"
    comment = "".join(f"# {line}\n" for line in textwrap.wrap(" ".join(said), COMMENT_WIDTH))
    return f"\n{comment}{setting}\n"


def _row(key: str, field: FieldInfo) -> str:
    shown = default(field) if extra(field, "default_text") else f"`{default(field)}`"
    flag = extra(field, "flag")
    return f"| `{key}` | {_type(field)} | {shown} | {accepted(field)} | {f'`{flag}`' if flag else ''} | {field.description} |\n"


def _type(field: FieldInfo) -> str:
    """Return the TOML type of a key."""
    annotation = str(field.annotation)
    if "Mapping" in annotation:
        return "table of strings"
    if field.annotation is bool:
        return "boolean"
    if "tuple" in annotation:
        return "array of strings" if annotation.startswith("tuple") else "string or array of strings"
    return "integer" if "int" in annotation.replace("'", " ").split("Literal")[0] else "float" if "float" in annotation else "string"
