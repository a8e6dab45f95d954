"""Pictures and fonts of the author's folder of templates, by the name ``own/<path in it>``: read when a template or a style sheet asks for one.

They are served to the typesetter from memory and put into the web page, like the report's own files; what lies outside the folder has no name.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from reportgen.errors import ReportgenError
from reportgen.report.picture_files import read_picture_file
from reportgen.report.resources import PICTURE_TYPES, Resource, own_url
from reportgen.report.templating import require_inside

OWN = "own/"
FONT_TYPES = {".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf"}
LARGEST_FONT_BYTES = 4 * 1024 * 1024  # a face with Chinese letters is no larger


class WithOwn(Mapping[str, Resource]):
    """The files that a report has ``made``, and those of the author's ``folder``; one that cannot be used is an error only when it is asked for."""

    def __init__(self, made: Mapping[str, Resource], folder: Path | None) -> None:
        self.made = made
        self.folder = folder
        self.read: dict[str, Resource] = {}

    def __getitem__(self, name: str) -> Resource:
        """Return a file by its name; ``KeyError`` where there is none. Raises :class:`ReportgenError` where it is no picture or font."""
        if not name.startswith(OWN) or self.folder is None:
            return self.made[name]
        if name not in self.read:
            self.read[name] = own_file(self.folder, name)
        return self.read[name]

    def __iter__(self) -> Iterator[str]:
        """Yield all names; the author's files are not read for it."""
        yield from self.made
        yield from own_names(self.folder)

    def __len__(self) -> int:
        """Return how many names there are."""
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a file of that name, usable or not."""
        return name in self.made or name in set(own_names(self.folder))


def own_names(folder: Path | None) -> tuple[str, ...]:
    """Return the names of the pictures and fonts in a folder of templates, where there is one."""
    if folder is None or not folder.is_dir():
        return ()
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in {*PICTURE_TYPES, *FONT_TYPES} and path.is_file())
    return tuple(OWN + path.relative_to(folder).as_posix() for path in files)


def own_file(folder: Path, name: str) -> Resource:
    """Return the picture or font called ``name``; ``KeyError`` where there is none. Raises :class:`ReportgenError` for one that cannot be used."""
    inner = PurePosixPath(name.removeprefix(OWN))
    path = folder / inner
    if inner.is_absolute() or ".." in inner.parts or not path.is_file():
        raise KeyError(name)
    require_inside(path, folder)
    try:
        return own_font(path, name) if path.suffix.lower() in FONT_TYPES else read_picture_file(path, name)
    except ValueError as error:
        raise ReportgenError(f"{path} {error}.") from error
    except OSError as error:
        raise ReportgenError(f"{path} cannot be read: {error.strerror or error}.") from error


def own_font(path: Path, name: str) -> Resource:
    """Return the font in ``path`` as the resource ``name``. Raises ``ValueError`` that says, as the end of a sentence, why it cannot be used."""
    from fontTools.ttLib import TTFont, TTLibError

    if path.stat().st_size > LARGEST_FONT_BYTES:
        raise ValueError(f"is larger than {LARGEST_FONT_BYTES // 1024**2} MiB. Leave out letters that the report does not need")
    content = path.read_bytes()
    try:
        TTFont(io.BytesIO(content), lazy=True).getBestCmap()
    except (TTLibError, OSError, ValueError, KeyError, AssertionError) as error:
        raise ValueError("is no font that can be read. Take it as WOFF2, WOFF, TTF or OTF") from error
    return Resource(name=name, media_type=FONT_TYPES[path.suffix.lower()], content=content)


def sources(resources: Mapping[str, Resource], *, embed: bool) -> Callable[[str], str]:
    """Return the function by which a template asks for the URL of a file; raises :class:`ReportgenError` for a name that stands for none."""

    def source(name: str) -> str:
        """Return what an attribute ``src`` is to hold."""
        if name not in resources:
            raise ReportgenError(missing(name, resources))
        return resources[name].data_uri() if embed else own_url(name)

    return source


def missing(name: str, resources: Mapping[str, Resource]) -> str:
    """Return what is said of a name that stands for no file: which there are, and where one's own belong."""
    shown = [known for known in sorted(resources) if known.startswith(OWN) == name.startswith(OWN)]
    known = f" There are: {', '.join(shown)}." if shown else ""
    return f"there is no file {name!r}.{known} A picture or font of your own lies in your folder of templates, and is called {OWN}NAME."
