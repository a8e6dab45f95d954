"""The typed records that cross the wall between the measuring processes and everything that comes after them.

A record holds what was observed: raw samples, digests, values read back from the framework's own objects. It never holds a
statistic; statistics are computed from records, every time.
"""

from reportgen.records.base import SCHEMA_VERSION, FileRecord, Record, migrate
from reportgen.records.environment import Environment, Hardware, HostState, Repository, Software
from reportgen.records.observations import Effective, Epoch, ExportSample, InferenceSample, Layer, Parameter, Phase, Source
from reportgen.records.orders import InferenceSpec, ParitySpec, TrainingSpec
from reportgen.records.plan import DatasetRecord, Hyperparameters, Plan, PlannedParity, PlannedTrial, Precision, Start
from reportgen.records.results import FailedResult, InferenceResult, ParityResult, PipelineSample, TrainingResult

__all__ = [
    "SCHEMA_VERSION",
    "DatasetRecord",
    "Effective",
    "Environment",
    "Epoch",
    "ExportSample",
    "FailedResult",
    "FileRecord",
    "Hardware",
    "HostState",
    "Hyperparameters",
    "InferenceResult",
    "InferenceSample",
    "InferenceSpec",
    "Layer",
    "Parameter",
    "ParityResult",
    "ParitySpec",
    "Phase",
    "PipelineSample",
    "Plan",
    "PlannedParity",
    "PlannedTrial",
    "Precision",
    "Record",
    "Repository",
    "Software",
    "Source",
    "Start",
    "TrainingResult",
    "TrainingSpec",
    "migrate",
]
