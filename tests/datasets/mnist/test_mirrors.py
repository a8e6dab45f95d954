import pytest
import requests

from reportgen.datasets.mnist.formats import PARTS
from reportgen.datasets.mnist.mirrors import MIRRORS, Mirror, in_short


def test_there_are_several_mirrors_and_no_connection_is_open_to_tampering():
    assert len(MIRRORS) >= 3
    assert all(mirror.address.startswith("https://") for mirror in MIRRORS)


def test_addresses_are_made_by_the_form_of_the_mirror():
    assert Mirror(address="https://a/b/", form="idx").file_address(PARTS[3]) == "https://a/b/t10k-labels-idx1-ubyte.gz"
    assert Mirror(address="https://a/mnist.npz", form="npz").file_address(PARTS[3]) == "https://a/mnist.npz"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (requests.ConnectionError("HTTPSConnectionPool: NameResolutionError: Failed to resolve"), "its name cannot be resolved"),
        (requests.ConnectionError("NewConnectionError: [Errno 111] Connection refused"), "connection refused"),
        (requests.ConnectionError("NewConnectionError: [Errno 101] Network is unreachable"), "it cannot be reached"),
        (requests.exceptions.SSLError("certificate verify failed"), "no trusted connection (TLS)"),
        (requests.exceptions.ProxyError("cannot connect to proxy"), "the proxy cannot be reached"),
        (requests.ConnectTimeout("timed out"), "no answer in time"),
        (requests.exceptions.ChunkedEncodingError("IncompleteRead"), "the connection broke"),
        (ValueError(), "ValueError"),
    ],
)
def test_an_error_of_the_network_library_becomes_a_few_words(error, words):
    assert str(in_short(error)) == words
