"""Writing OpenVINO's own files: it lies here because only this room imports OpenVINO."""

from __future__ import annotations

from pathlib import Path


def convert(source: Path, target: Path) -> None:
    """Write the ONNX file ``source`` as ``target`` (``.xml``) with its weights beside it, without rounding them to float16."""
    import openvino

    openvino.save_model(openvino.convert_model(source), target, compress_to_fp16=False)
