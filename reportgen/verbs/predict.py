"""``predict``: what an exported file makes of pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.argument("images", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--runtime", help="What runs the file. [default: what opens files of its kind]")
@click.option("--workload", help="The workload whose code a file of weights alone needs. [default: the one on the file's card]")
@click.option("--threads", type=click.IntRange(min=1), default=1, show_default=True, help="Threads of the runtime.")
@click.option("--top", type=click.IntRange(min=1), default=3, show_default=True, help="How many classes to show of each image.")
@click.option("--invert", is_flag=True, help="Turn light into dark: for pictures of dark strokes on white, and a model that knows the opposite.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def predict(model: Path, images: tuple[Path, ...], **options: Any) -> None:
    """Show which classes the exported file MODEL gives to IMAGES: pictures, or .npz and .npy files of images."""
    from reportgen.predict_command import predict as predict_images

    predict_images(model, images, **options)


VERBS = (predict,)
