"""Which functions the file of a framework must define, read off the built-in workload that every example starts from."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

#: What the program calls, in every framework.
REQUIRED = ("build_model", "build_optimizer", "build_loss")

#: The workload whose parameters are the ones that the program passes, in their order.
MODEL = Path(__file__).parent / "mlp"

Definition = ast.FunctionDef | ast.AsyncFunctionDef


def required(framework: str) -> dict[str, tuple[str, ...]]:
    """Return the parameters of each required function; nothing for a framework that brings no example."""
    path = MODEL / f"{framework}.py"
    if not path.is_file():
        return {}
    found = definitions(ast.parse(path.read_bytes()))
    return {
        name: tuple(one.arg for one in positional(node))
        for name in REQUIRED
        if isinstance(node := found.get(name), Definition)
    }


def definitions(tree: ast.Module) -> dict[str, ast.stmt]:
    """Return the statement that binds each name at the top of a file; ``*`` stands for whatever a star import binds."""
    found: dict[str, ast.stmt] = {}
    for node in _top_level(tree.body):
        if isinstance(node, Definition | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name: node for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id: node for one in targets if isinstance(one, ast.Name)}
    return found


def positional(node: Definition) -> list[ast.arg]:
    """Return the parameters that can be passed by position."""
    return [*node.args.posonlyargs, *node.args.args]


def misfit(node: Definition, wanted: tuple[str, ...]) -> str | None:
    """Return why a function cannot be called with ``wanted``, in this order, or ``None``."""
    given = positional(node)
    named = [one.arg for one in given]
    least = len(given) - len(node.args.defaults)
    keyword_only = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    call = f"{node.name}({', '.join(wanted)})"
    if isinstance(node, ast.AsyncFunctionDef):
        return f"{node.name} is async, and is called as a plain function: {call}."
    demanded = next((one.arg for one, value in keyword_only if value is None), None)
    if demanded is not None:
        return f"{node.name} demands {demanded!r} by name, and is called as {call}."
    too_many = len(wanted) > len(given) and node.args.vararg is None
    if too_many or len(wanted) < least:
        return f"{node.name} takes ({', '.join(named)}), and is called as {call}."
    if sorted(named) == sorted(wanted) and tuple(named) != wanted:
        return f"{node.name} takes its parameters in another order than {call}."
    return None


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run when a file is imported, inside ``if``, ``try`` and ``with`` too."""
    for node in body:
        yield node
        for field in ("body", "orelse", "finalbody"):
            if isinstance(node, ast.If | ast.Try | ast.With):
                yield from _top_level(getattr(node, field, []))
        for handler in getattr(node, "handlers", []):
            yield from _top_level(handler.body)
