"""Programs that need nothing of this package: the code that ran, with the few lines around it, in one file or one notebook for each framework."""
