"""``predict`` with every exported format of every framework, and with files that are damaged or somebody else's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from networks import EXPORTED, FORMATS_HERE
from PIL import Image

from reportgen import datasets, runtimes
from reportgen.analysis.export_sameness import EXACT
from reportgen.cli import main
from reportgen.errors import ReportgenError

MLP = [(framework, name) for framework, workload, name in EXPORTED if workload == "mlp"]
SHOWN = 40
# Of these, where weights have fewer bits; the contract of the formats counts over the whole test set.
MOST_CHANGED = 2


def run(*arguments: object) -> str:
    done = CliRunner().invoke(main, ["predict", *map(str, arguments)], catch_exceptions=True)
    if done.exception is not None:
        raise done.exception
    return done.output


@pytest.fixture
def model(trained):
    """Return a function from a framework and a format to the exported file."""

    def find(framework: str, name: str) -> Path:
        source = trained(framework, "mlp")
        sample = next(sample for sample in source.result.exports if sample.format == name)
        return source.folder / sample.path

    return find


@pytest.fixture(scope="module")
def digits(tmp_path_factory) -> Path:
    dataset = datasets.load("digits")
    path = tmp_path_factory.mktemp("digits") / "digits.npz"
    np.savez(path, x_test=dataset.test_images[:SHOWN], y_test=dataset.test_labels[:SHOWN])
    return path


@pytest.mark.parametrize(("framework", "name"), MLP, ids=lambda value: value)
def test_every_format_answers_as_its_source(framework, name, trained, model, digits) -> None:
    source = trained(framework, "mlp")
    said = json.loads(run(model(framework, name), digits, "--json"))
    assert said["model"]["framework"] == framework
    changed = sum(int(one["class"]) != logits.argmax() for one, logits in zip(said["predictions"], source.logits[:SHOWN], strict=True))
    assert changed <= (0 if said["model"]["precision"] == EXACT else MOST_CHANGED)
    assert all(sum(one["scores"].values()) == pytest.approx(1) for one in said["predictions"])
    assert [int(one["true_class"]) for one in said["predictions"]] == source.test_labels[:SHOWN].tolist()


def test_a_picture_has_its_class_with_a_score_and_a_light_ground_is_noticed(model, tmp_path) -> None:
    dataset = datasets.load("digits")
    image = dataset.test_images[0, ..., 0]
    Image.fromarray(image).save(tmp_path / "dark.png")
    Image.fromarray(255 - image).save(tmp_path / "light.png")
    file = model("pytorch", "onnx")
    said = run(file, tmp_path / "dark.png")
    assert "run by ONNX Runtime" in said and "trained with PyTorch" in said
    assert "--invert" not in said
    assert "--invert" in run(file, tmp_path / "light.png")
    first, second = (
        json.loads(run(file, tmp_path / name, "--json", *more))["predictions"][0] for name, more in (("dark.png", ()), ("light.png", ("--invert",)))
    )
    assert first["scores"] == pytest.approx(second["scores"], abs=1e-4)


def test_the_table_ends_with_how_many_are_right(model, digits) -> None:
    said = run(model("tensorflow", "tflite"), digits)
    assert f"of {SHOWN} images are classified correctly" in said
    assert f"The first 20 of {SHOWN} images" in said


def damaged(path: Path, how: str, folder: Path) -> Path:
    """Return a copy of an exported file, cut in half, or with something else in its place."""
    target = folder / path.name
    if path.is_dir():
        shutil.copytree(path, target)
        broken = target / "saved_model.pb"
    else:
        # A graph and its weights may be two files.
        shutil.copytree(path.parent, folder, dirs_exist_ok=True)
        broken = target
    content = broken.read_bytes()
    broken.write_bytes(content[: len(content) // 2] if how == "cut" else b"Somebody else's file, and no model.\n" * 40)
    return target


@pytest.mark.parametrize("how", ["cut", "foreign"])
@pytest.mark.parametrize("runtime", sorted(runtimes.members()))
def test_a_damaged_or_foreign_file_is_named_by_every_runtime(runtime, how, model, digits, tmp_path) -> None:
    found = next(((known.framework, known.name) for known in FORMATS_HERE if known.runtime == runtime), None)
    if found is None:
        pytest.skip(f"the extra {runtime} is not installed")
    path = damaged(model(*found), how, tmp_path)
    with pytest.raises(ReportgenError) as caught:
        run(path, digits)
    assert str(path) in str(caught.value)
    assert "damaged" in str(caught.value)


def test_weights_of_no_known_network_need_its_name(model, digits, tmp_path) -> None:
    import zipfile

    source = model("pytorch", "state_dict")
    bare = tmp_path / "bare.pth"
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(bare, "w") as stripped:
        for member in whole.infolist():
            if not member.filename.endswith("reportgen.json"):
                stripped.writestr(member, whole.read(member))
    with pytest.raises(ReportgenError, match="Name its workload with --workload"):
        run(bare, digits)


def test_what_is_no_model_and_what_is_not_there_are_named(tmp_path, digits) -> None:
    with pytest.raises(ReportgenError, match="there is no such model"):
        run(tmp_path / "no.onnx", digits)
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(ReportgenError, match=r"nothing here opens such a file. Known are .*\.onnx"):
        run(tmp_path / "notes.txt", digits)
