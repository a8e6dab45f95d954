import pytest

from reportgen.datasets.mnist.places import download_folder, places, search


def test_the_persons_own_folder_comes_first_and_the_cache_last(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTGEN_DATA", str(tmp_path / "data"))
    folders = places()
    assert folders[0] == tmp_path / "data" / "mnist"
    assert tmp_path / "data" / "MNIST" / "raw" in folders
    assert folders[-2:] == (tmp_path / "keras" / "datasets", download_folder())


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("dot", [True, False])
def test_idx_files_are_found_under_either_name(tiny, tmp_path, zipped, dot):
    tiny.write_idx(tmp_path, zipped=zipped, dot=dot)
    finding = search(tmp_path)
    assert (finding.missing, finding.damaged) == ((), ())
    assert (finding.parts["y_test"] == tiny.arrays["y_test"]).all()


def test_files_that_were_unpacked_into_folders_of_their_own_are_found(tiny, tmp_path):
    for part in tiny.parts:
        folder = tmp_path / part.idx_name
        folder.mkdir()
        (folder / part.idx_name).write_bytes(tiny.idx(part))
    assert search(tmp_path).missing == ()


def test_keras_file_is_found(tiny, tmp_path):
    tiny.write_npz(tmp_path)
    assert search(tmp_path).missing == ()


def test_a_damaged_file_is_named_and_a_genuine_one_beside_it_used(tiny, tmp_path):
    tiny.write_npz(tmp_path)
    broken = tmp_path / tiny.parts[1].idx_name
    broken.write_bytes(b"x" * tiny.parts[1].size_bytes)
    finding = search(tmp_path)
    assert finding.missing == ()
    assert len(finding.damaged) == 1
    assert str(finding.damaged[0]).startswith(f"{broken}: its content has the SHA-256")


def test_the_outcome_says_what_is_there(tiny, tmp_path):
    assert search(tmp_path / "none").outcome == "no such folder"
    assert search(tmp_path).outcome == "no MNIST file"
    tiny.write_idx(tmp_path, parts=tiny.parts[:3])
    assert search(tmp_path).outcome == "lacks t10k-labels-idx1-ubyte"
    for path in tmp_path.iterdir():
        path.write_bytes(b"")
    assert search(tmp_path).outcome == "damaged files only"
