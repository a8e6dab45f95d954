"""Running trials: the plan, the processes, and what a process does."""
