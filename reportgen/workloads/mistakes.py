"""Where in a person's own folder a mistake is: the file and the line that a message must name."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.language import marked
from reportgen.workloads.folder import private_name

#: Frameworks quote whole calls with all arguments; nobody reads more. In characters.
LONGEST_TEXT = 400

#: How Python and TensorFlow's AutoGraph write a frame of a traceback.
QUOTED_FRAME = re.compile(r'File "([^"]+)", line (\d+)')
QUOTED_ERROR = re.compile(
    r"^\s*(\w+(?:Error|Exception|Warning)): (\S.*)$", re.MULTILINE
)
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
PYDANTIC_LINK = re.compile(r"\s*For further information visit \S+")
#: How Python says that a function takes other arguments.
MISCALLED = re.compile(r"(?:\w+\.)*(\w+)\(\) (?:takes|missing|got) ")
NOTHING_RETURNED = marked(
    "{name} returns nothing, where a {kind} of {library} is wanted. Does it end with return?"
)
WRONG_TYPE = marked(
    "{name} returns an object of the type {type}, where a {kind} of {library} is wanted."
)
#: How Keras begins what it says of an error inside a layer; the error follows.
KERAS_PREFACE = "Exception encountered when calling"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A line of a file in a person's own folder."""

    folder: Path
    path: Path
    line: int

    def __str__(self) -> str:
        """Return the place as a report can print it, which does not tell where on the machine the folder lies."""
        inside = self.path.relative_to(self.folder).as_posix()
        return f"{self.folder.name}/{inside}, line {self.line}"


class WorkloadError(ReportgenError):
    """A function of a workload gave something that it must not; the place is where it is defined."""

    def __init__(
        self, function: Callable[..., object], sentence: str, /, **values: object
    ) -> None:
        """Note where ``function`` is defined."""
        super().__init__(sentence, **values)
        code = getattr(function, "__code__", None)
        self.path = Path(code.co_filename) if code else None
        self.line = code.co_firstlineno if code else 1


def built(code: ModuleType, name: str, kinds: tuple[type, ...], *arguments: Any) -> Any:
    """Call the workload's function ``name``.

    Raises :class:`WorkloadError` unless it returns one of ``kinds``, the first of which the message names.
    """
    function = getattr(code, name)
    found = function(*arguments)
    if not isinstance(found, kinds):
        wanted = {
            "kind": kinds[0].__name__,
            "library": kinds[0].__module__.partition(".")[0],
        }
        if found is None:
            raise WorkloadError(function, NOTHING_RETURNED, name=name, **wanted)
        raise WorkloadError(
            function, WRONG_TYPE, name=name, type=type(found).__name__, **wanted
        )
    return found


def place_in(folder: Path, error: BaseException) -> Place | None:
    """Return the innermost line inside ``folder`` that ``error`` came through, or ``None``.

    Of a function that takes other arguments than it is called with, it is the definition.
    """
    for one in _chain(error):
        found = [*_frames(one)]
        for path, line in reversed(found):
            if path.is_relative_to(folder):
                return Place(folder=folder, path=path, line=line)
    return _place_called(folder, error)


def in_brief(error: BaseException) -> str:
    """Return an error's type and text on one line, without what the frameworks wrap around it."""
    text = PYDANTIC_LINK.sub("", COLOURS.sub("", str(error))).strip()
    quoted = QUOTED_ERROR.findall(text)
    kind = type(error).__name__
    if "in user code:" in text and quoted:
        kind, text = quoted[-1]
    elif text.startswith(KERAS_PREFACE):
        text = text.split("\n\n", 2)[1] if "\n\n" in text else text
    if isinstance(error, SyntaxError):
        text = error.msg
    line = " ".join(text.split())
    short = line if len(line) <= LONGEST_TEXT else f"{line[:LONGEST_TEXT]} ..."
    if isinstance(error, ReportgenError):
        return short
    return f"{kind}: {short}" if short else kind


def _place_called(folder: Path, error: BaseException) -> Place | None:
    """Return where a function of the folder is defined that could not be called at all, since it takes other arguments."""
    called = MISCALLED.match(str(error)) if isinstance(error, TypeError) else None
    if called is None:
        return None
    package = private_name(folder)
    for name, module in list(sys.modules.items()):
        code = getattr(getattr(module, called[1], None), "__code__", None)
        if name.startswith(f"{package}.") and code is not None:
            path = Path(code.co_filename)
            if path.is_relative_to(folder):
                return Place(folder=folder, path=path, line=code.co_firstlineno)
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what caused it, nearest first."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _frames(error: BaseException) -> Iterator[tuple[Path, int]]:
    """Yield the file and line of every frame, outermost first, and of those that the error itself names."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield Path(frame.f_code.co_filename), line
    for name, number in QUOTED_FRAME.findall(str(error)):
        yield Path(name), int(number)
    if isinstance(error, SyntaxError) and error.filename:
        yield Path(error.filename), error.lineno or 1
    if isinstance(error, WorkloadError) and error.path:
        yield error.path, error.line
