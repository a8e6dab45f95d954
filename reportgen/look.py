"""How a report is to look, checked before anything is measured: a slip in a template must not show after an hour of training."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.config import Config
from reportgen.errors import ReportgenError
from reportgen.template_files import blocks_of, template_names

if TYPE_CHECKING:
    from jinja2.nodes import Template

#: With which the name of a built-in template begins where one's own extends it.
BUILT_IN = "builtin/"


def check_look(config: Config) -> None:
    """Raise :class:`ReportgenError`, with file, line and cause, where the theme or one of the author's own templates cannot be used.

    What a template does with the values that it is given shows only when it is rendered; nothing measured is lost then.
    """
    from jinja2 import TemplateSyntaxError

    from reportgen.report.styles import read_sheet, require_theme
    from reportgen.report.templating import syntax_error, template_environment

    own = config.templates_folder
    require_theme(config.report.theme, own)
    environment = template_environment(own)
    for path in own_files(own):
        name = path.relative_to(own).as_posix()
        if path.suffix == ".css":
            read_sheet(name, own)
            continue
        try:
            environment.get_template(name)
            tree = environment.parse(path.read_text(encoding="utf-8"), name, str(path))
        except TemplateSyntaxError as error:
            raise syntax_error(error) from error
        require_blocks(tree, path)
        require_use(name, path, own)


def require_blocks(tree: Template, path: Path) -> None:
    """Raise :class:`ReportgenError` where a template replaces a block that the built-in one, which it extends, does not have: it would vanish."""
    from jinja2 import nodes

    extended = next((node.template.value for node in tree.body if isinstance(node, nodes.Extends) and isinstance(node.template, nodes.Const)), "")
    name = str(extended).removeprefix(BUILT_IN)
    if name == extended or name not in template_names():
        return
    known = blocks_of(name)
    for block in (node for node in tree.body if isinstance(node, nodes.Block)):
        if block.name not in known:
            meant = get_close_matches(block.name, known, n=1)
            suggestion = f" Did you mean {meant[0]!r}?" if meant else ""
            has = f"It has {', '.join(known)}." if known else "It has none."
            raise ReportgenError(f"{path}, line {block.lineno}: {extended} has no block {block.name!r}.{suggestion} {has}")


def require_use(name: str, path: Path, own: Path) -> None:
    """Raise :class:`ReportgenError` for a template that is called nearly as a built-in one and that no template of the author's names: a slip."""
    meant = get_close_matches(name, template_names(), n=1, cutoff=0.9)
    if name in template_names() or not meant or any(name in other.read_text(encoding="utf-8") for other in own_files(own)):
        return
    raise ReportgenError(f"{path}: nothing uses a template of that name. Did you mean {meant[0]}? All of them: python -m reportgen templates list")


def own_files(own: Path) -> list[Path]:
    """Return the templates and style sheets of the author's folder."""
    if not own.is_dir():
        return []
    return sorted([*own.rglob("*.j2"), *own.glob("styles/*.css"), *own.glob("themes/*.css")])
