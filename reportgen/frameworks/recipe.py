"""How a program of its own uses a framework: the few lines around the code that ran, for programs and notebooks that are handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """Lines that show, keep and reopen a trained model called ``model``; ``MODEL`` is the path, without suffix, that it is kept under.

    ``files`` are the suffixes of what is then there.
    """

    summary: str
    save: str
    load: str
    files: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Lines of Python for one framework.

    ``distributions`` are what such a program needs to be installed, the framework first. ``environment`` comes before ``imports``; its comment is
    marked for catalogues. ``seed`` fixes the random numbers from ``SEED``; ``set_threads`` is the function, as module:function, that a workload may
    have in its own way. ``parameters`` is what ``build_optimizer`` takes before the hyperparameters. ``keeping`` is by the file of a workload that
    holds the model. ``tensor`` and ``array`` turn arrays into the framework's own and back, for workloads that write their steps out.
    """

    distributions: tuple[str, ...]
    environment: str = ""
    imports: str
    seed: str
    seed_by_hand: str
    set_threads: str
    parameters: str = ""
    keeping: Mapping[str, Keeping]
    tensor: str
    array: str
