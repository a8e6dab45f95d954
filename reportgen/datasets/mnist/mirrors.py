"""Who serves MNIST, and which of them can be reached from here, without keeping a machine waiting that has no network."""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportgen.datasets.mnist.formats import PARTS, Part
from reportgen.errors import WordedError
from reportgen.language import marked
from reportgen.records import Sentence, made

#: A mirror that has not answered a request for headers by then is passed over. All are asked at once, so this is all that a machine
#: without a network waits: it bounds name resolution too, which no time-out of an HTTP library does. In seconds.
PROBE_TIMEOUT_S = 3.0


@dataclass(frozen=True, kw_only=True)
class Mirror:
    """A place on the network: four gzip-compressed IDX files under ``address``, or Keras' single file at it."""

    address: str
    form: Literal["idx", "npz"]

    def file_address(self, part: Part) -> str:
        """Return the address of the file that holds ``part``."""
        return self.address if self.form == "npz" else f"{self.address}{part.idx_name}.gz"


MIRRORS = (
    Mirror(address="https://ossci-datasets.s3.amazonaws.com/mnist/", form="idx"),
    Mirror(address="https://storage.googleapis.com/cvdf-datasets/mnist/", form="idx"),
    Mirror(address="https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz", form="npz"),
)


def unreachable(mirrors: Sequence[Mirror]) -> dict[str, Sentence]:
    """Return, by address, why mirrors are passed over: those that did not answer a request for headers in time.

    The threads are daemons: one that hangs in name resolution does not keep the program from ending.
    """
    # Loaded here, so that the time a slow disk takes for it is not taken for a mirror's silence.
    importlib.import_module("requests")
    answers: dict[str, Sentence | None] = {}
    threads = [threading.Thread(target=_probe, args=(mirror, answers), daemon=True) for mirror in mirrors]
    deadline = time.monotonic() + PROBE_TIMEOUT_S
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    waited = made(marked("no answer within {timeout_s:g} s"), timeout_s=PROBE_TIMEOUT_S)
    heard = dict(answers)
    return {mirror.address: reason for mirror in mirrors if (reason := heard.get(mirror.address, waited)) is not None}


def _probe(mirror: Mirror, answers: dict[str, Sentence | None]) -> None:
    import requests

    try:
        # Any answer will do: whether the file itself is there is seen when it is fetched.
        requests.head(mirror.file_address(PARTS[0]), timeout=PROBE_TIMEOUT_S, allow_redirects=True).close()
    except requests.RequestException as error:
        answers[mirror.address] = in_short(error)
    else:
        answers[mirror.address] = None


def in_short(error: Exception) -> Sentence:
    """Return what a person needs of a network library's error, which otherwise nests five deep."""
    import requests

    text = str(error)
    if "NameResolution" in text or "getaddrinfo" in text:
        return Sentence(sentence=marked("its name cannot be resolved"))
    if "refused" in text.lower():
        return Sentence(sentence=marked("connection refused"))
    if "NewConnectionError" in text:
        return Sentence(sentence=marked("it cannot be reached"))
    if isinstance(error, requests.exceptions.SSLError):
        return Sentence(sentence=marked("no trusted connection (TLS)"))
    if isinstance(error, requests.Timeout):
        return Sentence(sentence=marked("no answer in time"))
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return made(marked("it answers {code} {reason}"), code=error.response.status_code, reason=error.response.reason)
    if isinstance(error, requests.exceptions.ProxyError):
        return Sentence(sentence=marked("the proxy cannot be reached"))
    if isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        return Sentence(sentence=marked("the connection broke"))
    return Sentence.of(error if isinstance(error, WordedError) else text or type(error).__name__)
