"""All kinds of orders that a process can be given."""

from __future__ import annotations

from reportgen.records.experiments import ExperimentSpec
from reportgen.records.orders import ColdStartSpec, InferenceSpec, ParitySpec, ProfileSpec, TrainingSpec

#: Any order; each kind carries its name in ``kind``.
Spec = TrainingSpec | InferenceSpec | ParitySpec | ProfileSpec | ColdStartSpec | ExperimentSpec
SPEC_KINDS: dict[str, type[Spec]] = {
    "training": TrainingSpec,
    "inference": InferenceSpec,
    "parity": ParitySpec,
    "profile": ProfileSpec,
    "cold-start": ColdStartSpec,
    "experiment": ExperimentSpec,
}
