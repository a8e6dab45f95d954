"""Templates: the project's own, which a study's folder may override one by one, rendered in a sandbox that cannot change what it is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from markupsafe import Markup, escape

from reportgen.errors import ReportgenError
from reportgen.language import gettext
from reportgen.report.locate import templates_folder
from reportgen.report.sandbox import Sandbox

EXPONENT = re.compile("10\\^(\u2212?\\d+)")
EQUATION = re.compile(r"\b([np]) (=|&lt;) (?=\d)")
#: A full stop, a comma or a bracket at its end belongs to the sentence.
ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?()\[\]])")
ADVICE = "Correct the template, or remove it to use the built-in one."


def typeset(text: str) -> Markup:
    """Raise the exponents of ``10^-6``, and keep ``n = 6`` on one line; everything else is escaped as usual."""
    return Markup(EQUATION.sub("\\1\u00a0\\2\u00a0", EXPONENT.sub(r"10<sup>\1</sup>", str(escape(text)))))


def linked(text: str) -> Markup:
    """Make every web address in a text a link to it; everything else is escaped as usual, and what is markup already stays as it is."""
    if isinstance(text, Markup):
        return text
    parts = ADDRESS.split(text)
    return Markup("").join(Markup('<a href="{0}">{0}</a>').format(part) if position % 2 else escape(part) for position, part in enumerate(parts))


def phrase(sentence: str, /, **values: object) -> str:
    """Return a template's sentence in the language of the report; where it is given markup, such as a link, everything else is escaped."""
    if any(isinstance(value, Markup) for value in values.values()):
        return Markup(escape(gettext(sentence))).format(**values)
    return gettext(sentence, **values)


class OwnFolder(FileSystemLoader):
    """Loads the templates of a study's folder, and nothing that a link in it points to elsewhere."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return text, file and freshness of a template, as jinja2 asks. Raises :class:`ReportgenError` for one that cannot be read."""
        try:
            text, file, fresh = super().get_source(environment, template)
        except TemplateNotFound:  # an OSError, which sends the search on to the built-in ones
            raise
        except (OSError, UnicodeDecodeError) as error:
            raise ReportgenError(f"The template {template} in {self.searchpath[0]} cannot be read as UTF-8 text: {error}. {ADVICE}") from error
        require_inside(Path(file), Path(self.searchpath[0]))
        return text, file, fresh


def require_inside(file: Path, folder: Path) -> None:
    """Raise :class:`ReportgenError` where ``file`` leads out of ``folder``."""
    if not file.resolve().is_relative_to(folder.resolve()):
        raise ReportgenError(f"{file} leads out of {folder}. Templates read nothing outside their folder: put a copy of the file there.")


def template_environment(own_folder: Path | None = None) -> Sandbox:
    """Return the environment; a file of ``own_folder`` takes the place of the built-in one of that name and may extend ``builtin/<name>``."""
    builtin = FileSystemLoader(templates_folder())
    loaders: list[BaseLoader] = [OwnFolder(own_folder)] if own_folder is not None and own_folder.is_dir() else []
    environment = Sandbox(
        loader=ChoiceLoader([*loaders, builtin, PrefixLoader({"builtin": builtin})]),
        autoescape=True,  # select_autoescape() would pass over names that end in .html.j2
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["typeset"] = typeset
    environment.filters["linked"] = linked
    environment.globals["_"] = phrase
    return environment


def render(environment: Sandbox, name: str, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> str:
    """Return the rendered template. Raises :class:`ReportgenError` that names the template's file and line."""
    try:
        return environment.get_template(name, globals=dict(functions)).render(values)
    except ReportgenError as error:
        # Of what a template asks for, or includes.
        place = place_of(error, environment)
        own = [loader.searchpath[0] for loader in getattr(environment.loader, "loaders", []) if isinstance(loader, OwnFolder)]
        raise (ReportgenError(f"{place}: {error}") if any(place.startswith(str(folder)) for folder in own) else error) from error
    except TemplateSyntaxError as error:
        raise syntax_error(error) from error
    except TemplateNotFound as error:
        raise ReportgenError(
            f"{place_of(error, environment)}: there is no template {error.name!r}. Correct the name, or use builtin/<name> for the built-in one."
        ) from error
    except RecursionError as error:
        raise ReportgenError(
            f"{place_of(error, environment)}: the template includes or extends itself without end. "
            'One that changes a built-in template begins with {% extends "builtin/NAME" %}.'
        ) from error
    except (TemplateError, TypeError, ValueError, AttributeError, KeyError, IndexError, ArithmeticError) as error:
        raise ReportgenError(f"{place_of(error, environment)}: {str(error).rstrip('.')}. {ADVICE}") from error


def syntax_error(error: TemplateSyntaxError) -> ReportgenError:
    """Return the error for a person of a template that is not well formed."""
    return ReportgenError(f"{error.filename or error.name}, line {error.lineno}: {str(error.message).rstrip('.')}. {ADVICE}")


def place_of(error: BaseException, environment: Sandbox) -> str:
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
