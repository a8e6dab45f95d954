"""Parts of a training epoch with a data loader, each a pass that does a little more than the one before."""

from reportgen.frameworks.pytorch.modes.dataloader.training import train_epoch
from reportgen.frameworks.pytorch.profiling import build_passes

passes = build_passes(train_epoch)
