"""From many modules to one program: what is reached from the functions that it calls, and nothing else, so that it needs none of the modules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from reportgen.errors import ReportgenError
from reportgen.forms.programs.modules import Import, Module, Statement, is_own, parse
from reportgen.language import marked

#: Two names that a program starts from: the module, and what is defined in it.
Root = tuple[str, str]
#: Gives the text of a module, or ``None`` where there is none of that name.
Finder = Callable[[str], str | None]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What a program has of one module, in the module's order."""

    module: str
    text: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reached:
    """The pieces in an order in which each comes after what it needs, the imports from elsewhere, and whether annotations are never run."""

    pieces: tuple[Piece, ...]
    imports: tuple[Import, ...]
    postponed: bool


@dataclass
class Library:
    """The modules that a program may be made of: those below the packages ``own``, whose text ``find`` knows.

    ``instead`` names modules that others stand in for.
    """

    find: Finder
    own: tuple[str, ...]
    instead: Mapping[str, str] = field(default_factory=dict)
    known: dict[str, Module] = field(default_factory=dict)

    def module(self, name: str) -> Module:
        """Return a module taken apart. Raises :class:`ReportgenError` where there is no text of it, or none that can be read."""
        name = self.instead.get(name, name)
        if name not in self.known:
            text = self.find(name)
            if text is None:
                raise ReportgenError(
                    marked("The program cannot stand alone: it needs the module {name}, whose text is neither recorded nor installed."), name=name
                )
            try:
                self.known[name] = parse(name, text, self.own)
            except SyntaxError as error:
                raise ReportgenError(
                    marked("The program cannot stand alone: the recorded text of {name} is no Python ({error})."), name=name, error=error
                ) from error
        return self.known[name]

    def has(self, module: str, name: str) -> bool:
        """Say whether a module defines ``name``, or has it from another."""
        found = self.module(module)
        return found.defining(name) is not None or name in found.imports

    def reach(self, roots: Iterable[Root]) -> Reached:
        """Return everything that is reached from ``roots``.

        Raises :class:`ReportgenError` where two modules use one name for different things: in one program they would be in each other's way.
        """
        walk = Walk(self)
        for module, name in roots:
            walk.take(module, name)
        return walk.reached()


class Walk:
    """One way through a library; see :meth:`Library.reach`."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.taken: dict[str, list[Statement]] = {}
        self.needs: dict[str, list[str]] = {}
        self.imports: dict[str, Import] = {}
        self.owners: dict[str, str] = {}

    def take(self, module_name: str, name: str) -> None:
        """Take what defines ``name`` in a module, and all that it needs."""
        module = self.library.module(module_name)
        statement = module.defining(name)
        if statement is not None:
            self.take_statement(module, statement)
            return
        found = module.imports.get(name)
        if found is None:
            raise ReportgenError(marked("The program cannot stand alone: {module_name} has no {name}."), module_name=module_name, name=name)
        self.take_import(module, found)

    def take_statement(self, module: Module, statement: Statement) -> None:
        """Take a statement, then what it uses; with the first of a module comes what that module does by itself."""
        first = module.name not in self.taken
        taken = self.taken.setdefault(module.name, [])
        if statement in taken:
            return
        taken.append(statement)
        for name in statement.names:
            self.claim(name, module.name)
        for inner in statement.inner:
            self.take_import(module, inner)
        for name in sorted(statement.uses - set(statement.names)):
            self.follow(module, name)
        if first:
            for other in module.statements:
                if not other.names:
                    self.take_statement(module, other)

    def follow(self, module: Module, name: str) -> None:
        """Take what a name means in a module; a built-in or local name means nothing there."""
        statement = module.defining(name)
        if statement is not None:
            self.take_statement(module, statement)
        elif name in module.imports:
            self.take_import(module, module.imports[name])

    def take_import(self, module: Module, found: Import) -> None:
        """Take what is imported: from a module of the library its definition, from elsewhere the import."""
        if not is_own(found.module, self.library.own):
            self.claim(found.local, found.line)
            self.imports[found.local] = found
        elif not found.name or found.name != found.local:
            raise ReportgenError(
                marked("The program cannot stand alone: {name} imports {module} as {local}."),
                name=module.name,
                module=found.name or found.module,
                local=found.local,
            )
        else:
            self.needs.setdefault(module.name, []).append(self.library.module(found.module).name)
            self.take(found.module, found.name)

    def claim(self, name: str, owner: str) -> None:
        """Note who defines a name in the program."""
        other = self.owners.setdefault(name, owner)
        if other != owner:
            raise ReportgenError(
                marked(
                    "The program cannot stand alone in one file: '{name}' is one thing in {other} and another in {owner}. Rename it in your workload."
                ),
                name=name,
                other=other,
                owner=owner,
            )

    def reached(self) -> Reached:
        """Return what was taken."""
        order: list[str] = []
        for name in self.taken:
            self.put(name, order, frozenset())
        modules = [self.library.module(name) for name in order]
        pieces = tuple(piece(module, self.taken[module.name]) for module in modules)
        # Once annotations are never run in one place, running those of another place helps nobody.
        postponed = any(module.postponed for module in modules)
        return Reached(pieces=pieces, imports=tuple(self.imports.values()), postponed=postponed)

    def put(self, name: str, order: list[str], waiting: frozenset[str]) -> None:
        """Put a module behind those that it needs, unless it is there, or waits for itself."""
        if name in order or name in waiting:
            return
        for other in self.needs.get(name, ()):
            self.put(other, order, waiting | {name})
        if name in self.taken:
            order.append(name)


def piece(module: Module, taken: list[Statement]) -> Piece:
    """Return the statements that were taken of a module, in its order; definitions stand two lines apart."""
    kept = [statement for statement in module.statements if statement in taken]
    text = ""
    for position, statement in enumerate(kept):
        apart = "" if position == 0 else "\n" if statement.simple and kept[position - 1].simple else "\n\n\n"
        text += apart + statement.text
    return Piece(module=module.name, text=text, names=tuple(name for statement in kept for name in statement.names))


def import_lines(imports: Iterable[Import]) -> str:
    """Return the statements for these imports: whole modules first, and the names of one module together."""
    whole = sorted({one.line for one in imports if not one.name})
    named: dict[str, set[str]] = {}
    for one in imports:
        if one.name:
            named.setdefault(one.module, set()).add(one.line.partition(" import ")[2])
    return "\n".join([*whole, *(f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(named.items()))])
