"""The shapes that the arithmetic is counted from are those of the workloads."""

import pytest

from benchmarks.arithmetic import NETWORKS, Network, dense, median


def test_a_dense_network_has_no_gradient_of_its_input() -> None:
    network = Network(layers=dense(784, 64, 10))
    hidden, output = 32 * 784 * 64 * 2, 32 * 64 * 10 * 2
    assert network.flops(32) == 2 * hidden + 3 * output
    assert network.parameter_count == 50_890


@pytest.mark.parametrize(("name", "parameters"), [("mlp", 50_890), ("mlp-tanh", 59_850), ("cnn", 225_034)])
def test_parameters_are_those_of_the_published_networks(name: str, parameters: int) -> None:
    assert NETWORKS[name].parameter_count == parameters


def test_a_convolution_is_products_over_all_its_places() -> None:
    first, *_ = NETWORKS["cnn"].products(2)
    assert (first.rows, first.inner, first.columns) == (2 * 26 * 26, 9, 32)


def test_median_of_an_even_number_lies_in_the_middle() -> None:
    assert median([4.0, 1.0, 3.0, 2.0]) == 2.5
