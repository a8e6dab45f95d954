"""Templates: the project's own, which a study's folder may override one by one, rendered in a sandbox that cannot change what it is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from reportgen.errors import ReportgenError
from reportgen.report.locate import templates_folder

EXPONENT = re.compile("10\\^(\u2212?\\d+)")


def superscript(text: str) -> Markup:
    """Raise the exponents of ``10^-6``; everything else is escaped as usual."""
    return Markup(EXPONENT.sub(r"10<sup>\1</sup>", str(escape(text))))


def template_environment(own_folder: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Return the environment; a file of ``own_folder`` takes the place of the built-in one of that name and may extend ``builtin/<name>``."""
    builtin = FileSystemLoader(templates_folder())
    loaders: list[BaseLoader] = [FileSystemLoader(own_folder)] if own_folder is not None and own_folder.is_dir() else []
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*loaders, builtin, PrefixLoader({"builtin": builtin})]),
        autoescape=True,  # select_autoescape() would pass over names that end in .html.j2
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["superscript"] = superscript
    return environment


def render(environment: ImmutableSandboxedEnvironment, name: str, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> str:
    """Return the rendered template. Raises :class:`ReportgenError` that names the template's file and line."""
    try:
        return environment.get_template(name, globals=dict(functions)).render(values)
    except TemplateSyntaxError as error:
        raise ReportgenError(
            f"{error.filename or error.name}, line {error.lineno}: {error.message}. Correct the template, or remove it to use the built-in one."
        ) from error
    except TemplateNotFound as error:
        raise ReportgenError(f"The template {error.name!r} was not found. Correct the name, or use builtin/<name> for the built-in one.") from error
    except (TemplateError, TypeError, ValueError, AttributeError, KeyError, IndexError, ZeroDivisionError) as error:
        raise ReportgenError(f"{place_of(error, environment)}: {error}. Correct the template, or remove it to use the built-in one.") from error


def place_of(error: BaseException, environment: ImmutableSandboxedEnvironment) -> str:
    """Return the file and line of the innermost template that ``error`` came through: jinja2 rewrites its traceback to the templates' lines."""
    folders = [str(Path(loader.searchpath[0])) for loader in getattr(environment.loader, "loaders", []) if isinstance(loader, FileSystemLoader)]
    place = "A template"
    step = error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename
        if any(file.startswith(folder) for folder in folders):
            place = f"{file}, line {step.tb_lineno}"
        step = step.tb_next
    return place
