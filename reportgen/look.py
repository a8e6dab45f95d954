"""How a report is to look, checked before anything is measured: a slip in a template must not show after an hour of training."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reportgen.config import Config

#: What the command line says of it, by dotted key of report.toml; ``None`` stands for a flag that was not given.
Look = Mapping[str, str | None]


def with_look(config: Config, look: Look) -> Config:
    """Return a configuration with the look of the command line laid over its own; a folder there is relative to the current one."""
    given = {name.removeprefix("report."): value for name, value in look.items() if value is not None}
    if "templates" in given:
        given["templates"] = str(Path.cwd() / given["templates"])
    return config.model_copy(update={"report": config.report.model_copy(update=given)})


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
        except TemplateSyntaxError as error:
            raise syntax_error(error) from error


def own_files(own: Path) -> list[Path]:
    """Return the templates and style sheets of the author's folder."""
    if not own.is_dir():
        return []
    return sorted([*own.rglob("*.j2"), *own.glob("styles/*.css"), *own.glob("themes/*.css")])
