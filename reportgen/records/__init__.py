"""The typed records that cross the wall between the measuring processes and everything that comes after them.

A record holds what was observed: raw samples, digests, values read back from the framework's own objects. It never holds a
statistic; statistics are computed from records, every time.
"""

from reportgen.records.base import SCHEMA_VERSION, FileRecord, Record, migrate
from reportgen.records.calibration import Calibration, CalibrationBlock, hardware_key, hardware_parts, hardware_text
from reportgen.records.environment import Environment, Hardware, HostState, Repository, Software
from reportgen.records.experiments import ExperimentNote, ExperimentResult, ExperimentSpec, Series
from reportgen.records.keys import digest_of, relevant_software, workload_parts
from reportgen.records.kinds import SPEC_KINDS, Spec
from reportgen.records.observations import Effective, Epoch, ExportSample, InferenceSample, Layer, Parameter, Phase, Source, ThroughputSample
from reportgen.records.orders import ColdStartSpec, InferenceSpec, ParitySpec, ProfileSpec, TrainingSpec
from reportgen.records.plan import (
    DatasetRecord,
    DeviceKind,
    Hyperparameters,
    Look,
    Plan,
    PlannedColdStart,
    PlannedExperiment,
    PlannedParity,
    PlannedProfile,
    PlannedTrial,
    Precision,
    Process,
    Start,
    StoppingRule,
    Variant,
)
from reportgen.records.results import ColdStartResult, FailedResult, InferenceResult, ParityResult, PipelineSample, ProfileResult, TrainingResult
from reportgen.records.sentence import Sentence, json_in_words, made
from reportgen.records.suite import SuiteRecord
from reportgen.records.task import Task

__all__ = [
    "SCHEMA_VERSION",
    "SPEC_KINDS",
    "Calibration",
    "CalibrationBlock",
    "ColdStartResult",
    "ColdStartSpec",
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
    "PlannedColdStart",
    "PlannedExperiment",
    "PlannedParity",
    "PlannedProfile",
    "PlannedTrial",
    "Precision",
    "Process",
    "ProfileResult",
    "ProfileSpec",
    "Record",
    "Repository",
    "Sentence",
    "Series",
    "Software",
    "Source",
    "Spec",
    "Start",
    "StoppingRule",
    "SuiteRecord",
    "Task",
    "ThroughputSample",
    "TrainingResult",
    "TrainingSpec",
    "Variant",
    "digest_of",
    "hardware_key",
    "hardware_parts",
    "hardware_text",
    "json_in_words",
    "made",
    "migrate",
    "relevant_software",
    "workload_parts",
]
