"""Making ONNX files smaller with the tools that come with ONNX Runtime: it lies here because only this room imports that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

# What becomes eight bits where activations are quantised anew for each call: dense layers. ONNX Runtime's convolutions of that kind take about four
# times as long as those in float32.
DYNAMIC_OPERATIONS = ("MatMul", "Gemm")


def to_float16(source: Path, target: Path) -> None:
    """Write ``source`` with weights and computation in float16; inputs and outputs stay float32, so that callers notice nothing."""
    import onnx
    from onnxruntime.transformers.float16 import convert_float_to_float16

    onnx.save(convert_float_to_float16(onnx.load(source), keep_io_types=True), target)


def quantise_dynamically(source: Path, target: Path) -> None:
    """Write ``source`` with the weights of its dense layers in int8; ranges of activations are found anew in each call."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with prepared(source) as simplified:
        quantize_dynamic(simplified, target, op_types_to_quantize=list(DYNAMIC_OPERATIONS), weight_type=QuantType.QInt8)


def quantise_statically(source: Path, target: Path, images: np.ndarray) -> None:
    """Write ``source`` in int8, each channel of a kernel by its own range, and activations by the ranges that ``images`` cause."""
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

    class Reader(CalibrationDataReader):
        """Hands out one image at a time under the input's name."""

        def __init__(self, name: str) -> None:
            self.batches: Iterator[dict[str, np.ndarray]] = iter([{name: image[None]} for image in images])

        def get_next(self) -> dict[str, np.ndarray] | None:
            return next(self.batches, None)

    with prepared(source) as simplified:
        reader = Reader(input_name(simplified))
        quantize_static(simplified, target, reader, quant_format=QuantFormat.QDQ, per_channel=True, weight_type=QuantType.QInt8)


def input_name(path: Path) -> str:
    """Return what a graph calls its images."""
    import onnx

    return str(onnx.load(path, load_external_data=False).graph.input[0].name)


@contextmanager
def prepared(source: Path) -> Iterator[Path]:
    """Yield a copy of a graph in which all shapes are known: without them, quantisation fails on what PyTorch exports."""
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with TemporaryDirectory() as folder:
        path = Path(folder, "prepared.onnx")
        quant_pre_process(source, path)
        yield path
