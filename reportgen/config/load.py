"""From report.toml and the command line to one checked configuration, or to one error that lists everything that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reportgen.config.accepted import extra
from reportgen.config.fields import FOLDERS, TEMPLATES, Section
from reportgen.config.lines import key_lines
from reportgen.config.models import SECTIONS, Config, StudySection
from reportgen.config.presets import PRESETS, blocks_by_default
from reportgen.config.problems import Problem, invalid_values, unknown_name, unknown_sections
from reportgen.config.read import Document, read_document
from reportgen.config.read_variants import read_variants
from reportgen.config.variants import VARIANTS
from reportgen.errors import ReportgenError

Values = dict[str, Any]


def load_config(path: Path | None = None, overrides: Mapping[str, object] | None = None, *, rooms: bool = True) -> Config:
    """Return the configuration in ``path`` (see :func:`reportgen.config.read.read_document`), with ``overrides`` laid over it.

    ``overrides`` come from the command line, by dotted key (``"study.blocks"``); ``None`` stands for a flag that was not given. A preset
    given there wins over the file's number of blocks, and a relative folder given there is taken from the current folder. Without ``rooms``, it
    does not matter whether workload and data are still there: a report needs neither.
    Raises :class:`ReportgenError` with one line for each thing that is wrong, and ``KeyError`` for an override that is no key at all.
    """
    document = read_document(path)
    given = _by_section(overrides or {})
    problems = list(unknown_sections(document.data))
    sections: dict[str, Section] = {}
    for name, model in SECTIONS.items():
        written = document.data.get(name, {})
        values = _merged(name, dict(written) if isinstance(written, Mapping) else {}, given[name])
        try:
            sections[name] = model.model_validate(values)
        except ValidationError as error:
            problems += invalid_values(name, error)
        problems += _unknown_names(name, values, document.folder) if rooms or name == "output" else ()
        problems += _missing_prose(name, values, document.folder)
        problems += _unknown_language(name, values)
        problems += _unknown_sections(name, values, document.folder)
        problems += _missing_templates(name, values, document.folder)
    study = sections.get("study")
    measured = study.frameworks if isinstance(study, StudySection) else ()
    variants, wrong = read_variants(document.data.get(VARIANTS, []), measured, document.folder, rooms=rooms)
    # Without a study that can be read, nobody knows which frameworks a variant may name.
    problems += wrong if measured else ()
    if problems:
        raise ReportgenError("\n".join(_placed(problems, document, given)))
    return Config.model_validate(
        {**sections, VARIANTS: variants, "folder": document.folder, "path": document.path and document.folder / document.path.name}
    )


def _by_section(overrides: Mapping[str, object]) -> dict[str, Values]:
    found: dict[str, Values] = {name: {} for name in SECTIONS}
    for dotted, value in overrides.items():
        section, _, name = dotted.partition(".")
        if name not in SECTIONS[section].model_fields:
            raise KeyError(f"{dotted} is no key of report.toml")
        if value is not None:
            found[section][name] = value
    return found


def _merged(section: str, written: Values, given: Values) -> Values:
    """Return the file's values with the command line's laid over them, and over what the command line makes obsolete."""
    given = {name: str(Path.cwd() / str(value)) if value and (section, name) in FOLDERS else value for name, value in given.items()}
    if section == "study":
        given = {**given, **_own_places(given)}
    if section == "study" and ("preset" in given or "blocks" in given):
        if "blocks" not in given:
            written.pop("blocks", None)
        blocks = (
            given["blocks"] if "blocks" in given else blocks_by_default(given["preset"], written.get("stop")) if given["preset"] in PRESETS else None
        )
        exported = written.get("export_blocks")
        if isinstance(blocks, int) and isinstance(exported, int) and exported > blocks >= 1:
            written["export_blocks"] = blocks
    return {**written, **given}


def _unknown_names(section: str, values: Values, folder: Path) -> Iterator[Problem]:
    """Yield the names of workloads, frameworks, modes, data sets and forms that do not exist; asks the rooms, which may hold plugins.

    A workload may also be a folder, and a data set a file or a folder, relative to ``folder``.
    """
    from reportgen import datasets, forms, frameworks, modes, workloads

    rooms: dict[str, dict[str, Callable[[], tuple[str, ...]]]] = {
        "study": {"workload": workloads.names, "frameworks": frameworks.names, "modes": modes.names, "dataset": datasets.names},
        "output": {"forms": forms.names},
    }
    for key, names in rooms.get(section, {}).items():
        value = values.get(key, ())
        wanted = [value] if isinstance(value, str) and key in ("workload", "dataset") else value if isinstance(value, list | tuple) else []
        known = names() if wanted else ()
        is_own = OWN.get(key)
        strange = [name for name in wanted if isinstance(name, str) and name not in known]
        unknown = next((name for name in strange if not (name and is_own is not None and is_own(folder / name))), None)
        if unknown is not None:
            yield unknown_name((section, key), unknown, known, OWN_PLACES.get(key, ""))


def _missing_prose(section: str, values: Values, folder: Path) -> Iterator[Problem]:
    """Yield the files that were named in other words than the default's and are not there: a slip of the pen, not an unwritten section."""
    if section != "prose":
        return
    for key, value in values.items():
        field = SECTIONS[section].model_fields.get(key)
        named = field is not None and isinstance(value, str) and value not in ("", field.default)
        if named and not _is_file(folder / value):
            yield Problem(key=(section, key), message=f"there is no file {folder / value}. Write it, or correct the name.")


