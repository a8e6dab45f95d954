"""What the libraries warned of in a trial, from the import on, wherever that took place."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

#: The recording that a nursery began before it imported anything; a trial that was forked from it goes on with it.
begun: list[warnings.WarningMessage] | None = None


@contextmanager
def recorded_warnings() -> Iterator[list[warnings.WarningMessage]]:
    """Record the warnings of the body of a ``with`` statement, and those of the import where that took place in a nursery.

    Filters that a library sets when it is imported stay in force, in a forked trial as in a fresh one.
    """
    if begun is not None:
        yield begun
        return
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        # These speak to the frameworks' own developers, not to whoever reads a report.
        warnings.simplefilter("ignore", DeprecationWarning)
        yield caught
