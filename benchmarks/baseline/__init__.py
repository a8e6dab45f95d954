"""The baseline: what published comparisons ran, written anew as a student would write it, a program per network and framework."""
