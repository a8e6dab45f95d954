"""What every export format must do, with the runtime that reopens it; a new one is tested by being found."""

import numpy as np
import pytest
from networks import CLASSIFIERS

from reportgen import frameworks, runtimes
from reportgen.analysis.exports import LARGEST_DIFFERENCE

CASES = [
    (known.framework, workload, known.name) for framework in frameworks.names() for known in frameworks.formats(framework) for workload in CLASSIFIERS
]

# Keras 3 writes each weight into a SavedModel twice: as one of the model's variables and as one of the exported function's.
COPIES = {"saved_model": 2}


@pytest.fixture(params=CASES, ids=lambda case: "-".join(case))
def case(request):
    return request.param


def test_the_weights_are_in_the_file(case, trained):
    framework, workload, name = case
    source = trained(framework, workload)
    sample = next(sample for sample in source.result.exports if sample.format == name)
    assert sample.status == "ok", sample.error
    expected = source.result.parameter_count * frameworks.find_format(framework, name).weight_bytes
    # Graph, names and checksums come on top; optimiser state would add two or more sizes of the weights.
    assert expected <= sample.size_bytes <= (COPIES.get(name, 1) + 0.5) * expected + 260_000
    assert sample.size_bytes == sum((source.folder / file.path).stat().st_size for file in sample.files)
    assert sample.conversion_s > 0


def test_it_is_still_the_same_model(case, trained, reopened):
    framework, workload, _ = case
    source = trained(framework, workload)
    _, logits = reopened(*case)
    assert logits.shape == source.logits.shape
    assert np.max(np.abs(logits - source.logits)) <= LARGEST_DIFFERENCE
    assert np.array_equal(logits.argmax(axis=1), source.logits.argmax(axis=1))


def test_the_batch_is_free_and_the_layout_declared(case, reopened):
    framework, _, name = case
    result, _ = reopened(*case)
    batch, *rest = result.input_shape
    assert batch is None
    assert rest == ([28, 28, 1] if frameworks.find_format(framework, name).layout == "channels_last" else [1, 28, 28])
    assert result.output_shape == (None, 10)


def test_latency_rests_on_enough_calls(case, reopened):
    result, _ = reopened(*case)
    assert len(result.inference.latency_s) >= 100
    assert {"start", "data", "load", "evaluation", "inference"} == {phase.name for phase in result.phases}


def test_every_format_has_a_runtime_and_every_runtime_a_format():
    wanted = {known.runtime for framework in frameworks.names() for known in frameworks.formats(framework)}
    assert wanted == set(runtimes.members())
