"""Writing ExecuTorch's programs with the tools that come with it: it lies here because only this room imports ExecuTorch."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def write(program: Any, path: Path) -> None:
    """Hand an exported program to XNNPACK, as far as XNNPACK takes it, and write what comes out."""
    from executorch.backends.xnnpack.partition.xnnpack_partitioner import XnnpackPartitioner
    from executorch.exir import to_edge_transform_and_lower

    path.write_bytes(to_edge_transform_and_lower(program, partitioner=[XnnpackPartitioner()]).to_executorch().buffer)


def quantised(program: Any, images: Any) -> Any:
    """Return an exported program as a model in int8: each channel of a kernel by its own range, activations by the range that ``images`` cause."""
    from executorch.backends.xnnpack.quantizer.xnnpack_quantizer import XNNPACKQuantizer, get_symmetric_quantization_config
    from torchao.quantization.pt2e.quantize_pt2e import convert_pt2e, prepare_pt2e

    quantizer = XNNPACKQuantizer().set_global(get_symmetric_quantization_config(is_per_channel=True))
    observed = prepare_pt2e(program.module(), quantizer)
    observed(images)
    return convert_pt2e(observed)
