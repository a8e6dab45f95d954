"""The choice of a device, from made-up answers of the frameworks: no test needs a GPU."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from reportgen import devices
from reportgen.devices import Seen, choose, read_devices
from reportgen.errors import ReportgenError
from reportgen.processes import Answer

BOTH = ("tensorflow", "pytorch")
GPU = "NVIDIA Example"


def sees(tensorflow: str | None, pytorch: str | None, trouble: str | None = None) -> devices.See:
    """Return what stands for asking: the device that each framework computes on, or none."""

    def answers(_names: Sequence[str]) -> tuple[Seen, ...]:
        return (
            Seen(framework="TensorFlow", distribution="tensorflow", devices=(tensorflow,) if tensorflow else (), trouble=trouble),
            Seen(framework="PyTorch", distribution="torch", devices=(pytorch,) if pytorch else ()),
        )

    return answers


def test_for_the_cpu_nobody_is_asked() -> None:
    def never(_names: Sequence[str]) -> tuple[Seen, ...]:
        raise AssertionError("a study on the CPU pays for no probe")

    assert choose("cpu", BOTH, see=never).device == "cpu"


def test_auto_takes_a_gpu_that_every_framework_computes_on_and_says_so() -> None:
    choice = choose("auto", BOTH, see=sees(GPU, GPU))
    assert choice.device == "cuda"
    assert GPU in str(choice.reason)
    assert "every framework" in str(choice.reason)


@pytest.mark.parametrize(("answers", "blamed"), [(sees(None, GPU), "TensorFlow sees no"), (sees(GPU, None), "PyTorch sees no")])
def test_auto_takes_the_cpu_where_one_framework_sees_no_gpu_and_names_it(answers: devices.See, blamed: str) -> None:
    choice = choose("auto", BOTH, see=answers)
    assert choice.device == "cpu"
    assert blamed in str(choice.reason)
    assert f"computes on {GPU}" in str(choice.reason)


def test_asking_for_a_gpu_that_one_framework_does_not_see_is_an_error_that_says_what_to_install() -> None:
    with pytest.raises(ReportgenError, match=r"TensorFlow sees no CUDA device \(libcudart is missing\)\. PyTorch computes on") as caught:
        choose("cuda", BOTH, see=sees(None, GPU, "libcudart is missing"))
    assert "tensorflow[and-cuda]" in str(caught.value)
    assert "get-started" not in str(caught.value), "PyTorch needs nothing"
    assert "--device cpu" in str(caught.value)


def test_a_gpu_that_was_asked_for_and_is_there_is_taken() -> None:
    assert choose("cuda", BOTH, see=sees(GPU, GPU)).device == "cuda"


def test_two_different_gpus_are_no_common_device() -> None:
    choice = choose("auto", BOTH, see=sees(GPU, "NVIDIA Other"))
    assert choice.device == "cpu"
    with pytest.raises(ReportgenError, match="different"):
        choose("cuda", BOTH, see=sees(GPU, "NVIDIA Other"))


def test_the_last_line_of_a_probe_is_its_answer() -> None:
    said = json.dumps({"devices": [GPU], "trouble": None})
    assert read_devices(Answer(output=f"a library speaks\n{said}\n", trouble=None)).devices == (GPU,)


def test_a_framework_that_does_not_load_computes_on_no_gpu() -> None:
    found = read_devices(Answer(output="", trouble="ImportError: no"))
    assert (found.devices, found.trouble) == ((), "ImportError: no")


def test_the_probe_runs_in_the_environment_of_a_trial_on_the_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {}

    def ask(module: str, *arguments: str, timeout_s: float, environment: dict[str, str]) -> Answer:
        asked.update(environment)
        return Answer(output=json.dumps({"devices": [], "trouble": None}), trouble=None)

    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "3,1")
    monkeypatch.setattr(devices, "ask_module", ask)
    devices.look.cache_clear()
    assert devices.look("pytorch").framework == "PyTorch"
    devices.look.cache_clear()
    assert asked["CUDA_VISIBLE_DEVICES"] == "3"
