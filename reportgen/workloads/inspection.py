"""Looking through a person's own folder before anything is measured: reading its files, never running them.

A mistake that can be seen without a framework is reported within a second, with its file and line.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from importlib.machinery import PathFinder
from pathlib import Path

from reportgen.errors import ReportgenError
from reportgen.workloads.base import Workload
from reportgen.workloads.signatures import Definition, definitions, misfit, required

DOCUMENTED = "docs/own-workloads.md describes what such a file holds."

#: What a description must not import: the program itself reads it, and loads no framework.
FRAMEWORK_LIBRARIES = ("tensorflow", "keras", "torch", "torchvision")


def inspect_folder(workload: Workload, frameworks: Sequence[str]) -> None:
    """Check the files of ``frameworks`` in a workload's own folder.

    Raises :class:`ReportgenError` with a line for each mistake: file, line, what to do.
    """
    if workload.folder is None:
        return
    problems: dict[str, None] = {}
    for framework in frameworks:
        for problem in _inspect(workload.folder, framework):
            problems[problem] = None
    if problems:
        raise ReportgenError("\n".join(problems))


def inspect_description(path: Path) -> None:
    """Check a workload's ``__init__.py`` before it is run in this process."""
    for node in ast.walk(read_syntax(path)):
        for name in _absolute_imports(node):
            if name in FRAMEWORK_LIBRARIES:
                raise ReportgenError(
                    f"{at(path, node)}: this file describes the workload, and is read "
                    f"without any framework. Import {name} in the framework's own file."
                )


def read_syntax(path: Path) -> ast.Module:
    """Return the syntax tree of a file; raises :class:`ReportgenError` with the line that is no Python."""
    try:
        return ast.parse(path.read_bytes(), filename=str(path))
    except SyntaxError as error:
        where = f"{shown(path)}, line {error.lineno or 1}"
        raise ReportgenError(f"{where}: {type(error).__name__}: {error.msg}") from error
    except ValueError as error:
        raise ReportgenError(
            f"{shown(path)}: this is no Python file: {error}."
        ) from error
    except OSError as error:
        said = error.strerror or error
        raise ReportgenError(f"{shown(path)} cannot be read: {said}.") from error


def shown(path: Path) -> Path:
    """Return a path as a person in the current folder would type it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def at(path: Path, node: ast.AST) -> str:
    """Return where ``node`` stands."""
    return f"{shown(path)}, line {getattr(node, 'lineno', 1)}"


def definition_line(path: Path, function: str) -> int:
    """Return the line on which a file defines ``function``, or 1 where it takes it from elsewhere."""
    return getattr(definitions(read_syntax(path)).get(function), "lineno", 1)


def _inspect(folder: Path, framework: str) -> Iterator[str]:
    """Yield the mistakes in the file of one framework, and in what it imports from the folder."""
    path = folder / f"{framework}.py"
    if not path.is_file():
        yield _missing_file(folder, framework)
        return
    trees: dict[Path, ast.Module] = {}
    try:
        _read_with_helpers(path, trees)
    except ReportgenError as error:
        yield str(error)
        return
    for one, tree in trees.items():
        yield from _wrong_imports(folder, one, tree)
    yield from _wrong_functions(path, trees[path], framework)


def _missing_file(folder: Path, framework: str) -> str:
    # Frameworks are described in terms of workloads, so they cannot be imported above.
    from reportgen import frameworks

    there = [
        name
        for name in frameworks.names()
        if name != framework and (folder / f"{name}.py").is_file()
    ]
    alone = "".join(f", or measure {one} alone: --framework {one}" for one in there[:1])
    return f"{shown(folder)} has no {framework}.py. Add it{alone}. {DOCUMENTED}"


def _read_with_helpers(path: Path, trees: dict[Path, ast.Module]) -> None:
    """Read a file and, in turn, the files beside it that it imports relatively."""
    if path in trees:
        return
    trees[path] = read_syntax(path)
    for node in ast.walk(trees[path]):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            stems = [node.module] if node.module else [one.name for one in node.names]
            for stem in stems:
                helper = path.parent.joinpath(*stem.split(".")).with_suffix(".py")
                if helper.is_file():
                    _read_with_helpers(helper, trees)


def _wrong_imports(folder: Path, path: Path, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module:
            wanted = path.parent.joinpath(*node.module.split("."))
            if not wanted.is_dir() and not wanted.with_suffix(".py").is_file():
                yield (
                    f"{at(path, node)}: there is no {shown(wanted.with_suffix('.py'))}. "
                    "Write it, or correct the name."
                )
        for name in _absolute_imports(node):
            if (folder / f"{name}.py").is_file() and not _is_installed(name):
                yield (
                    f"{at(path, node)}: {name}.py beside this file is imported with a "
                    f"dot: from .{name} import ..."
                )


def _wrong_functions(path: Path, tree: ast.Module, framework: str) -> Iterator[str]:
    """Yield the required functions that are not there, and those that cannot be called as they are."""
    found = definitions(tree)
    for name, parameters in required(framework).items():
        node = found.get(name)
        if isinstance(node, Definition):
            problem = misfit(node, parameters)
            if problem is not None:
                yield f"{at(path, node)}: {problem}"
        elif node is None and "*" not in found:
            call = f"{name}({', '.join(parameters)})"
            near = get_close_matches(name, [one for one in found if one != name], n=1)
            like = [one for one in near if one not in required(framework)]
            meant = "".join(
                f" Is it {one} in line {found[one].lineno}?" for one in like
            )
            yield f"{shown(path)}: the function {call} is missing.{meant} {DOCUMENTED}"


def _absolute_imports(node: ast.AST) -> Iterator[str]:
    """Yield the top-level names of the libraries that a statement imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        yield node.module.partition(".")[0]


def _is_installed(name: str) -> bool:
    """Tell whether a library of this name can be imported, the current folder apart, where a measuring process does not look."""
    if name in sys.stdlib_module_names:
        return True
    here = {"", str(Path.cwd())}
    return (
        PathFinder.find_spec(name, [one for one in sys.path if one not in here])
        is not None
    )
