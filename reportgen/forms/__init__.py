"""The forms of a report: a file or folder each, which turns the one view of a run into documents of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportgen.errors import ReportgenError
from reportgen.forms.base import Files, Form, Material, Records, nothing_missing
from reportgen.plugins import choose, discover

__all__ = ["Files", "Form", "Material", "Records", "check", "find", "members", "names", "nothing_missing", "split"]


def members() -> dict[str, Form]:
    """Return every form by name."""
    return discover("reportgen.forms", "FORM", Form)


def names() -> tuple[str, ...]:
    """Return the names of all forms."""
    return tuple(sorted(members()))


def find(name: str) -> Form:
    """Return the form called ``name``; raises :class:`~reportgen.errors.ReportgenError` with the known names."""
    return choose(members(), name, "form")


def split(given: Iterable[str]) -> tuple[str, ...]:
    """Return the names in what a person typed: each value is a name, or several with commas between; a name that comes twice counts once.

    Raises :class:`~reportgen.errors.ReportgenError` where no name is left.
    """
    found = tuple(dict.fromkeys(name.strip() for value in given for name in value.split(",") if name.strip()))
    if not found:
        raise ReportgenError(f"--form needs at least one name. Accepted: {', '.join(names())}.")
    return found


def check(wanted: Sequence[str]) -> None:
    """Raise :class:`~reportgen.errors.ReportgenError` where a form cannot be made on this machine: said before anything is measured for it."""
    problems = [problem for name in wanted if (problem := find(name).missing())]
    if problems:
        raise ReportgenError("\n".join(dict.fromkeys(problems)))
