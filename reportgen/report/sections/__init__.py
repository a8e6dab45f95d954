"""What each section of the report prints: one module per section, from results to ready strings."""
