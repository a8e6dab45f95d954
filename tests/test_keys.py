"""What makes two runs comparable, and what is only told of them."""

from builders import make_plan

from reportgen.records import Hyperparameters, Software, digest_of, relevant_software, workload_parts

MODELS = {"tensorflow": "aa", "pytorch": "bb"}


def key(**changes):
    return digest_of(workload_parts(make_plan().model_copy(update=changes), MODELS))


def test_the_order_of_keys_makes_no_other_digest():
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


def test_more_blocks_and_other_seeds_are_the_same_workload():
    assert key(blocks=30, seed=5, run="other", created_at="2030-01-01T00:00:00+00:00") == key()
    assert digest_of(workload_parts(make_plan(blocks=7, export_blocks=2), MODELS)) == key()


def test_a_workload_is_the_same_wherever_its_folder_lies():
    assert key(workload="/home/ada/mine") == key(workload="C:\\ada\\mine") == key(workload="mine")


def test_whatever_changes_what_is_computed_is_another_workload():
    others = [
        key(workload="cnn"),
        key(hyperparameters=Hyperparameters(epochs=4, batch_size=3, learning_rate=0.001)),
        key(threads=2),
        key(device="cuda"),
        key(start="shared"),
        key(processes="forked"),
        key(modes={"tensorflow": ("graph",), "pytorch": ("dataloader",)}),
        digest_of(workload_parts(make_plan(), MODELS | {"pytorch": "cc"})),
    ]
    assert len({key(), *others}) == len(others) + 1


def test_the_software_key_holds_what_matters_and_no_other_package():
    software = Software(python="3.11.9", implementation="CPython", operating_system="Example", packages={"torch": "2.14.1", "rich": "14.0"})
    found = relevant_software(software, 2, {"code of pytorch": "0123456789abcdef"}, ["TF_ENABLE_ONEDNN_OPTS=0"])
    assert found == {
        "Python": "3.11.9",
        "torch": "2.14.1",
        "threads": "2",
        "code of pytorch": "01234567",
        "variables": "TF_ENABLE_ONEDNN_OPTS=0",
    }
