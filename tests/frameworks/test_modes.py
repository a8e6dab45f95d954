"""What every mode must do with every workload that supports it; a new one is tested by being found. Main modes are in test_contract.py."""

import hashlib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import reportgen
from reportgen import datasets, frameworks, modes, workloads
from reportgen.analysis.parity import part
from reportgen.compilers import find_compiler
from reportgen.parity.base import Pair, Side
from reportgen.parity.judge import judge
from reportgen.parity.material import excerpt_size
from reportgen.records import ParityResult, ParitySpec, TrainingResult, TrainingSpec
from reportgen.runner.parity import load
from reportgen.runner.predictions import load_logits
from reportgen.runner.trial import ProcessExecutor

TIMEOUT_S = 900.0
NETWORKS = [name for name in workloads.names() if workloads.find(name).task == "classification"]
FURTHER = [
    (workload, framework, mode)
    for workload in NETWORKS
    for framework in frameworks.names()
    for mode in modes.supported(workloads.find(workload), framework)[1:]
]
# Every mode once, with the simplest workload that has it: what a whole trial does is the mode's doing and not the workload's.
SIMPLEST_LAST = sorted(FURTHER, key=lambda case: case[0] == "mlp")
ONCE = list({(framework, mode): (workload, framework, mode) for workload, framework, mode in SIMPLEST_LAST}.values())
# With dropout off, what differs in the last digit is the mode's doing too.
TUNED = [case for case in ONCE if case[2] in {modes.tuned(workloads.find(name), case[1]) for name in NETWORKS}]


def named(case):
    return "-".join(case)


def cases(chosen):
    """Mark the cases that need a compiler which this machine does not have."""
    missing = pytest.mark.skipif(find_compiler() is None, reason="this system has no C++ compiler, which PyTorch's compiler calls")
    return [pytest.param(case, marks=missing) if frameworks.find_mode(case[1], case[2]).needs_compiler else case for case in chosen]


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    dataset = datasets.load("digits")
    return dataset, str(datasets.store(dataset, tmp_path_factory.mktemp("data") / dataset.digest))


@pytest.fixture(scope="session")
def shown(data, tmp_path_factory):
    """Return a function from a case and a precision to what the checks say of it."""
    dataset, stored = data

    def show(case, precision):
        workload, framework, mode = case
        found = workloads.find(workload)
        folder = tmp_path_factory.mktemp("parity")
        spec = ParitySpec(
            trial=folder.name,
            attempt=1,
            framework=framework,
            mode=mode,
            reference=modes.supported(found, framework)[0],
            workload=workload,
            precision=precision,
            seed=1,
            steps=1,
            hyperparameters=found.hyperparameters,
            threads=1,
            dataset_folder=stored,
            dataset_digest=dataset.digest,
        )
        result = ProcessExecutor(timeout_s=TIMEOUT_S, live=False)(spec, folder, lambda event: None)
        assert isinstance(result, ParityResult), f"{result.cause}\n{result.log_tail}"
        arrays = load(folder)
        assert all(np.all(np.isfinite(values)) for name, values in arrays.items() if "augmentation" not in name)
        main = result.model_copy(update={"effective": result.reference_effective})
        sides = [
            Side(title=title, spec=spec, result=one, arrays=part(arrays, prefix))
            for title, one, prefix in ((spec.reference, main, "reference_"), (mode, result, "mode_"))
        ]
        size = excerpt_size(len(dataset.train_labels), found.hyperparameters.batch_size)
        assert size % found.hyperparameters.batch_size, "the last batch is partial"
        pair = Pair(first=sides[0], second=sides[1], precision=precision, train_count=size, class_count=len(dataset.class_names))
        both = dict.fromkeys(("float32", "float64"), "not measured for this test") | {precision: pair}
        return [check for check in judge(both, modes=True) if check.precision in (precision, "-")]

    return show


@pytest.mark.slow
@pytest.mark.parametrize("case", cases(FURTHER), ids=named)
def test_it_trains_as_the_main_mode_of_its_framework_does(case, shown):
    """Partial batches, the order drawn anew, what is compiled ahead: each has a check, see docs/parity.md."""
    assert [check.detail for check in shown(case, "float32") if check.withholds_claims] == []


