"""Runs beside each other: whether they may be compared, what differs between them, and what may be said of each metric."""
