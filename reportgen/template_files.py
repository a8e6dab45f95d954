"""The report's templates as files: what they are called, which blocks they have, and a copy of one to start from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from reportgen.config import load_config
from reportgen.errors import ReportgenError
from reportgen.report.locate import templates_folder
from reportgen.scaffold import write_files

# No block holds another.
BLOCK = re.compile(r"{%-? block (?P<name>\w+) -?%}.*?{%-? endblock -?%}", re.DOTALL)
# Listed first, since everything else hangs on it.
MAIN = "report.html.j2"
KINDS = ("*.j2", "styles/*.css", "themes/*.css")


def own_folder(given: Path | None) -> Path:
    """Return the folder of one's own templates: the one that was given, or that of the report.toml here, or ``templates/`` where neither is there.

    Raises :class:`ReportgenError` where report.toml is wrong.
    """
    if given is not None:
        return given
    folder = load_config(rooms=False).templates_folder
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def template_names() -> tuple[str, ...]:
    """Return the names of all templates and style sheets, as a template names them: ``sections/front.html.j2``."""
    folder = templates_folder()
    paths = {path for kind in KINDS for path in folder.rglob(kind)}
    return tuple(sorted((path.relative_to(folder).as_posix() for path in paths), key=lambda name: (name.count("/"), name != MAIN, name)))


def built_in(name: str) -> str:
    """Return the text of the built-in template ``name``. Raises :class:`ReportgenError` where there is none of that name."""
    known = template_names()
    if name not in known:
        near = get_close_matches(name, known, n=1)
        meant = f" Did you mean {near[0]!r}?" if near else ""
        raise ReportgenError(f"There is no template {name!r}.{meant} All of them: python -m reportgen templates list")
    return (templates_folder() / name).read_text(encoding="utf-8")


def blocks_of(name: str) -> Mapping[str, str]:
    """Return the blocks of a template, by name, as they stand in it: what a template that extends it may replace."""
    return {found["name"]: found[0] for found in BLOCK.finditer(built_in(name))}


def eject(name: str, block: str | None, folder: Path) -> Path:
    """Write a template to start from into ``folder`` and return its path: a copy or, with ``block``, one that replaces that block alone.

    Raises :class:`ReportgenError` where there is no such template or block, or where the file is there already.
    """
    text = built_in(name)
    if block is not None:
        blocks = blocks_of(name)
        if block not in blocks:
            known = f"It has {', '.join(blocks)}." if blocks else "It has none: leave --block out to copy it whole."
            raise ReportgenError(f"The template {name!r} has no block {block!r}. {known}")
        text = f'{{# Replaces one block; the rest stays as it is built in. #}}\n{{% extends "builtin/{name}" %}}\n{blocks[block]}\n'
    (path,) = write_files(folder, {name: text})
    return path
