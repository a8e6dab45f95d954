"""How a report is to look, checked before anything is measured: a slip in a template must not show after an hour of training."""

from __future__ import annotations

from pathlib import Path

from reportgen.config import Config


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
