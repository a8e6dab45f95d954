"""What may stand in the graph of an exported program from somebody else.

PyTorch turns much of a program's JSON into Python and runs it: expressions of free dimensions are evaluated, names of inputs and the keys of a call
are pasted into generated code, guards are code, and the target of a call is looked up by name, ``torch.os.system`` too. So nothing is searched for
what is bad; every text must be of a kind that is known to be harmless, by the key under which it stands.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from reportgen.errors import WordedError
from reportgen.language import marked


class UnsafeFileError(WordedError):
    """A file asks for code to be run."""


NAME = re.compile(r"[\w.\-]*", re.ASCII)
VERSION = re.compile(r"[\w.+\-]*", re.ASCII)
# What an operation may be told in words, such as an equation of einsum: no path.
WORDS = re.compile(r"[\w\s,.>\-]*", re.ASCII)
# Operations on tensors, arithmetic on their sizes. Not those that read and write files; and neither operator.call nor anything else that calls.
OPERATION = re.compile(
    r"torch\.ops\.(aten|prims)\.(?!from_file|save|load|__)\w+\.[A-Za-z]\w*"
    r"|torch\.sym_\w+"
    r"|_operator\.(getitem|add|sub|mul|floordiv|truediv|mod|neg|pow|eq|ne|lt|le|gt|ge|and_|or_|not_|pos|abs)"
    r"|math\.(ceil|floor|trunc|sqrt)",
    re.ASCII,
)
# Sums, products, comparisons and functions of whole numbers and sizes, as in Max(1, Symbol('s0', positive=True)).
EXPRESSION = re.compile(r"(?:[\w\s+\-*/(),<>=]|'[a-z]+\d+')*", re.ASCII)
# The names in it, for every other is one that Python might know: eval(chr(95) + ...) is made of such letters alone.
KNOWN = re.compile(
    r"\d+|(s|u|zuf|zf)\d+|Symbol|positive|nonnegative|integer|True|False|true|false|oo|int_oo|Integer|Max|Min|Mod|PythonMod|FloorDiv|CleanDiv"
    r"|ModularIndexing|IntTrueDiv|FloatTrueDiv|TruncToInt|CeilToInt|FloorToInt|ToFloat|Pow|PowByNatural|Eq|Ne|Lt|Le|Gt|Ge|And|Or|Not|floor|ceiling",
    re.ASCII,
)
#: Notes on where an operation came from: nothing runs them.
NOTES = frozenset({"stack_trace", "nn_module_stack", "torch_fn"})
CONTAINERS = (None, "builtins.tuple", "builtins.list", "builtins.dict")


def check(value: Any, key: str = "") -> None:
    """Look through a graph as its JSON has it; raises :class:`UnsafeFileError` at the first text that is not of its key's kind."""
    if isinstance(value, dict):
        for name, one in value.items():
            need(NAME.fullmatch(name), name)
            if name == "metadata" and isinstance(one, dict):
                need(one.keys() <= NOTES, sorted(one))
            else:
                check(one, name)
    elif isinstance(value, list):
        need(key != "guards_code" or not value, value)
        for one in value:
            check(one, key)
    elif isinstance(value, str):
        need(KINDS.get(key, NAME.fullmatch)(value), value)


def is_expression(text: str) -> bool:
    """Return whether a text is arithmetic of sizes."""
    return EXPRESSION.fullmatch(text) is not None and all(
        KNOWN.fullmatch(word) for word in re.findall(r"\w+", text)
    )


def is_tree(text: str) -> bool:
    """Return whether a text says how arguments are nested, in lists, tuples and dictionaries of names alone: other kinds import modules."""
    protocol, root = json.loads(text)
    return protocol == 1 and is_branch(root)


def is_branch(branch: dict[str, Any]) -> bool:
    """Return whether a part of such a tree, and all below it, is of these kinds."""
    context = branch["context"]
    names = None if context is None else json.loads(context)
    return (
        branch["type"] in CONTAINERS
        and (names is None or isinstance(names, list))
        and all(isinstance(name, str) and NAME.fullmatch(name) for name in names or ())
        and all(map(is_branch, branch["children_spec"]))
    )


def need(right: object, found: object) -> None:
    """Raise :class:`UnsafeFileError` unless ``right``."""
    if not right:
        raise UnsafeFileError(
            marked("it holds more than tensors and arithmetic: {found}"),
            found=f"{found!r:.100}",
        )


KINDS: dict[str, Callable[[str], object]] = {
    "expr_str": is_expression,
    "target": OPERATION.fullmatch,
    "as_operator": OPERATION.fullmatch,
    "as_string": WORDS.fullmatch,
    "as_strings": WORDS.fullmatch,
    "torch_version": VERSION.fullmatch,
    "in_spec": is_tree,
    "out_spec": is_tree,
}
