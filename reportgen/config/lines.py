"""On which line of a TOML file a key stands, so that an error message can point there.

Python's TOML parser does not tell, so it is asked in another way: the file is cut after each line, and where the piece can be parsed and
holds a key that the piece before did not, the statement between the two cuts is the one that sets the key. This is right for every
way of writing TOML (quoted keys, dotted keys, inline tables, values over several lines), because it is the parser itself that decides.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping

Key = tuple[str, ...]


def key_lines(text: str) -> dict[Key, int]:
    """Return the line number, counted from 1, of every table and key in ``text``, which must be valid TOML."""
    found: dict[Key, int] = {}
    lines = text.split("\n")
    statement_start = 1
    for count in range(1, len(lines) + 1):
        try:
            data = tomllib.loads("\n".join(lines[:count]) + "\n")
        except tomllib.TOMLDecodeError:
            continue
        for key in _keys(data, ()):
            found.setdefault(key, statement_start)
        statement_start = count + 1
    return found


def _keys(data: Mapping[str, object], above: Key) -> Iterator[Key]:
    """Yield every key below ``above``; of an array of tables, each table goes by its number, counted from 0."""
    for name, value in data.items():
        yield (*above, name)
        if isinstance(value, Mapping):
            yield from _keys(value, (*above, name))
        elif isinstance(value, list):
            for number, one in enumerate(value):
                if isinstance(one, Mapping):
                    yield (*above, name, str(number))
                    yield from _keys(one, (*above, name, str(number)))
