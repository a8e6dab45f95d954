"""What is wrong with the author's text, all of it at once: whoever has to mend five slips need not render five times to see them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reportgen.errors import ReportgenError

#: How a message about a name ends.
HELP = "`python -m reportgen values RUN` lists all names."


class Problems:
    """Collects messages, and raises one error with all of them."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note a :class:`ReportgenError` instead of raising it, line by line."""
        try:
            yield
        except ReportgenError as error:
            self.messages += str(error).splitlines()

    def tell(self) -> None:
        """Raise :class:`ReportgenError` where anything was noted; what several messages advise stands once, below them."""
        messages = list(dict.fromkeys(self.messages))
        if len(messages) > 1 and any(HELP in message for message in messages):
            messages = [*(message.removesuffix(HELP).rstrip() for message in messages if message != HELP), HELP]
        if messages:
            raise ReportgenError("\n".join(messages))
