"""Several workloads in one command: one of them cannot be measured at first, is mended, and the suite is resumed."""

import json
import re
import shutil
from pathlib import Path

import reportgen

MLP = Path(reportgen.__file__).parent / "workloads" / "mlp" / "pytorch.py"
STUDY = """
[study]
workload = ["mlp", "narrow"]
frameworks = ["pytorch"]
dataset = "digits"
blocks = 1
epochs = 1
experiments = []
modes = ["idiomatic"]
export_formats = "standard"
"""


def results_of(trials: Path) -> dict[str, int]:
    return {path.parent.name: path.stat().st_mtime_ns for path in trials.glob("*/result.json")}


def test_a_suite_loses_one_workload_and_gets_it_back(desk):
    desk.configure(STUDY)
    narrow = desk.folder / "narrow"
    narrow.mkdir()
    model = MLP.read_text().replace("64", "8")
    (narrow / "pytorch.py").write_text(
        model.replace("def build_model(", "def build_model(*_: object) -> None:\n    raise ValueError('no model')\n\n\ndef other(")
    )

    said = desk.run(code=2)
    suite = desk.the_run
    assert "Workload 1 of 2: mlp" in said
    assert "Workload 2 of 2: narrow" in said
    assert "no model" in said
    assert f"run --resume {suite.name}" in said
    assert {path.name for path in suite.iterdir() if path.is_dir()} == {"mlp", "narrow"}
    out = desk.folder / "out" / suite.name
    results = json.loads((out / "results.json").read_text())
    assert list(results["workloads"]) == ["mlp"]
    assert [one["workload"] for one in results["missing"]] == ["narrow"]
    assert "narrow is missing" in re.sub(r"\s+", " ", (out / "report.html").read_text())
    assert (desk.folder / "out" / "latest").resolve() == out.resolve()

    before = results_of(suite / "mlp" / "trials")
    (narrow / "pytorch.py").write_text(model)
    said = desk.run("run", "--resume", "latest")
    assert results_of(suite / "mlp" / "trials") == before, "what was done is not done again"
    results = json.loads((out / "results.json").read_text())
    assert list(results["workloads"]) == ["mlp", "narrow"]
    assert results["missing"] == []
    models = {path.relative_to(out / "models").as_posix() for path in (out / "models").glob("*/*/*")}
    assert models == {f"{workload}/pytorch/model.{ending}" for workload in ("mlp", "narrow") for ending in ("pth", "onnx")}
    assert [line.split(":")[0] for line in said.rstrip().splitlines()[-4:]] == ["PDF", "HTML", "Results", "Models"]

    assert re.search(rf"{suite.name}\b.*complete", desk.run("list").replace("\n", " "))
    assert json.loads(desk.run("show", "--json")) == results
    shown = desk.run("show", suite.name)
    assert re.search(r"mlp\s.*PyTorch", shown)
    assert re.search(r"narrow\s.*PyTorch", shown)
    shutil.rmtree(out)
    desk.run("render", f"{suite.name}/narrow")
    alone = desk.folder / "out" / f"{suite.name}-narrow"
    assert json.loads((alone / "results.json").read_text())["run"] == f"{suite.name}/narrow"
