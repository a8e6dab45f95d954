"""Downloads from a server on this machine that misbehaves in every way that a mirror can."""

import gzip
import io
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from reportgen.datasets.base import no_progress
from reportgen.datasets.mnist import download, mirrors
from reportgen.datasets.mnist.download import fetch
from reportgen.datasets.mnist.mirrors import Mirror
from reportgen.datasets.mnist.places import search


def keras_file(tiny):
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **tiny.arrays)
    return buffer.getvalue()


@pytest.fixture
def server(tiny):
    """Serve /good/, /garbage/, /half/, /endless/, /silent/, /npz, and 404 for the rest; ``requests`` lists what was asked for."""
    files = {f"{part.idx_name}.gz": gzip.compress(tiny.idx(part)) for part in tiny.parts}

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_arguments):
            pass

        def do_HEAD(self):
            if self.path.startswith("/silent/"):
                released.wait(30)
            self.send_response(200)
            self.end_headers()

        def do_GET(self):
            serving.requests.append(self.path)
            behaviour, _, name = self.path.strip("/").partition("/")
            content = keras_file(tiny) if behaviour == "npz" else files.get(name)
            if content is None or behaviour == "absent" or (behaviour == "first" and name != next(iter(files))):
                self.send_error(404)
                return
            self.send_response(200)
            if behaviour == "endless":
                self.end_headers()
                while not released.is_set():
                    self.wfile.write(b"0" * 65536)
                return
            if behaviour == "garbage":
                content = gzip.compress(b"<html>welcome to this hotel's network</html>")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2] if behaviour == "half" else content)

    released = threading.Event()
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving.requests = []
    serving.handle_error = lambda *_arguments: None
    threading.Thread(target=serving.serve_forever, args=(0.02,), daemon=True).start()
    yield serving
    released.set()
    serving.shutdown()
    serving.server_close()


@pytest.fixture
def mirror(server):
    def at(behaviour):
        address = f"http://127.0.0.1:{server.server_port}/{behaviour}"
        return Mirror(address=address, form="npz") if behaviour == "npz" else Mirror(address=f"{address}/", form="idx")

    return at


REFUSED = Mirror(address="http://127.0.0.1:9/", form="idx")


def test_a_good_mirror_fills_the_cache(tiny, mirror, tmp_path):
    result = fetch(tmp_path / "cache", tiny.parts, no_progress, mirrors=[mirror("good")])
    assert (result.failures, result.used) == ((), (mirror("good").address,))
    for part in tiny.parts:
        assert (result.parts[part.key] == tiny.arrays[part.key]).all()
    assert search(tmp_path / "cache").missing == ()


def test_keras_file_is_fetched_once_for_all_parts(tiny, mirror, server, tmp_path):
    result = fetch(tmp_path, tiny.parts, no_progress, mirrors=[mirror("npz")])
    assert set(result.parts) == {part.key for part in tiny.parts}
    assert server.requests == ["/npz"]
    assert search(tmp_path).missing == ()


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("garbage", "its content has 44 bytes instead of"),
        ("half", "the connection broke"),
        ("absent", "it answers 404"),
        ("endless", "more than 64,000,000 bytes"),
    ],
)
def test_a_bad_mirror_is_named_and_the_next_one_asked(tiny, mirror, tmp_path, behaviour, reason):
    result = fetch(tmp_path, tiny.parts, no_progress, mirrors=[mirror(behaviour), mirror("good")])
    assert len(result.parts) == 4
    assert result.used == (mirror("good").address,)
    (failure,) = result.failures
    assert failure.address == mirror(behaviour).address + "train-images-idx3-ubyte.gz"
    assert reason in str(failure.reason)


def test_a_refused_connection_is_named_and_the_next_mirror_asked(tiny, mirror, tmp_path):
    result = fetch(tmp_path, tiny.parts, no_progress, mirrors=[REFUSED, mirror("good")])
    assert [(failure.address, str(failure.reason)) for failure in result.failures] == [(REFUSED.address, "connection refused")]
    assert len(result.parts) == 4


def test_a_name_that_does_not_exist_is_said(tiny, tmp_path):
    nowhere = Mirror(address="http://no-such-host.invalid/", form="idx")
    (failure,) = fetch(tmp_path, tiny.parts, no_progress, mirrors=[nowhere]).failures
    assert str(failure.reason) in ("its name cannot be resolved", "no answer within 3 s")


def test_a_silent_mirror_is_not_waited_for(tiny, mirror, server, tmp_path, monkeypatch):
    monkeypatch.setattr(mirrors, "PROBE_TIMEOUT_S", 0.3)
    result = fetch(tmp_path, tiny.parts, no_progress, mirrors=[mirror("silent"), mirror("good")])
    assert [failure.address for failure in result.failures] == [mirror("silent").address]
    assert "no answer" in str(result.failures[0].reason)
    assert not any(path.startswith("/silent") for path in server.requests)


def test_a_transfer_that_takes_too_long_is_given_up(tiny, mirror, tmp_path, monkeypatch):
    monkeypatch.setattr(download, "TRANSFER_TIMEOUT_S", 0.0)
    (failure,) = fetch(tmp_path, tiny.parts, no_progress, mirrors=[mirror("good")]).failures
    assert str(failure.reason) == "not done within 0 s"
    assert list(tmp_path.iterdir()) == []


def test_name_resolution_that_hangs_does_not_hang_the_program(tiny, tmp_path, monkeypatch):
    """No time-out of an HTTP library covers it, so the wait for all mirrors together is bounded here."""
    hanging = threading.Event()
    monkeypatch.setattr(mirrors, "PROBE_TIMEOUT_S", 0.2)
    monkeypatch.setattr(mirrors, "_probe", lambda _mirror, _answers: hanging.wait(60))
    before = time.monotonic()
    result = fetch(tmp_path, tiny.parts, no_progress, mirrors=[REFUSED] * 5)
    assert time.monotonic() - before < 30
    assert {str(failure.reason) for failure in result.failures} == {"no answer within 0.2 s"}
    hanging.set()


def test_what_one_mirror_served_is_kept_when_it_fails_later(tiny, mirror, server, tmp_path):
    result = fetch(tmp_path, tiny.parts, no_progress, mirrors=[mirror("first"), mirror("good")])
    assert len(result.parts) == 4
    assert result.used == (mirror("first").address, mirror("good").address)
    assert server.requests.count("/good/train-images-idx3-ubyte.gz") == 0


def test_nothing_unverified_and_nothing_temporary_stays(tiny, mirror, tmp_path):
    bad = [mirror("garbage"), mirror("half"), mirror("absent")]
    assert fetch(tmp_path, tiny.parts, no_progress, mirrors=bad).parts == {}
    assert list(tmp_path.iterdir()) == []


def test_progress_grows_to_the_size_of_each_file(tiny, mirror, tmp_path):
    said = []
    fetch(tmp_path, tiny.parts[:1], lambda *told: said.append(told), mirrors=[mirror("good")])
    sizes = [(done_bytes, total_bytes) for what, done_bytes, total_bytes in said if "train-images" in what]
    size_bytes = (tmp_path / "train-images-idx3-ubyte.gz").stat().st_size
    assert sizes[-1] == (size_bytes, size_bytes)
    assert sizes == sorted(sizes)
