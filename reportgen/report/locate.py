"""Where the templates are: inside the installed package, or at the root of the repository that is being worked in."""

from __future__ import annotations

from pathlib import Path

from reportgen.errors import ReportgenError

PACKAGE_FOLDER = Path(__file__).resolve().parent.parent


def templates_folder() -> Path:
    """Return the folder with ``report.html.j2``, ``sections``, ``styles`` and ``fonts``.

    A wheel carries it as ``reportgen/templates``; an editable install or a checkout has it beside the package. Raises :class:`ReportgenError`
    when neither is there.
    """
    places = (PACKAGE_FOLDER / "templates", PACKAGE_FOLDER.parent / "templates")
    for place in places:
        if (place / "report.html.j2").is_file():
            return place
    raise ReportgenError(
        f"The report's templates are missing: neither {places[0]} nor {places[1]} holds report.html.j2. Install reportgen again (pip "
        "install --force-reinstall reportgen)."
    )
