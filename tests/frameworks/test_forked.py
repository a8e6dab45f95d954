"""A forked trial is the trial that a fresh process would have been: the same numbers, float for float, whatever was forked before it."""

from functools import cache

import numpy as np
import pytest

from reportgen import frameworks
from reportgen.records import TrainingResult
from reportgen.runner.forking import Nurseries, unsupported
from reportgen.runner.predictions import load_logits
from reportgen.runner.trial import ProcessExecutor

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(unsupported()), reason="trials are not forked here")]

TIMEOUT_S = 600.0
# A forked process has the memory of a fresh one, but for what the interpreter's start left behind.
MEMORY_TOLERANCE = 0.1


@pytest.fixture(scope="module")
def pair(trained, tmp_path_factory):
    """Return a function from a framework to its fresh trial and the same trial forked, after another one with other threads and another seed."""
    notices = []
    nurseries = Nurseries(notices.append)
    carry_out = ProcessExecutor(timeout_s=TIMEOUT_S, live=False, start=nurseries)

    @cache
    def train(framework):
        fresh = trained(framework, "mlp")
        other = fresh.spec.model_copy(update={"exports": (), "threads": 2, "seed": 9})
        for spec in (other, fresh.spec.model_copy(update={"exports": ()})):
            folder = tmp_path_factory.mktemp(framework)
            result = carry_out(spec, folder, lambda event: None)
            assert isinstance(result, TrainingResult), f"{result.cause}\n{result.log_tail}"
        assert notices == []
        return fresh.result, fresh.logits, result, load_logits(folder)

    yield train
    nurseries.close()


@pytest.fixture(params=frameworks.names())
def both(request, pair):
    return pair(request.param)


def test_it_says_how_it_began(both):
    fresh, _, forked, _ = both
    assert (fresh.process, forked.process) == ("fresh", "forked")


def test_the_models_are_the_same_float_for_float(both):
    fresh, fresh_logits, forked, forked_logits = both
    assert np.array_equal(fresh_logits, forked_logits)
    learned = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")
    assert [[getattr(epoch, name) for name in learned] for epoch in forked.epochs] == [
        [getattr(epoch, name) for name in learned] for epoch in fresh.epochs
    ]


@pytest.mark.parametrize("field", ["parameters", "layers", "effective", "sources", "versions", "warnings"])
def test_what_it_says_of_itself_is_the_same(both, field):
    fresh, _, forked, _ = both
    assert getattr(forked, field) == getattr(fresh, field)


def test_its_phases_have_the_same_names(both):
    fresh, _, forked, _ = both
    assert [phase.name for phase in forked.phases] == [phase.name for phase in fresh.phases if phase.name != "export"]


def test_it_takes_as_much_memory(both):
    fresh, _, forked, _ = both
    before_export = [[phase.peak_memory_bytes or 0 for phase in result.phases if phase.name != "export"] for result in (fresh, forked)]
    assert max(before_export[1]) == pytest.approx(max(before_export[0]), rel=MEMORY_TOLERANCE)
