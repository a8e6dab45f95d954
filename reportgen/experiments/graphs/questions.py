"""The questions that every style is asked beside its speed, and the record of its answers."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from reportgen.records import ExperimentNote, Sentence, Series

# Sizes that differ, none of them 0 or 1, which compilers treat as special.
BATCH_SIZES = (32, 48, 64, 80, 96)

Function = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class Branch:
    """What became of a function with a Python ``if`` on a tensor: how many of two answers were right, and what was said."""

    right: int
    text: str = ""


def branch_answer(
    transform: Callable[[Function], Function],
    function: Function,
    convert: Callable[[Any], Any],
) -> Branch:
    """Transform ``function``, give it vectors above and below zero, and compare with what it means: x + 1 above, x - 1 below.

    ``transform`` may trace it with ones; ``convert`` makes a tensor of an array.
    """
    right = 0
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            transformed = transform(function)
            for sign in (1.0, -1.0):
                given = np.full(4, sign, dtype=np.float32)
                right += bool(
                    np.array_equal(np.asarray(transformed(convert(given))), given * 2)
                )
        # Whatever it raises is the answer.
        except Exception as error:
            return Branch(right=right, text=f"{type(error).__name__}")
    warned = sorted(
        {
            one.category.__name__
            for one in caught
            if not issubclass(one.category, DeprecationWarning | FutureWarning)
        }
    )
    return Branch(right=right, text=", ".join(warned))


@dataclass(kw_only=True)
class Answers:
    """The answers of all styles of a framework."""

    found: list[Series] = field(default_factory=list)
    said: list[ExperimentNote] = field(default_factory=list)

    def branch(self, title: str, answer: Branch) -> None:
        """Note what became of an ``if``."""
        self._add("right answers of an if", title, answer.right)
        if answer.text:
            self.said.append(
                ExperimentNote(
                    subject=title, kind="remark", text=Sentence(sentence=answer.text)
                )
            )

    def runs(self, title: str, count: int) -> None:
        """Note how often a function was run by Python for batches of different sizes."""
        self._add("runs of Python", title, count)

    def graphs(self, title: str, count: int) -> None:
        """Note into how many graphs a function with an ``if`` was taken apart."""
        self._add("graphs of an if", title, count)

    def _add(self, quantity: str, title: str, value: int) -> None:
        self.found.append(
            Series(quantity=quantity, subject=title, unit="1", samples=(float(value),))
        )

    def series(self) -> tuple[Series, ...]:
        """Return all numbers."""
        return tuple(self.found)

    def notes(self) -> tuple[ExperimentNote, ...]:
        """Return what was said."""
        return tuple(self.said)
