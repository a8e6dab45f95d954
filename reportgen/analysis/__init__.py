"""From records to results: pure functions, without files, clocks or printing."""
