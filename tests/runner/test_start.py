import numpy as np
import pytest

from reportgen.runner.start import load_shared_weights


class Program:
    def __init__(self, *vectors):
        self.weights = [np.zeros((5, 4), dtype=np.float32), *(np.array(vector, dtype=np.float32) for vector in vectors)]

    def export_weights(self):
        return [array.copy() for array in self.weights]

    def import_weights(self, weights):
        self.weights = [array.astype(np.float32) for array in weights]


def test_the_seed_decides_and_nothing_else():
    first, second, other = Program([0, 0]), Program([0, 0]), Program([0, 0])
    digests = [load_shared_weights(program, seed) for program, seed in ((first, 1), (second, 1), (other, 2))]
    assert digests[0] == digests[1] != digests[2]
    assert np.array_equal(first.weights[0], second.weights[0])
    assert np.abs(first.weights[0]).max() <= np.sqrt(6 / 9)
    assert first.weights[0].std() > 0.1


@pytest.mark.parametrize(("native", "shared"), [([0, 0], [0, 0]), ([1, 1], [1, 1]), ([0.3, -0.1], [0, 0])])
def test_vectors_that_a_framework_draws_become_zeros_and_others_stay(native, shared):
    program = Program(native)
    load_shared_weights(program, 1)
    assert program.weights[1].tolist() == shared