@pytest.mark.slow
@pytest.mark.parametrize("case", cases(TUNED), ids=named)
def test_a_tuned_mode_does_so_to_the_last_digit(case, shown):
    wanted = [check for check in shown(case, "float64") if check.precision == "float64"]
    assert wanted
    assert [check.detail for check in wanted if check.withholds_claims] == []


@pytest.fixture(scope="module")
def trained(data, tmp_path_factory):
    """Return a function from a case to the order, the result and the logits of a whole training trial, made once."""
    dataset, stored = data

    @cache
    def train(case):
        workload, framework, mode = case
        folder = tmp_path_factory.mktemp("trial")
        spec = TrainingSpec(
            trial=folder.name,
            block=1,
            attempt=1,
            position=1,
            framework=framework,
            mode=mode,
            workload=workload,
            seed=1,
            hyperparameters=workloads.find(workload).hyperparameters.model_copy(update={"epochs": 3}),
            threads=1,
            dataset_folder=stored,
            dataset_digest=dataset.digest,
            exports=(),
        )
        result = ProcessExecutor(timeout_s=TIMEOUT_S, live=False)(spec, folder, lambda event: None)
        assert isinstance(result, TrainingResult), f"{result.cause}\n{result.log_tail}"
        return spec, result, load_logits(folder)

    return train


@pytest.fixture(params=cases(ONCE), ids=named)
def done(request, trained):
    return trained(request.param)


def test_it_learns_and_predicts_logits(done, data):
    _, result, logits = done
    losses = [epoch.train_loss for epoch in result.epochs]
    assert np.all(np.isfinite(losses))
    assert losses[-1] < losses[0]
    assert logits.dtype == np.float32
    assert np.mean(logits.argmax(axis=1) == data[0].test_labels) > 0.6


def test_what_it_compiles_is_a_phase_before_the_first_step(done):
    spec, result, _ = done
    mode = frameworks.find_mode(spec.framework, spec.mode)
    names = [phase.name for phase in result.phases]
    training = ["compile"] * mode.compiles + ["first step", "training", "validation"]
    assert names == ["start", "import", "data", "build", *training, "evaluation", "inference"]
    trained_s = sum(phase.wall_s for phase in result.phases if phase.name in ("first step", "training"))
    assert trained_s == pytest.approx(sum(epoch.train_s for epoch in result.epochs))
    taken = {phase.name: phase.wall_s for phase in result.phases}
    assert all(taken[name] > 0 for name in ("compile", "first step") if name in taken)
    if mode.needs_compiler:
        # What was compiled ahead is what the steps run: compiling again would take about as long once more.
        assert taken["first step"] + taken["training"] < taken["compile"] / 10


def test_what_was_used_is_what_was_ordered(done):
    spec, result, _ = done
    settings, effective = spec.hyperparameters, result.effective
    for name in ("learning_rate", "beta_1", "beta_2", "epsilon"):
        assert effective.settings[name] == pytest.approx(getattr(settings, name), rel=1e-6), name
    assert effective.batch_size == settings.batch_size
    assert effective.shuffled
    assert (effective.intra_op_threads, effective.inter_op_threads) == (1, 1)
    assert (effective.dtype, effective.device, effective.loss) == ("float32", "cpu", "cross-entropy of logits")


def test_it_loads_nothing_that_it_does_not_need(done):
    spec, result, _ = done
    mode = frameworks.find_mode(spec.framework, spec.mode)
    model = next(source.text for source in result.sources if source.title == "Model")
    needed = "torchvision" in mode.imports or "torchvision" in model
    assert ("torchvision" in result.versions) == needed


def test_the_printed_program_is_the_one_that_ran_and_fits_the_page(done):
    _, result, _ = done
    root = Path(reportgen.__file__).parents[1]
    assert {source.title for source in result.sources} == {"Model", "Data", "Training"}
    for source in result.sources:
        text = (root / Path(*source.module.split("."))).with_suffix(".py").read_text()
        assert source.text == text
        assert source.sha256 == hashlib.sha256(text.encode()).hexdigest()
        # A4 with 25 mm margins holds 92 characters of the report's monospaced face.
        assert [line for line in text.splitlines() if len(line) > 92] == []


def test_inference_was_timed(done):
    _, result, _ = done
    assert result.inference.call
    assert min(result.inference.latency_s) > 0
    assert min(result.inference.test_set_s) > 0
