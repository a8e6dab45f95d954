"""The part of a model's source that a reader looks for: the network itself, without imports, optimiser and loss."""

from __future__ import annotations

import ast

BUILDER = "build_model"
# What a workload that writes its steps out has instead.
BY_HAND = ("gradients", "descend")
# What a mode's training program calls what takes its steps, a function or a class, the most telling first.
STEPPERS = ("build_steps", "build_step", "CompiledStep", "train_epoch", "train", "build_descent")


def network_part(text: str) -> str:
    """Return the classes of ``text`` or, where it has none, its function ``build_model``, or else the functions that take a step by hand.

    Where it has none of these, or is no Python, all of it is returned.
    """
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return text
    nodes: list[ast.stmt] = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    nodes = nodes or [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == BUILDER]
    nodes = nodes or [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in BY_HAND]
    lines = text.split("\n")
    return "\n\n\n".join("\n".join(lines[first_line(node) - 1 : node.end_lineno]) for node in nodes) or text


def training_part(text: str) -> str:
    """Return what takes the steps in a training program; all of ``text`` where it has none by a known name or is no Python."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return text
    definitions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    found = next((definitions[name] for name in STEPPERS if name in definitions), None)
    return text if found is None else "\n".join(text.split("\n")[first_line(found) - 1 : found.end_lineno])


def first_line(node: ast.stmt) -> int:
    """Return the line on which a definition begins, decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])
