"""What every export format must do, with the runtime that reopens it; a new one is tested by being found."""

import sys
import zipfile

import numpy as np
import pytest
from networks import EXPORTED, FORMATS, is_here

from reportgen import frameworks, runtimes
from reportgen.analysis.export_sameness import EXACT, LARGEST_DIFFERENCE
from reportgen.model_card import LABELS, read_card
from reportgen.processes import PACKAGE_PARENT
from reportgen.runner.measure import THROUGHPUT_BATCHES

# Of 360 test images, those whose class may change where weights have eight bits: one in a hundred, five times what was seen.
MOST_CHANGED = 4

# Keras 3 writes each weight into a SavedModel twice: as one of the model's variables and as one of the exported function's.
COPIES = {"saved_model": 2}


@pytest.fixture(params=EXPORTED, ids=lambda case: "-".join(case))
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
    framework, workload, name = case
    source = trained(framework, workload)
    _, logits = reopened(*case)
    assert logits.shape == source.logits.shape
    changed = np.sum(logits.argmax(axis=1) != source.logits.argmax(axis=1))
    if frameworks.find_format(framework, name).precision == EXACT:
        assert np.max(np.abs(logits - source.logits)) <= LARGEST_DIFFERENCE
        assert changed == 0
    else:
        assert np.max(np.abs(logits - source.logits)) > 0, "with fewer bits something must change"
        assert changed <= MOST_CHANGED


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
    assert {"start", "data", "load", "evaluation", "inference", "throughput"} == {phase.name for phase in result.phases}
    assert [sample.batch_size for sample in result.throughput] == list(THROUGHPUT_BATCHES)
    assert all(min(sample.call_s) > 0 for sample in result.throughput)


def test_no_file_tells_where_the_code_lay(case, trained):
    framework, workload, name = case
    source = trained(framework, workload)
    folders = [str(PACKAGE_PARENT).encode(), sys.prefix.encode()]
    for file in next(sample.files for sample in source.result.exports if sample.format == name):
        data = (source.folder / file.path).read_bytes()
        assert not [folder for folder in folders if folder in data], file.path


def test_the_card_travels_in_the_file(case, trained):
    framework, workload, name = case
    source = trained(framework, workload)
    path = source.folder / next(sample.path for sample in source.result.exports if sample.format == name)
    card = read_card(path)
    assert (card.framework, card.workload, card.format, card.image_shape) == (framework, workload, name, (28, 28, 1))
    assert card.layout == frameworks.find_format(framework, name).layout
    assert len(card.class_names) == 10
    if path.suffix == ".tflite":
        with zipfile.ZipFile(path) as archive:
            assert archive.read(LABELS).decode().split() == list(card.class_names)


def test_an_extra_that_is_not_installed_is_said_and_no_failure(trained):
    absent = [known for known in FORMATS if not is_here(known)]
    for known in absent:
        sample = next(sample for sample in trained(known.framework, "mlp").result.exports if sample.format == known.name)
        assert sample.status == "unavailable"
        assert f"reportgen[{known.runtime}]" in str(sample.error)
    assert {known.runtime for known in absent} <= {runtime.name for runtime in runtimes.members().values() if runtime.extra}


def test_a_few_formats_of_each_framework_are_exported_in_every_block():
    for framework in frameworks.names():
        assert 0 < sum(known.repeated for known in FORMATS if known.framework == framework) < 4


def test_copies_of_all_models_of_a_framework_fit_into_one_folder():
    for framework in frameworks.names():
        files = [known.file_name for known in FORMATS if known.framework == framework]
        assert len(set(files)) == len(files)


def test_every_format_has_a_runtime_and_every_runtime_a_format():
    wanted = {known.runtime for framework in frameworks.names() for known in frameworks.formats(framework)}
    assert wanted == set(runtimes.members())
