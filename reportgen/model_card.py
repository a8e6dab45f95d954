"""The card that an exported file carries: what it is, which classes it knows, how images must be scaled, and what wrote it.

It travels inside the file wherever the format has room: in a zip archive (``.keras``, ``.pth``, ``.pt2``, and behind the flat buffer of
``.tflite``, where TensorFlow Lite keeps its associated files too), in ``assets.extra`` of a SavedModel, as a property of an ONNX graph or of an
OpenVINO graph.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from pydantic import ValidationError

from reportgen.frameworks.base import Layout
from reportgen.frameworks.export_format import Room
from reportgen.records import Record

NAME: Literal["reportgen"] = "reportgen"
FILE = f"{NAME}.json"
# Where apps on phones look for the names of the classes.
LABELS = "labels.txt"
SCALED: Literal["pixel / 255"] = "pixel / 255"
#: PyTorch's archives have everything below one folder, and a place there for what is not PyTorch's.
EXTRA = "extra"
#: TensorFlow leaves this folder of a SavedModel to others.
ASSETS = "assets.extra"
# A card has a few hundred bytes, and a name for each class; a foreign file may have anything under the name.
LARGEST_CARD_BYTES = 2**20


class ModelCard(Record):
    """``image_shape`` is (height, width, channels), ``layout`` the order in which the file takes them, float32 scaled as ``scaling`` says.

    ``workload`` names one of the program's own, whose code a format without a graph needs; it is empty for a workload of a person's own.
    """

    schema_version: int = 1
    tool: Literal["reportgen"] = NAME
    tool_version: str
    framework: str
    framework_version: str
    workload: str
    format: str
    precision: str
    image_shape: tuple[int, ...]
    layout: Layout
    scaling: Literal["pixel / 255"] = SCALED
    class_names: tuple[str, ...]


def write_card(path: Path, room: Room, card: ModelCard) -> None:
    """Put ``card`` into the exported model at ``path``."""
    text = card.model_dump_json()
    if room != "none":
        WRITERS[room](path, text)
    if path.suffix == ".tflite":
        append(path, LABELS, "".join(f"{' '.join(name.splitlines())}\n" for name in card.class_names))


def read_card(path: Path) -> ModelCard | None:
    """Return the card of an exported model, or ``None`` where it has none that this program can read."""
    readers: dict[str, Callable[[Path], str | None]] = {".onnx": read_onnx, ".xml": read_graph}
    try:
        text = read_folder(path) if path.is_dir() else readers.get(path.suffix.lower(), read_archive)(path)
        return None if text is None else ModelCard.model_validate_json(text)
    # Damaged or encrypted archives are for the runtime to name.
    except (ValidationError, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        return None


def append(path: Path, name: str, text: str) -> None:
    """Add a member to a zip archive, or an archive to a file that is none; without a date, so that the bytes depend on the model alone."""
    with zipfile.ZipFile(path, "a") as archive:
        root = archive.namelist()[0].partition("/")[0] if path.suffix in (".pth", ".pt2") else ""
        archive.writestr(zipfile.ZipInfo(f"{root}/{EXTRA}/{name}" if root else name), text)


def write_archive(path: Path, text: str) -> None:
    """Write into a zip archive."""
    append(path, FILE, text)


def read_archive(path: Path) -> str | None:
    """Read from a zip archive."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.filename.rpartition("/")[2] == FILE and member.file_size <= LARGEST_CARD_BYTES:
                return archive.read(member).decode()
    return None


def write_folder(path: Path, text: str) -> None:
    """Write into a SavedModel's folder."""
    (path / ASSETS).mkdir(exist_ok=True)
    (path / ASSETS / FILE).write_text(text, encoding="utf-8")


def read_folder(path: Path) -> str | None:
    """Read from a SavedModel's folder."""
    card = path / ASSETS / FILE
    return card.read_text(encoding="utf-8") if card.is_file() else None


def write_onnx(path: Path, text: str) -> None:
    """Write into an ONNX graph, with the names of the classes under a key of their own, for programs that know nothing of this one."""
    import onnx

    model = onnx.load(path)
    onnx.helper.set_model_props(model, {NAME: text, "class_names": json.dumps(json.loads(text)["class_names"])})
    onnx.save(model, path)


def read_onnx(path: Path) -> str | None:
    """Read from an ONNX graph."""
    import onnx

    try:
        model = onnx.load(path, load_external_data=False)
    except Exception:
        # Damaged files are for the runtime to name; what protobuf raises for them is a class of its own, in a package that onnx brings.
        return None
    return next((str(one.value) for one in model.metadata_props if one.key == NAME), None)


def write_graph(path: Path, text: str) -> None:
    """Write into an OpenVINO graph's information for the runtime."""
    tree = ElementTree.parse(path)
    information = tree.getroot().find("rt_info")
    if information is None:
        information = ElementTree.SubElement(tree.getroot(), "rt_info")
    ElementTree.SubElement(information, NAME, value=text)
    tree.write(path, encoding="utf-8", xml_declaration=True)


def read_graph(path: Path) -> str | None:
    """Read from an OpenVINO graph."""
    try:
        found = ElementTree.parse(path).getroot().find(f"rt_info/{NAME}")
    except ElementTree.ParseError:
        return None
    return None if found is None else found.get("value")


WRITERS: dict[Room, Callable[[Path, str], None]] = {"zip": write_archive, "folder": write_folder, "onnx": write_onnx, "openvino": write_graph}
