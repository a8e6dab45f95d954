"""The sandbox that templates run in: it reaches no Python behind the values, changes none of them, and comes to an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

#: Of all loops of a document together; a report of three workloads takes a twentieth.
MOST_STEPS = 2_000_000
#: A longer text or list is not made by repeating a shorter one ...
MOST_REPEATED = 10_000
#: ... and no number that a template needs is a power of larger ones.
MOST_POWER = 1_000
COUNTED = "counted"


class Sandbox(ImmutableSandboxedEnvironment):
    """Renders the templates of one document. Raises ``SecurityError`` where one would go on, or grow, without measure."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self, **options: Any) -> None:
        """Make the environment with jinja2's own ``options``."""
        super().__init__(**options)
        self.steps = 0
        self.filters[COUNTED] = self.counted

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return a template's tree, in which every loop counts its steps."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, COUNTED, [], [], None, None, lineno=loop.lineno)
        return tree

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """Yield ``items``, and count them."""
        for item in items:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise SecurityError(f"its loops take more than {MOST_STEPS:,} steps. A loop inside of another multiplies them")
            yield item

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return a product or a power."""
        if operator == "**" and max(abs(left), abs(right)) > MOST_POWER:
            raise SecurityError(f"a base or an exponent is larger than {MOST_POWER:,}")
        for one, other in ((left, right), (right, left)):
            if operator == "*" and isinstance(one, int) and isinstance(other, str | list | tuple) and one * len(other) > MOST_REPEATED:
                raise SecurityError(f"something is repeated beyond a length of {MOST_REPEATED:,}")
        return super().call_binop(context, operator, left, right)
