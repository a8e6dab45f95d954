"""A module taken apart: what it defines, what it imports, and what else it does, each as the text that it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FUTURE = "__future__"


@dataclass(frozen=True, kw_only=True)
class Import:
    """A name that a module has from another: ``name`` is empty where it is the module itself."""

    module: str
    name: str
    local: str

    @property
    def line(self) -> str:
        """The statement that imports it alone."""
        if not self.name:
            return f"import {self.module}" if self.local == self.module.partition(".")[0] else f"import {self.module} as {self.local}"
        renamed = "" if self.name == self.local else f" as {self.local}"
        return f"from {self.module} import {self.name}{renamed}"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A statement at the top of a module: its text with the comment above it, the names that it defines, and those that it uses.

    ``inner`` are imports inside it.
    """

    text: str
    names: tuple[str, ...]
    uses: frozenset[str]
    inner: tuple[Import, ...]
    simple: bool


@dataclass(frozen=True, kw_only=True)
class Module:
    """A module's statements in order, without its imports, which are by the name that they give. ``postponed``: its annotations are never run."""

    name: str
    statements: tuple[Statement, ...]
    imports: Mapping[str, Import]
    postponed: bool

    def defining(self, name: str) -> Statement | None:
        """Return the statement that defines ``name``."""
        return next((statement for statement in self.statements if name in statement.names), None)


def parse(name: str, text: str, own: tuple[str, ...]) -> Module:
    """Take a module apart. Imports inside functions from modules below ``own`` are taken out of the text. Raises ``SyntaxError``."""
    tree = ast.parse(text)
    lines = text.split("\n")
    imports: dict[str, Import] = {}
    statements: list[Statement] = []
    home = name.rpartition(".")[0]
    postponed = any(isinstance(node, ast.ImportFrom) and node.module == FUTURE for node in tree.body)
    end = 0
    for node in tree.body:
        start, end = end, node.end_lineno or node.lineno
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports |= {one.local: one for one in imported(node, home)}
        elif not is_passed_over(node):
            statements.append(statement(node, lines, start, home, own, postponed))
    return Module(name=name, statements=tuple(statements), imports=imports, postponed=postponed)


def imported(node: ast.Import | ast.ImportFrom, home: str) -> Iterator[Import]:
    """Yield what an import statement binds; relative ones are seen from the package ``home``."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(module=alias.name, name="", local=alias.asname or alias.name.partition(".")[0])
        return
    if node.module == FUTURE:
        return
    above = home.split(".")[: len(home.split(".")) - node.level + 1] if node.level else []
    module = ".".join([*above, *([node.module] if node.module else [])])
    for alias in node.names:
        yield Import(module=module, name=alias.name, local=alias.asname or alias.name)


def is_passed_over(node: ast.stmt) -> bool:
    """Say whether a statement means nothing outside of its module: a docstring, ``__all__``, or what is there for type checkers alone."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)


def statement(node: ast.stmt, lines: list[str], after: int, home: str, own: tuple[str, ...], postponed: bool) -> Statement:
    """Return a statement with its text; ``after`` is the line on which the one before it ends."""
    first = first_line(node)
    while first - 1 > after and lines[first - 2].startswith("#"):
        first -= 1
    nested = [inner for inner in ast.walk(node) if isinstance(inner, ast.ImportFrom) and is_own(inner.module or "", own)]
    dropped = {number for inner in nested for number in range(inner.lineno, (inner.end_lineno or inner.lineno) + 1)}
    kept = [lines[number - 1] for number in range(first, (node.end_lineno or node.lineno) + 1) if number not in dropped]
    return Statement(
        text="\n".join(kept),
        names=defined(node),
        uses=frozenset(used(node, annotations=not postponed)),
        inner=tuple(one for inner in nested for one in imported(inner, home)),
        simple=isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr),
    )


def is_own(module: str, own: tuple[str, ...]) -> bool:
    """Say whether a module lies below one of the packages ``own``."""
    return any(module == package or module.startswith(f"{package}.") for package in own)


def first_line(node: ast.stmt) -> int:
    """Return the line on which a statement begins, decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def defined(node: ast.stmt) -> tuple[str, ...]:
    """Return the names that a statement gives a value."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return (node.name,)
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return tuple(name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store))


def used(node: ast.AST, *, annotations: bool) -> Iterator[str]:
    """Yield every name that is read in ``node``; those of annotations only where they are run."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns") and not annotations:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.Name):
                yield child.id
            elif isinstance(child, ast.AST):
                yield from used(child, annotations=annotations)
