"""The ways of driving PyTorch, a package each. PyTorch is imported when a mode is used, not when it is found."""
