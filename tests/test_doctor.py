"""The doctor sees what is there, sees what is not, and says what to do about it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from builders import make_calibration
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from reportgen import doctor, machine_checks, native_libraries, packages, probe, processes
from reportgen.calibration import store_calibration
from reportgen.doctor import Check
from reportgen.hardware import describe_hardware
from reportgen.packages import Closure, ProgramMetadata


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Check, ...]:
    """What the real doctor finds in the environment that the tests run in."""
    folder = tmp_path_factory.mktemp("doctor")
    return doctor.examine(folder / "runs", folder / "out")


def test_everything_needed_is_present_where_the_tests_run(checks: tuple[Check, ...]) -> None:
    assert [check for check in checks if check.status == "missing" and not check.optional] == []


def test_frameworks_and_runtimes_were_really_loaded(checks: tuple[Check, ...]) -> None:
    # An extra that is not installed is told so, and is not loaded.
    found = [check for check in checks if check.group == "Loading" and not (check.optional and check.status == "missing")]
    loaded = {check.name: check.found for check in found}
    assert {"TensorFlow", "PyTorch", "ONNX Runtime", "LiteRT"} <= set(loaded)
    assert all("loads" in found for found in loaded.values())


def test_it_says_what_each_framework_computes_on(checks: tuple[Check, ...]) -> None:
    loaded = {check.name: check.found for check in checks if check.group == "Loading"}
    assert all("computes on the CPU" in loaded[name] for name in ("TensorFlow", "PyTorch"))
    assert loaded["LiteRT"].endswith("loads")


def test_every_problem_comes_with_a_remedy(checks: tuple[Check, ...]) -> None:
    assert [check for check in checks if check.status != "present" and not check.remedy] == []
    assert [check for check in checks if check.status == "present" and check.remedy] == []


def test_looking_leaves_no_trace(tmp_path: Path) -> None:
    list(doctor.check_folders(tmp_path / "runs", tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []


def pretend(monkeypatch: pytest.MonkeyPatch, *requirements: str, python: str = ">=3.11", missing: tuple[str, ...] = ()) -> None:
    metadata = ProgramMetadata(requires_python=SpecifierSet(python), requirements=tuple(Requirement(text) for text in requirements))
    monkeypatch.setattr(doctor, "program_metadata", lambda: metadata)
    monkeypatch.setattr(doctor, "dependency_closure", lambda: Closure(versions={}, missing=missing))


def test_a_package_that_is_not_there_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, "numpy>=1", "a-package-of-nobody>=3,<4", "click<1", missing=("a-need-of-a-need",))
    numpy, nobody, click, needs = doctor.check_packages()
    assert numpy.status == "present"
    assert nobody.status == "missing"
    assert nobody.remedy is not None
    assert nobody.remedy.startswith(sys.executable)
    assert "a-package-of-nobody" in nobody.remedy
    assert click.status == "warning"
    assert "<1 is needed" in click.found
    assert needs.status == "missing"
    assert "a-need-of-a-need" in needs.found


def test_an_unsupported_python_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, python=">=2,<3")
    check = doctor.check_python()
    assert check.status == "missing"
    assert check.remedy is not None
    assert "<3" in check.remedy


def test_installed_but_not_loading_is_told_from_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = processes.Answer(output="", trouble="RuntimeError: operator torchvision::nms does not exist")
    monkeypatch.setattr(doctor, "ask_module", lambda *_, **__: answer)
    check = doctor.check_one_loads("framework", "pytorch", "PyTorch", "torch")
    assert check.status == "missing"
    assert "torchvision::nms" in check.found
    assert check.remedy is not None
    assert "--force-reinstall" in check.remedy
    assert "torchvision" in check.remedy


def test_a_childs_failure_is_told_in_its_last_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_child.py").write_text("import a_module_of_nobody\n")
    (tmp_path / "hanging_child.py").write_text("import time; time.sleep(600)\n")
    (tmp_path / "dying_child.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGTERM)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert str(processes.run_module("broken_child", timeout_s=60)) == "ModuleNotFoundError: No module named 'a_module_of_nobody'"
    assert str(processes.run_module("hanging_child", timeout_s=0.5)) == "no answer within 0.5 s"
    if sys.platform != "win32":
        assert str(processes.run_module("dying_child", timeout_s=60)) == "killed by signal 15"
    assert processes.run_module("reportgen.errors", timeout_s=60) is None


def test_the_probe_does_not_hide_a_framework_that_is_not_there() -> None:
    with pytest.raises(Exception, match="no framework called"):
        probe.main(["framework", "nothing"])


def test_a_missing_pango_is_named_with_the_systems_command(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = native_libraries.NativeLibrary(name="Pango", linux="libnobody-1.so.9", macos="libnobody.9.dylib", windows="nobody-9.dll")
    monkeypatch.setattr(native_libraries, "LIBRARIES", (absent,))
    (check,) = doctor.check_native_libraries()
    assert check.status == "missing"
    assert check.name == "Pango"
    assert absent.file_name in check.found
    assert check.remedy == native_libraries.install_command()


@pytest.mark.parametrize(
    ("release", "is_root", "command"),
    [
        ({"ID": "debian"}, True, native_libraries.DEBIAN),
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, False, f"sudo {native_libraries.DEBIAN}"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, False, f"sudo {native_libraries.DEBIAN}"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, True, native_libraries.FEDORA),
        ({"ID": "manjaro", "ID_LIKE": "arch"}, True, native_libraries.ARCH),
        ({"ID": "alpine"}, True, native_libraries.ALPINE),
        ({"ID": "opensuse-tumbleweed", "ID_LIKE": "opensuse suse"}, True, native_libraries.SUSE),
    ],
)
def test_each_linux_gets_its_own_command(release: dict[str, str], is_root: bool, command: str) -> None:
    assert native_libraries.linux_command(release, is_root=is_root) == command


def test_an_unknown_linux_gets_the_names_of_the_libraries() -> None:
    assert "libharfbuzz-subset.so.0" in native_libraries.linux_command({"ID": "unheard-of"}, is_root=True)


def test_mnist_is_found_where_the_person_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_DATA", str(tmp_path))
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    (tmp_path / "mnist").mkdir()
    (tmp_path / "mnist" / "train-images-idx3-ubyte").write_bytes(b"damaged")
    mnist, damaged, digits = doctor.check_datasets()
    assert (mnist.status, mnist.optional) == ("missing", True)
    assert damaged.status == "warning"
    assert "train-images-idx3-ubyte" in damaged.found
    assert digits.status == "present"


def test_a_folder_that_cannot_be_made_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    runs, out, disk = doctor.check_folders(tmp_path / "file" / "runs", tmp_path / "new" / "out")
    assert runs.status == "missing"
    assert "not a folder" in runs.found
    assert out.status == "present"
    assert disk.name == "free disk space"


def test_a_full_disk_a_busy_machine_and_a_sleepy_governor_are_warnings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_checks, "ENOUGH_DISK_BYTES", 2**80)
    assert machine_checks.disk_space(tmp_path / "not" / "yet").remedy
    monkeypatch.setattr(machine_checks, "BUSY_SHARE", -1.0)
    finding = machine_checks.load()
    assert finding is None or finding.remedy
    processor = tmp_path / "cpu0" / "cpufreq"
    processor.mkdir(parents=True)
    (processor / "scaling_governor").write_text("powersave\n")
    (processor / "scaling_driver").write_text("acpi-cpufreq\n")
    sleepy = machine_checks.frequency_governor(tmp_path)
    assert sleepy is not None
    assert sleepy.remedy
    (processor / "scaling_driver").write_text("intel_pstate\n")
    ordinary = machine_checks.frequency_governor(tmp_path)
    assert ordinary is not None
    assert ordinary.remedy is None
    assert machine_checks.frequency_governor(tmp_path / "none") is None


@pytest.mark.parametrize(("count", "text"), [(0, "0 B"), (1536, "2 KiB"), (5 * 2**20, "5 MiB"), (1.5 * 2**30, "1.5 GiB"), (2**42, "4096.0 GiB")])
def test_sizes_are_in_binary_units(count: float, text: str) -> None:
    assert machine_checks.size(count) == text


def test_requirements_of_an_extra_are_not_needs() -> None:
    needs = {requirement.name for requirement in packages.program_metadata().requirements}
    assert "torch" in needs
    assert "pytest" not in needs


def test_a_machine_whose_noise_nobody_measured_is_a_warning_with_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTGEN_CACHE", str(tmp_path))
    (before,) = [check for check in doctor.check_machine() if check.name == "calibration"]
    assert (before.status, before.optional) == ("warning", True)
    assert before.remedy is not None and before.remedy.endswith("python -m reportgen calibrate")
    store_calibration(make_calibration(tensorflow=[(1.0, 1.1)]).model_copy(update={"hardware": describe_hardware()}))
    (after,) = [check for check in doctor.check_machine() if check.name == "calibration"]
    assert (after.status, after.remedy) == ("present", None)


def test_a_form_that_cannot_be_made_is_told_with_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    (there,) = doctor.check_forms()
    assert (there.name, there.status, there.remedy) == ("--form notebooks", "present", None)
    monkeypatch.setattr("reportgen.forms.notebooks.find_spec", lambda name: None)
    (absent,) = doctor.check_forms()
    assert (absent.status, absent.optional) == ("missing", True)
    assert absent.remedy is not None and "[notebooks]" in absent.remedy
