"""Reading ``[[variants]]``: every table checked by itself, and in its surroundings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from reportgen.config.problems import Problem, shown, suggestion, unknown_key, wrong_value
from reportgen.config.variants import VARIANTS, VariantSection, find_interpreter


def read_variants(data: object, measured: Sequence[str], folder: Path, *, rooms: bool) -> tuple[tuple[VariantSection, ...], list[Problem]]:
    """Return the variants that are written, and everything that is wrong with them; ``measured`` are the frameworks of the study."""
    if not isinstance(data, list) or not all(isinstance(one, Mapping) for one in data):
        return (), [Problem(key=(VARIANTS,), message=f"{shown(data)} is not accepted. Write a table [[{VARIANTS}]] for each, and its keys below it.")]
    found: list[VariantSection] = []
    problems: list[Problem] = []
    for number, written in enumerate(data):
        place = (VARIANTS, str(number))
        try:
            one = VariantSection.model_validate(written)
        except ValidationError as error:
            problems += invalid(place, error)
            continue
        problems += misfits(place, one, [other.name for other in found], measured, folder if rooms else None)
        found.append(one)
    return tuple(found), problems


def invalid(place: tuple[str, ...], error: ValidationError) -> Iterator[Problem]:
    """Yield what pydantic found wrong in one variant, once for each key."""
    seen: set[str] = set()
    for detail in error.errors(include_url=False):
        name = str(detail["loc"][0]) if detail["loc"] else ""
        if name in seen:
            continue
        seen.add(name)
        fields = VariantSection.model_fields
        if detail["type"] == "extra_forbidden":
            yield Problem(key=(*place, name), message=unknown_key(f"[{VARIANTS}]", name, tuple(fields)))
        elif detail["type"] == "missing":
            yield Problem(key=place, message=f"{name} is missing. Give every variant a name of its own.")
        elif not name:
            yield Problem(key=place, message=f"{detail['ctx']['error']}.")
        else:
            yield wrong_value((*place, name), fields[name], detail)


def misfits(place: tuple[str, ...], one: VariantSection, taken: Sequence[str], measured: Sequence[str], folder: Path | None) -> Iterator[Problem]:
    """Yield what is wrong with a variant in its surroundings; where its interpreter is, matters only with a ``folder``."""
    if one.name in taken:
        yield Problem(key=(*place, "name"), message=f"{shown(one.name)} is the name of an earlier variant. Give it another one.")
    strange = next((name for name in one.frameworks if name not in measured), None)
    if strange is not None:
        listed = ", ".join(measured)
        hint = suggestion(strange, tuple(measured))
        yield Problem(key=(*place, "frameworks"), message=f"the study does not measure {shown(strange)}. {hint}Accepted: {listed}.")
    if folder is not None and one.python and find_interpreter(folder, one.python) is None:
        made = "Make a virtual environment there (python -m venv FOLDER), install the framework into it, or correct the path."
        yield Problem(key=(*place, "python"), message=f"there is no interpreter {shown(str(folder / one.python))}. {made}")
