"""Nightly comparisons: what surrounds a run so that it becomes a night of a history, is judged, and tells its verdict."""
