"""The ways out of PyTorch, a file each. PyTorch is imported when an export runs, not when it is found."""
