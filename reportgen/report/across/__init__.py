"""The document that a comparison of runs is printed as."""
