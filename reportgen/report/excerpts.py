"""The part of a model's source that a reader looks for: the network itself, without imports, optimiser and loss."""

from __future__ import annotations

import ast

BUILDER = "build_model"


def network_part(text: str) -> str:
    """Return the classes of ``text`` or, where it has none, its function ``build_model``; all of it where it has neither or is no Python."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return text
    nodes: list[ast.stmt] = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    nodes = nodes or [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == BUILDER]
    lines = text.split("\n")
    return "\n\n\n".join("\n".join(lines[first_line(node) - 1 : node.end_lineno]) for node in nodes) or text


def first_line(node: ast.stmt) -> int:
    """Return the line on which a definition begins, decorators included."""
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])
