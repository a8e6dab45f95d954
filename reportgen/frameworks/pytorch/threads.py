"""How many threads PyTorch may use: told once, before its first operation, and by every process in the same way."""

import torch


def set_threads(threads: int) -> None:
    """Use ``threads`` threads within an operation, and as many between operations."""
    torch.set_num_threads(threads)
    # PyTorch refuses to be told twice, even the same.
    if torch.get_num_interop_threads() != threads:
        torch.set_num_interop_threads(threads)
