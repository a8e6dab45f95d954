import pytest

from reportgen.datasets import load, mnist
from reportgen.datasets.mnist import MnistUnavailableError
from reportgen.datasets.mnist.download import Download, fetch
from reportgen.datasets.mnist.mirrors import Mirror
from reportgen.datasets.mnist.places import download_folder

#: Recorded once, from the published files and the fixed split. It stands in every record of a run on MNIST.
DIGEST = "74b67c41c19a2c796f9f9cbc7297f5a82cab41b2a3c76a9e1ffcb91a42105102"


def test_the_real_data_have_the_recorded_digest_and_split(real_mnist):
    dataset = load("mnist")
    record = dataset.record()
    assert record.digest == DIGEST
    assert (record.train_count, record.validation_count, record.test_count) == (54_000, 6_000, 10_000)
    assert record.test_class_counts == (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)
    assert str(record.source) == f"Found in {real_mnist}."


@pytest.mark.parametrize("place", ["mnist", ".", "MNIST/raw", "mnist/MNIST/raw"])
def test_it_is_found_anywhere_below_the_persons_folder(tiny, tmp_path, monkeypatch, place):
    tiny.write_idx(tmp_path / "data" / place)
    monkeypatch.setenv("REPORTGEN_DATA", str(tmp_path / "data"))
    assert str(load("mnist").source) == f"Found in {tmp_path / 'data' / place}."


def test_it_is_found_where_keras_left_it(tiny, tmp_path):
    tiny.write_npz(tmp_path / "keras" / "datasets")
    assert str(load("mnist").source) == f"Found in {tmp_path / 'keras' / 'datasets'}."


def test_both_forms_give_the_same_data(tiny, tmp_path, monkeypatch):
    tiny.write_npz(tmp_path / "keras" / "datasets")
    from_keras = load("mnist").digest
    tiny.write_idx(tmp_path / "data")
    monkeypatch.setenv("REPORTGEN_DATA", str(tmp_path / "data"))
    assert load("mnist").digest == from_keras


def test_the_test_images_are_the_published_ones_in_their_order(tiny, tmp_path):
    tiny.write_npz(tmp_path / "keras" / "datasets")
    dataset = load("mnist")
    assert (dataset.test_images[..., 0] == tiny.arrays["x_test"]).all()
    assert (dataset.test_labels == tiny.arrays["y_test"]).all()
    assert len(dataset.train_labels) + len(dataset.validation_labels) == len(tiny.arrays["y_train"])


def test_a_damaged_file_is_named_and_the_search_goes_on(tiny, tmp_path, monkeypatch):
    tiny.write_idx(tmp_path / "data", zipped=False)
    broken = tmp_path / "data" / "train-images-idx3-ubyte"
    broken.write_bytes(b"\0" * tiny.parts[0].size_bytes)
    monkeypatch.setenv("REPORTGEN_DATA", str(tmp_path / "data"))
    tiny.write_npz(tmp_path / "keras" / "datasets")
    dataset = load("mnist")
    assert f"Found in {tmp_path / 'keras' / 'datasets'}" in str(dataset.source)
    assert f"Passed over as damaged: {broken}" in str(dataset.source)
    assert dataset.fallback_reason is None


def test_the_error_names_every_place_the_damaged_file_and_the_way_out(tiny, tmp_path, monkeypatch):
    tiny.write_idx(tmp_path / "data", parts=tiny.parts[:1])
    broken = tmp_path / "data" / "train-images-idx3-ubyte.gz"
    broken.write_bytes(b"not zipped")
    monkeypatch.setenv("REPORTGEN_DATA", str(tmp_path / "data"))
    with pytest.raises(MnistUnavailableError) as caught:
        load("mnist")
    message = str(caught.value)
    for folder in mnist.places():
        assert f"  {folder}: " in message
    assert message.count(str(broken)) == 1
    assert "REPORTGEN_OFFLINE is set" in message
    assert "set REPORTGEN_DATA" in message
    assert "digits" in message


def test_a_missing_variable_is_hinted_at():
    with pytest.raises(MnistUnavailableError, match="REPORTGEN_DATA is not set"):
        load("mnist")


def test_a_cache_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("a file where the folder should be")
    monkeypatch.delenv("REPORTGEN_OFFLINE")
    with pytest.raises(MnistUnavailableError, match=r"cannot be written.*REPORTGEN_CACHE"):
        load("mnist")


def test_what_the_mirrors_lack_is_not_fetched_twice(tiny, tmp_path, monkeypatch):
    """Parts that an interrupted download left in the cache count, and only the others are asked for."""
    tiny.write_idx(download_folder(), parts=tiny.parts[:3])
    asked = []

    def fake(folder, missing, progress):
        asked.extend(part.key for part in missing)
        return fetch(folder, missing, progress, mirrors=())

    monkeypatch.delenv("REPORTGEN_OFFLINE")
    monkeypatch.setattr(mnist, "fetch", fake)
    with pytest.raises(MnistUnavailableError):
        load("mnist")
    assert asked == ["y_test"]


def test_what_an_interrupted_download_left_is_completed(tiny, monkeypatch):
    tiny.write_idx(download_folder(), parts=tiny.parts[:3])
    rest = Download(parts={"y_test": tiny.arrays["y_test"]}, used=("https://mirror/",))
    monkeypatch.delenv("REPORTGEN_OFFLINE")
    monkeypatch.setattr(mnist, "fetch", lambda folder, missing, progress: rest)
    dataset = load("mnist")
    assert (dataset.test_labels == tiny.arrays["y_test"]).all()
    assert str(dataset.source) == f"Downloaded from https://mirror/ into {download_folder()}."


def test_a_damaged_file_that_is_met_twice_is_named_once(tiny, tmp_path, monkeypatch):
    """The person's folder may be the very one that another program keeps."""
    folder = tmp_path / "keras" / "datasets"
    folder.mkdir(parents=True)
    (folder / "mnist.npz").write_bytes(b"x")
    monkeypatch.setenv("REPORTGEN_DATA", str(folder))
    assert str(load("auto").fallback_reason).count(str(folder / "mnist.npz")) == 1


def test_failures_of_one_kind_are_told_once(tiny, monkeypatch):
    refused = [Mirror(address=f"http://127.0.0.1:9/{number}/", form="idx") for number in range(3)]
    monkeypatch.delenv("REPORTGEN_OFFLINE")
    monkeypatch.setattr(mnist, "fetch", lambda folder, missing, progress: fetch(folder, missing, progress, mirrors=refused))
    assert "(3 mirrors: connection refused)" in str(load("auto").fallback_reason)
