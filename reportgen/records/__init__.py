"""The typed records that cross the wall between the measuring processes and everything that comes after them.

A record holds what was observed: raw samples, digests, values read back from the framework's own objects. It never holds a
statistic; statistics are computed from records, every time.
"""

from reportgen.records.base import SCHEMA_VERSION, FileRecord, Record, migrate
from reportgen.records.calibration import Calibration, CalibrationBlock, hardware_key
from reportgen.records.environment import Environment, Hardware, HostState, Repository, Software
from reportgen.records.experiments import ExperimentNote, ExperimentResult, ExperimentSpec, Series
from reportgen.records.observations import Effective, Epoch, ExportSample, InferenceSample, Layer, Parameter, Phase, Source
from reportgen.records.orders import InferenceSpec, ParitySpec, ProfileSpec, TrainingSpec
from reportgen.records.plan import (
    DatasetRecord,
    DeviceKind,
    Hyperparameters,
    Look,
    Plan,
    PlannedExperiment,
    PlannedParity,
    PlannedTrial,
    Precision,
    Start,
    StoppingRule,
)
from reportgen.records.results import FailedResult, InferenceResult, ParityResult, PipelineSample, ProfileResult, TrainingResult

__all__ = [
    "SCHEMA_VERSION",
    "Calibration",
    "CalibrationBlock",
    "DatasetRecord",
    "DeviceKind",
    "Effective",
    "Environment",
    "Epoch",
    "ExperimentNote",
    "ExperimentResult",
    "ExperimentSpec",
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
    "Look",
    "Parameter",
    "ParityResult",
    "ParitySpec",
    "Phase",
    "PipelineSample",
    "Plan",
    "PlannedExperiment",
    "PlannedParity",
    "PlannedTrial",
    "Precision",
    "ProfileResult",
    "ProfileSpec",
    "Record",
    "Repository",
    "Series",
    "Software",
    "Source",
    "Start",
    "StoppingRule",
    "TrainingResult",
    "TrainingSpec",
    "hardware_key",
    "migrate",
]
