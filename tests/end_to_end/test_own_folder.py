"""A network and data of a person's own, from ``init`` to the report, and what a mistake looks like."""

import json
import os
import shutil

import numpy as np
from PIL import Image

from reportgen.records.sentence import Sentence

SETTINGS = '[study]\nworkload = "my-net"\nmodes = ["idiomatic"]\nframeworks = ["pytorch"]\nblocks = 1\nepochs = 1\nexport_blocks = 0\n'


def write_pets(folder):
    """Write 2 classes of 20 colour images, 6 x 5 pixels."""
    for label, name in enumerate(("cat", "dog")):
        (folder / name).mkdir(parents=True)
        for number, image in enumerate(np.random.RandomState(label).randint(0, 256, (20, 6, 5, 3)).astype(np.uint8)):
            Image.fromarray(image).save(folder / name / f"{number}.png")


def test_own_network_and_own_colour_images_from_init_to_the_report(desk):
    desk.run("init", "--workload", "my-net")
    # Another optimiser than the one that the program was written with.
    code = desk.folder / "my-net" / "pytorch.py"
    before = "return torch.optim.Adam(\n        parameters, lr=learning_rate, betas=(beta_1, beta_2), eps=epsilon\n    )"
    assert before in code.read_text()
    code.write_text(code.read_text().replace(before, "return torch.optim.SGD(parameters, lr=learning_rate, momentum=0.9)"))
    write_pets(desk.folder / "my-net" / "data")
    desk.configure(SETTINGS)
    said = desk.run("run")
    assert "your own, from my-net" in said.replace(os.sep, "/")
    out = desk.folder / "out" / "latest"
    results = json.loads((out / "results.json").read_text())
    assert (results["workload"], results["dataset"]["class_names"], results["dataset"]["image_shape"]) == ("my-net", ["cat", "dog"], [6, 5, 3])
    effective = results["frameworks"][0]["effective"]
    assert (effective["optimizer"], effective["settings"]["momentum"]) == ("SGD", 0.9)
    assert str(desk.folder) not in (out / "results.json").read_text().replace("\\\\", "\\")
    assert "20 % of the images are held back as test images" in results["dataset"]["description"]

    trial = desk.the_run / "trials" / "block-01-pytorch"
    shutil.rmtree(trial)
    desk.run("run", "--resume", "latest")
    assert (trial / "result.json").is_file()

    shutil.move(desk.folder / "my-net", desk.folder / "elsewhere")
    desk.run("render", "latest")


def test_a_mistake_in_own_code_is_reported_with_file_and_line_and_stops_the_study(desk):
    desk.run("init", "--workload", "my-net")
    desk.configure(SETTINGS + 'dataset = "digits"\n')
    path = desk.folder / "my-net" / "pytorch.py"
    path.write_text(path.read_text().replace("self.flatten(images)", "self.flatten(image)"))
    line = next(number for number, text in enumerate(path.read_text().splitlines(), start=1) if "self.flatten(image)" in text)
    said = desk.run("run", code=2)
    assert f"my-net/pytorch.py, line {line}: NameError: name 'image' is not defined" in said
    results = [json.loads(path.read_text()) for path in (desk.the_run / "trials").glob("*/result.json")]
    (failure,) = (result for result in results if result["status"] == "failed")
    assert failure["place"] == f"my-net/pytorch.py, line {line}"
    assert str(Sentence.model_validate(failure["cause"])).startswith(f"my-net/pytorch.py, line {line}: NameError")
