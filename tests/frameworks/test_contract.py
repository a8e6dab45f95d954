"""What every framework must do with every workload; a new one of either is tested by being found."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from networks import CLASSIFIERS

import reportgen
from reportgen import frameworks

PAIRS = [(framework, workload) for framework in frameworks.names() for workload in CLASSIFIERS]


@pytest.fixture(params=PAIRS, ids=lambda pair: "-".join(pair))
def done(request, trained):
    return trained(*request.param)


def test_it_learns(done):
    accuracy = np.mean(done.logits.argmax(axis=1) == done.test_labels)
    assert accuracy > 0.8
    losses = [epoch.train_loss for epoch in done.result.epochs]
    assert losses[-1] < losses[0]


def test_its_outputs_are_logits(done):
    assert done.logits.dtype == np.float32
    assert np.all(np.isfinite(done.logits))
    assert not np.allclose(done.logits.sum(axis=1), 1.0), "rows that sum to 1 are probabilities"


def test_validation_after_each_epoch(done):
    assert [epoch.index for epoch in done.result.epochs] == list(range(1, done.spec.hyperparameters.epochs + 1))
    for epoch in done.result.epochs:
        assert 0 <= epoch.train_accuracy <= 1
        assert 0 <= epoch.validation_accuracy <= 1
        assert epoch.train_s > 0
        assert epoch.validation_s > 0
        assert epoch.data_s is None or 0 < epoch.data_s < epoch.train_s


def test_phases_are_complete_and_in_order(done):
    names = [phase.name for phase in done.result.phases]
    assert names == ["start", "import", "data", "build", "first step", "training", "validation", "evaluation", "inference", "export"]
    trained_s = sum(phase.wall_s for phase in done.result.phases if phase.name in ("first step", "training"))
    assert trained_s == pytest.approx(sum(epoch.train_s for epoch in done.result.epochs))


def test_what_was_used_is_what_was_ordered(done):
    settings, effective = done.spec.hyperparameters, done.result.effective
    for name in ("learning_rate", "beta_1", "beta_2", "epsilon"):
        assert effective.settings[name] == pytest.approx(getattr(settings, name), rel=1e-6), name
    assert effective.batch_size == settings.batch_size
    assert effective.shuffled
    assert (effective.intra_op_threads, effective.inter_op_threads) == (done.spec.threads, done.spec.threads)
    assert (effective.dtype, effective.device) == ("float32", "cpu")
    assert effective.loss == "cross-entropy of logits"


def test_parameters_add_up(done):
    assert done.result.parameter_count == sum(int(np.prod(parameter.shape)) for parameter in done.result.parameters)


def test_the_printed_source_is_the_source_that_ran(done):
    root = Path(reportgen.__file__).parents[1]
    assert done.result.sources
    for source in done.result.sources:
        text = (root / Path(*source.module.split("."))).with_suffix(".py").read_text()
        assert source.text == text
        assert source.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_the_printed_source_fits_the_page(done):
    # A4 with 25 mm margins holds 92 characters of the report's monospaced face.
    too_long = [f"{source.module}: {line}" for source in done.result.sources for line in source.text.splitlines() if len(line) > 92]
    assert too_long == []


def test_inference_was_timed(done):
    sample = done.result.inference
    assert len(sample.test_set_s) >= 3
    assert len(sample.latency_s) >= 100
    assert min(sample.latency_s) > 0


@pytest.mark.parametrize(("workload", "count"), [("mlp", "50,890"), ("mlp-tanh", "59,850"), ("cnn", "225,034")])
def test_numbers_of_parameters_are_the_published_ones(workload, count, trained):
    assert f"{trained('pytorch', workload).result.parameter_count:,}" == count
    page = (Path(__file__).parents[2] / "docs" / "workloads.md").read_text(encoding="utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith(f"| `{workload}` |")]
    assert f"| {count} |" in row


@pytest.mark.parametrize("workload", CLASSIFIERS)
def test_all_frameworks_build_the_same_model(workload, trained):
    results = [trained(framework, workload).result for framework in frameworks.names()]
    assert len({result.parameter_count for result in results}) == 1
    assert len({tuple(sorted(int(np.prod(parameter.shape)) for parameter in result.parameters)) for result in results}) == 1
    first = results[0]
    for other in results[1:]:
        for mine, theirs in zip(first.parameters, other.parameters, strict=True):
            # The same family and bounds: thousands of draws come within a few per cent of them, and constants are equal.
            tolerance = 0.05 * max(abs(mine.initial_minimum), abs(mine.initial_maximum))
            assert theirs.initial_minimum == pytest.approx(mine.initial_minimum, abs=tolerance), mine.name
            assert theirs.initial_maximum == pytest.approx(mine.initial_maximum, abs=tolerance), mine.name


@pytest.mark.parametrize("workload", CLASSIFIERS)
def test_all_frameworks_take_the_same_steps(workload, trained):
    assert len({trained(framework, workload).result.effective.steps_per_epoch for framework in frameworks.names()}) == 1