def _unknown_language(section: str, values: Values) -> Iterator[Problem]:
    """Yield a language that there is no catalogue of."""
    from reportgen import languages

    code = values.get("language") if section == "report" else None
    if isinstance(code, str) and code not in languages.names():
        yield unknown_name((section, "language"), code, languages.names())


def _unknown_sections(section: str, values: Values, folder: Path) -> Iterator[Problem]:
    """Yield names of sections of the report that there are not, and files of the author's own that are not there."""
    if section != "sections" or not values:
        return
    from reportgen import experiments
    from reportgen.report.sections.arrangement import DECLARATION, ORDER, OWN
    from reportgen.report.sections.outline import part_names

    known = {"order": (*ORDER, DECLARATION)} | part_names(experiments.names())
    for key, names in known.items():
        value = values.get(key)
        for name in value if isinstance(value, list | tuple) else ():
            if isinstance(name, str) and name.endswith(OWN):
                if not _is_file(folder / name):
                    yield Problem(key=(section, key), message=f"there is no file {folder / name}. Write it, or correct the name.")
            elif isinstance(name, str) and name not in names:
                yield unknown_name((section, key), name, names, "a Markdown file of your own")


def _missing_templates(section: str, values: Values, folder: Path) -> Iterator[Problem]:
    """Yield a folder of templates that was named in other words than the default's and is not there."""
    named = values.get("templates") if section == "report" else None
    if isinstance(named, str) and named not in ("", TEMPLATES) and not _is_folder(folder / named):
        yield Problem(key=(section, "templates"), message=f"there is no folder {folder / named}. Make it, or correct the name.")


def _own_places(given: Values) -> Values:
    """Return what flags name that lies in a folder of the person's own, made absolute; a name of a workload or data set wins over such a place."""
    from reportgen import datasets, workloads

    names: dict[str, Callable[[], tuple[str, ...]]] = {"workload": workloads.names, "dataset": datasets.names}
    found: Values = {}
    for key, is_own in OWN.items():
        value = given.get(key)

        def placed(name: str, key: str = key, is_own: Callable[[Path], bool] = is_own) -> str:
            place = Path.cwd() / name
            return str(place) if name and is_own(place) and name not in names[key]() else name

        if isinstance(value, str):
            found[key] = placed(value)
        elif isinstance(value, tuple):
            found[key] = tuple(placed(name) for name in value)
    return found


def _is_folder(path: Path) -> bool:
    """Tell whether there is such a folder; a name that no folder can have names none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    """Tell whether there is such a file; a name that no file can have, such as one of 300 letters, names none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_file_or_folder(path: Path) -> bool:
    return _is_file(path) or _is_folder(path)


#: Keys of [study] that may name a place of the person's own instead of a member of a room, with what must be there ...
OWN: dict[str, Callable[[Path], bool]] = {"workload": _is_folder, "dataset": _is_file_or_folder}
#: ... and how a message offers it.
OWN_PLACES = {"workload": "the folder of a workload of your own", "dataset": "the path of an .npz file or of a folder of images"}


def _placed(problems: list[Problem], document: Document, given: Mapping[str, Values]) -> list[str]:
    """Return the problems as lines that begin with where they are, in the order of the file; those of the command line come last."""
    lines = key_lines(document.text)
    placed: list[tuple[float, str]] = []
    for problem in problems:
        dotted = re.sub(r"\.(\d+)(?=\.|$)", lambda number: f"[{int(number[1]) + 1}]", ".".join(problem.key))
        field = SECTIONS[problem.key[0]].model_fields.get(problem.key[-1]) if len(problem.key) > 1 and problem.key[0] in SECTIONS else None
        if field is not None and problem.key[-1] in given[problem.key[0]]:
            placed.append((float("inf"), f"{extra(field, 'flag') or dotted}: {problem.message}"))
            continue
        # Of a key that is missing, its table is what can be shown.
        line = next((lines[problem.key[:length]] for length in range(len(problem.key), 0, -1) if problem.key[:length] in lines), None)
        where = f"{document.path}, line {line}" if line else str(document.path)
        placed.append((line or 0, f"{where}: {dotted}: {problem.message}"))
    return [text for _, text in sorted(placed, key=lambda item: item[0])]
