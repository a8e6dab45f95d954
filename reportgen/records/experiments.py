"""Experiments: measurements beside the blocks, in a form that is the same for all of them.

A block answers one question for every workload. Other questions (what a graph costs, what a second process gains) need processes of their own and
other quantities; what they observe is series of samples, each named by what was measured, on what, and under which parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from reportgen.records.base import SCHEMA_VERSION, FileRecord, Record
from reportgen.records.environment import HostState
from reportgen.records.observations import Phase, Source
from reportgen.records.plan import DeviceKind, Hyperparameters
from reportgen.records.sentence import Sentence


class ExperimentSpec(Record):
    """The order for one process of an experiment: ``variant`` says which of the framework's processes it is."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["experiment"] = "experiment"
    trial: str
    block: int = 0
    attempt: int
    experiment: str
    framework: str
    variant: str
    workload: str
    seed: int
    hyperparameters: Hyperparameters
    threads: int
    device: DeviceKind = "cpu"
    dataset_folder: str
    dataset_digest: str


class Series(Record):
    """Raw samples of one ``quantity`` (for instance ``step time``) of one ``subject`` (for instance ``eager``), in order of measurement.

    ``unit`` is that of the samples (``s``, ``FLOP/s``, ``nats``, ``1`` for a plain number); ``parameters`` say under which conditions, for instance
    ``{"batch": 64}``. Quantity, subject and parameters together occur once in a result.
    """

    quantity: str
    subject: str
    unit: str
    parameters: Mapping[str, float] = {}
    samples: tuple[float, ...]


class ExperimentNote(Record):
    """A sentence about one subject: why there is no measurement of it (``not available``), or what else a reader must know (``remark``)."""

    subject: str
    kind: Literal["not available", "remark"]
    text: Sentence


class ExperimentResult(Record):
    """What one process of an experiment observed."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["experiment"] = "experiment"
    status: Literal["ok"] = "ok"
    trial: str
    started_at: str
    finished_at: str
    versions: Mapping[str, str]
    phases: tuple[Phase, ...]
    series: tuple[Series, ...]
    notes: tuple[ExperimentNote, ...]
    sources: tuple[Source, ...]
    host_before: HostState
    host_after: HostState
    files: tuple[FileRecord, ...]
