"""Parts of a training epoch on arrays in memory, each a pass that does a little more than the one before."""

from reportgen.frameworks.pytorch.modes.in_memory.training import train_epoch
from reportgen.frameworks.pytorch.profiling import build_passes

passes = build_passes(train_epoch)
